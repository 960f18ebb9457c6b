// A dialog that asks for a change: what will be done, what must be said to it, and why. Leads to the change, whose plan is read before anything is done.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { ChangeRow } from '../../../daemon/domain/hosting-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import type { Answer } from '../../api.ts'
import { go } from '../../router.ts'
import { t } from '../../words/index.ts'
import { Button } from '../controls.tsx'
import { AreaField } from '../field.tsx'
import { ErrorBox } from '../layout.tsx'
import { Dialog, toast } from '../overlay.tsx'

interface ProposeProps {
  readonly title: string
  readonly body: string
  readonly act: string
  readonly danger?: boolean
  /** Something else is missing yet. */
  readonly open?: boolean
  readonly send: (reason: string) => Promise<Answer<ChangeRow>>
  readonly onClose: () => void
  readonly children?: ComponentChildren
}

/** Goes to the change, whose plan is made by itself. */
export function follow(change: ChangeRow): void {
  toast('done', t.peek().hosting.form.made(change.number))
  go(`/changes/${change.number}`)
}

export function Propose({ title, body, act, danger = false, open = false, send, onClose, children }: ProposeProps) {
  const words = t.value.hosting
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const short = reason.trim().length < 3 || open
  const press = async (): Promise<void> => {
    setBusy(true)
    const answer = await send(reason.trim())
    setBusy(false)
    if (!answer.ok) return setProblem(answer.problem)
    onClose()
    follow(answer.value)
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={event => {
          event.preventDefault()
          if (!short && !busy) void press()
        }}
      >
        <h2>{title}</h2>
        <div class="body">
          <p>{body}</p>
          {children}
          <AreaField label={words.reason} help={words.reasonHelp} value={reason} onInput={setReason} rows={2} />
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
