// A letter of the agency to who asked: subject, text, copies. It is numbered when it is drawn up, and signed on the ticket like minutes are.
import { useState } from 'preact/hooks'
import type { TicketDocument } from '../../../daemon/domain/ticket-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { AreaField, BusyButton, Dialog, ErrorBox, TextField, toast } from '../../parts/index.ts'
import { t } from '../../words/index.ts'

interface ReplyFormProps {
  readonly number: string
  readonly onClose: () => void
  readonly onSent: () => void
}

export function ReplyForm({ number, onClose, onSent }: ReplyFormProps) {
  const { reply: words, form, did } = t.value.tickets
  const [subject, setSubject] = useState('')
  const [text, setText] = useState('')
  const [copies, setCopies] = useState('')
  const [tried, setTried] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const missing = (value: string): string | undefined => (tried && value.trim().length < 3 ? form.missing : undefined)
  const send = async (): Promise<void> => {
    setTried(true)
    if (subject.trim().length < 3 || text.trim().length < 3) return
    const reply = {
      subject: subject.trim(),
      text: text.trim(),
      copies: copies
        .split('\n')
        .map(one => one.trim())
        .filter(one => one !== ''),
    }
    const answer = await api.post<TicketDocument>(`/api/v1/tickets/${encodeURIComponent(number)}/documents`, { kind: 'reply', reply })
    if (!answer.ok) return setProblem(answer.problem)
    toast('done', did.done, answer.value.number ?? answer.value.title)
    onClose()
    onSent()
  }
  return (
    <Dialog title={words.title} onClose={onClose}>
      <h2>{words.title}</h2>
      <div class="body">
        <p class="small dim">{words.hint(number)}</p>
        <TextField label={words.subject} value={subject} onInput={setSubject} maxLength={200} error={missing(subject)} autofocus />
        <AreaField label={words.text} help={words.textHint} value={text} onInput={setText} error={missing(text)} />
        <AreaField label={words.copies} help={words.copiesHint} value={copies} onInput={setCopies} optional />
        {problem === null ? null : <ErrorBox problem={problem} />}
      </div>
      <footer>
        <button type="button" class="btn ghost" onClick={onClose}>
          {t.value.shell.cancel}
        </button>
        <BusyButton kind="primary" onClick={send}>
          {words.make}
        </BusyButton>
      </footer>
    </Dialog>
  )
}
