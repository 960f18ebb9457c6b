// Withdrawing a file of a registered request: why, for it stays with the ticket and is told to whoever sees it.
import { useState } from 'preact/hooks'
import type { Attachment } from '../../daemon/domain/ticket-view.ts'
import type { Problem } from '../../daemon/http/contract.ts'
import { api } from '../api.ts'
import { t } from '../words/index.ts'
import { TextField } from './field.tsx'
import { BusyButton, Dialog, ErrorBox, toast } from './index.ts'

interface StrikeProps {
  readonly file: Pick<Attachment, 'id' | 'name'>
  readonly onClose: () => void
  readonly onDone: () => void
}

export function Strike({ file, onClose, onDone }: StrikeProps) {
  const words = t.value.tickets.strike
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const missing = reason.trim().length < 3
  const send = async (): Promise<void> => {
    setTried(true)
    if (missing) return
    const answer = await api.delete(`/api/v1/attachments/${file.id}`, { reason: reason.trim() })
    if (!answer.ok) return setProblem(answer.problem)
    toast('done', words.done, file.name)
    onClose()
    onDone()
  }
  return (
    <Dialog title={words.title} onClose={onClose}>
      <h2>{words.title}</h2>
      <div class="body">
        <p>
          <b class="wraps">{file.name}</b>
        </p>
        <TextField
          label={words.reason}
          help={words.hint}
          value={reason}
          onInput={setReason}
          error={tried && missing ? t.value.tickets.form.missing : undefined}
          maxLength={1000}
          autofocus
        />
        {problem === null ? null : <ErrorBox problem={problem} />}
      </div>
      <footer>
        <button type="button" class="btn ghost" onClick={onClose}>
          {t.value.shell.cancel}
        </button>
        <BusyButton kind="danger" onClick={send}>
          {words.act}
        </BusyButton>
      </footer>
    </Dialog>
  )
}
