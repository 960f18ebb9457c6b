// Drawing up a document of the ticket, and making one void with its reason: its number stays used.
import { useState } from 'preact/hooks'
import { DOCUMENT_KINDS, type DocumentKind, type TicketDocument } from '../../../daemon/domain/ticket-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { BusyButton, Dialog, ErrorBox, Icon, toast } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { TextArea } from './forms/text-area.tsx'
import { ReplyForm } from './reply.tsx'

/** Minutes have their own step of the procedure; a letter of ours is written first; what leaves is said on the page of its stay. */
const ELSEWHERE: ReadonlySet<DocumentKind> = new Set(['minutes', 'reply', 'removal', 'wipe'])
const KINDS = DOCUMENT_KINDS.filter(kind => !ELSEWHERE.has(kind))

export function MakeDocument({ number, onChanged }: { readonly number: string; readonly onChanged: () => void }) {
  const [writing, setWriting] = useState(false)
  const { form: words, ticket, did } = t.value.tickets
  const make = async (kind: DocumentKind): Promise<void> => {
    const answer = await api.post<TicketDocument>(`/api/v1/tickets/${encodeURIComponent(number)}/documents`, { kind })
    if (!answer.ok) return toast('failed', answer.problem.title, answer.problem.detail)
    toast('done', did.done, answer.value.title)
    onChanged()
  }
  return (
    <details class="attachmore">
      <summary>
        <Icon name="plus" />
        {words.makeDocument}
      </summary>
      <div class="row wrap">
        {KINDS.map(kind => (
          <BusyButton key={kind} onClick={() => make(kind)}>
            {ticket.docKinds[kind]}
          </BusyButton>
        ))}
        <button type="button" class="btn" onClick={() => setWriting(true)}>
          {t.value.tickets.reply.write}
        </button>
      </div>
      {writing ? <ReplyForm number={number} onClose={() => setWriting(false)} onSent={onChanged} /> : null}
    </details>
  )
}

export function VoidDocument({ document, onChanged }: { readonly document: TicketDocument; readonly onChanged: () => void }) {
  const { form: words } = t.value.tickets
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const missing = reason.trim().length < 3
  const send = async (): Promise<void> => {
    setTried(true)
    if (missing) return
    const answer = await api.post(`/api/v1/documents/${document.id}/void`, { reason: reason.trim() })
    if (!answer.ok) return setProblem(answer.problem)
    setOpen(false)
    onChanged()
  }
  const title = words.voidIt.replace('…', '')
  return (
    <>
      <button type="button" class="textbtn small" onClick={() => setOpen(true)}>
        {words.voidIt}
      </button>
      {open ? (
        <Dialog title={title} onClose={() => setOpen(false)}>
          <h2>{title}</h2>
          <div class="body">
            <p>
              <b>{document.title}</b> {document.number}
            </p>
            <TextArea
              label={words.reason}
              help={words.voidHint}
              value={reason}
              onInput={setReason}
              error={tried && missing ? words.missing : undefined}
              focus
            />
            {problem === null ? null : <ErrorBox problem={problem} />}
          </div>
          <footer>
            <button type="button" class="btn ghost" onClick={() => setOpen(false)}>
              {t.value.shell.cancel}
            </button>
            <BusyButton kind="danger" onClick={send}>
              {title}
            </BusyButton>
          </footer>
        </Dialog>
      ) : null}
    </>
  )
}
