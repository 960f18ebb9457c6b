// A question before something that cannot be taken back: what will happen, then yes or no.
import { useState } from 'preact/hooks'
import type { Problem } from '../../daemon/http/contract.ts'
import type { Answer } from '../api.ts'
import { t } from '../words/index.ts'
import { ErrorBox } from './layout.tsx'
import { Dialog } from './overlay.tsx'

interface SureProps {
  readonly title: string
  readonly body: string
  /** The word on the button: the deed itself, not "yes". */
  readonly act: string
  /** False: nothing is lost by it. */
  readonly danger?: boolean
  readonly send: () => Promise<Answer<unknown>>
  readonly onClose: () => void
  readonly onDone: () => void
}

export function Sure({ title, body, act, danger = true, send, onClose, onDone }: SureProps) {
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const press = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    const answer = await send()
    setBusy(false)
    if (!answer.ok) return setProblem(answer.problem)
    onClose()
    onDone()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={event => void press(event)}>
        <h2>{title}</h2>
        <div class="body">
          <p>{body}</p>
          {problem === null ? null : <ErrorBox problem={problem} />}
        </div>
        <footer>
          <button type="button" class="btn ghost" onClick={onClose}>
            {t.value.shell.cancel}
          </button>
          <button type="submit" class={`btn ${danger ? 'danger' : 'primary'}`} disabled={busy}>
            {act}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}
