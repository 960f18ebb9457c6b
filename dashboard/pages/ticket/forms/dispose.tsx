// A disposition: an order with a note to a named receiver. The last one goes to who does it.
import { useState } from 'preact/hooks'
import { initials } from '../../../parts/index.ts'
import { t } from '../../../words/index.ts'
import { useKeptText } from '../kept-text.ts'
import { ActionForm, type FormProps } from './frame.tsx'
import { TextArea } from './text-area.tsx'

export const DisposeForm = (props: FormProps) => <ToReceiver {...props} kind="dispose" />
/** Past the dispositions, straight to who does it. */
export const UrgentForm = (props: FormProps) => <ToReceiver {...props} kind="urgent" />

function ToReceiver(props: FormProps & { readonly kind: 'dispose' | 'urgent' }) {
  const { view, kind } = props
  const { form: words, act: labels } = t.value.tickets
  const order = view.serviceDefinition.steps.find(step => step.key === view.step?.key)?.kind === 'order'
  const note = useKeptText(view.number, kind)
  const only = view.receivers.length === 1 ? (view.receivers[0]?.person ?? null) : null
  const [picked, setPicked] = useState<number | null>(null)
  const [tried, setTried] = useState(false)
  // A receiver who no longer holds the chair is not sent to.
  const to = view.receivers.some(one => one.person === picked) ? picked : only
  const missing = note.text.trim().length < 3
  return (
    <ActionForm
      {...props}
      label={kind === 'urgent' ? labels.urgent.replace('…', '') : order ? labels.order : labels.dispose}
      danger={kind === 'urgent'}
      clear={note.clear}
      read={() => {
        setTried(true)
        if (to === null || missing) return null
        const text = note.text.trim()
        return kind === 'urgent' ? { kind, to, reason: text } : { kind, to, note: text }
      }}
    >
      <fieldset class="receivers" aria-invalid={tried && to === null} tabIndex={-1}>
        <legend class="legend">{words.receiver}</legend>
        {view.receivers.length === 0 ? <p class="small t-warn">{words.noReceivers}</p> : null}
        {view.receivers.map(one => (
          <label key={one.person} class="receiver">
            <input type="radio" name="receiver" checked={to === one.person} onChange={() => setPicked(one.person)} />
            <span class="avatar soft" aria-hidden="true">
              {initials(one.name)}
            </span>
            <span class="stack grow">
              <span>
                {one.name}
                {one.standIn ? <span class="standin">{words.standIn}</span> : null}
              </span>
              <span class="tiny dim">{one.position}</span>
            </span>
            <span class="small dim nw">{words.running(one.running)}</span>
          </label>
        ))}
        {tried && to === null && view.receivers.length > 0 ? <p class="err small t-crit">{words.receiverMissing}</p> : null}
      </fieldset>
      <TextArea
        label={kind === 'urgent' ? words.reason : order ? words.order : words.instruction}
        help={kind === 'urgent' ? words.urgentHint : undefined}
        value={note.text}
        onInput={note.set}
        error={tried && missing ? words.missing : undefined}
        templates
      />
    </ActionForm>
  )
}
