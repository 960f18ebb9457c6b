// Actions of one or two fields: a new date both sides agreed on, merging, a task, taking, minutes, putting away.
import { useState } from 'preact/hooks'
import { TICKET_NUMBER } from '../../../../daemon/domain/ticket.ts'
import { SelectField, TextField } from '../../../parts/field.tsx'
import { t } from '../../../words/index.ts'
import { zone } from '../../../words/say.ts'
import { offsetOf } from '../../../words/zone.ts'
import { useKeptText } from '../kept-text.ts'
import { ActionForm, type FormProps } from './frame.tsx'
import { TextArea } from './text-area.tsx'

/** `2026-11-27T16:00` on the site's clocks → milliseconds since 1970; null when it is no time. */
function instantOf(local: string): number | null {
  const utc = Date.parse(`${local.length === 10 ? `${local}T16:00` : local}:00Z`)
  return Number.isNaN(utc) ? null : utc - offsetOf(utc, zone.value)
}

/** The reverse, for the field. */
const localOf = (at: number): string => new Date(at + offsetOf(at, zone.value)).toISOString().slice(0, 16)

export function AgreeForm(props: FormProps) {
  const { form: words, act } = t.value.tickets
  const { view } = props
  const text = useKeptText(view.number, 'agree')
  const [due, setDue] = useState(view.due === null ? '' : localOf(view.due))
  const [signer, setSigner] = useState(view.requester.name)
  const [tried, setTried] = useState(false)
  const at = instantOf(due)
  const missing = text.text.trim().length < 3
  return (
    <ActionForm
      {...props}
      label={act.agree.replace('…', '')}
      clear={text.clear}
      read={() => {
        setTried(true)
        return at === null || missing || signer.trim().length < 2 ? null : { kind: 'agree', due: at, reason: text.text.trim(), signer: signer.trim() }
      }}
    >
      <TextField
        label={words.agreeDue}
        help={words.agreeHint}
        type="datetime-local"
        value={due}
        onInput={setDue}
        error={tried && at === null ? words.fieldEmpty : undefined}
      />
      <TextField
        label={words.agreeSigner}
        value={signer}
        onInput={setSigner}
        maxLength={120}
        error={tried && signer.trim().length < 2 ? words.fieldEmpty : undefined}
      />
      <TextArea label={words.reason} value={text.text} onInput={text.set} error={tried && missing ? words.missing : undefined} />
    </ActionForm>
  )
}

export function MergeForm(props: FormProps) {
  const { form: words, act } = t.value.tickets
  const [into, setInto] = useState('')
  const [tried, setTried] = useState(false)
  const number = into.trim().toUpperCase()
  const wrong = !TICKET_NUMBER.test(number) || number === props.view.number
  return (
    <ActionForm
      {...props}
      label={act.merge.replace('…', '')}
      danger
      read={() => {
        setTried(true)
        return wrong ? null : { kind: 'merge', into: number }
      }}
    >
      <TextField
        label={words.merge}
        help={words.mergeHint}
        value={into}
        onInput={setInto}
        placeholder="T-2026-0412"
        error={tried && wrong ? words.mergeMissing : undefined}
        autofocus
      />
    </ActionForm>
  )
}

export function TaskForm(props: FormProps) {
  const { ticket: words, form, act } = t.value.tickets
  const title = useKeptText(props.view.number, 'task')
  const [due, setDue] = useState('')
  const [person, setPerson] = useState('')
  const [tried, setTried] = useState(false)
  const missing = title.text.trim().length < 3
  return (
    <ActionForm
      {...props}
      label={act.task.replace('…', '')}
      clear={title.clear}
      read={() => {
        setTried(true)
        return missing
          ? null
          : { kind: 'task', title: title.text.trim(), person: person === '' ? null : Number(person), due: due === '' ? null : instantOf(due) }
      }}
    >
      <TextField
        label={words.taskTitle}
        value={title.text}
        onInput={title.set}
        maxLength={200}
        error={tried && missing ? form.missing : undefined}
        autofocus
      />
      {props.view.receivers.length === 0 ? null : (
        <SelectField
          label={words.taskFor}
          value={person}
          onChange={setPerson}
          options={[{ key: '', label: words.anybody }, ...props.view.receivers.map(one => ({ key: String(one.person), label: one.name }))]}
        />
      )}
      <TextField label={words.taskDue} type="datetime-local" value={due} onInput={setDue} optional />
    </ActionForm>
  )
}

/** Whoever presses it is recorded as the one who does it. */
export function TakeForm(props: FormProps) {
  const { form: words, act } = t.value.tickets
  return (
    <ActionForm {...props} label={act.take} read={() => ({ kind: 'take' })}>
      <p class="small mid">{words.taken}</p>
    </ActionForm>
  )
}

export function MinutesForm(props: FormProps) {
  const { form: words, act } = t.value.tickets
  return (
    <ActionForm {...props} label={act.minutes} read={() => ({ kind: 'minutes' })}>
      <p class="small mid">{words.minutesHint}</p>
    </ActionForm>
  )
}

export function ArchiveForm(props: FormProps) {
  const { form: words, act } = t.value.tickets
  return (
    <ActionForm {...props} label={act.archive} read={() => ({ kind: 'archive' })}>
      <p class="small mid">{words.archiveHint}</p>
    </ActionForm>
  )
}
