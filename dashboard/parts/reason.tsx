// A dialog that asks why: what is refused, called off or taken away has a reason.
import { useState } from 'preact/hooks'
import type { Problem } from '../../daemon/http/contract.ts'
import { t } from '../words/index.ts'
import { Button } from './controls.tsx'
import { AreaField } from './field.tsx'
import { ErrorBox } from './layout.tsx'
import { Dialog } from './overlay.tsx'

interface ReasonProps {
  readonly title: string
  readonly body?: string
  readonly label: string
  /** What the button does, in a word. */
  readonly act: string
  readonly danger?: boolean
  readonly shortest?: number
  readonly onClose: () => void
  /** What went wrong, or null: then the dialog closes. */
  readonly onGive: (reason: string) => Promise<Problem | null>
}

export function ReasonDialog({ title, body, label, act, danger = false, shortest = 3, onClose, onGive }: ReasonProps) {
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const short = reason.trim().length < shortest
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={event => {
          event.preventDefault()
          if (short || busy) return
          setBusy(true)
          void onGive(reason.trim()).then(failed => {
            setBusy(false)
            setProblem(failed)
            if (failed === null) onClose()
          })
        }}
      >
        <header>
          <h2>{title}</h2>
        </header>
        <div class="body">
          {body === undefined ? null : <p>{body}</p>}
          <AreaField label={label} value={reason} onInput={setReason} rows={3} />
          {problem === null ? null : <ErrorBox problem={problem} />}
        </div>
        <footer>
          <Button kind="ghost" onClick={onClose}>
            {t.value.shell.cancel}
          </Button>
          <Button type="submit" kind={danger ? 'danger' : 'primary'} disabled={short || busy}>
            {act}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
