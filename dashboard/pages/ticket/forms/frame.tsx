// The frame of every action: sends once, says what is wrong beside the fields, keeps what was typed when it fails. Ctrl+Enter sends.
import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { TicketAction } from '../../../../daemon/domain/ticket-action.ts'
import type { TicketView } from '../../../../daemon/domain/ticket-view.ts'
import type { Problem } from '../../../../daemon/http/contract.ts'
import type { Answer } from '../../../api.ts'
import { ErrorBox, toast } from '../../../parts/index.ts'
import { t } from '../../../words/index.ts'
import './forms.css'

/** What every form gets. `onDone` closes the dialog it may stand in. */
export interface FormProps {
  readonly view: TicketView
  readonly act: (action: TicketAction) => Promise<Answer<TicketView>>
  readonly onDone: () => void
  /** It was asked for: its field takes the focus, which a form that stands open on the page must not. */
  readonly asked?: boolean
}

interface FrameProps extends FormProps {
  readonly label: string
  /** The action, or what is missing by field; nothing is sent then. */
  readonly read: () => TicketAction | null
  /** After it was done: forget what was typed. */
  readonly clear?: () => void
  readonly danger?: boolean
  readonly children?: ComponentChildren
  /** Beside the button. */
  readonly beside?: ComponentChildren
}

export function ActionForm({ act, onDone, label, read, clear, danger = false, children, beside }: FrameProps) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const send = async (): Promise<void> => {
    if (busy) return
    const action = read()
    if (action === null) {
      // What is wrong is marked now; the first of it gets the focus.
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
      return
    }
    setBusy(true)
    setProblem(null)
    const answer = await act(action)
    setBusy(false)
    // What came too late is told above the form, with who was earlier.
    if (!answer.ok) return answer.problem.status === 409 ? undefined : setProblem(answer.problem)
    clear?.()
    onDone()
    toast('done', t.value.tickets.did.done, `${answer.value.number} ${answer.value.title}`)
  }
  return (
    <form
      ref={form}
      class="actionform"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        void send()
      }}
      onKeyDown={event => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault()
          void send()
        }
      }}
    >
      {children}
      {problem === null ? null : <ErrorBox problem={problem} />}
      <div class="sendrow">
        {beside}
        <button type="submit" class={`btn ${danger ? 'danger' : 'primary'} send`} disabled={busy} aria-keyshortcuts="Control+Enter">
          {label} <span class="kbd">Ctrl ↵</span>
        </button>
      </div>
    </form>
  )
}
