// Actions that are a few words and nothing else: return, send back, note work, reject, cancel, resume.
import { useState } from 'preact/hooks'
import type { TicketAction } from '../../../../daemon/domain/ticket-action.ts'
import { t, type Words } from '../../../words/index.ts'
import { when } from '../../../words/when.ts'
import { useKeptText } from '../kept-text.ts'
import { ActionForm, type FormProps } from './frame.tsx'
import { TextArea } from './text-area.tsx'

type Texts = Words['tickets']['form']

interface Shape {
  readonly name: 'return' | 'sendBack' | 'ratify' | 'work' | 'reject' | 'cancel' | 'resume'
  readonly label: (words: Texts) => string
  readonly help: (words: Texts) => string
  /** Something must be said. */
  readonly said: boolean
  readonly danger?: boolean
  readonly make: (text: string) => TicketAction
}

const form = (shape: Shape) =>
  function ReasonForm(props: FormProps) {
    const { view } = props
    const { form: words, act: labels } = t.value.tickets
    const text = useKeptText(view.number, shape.name)
    const [tried, setTried] = useState(false)
    const missing = shape.said && text.text.trim().length < 3
    const since = view.events.findLast(event => event.kind === 'paused')?.at
    const help = shape.name === 'resume' && since !== undefined ? words.resumeHint(when(since)) : shape.help(words)
    return (
      <ActionForm
        {...props}
        label={labels[shape.name].replace('…', '')}
        danger={shape.danger === true}
        clear={text.clear}
        read={() => {
          setTried(true)
          return missing ? null : shape.make(text.text.trim())
        }}
      >
        <TextArea
          label={shape.label(words)}
          value={text.text}
          onInput={text.set}
          help={help}
          optional={!shape.said}
          error={tried && missing ? words.missing : undefined}
          templates
          focus={props.asked === true}
        />
      </ActionForm>
    )
  }

const reason = (words: Texts): string => words.reason

export const ReturnForm = form({
  name: 'return',
  label: reason,
  help: w => w.reasonHint,
  said: true,
  make: text => ({ kind: 'return', reason: text }),
})
export const SendBackForm = form({
  name: 'sendBack',
  label: reason,
  help: w => w.reasonInternal,
  said: true,
  make: note => ({ kind: 'sendBack', note }),
})
export const WorkForm = form({ name: 'work', label: w => w.work, help: w => w.workHint, said: true, make: note => ({ kind: 'work', note }) })
export const RatifyForm = form({
  name: 'ratify',
  label: w => w.instruction,
  help: w => w.ratifyHint,
  said: true,
  make: note => ({ kind: 'ratify', note }),
})
export const ResumeForm = form({ name: 'resume', label: w => w.note, help: () => '', said: false, make: note => ({ kind: 'resume', note }) })
export const RejectForm = form({
  name: 'reject',
  label: reason,
  help: w => w.rejectHint,
  said: true,
  danger: true,
  make: text => ({ kind: 'reject', reason: text }),
})
export const CancelForm = form({
  name: 'cancel',
  label: reason,
  help: w => w.cancelHint,
  said: true,
  danger: true,
  make: text => ({ kind: 'cancel', reason: text }),
})
