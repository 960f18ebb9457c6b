// Documents of a ticket with their states and signatures, papers that were brought, and what is still missing.
import { useState } from 'preact/hooks'
import type { Attachment, TicketDocument, TicketView } from '../../../daemon/domain/ticket-view.ts'
import { Icon, Panel, toast } from '../../parts/index.ts'
import { Strike } from '../../parts/strike.tsx'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { number, text } from '../../words/say.ts'
import { when } from '../../words/when.ts'
import './documents.css'
import { Attach } from './attach.tsx'
import { MakeDocument, VoidDocument } from './draw-up.tsx'

/** `214 kB`, `1,2 MB`. */
function fileSize(octets: number): string {
  if (octets < 1_000) return `${number(octets)} B`
  return octets < 999_500 ? `${number(Math.round(octets / 1_000))} kB` : `${number(octets / 1_000_000, 1)} MB`
}

const SHORT: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  'image/png': 'PNG',
  'image/jpeg': 'JPEG',
  'text/plain': 'TXT',
  'text/csv': 'CSV',
}

/** `application/pdf` → `PDF`; of a type without a short name the ending of the file. */
const typeName = ({ type, name }: Pick<Attachment, 'type' | 'name'>): string => SHORT[type] ?? name.split('.').at(-1)?.toUpperCase() ?? type

interface DocumentsProps {
  readonly view: TicketView
  /** What was drawn up or made void is on the ticket now. */
  readonly onChanged: () => void
}

export function Documents({ view, onChanged }: DocumentsProps) {
  const words = t.value.tickets.ticket
  const canAttach = view.actions.some(one => one.kind === 'attach' && one.why === null)
  const { papers, minutes } = view.serviceDefinition
  const missing = papers.filter(paper => paper.required && !view.attachments.some(one => one.slot === paper.key && one.struck === undefined))
  const minutesLater = minutes !== null && view.endedAt === null && !view.documents.some(one => one.kind === 'minutes')
  const empty = view.documents.length === 0 && view.attachments.length === 0 && missing.length === 0 && !minutesLater
  return (
    <Panel title={words.documents} class="documents">
      <ul class="docs">
        {view.documents.map(one => (
          <DocumentRow key={`d${one.id}`} document={one} canVoid={view.endedAt === null && may('ticket.work')} onChanged={onChanged} />
        ))}
        {view.attachments.map(one => (
          <AttachmentRow key={`a${one.id}`} attachment={one} view={view} onChanged={onChanged} />
        ))}
        {view.endedAt === null
          ? missing.map(paper => (
              <li key={paper.key} class="todo">
                <Icon name="requests" />
                <div class="grow">
                  <b>{text(paper.name)}</b>
                  <div class="small dim">{words.required}</div>
                </div>
                <span class="small dim nw">{words.missing}</span>
              </li>
            ))
          : null}
        {minutesLater ? (
          <li class="todo">
            <Icon name="requests" />
            <div class="grow">
              <b>{text(minutes.title)}</b>
              <div class="small dim">{words.numberLater}</div>
            </div>
            <span class="small dim nw">{words.notYet}</span>
          </li>
        ) : null}
        {empty ? <li class="dim">{words.noDocuments}</li> : null}
      </ul>
      {canAttach ? (
        <details class="attachmore">
          <summary>
            <Icon name="plus" />
            {words.attach}
          </summary>
          <Attach view={view} onSent={onChanged} />
        </details>
      ) : null}
      {may('ticket.work') && view.status !== 'draft' ? <MakeDocument number={view.number} onChanged={onChanged} /> : null}
    </Panel>
  )
}

function DocumentRow({
  document,
  canVoid,
  onChanged,
}: {
  readonly document: TicketDocument
  readonly canVoid: boolean
  readonly onChanged: () => void
}) {
  const words = t.value.tickets.ticket
  return (
    <li class={document.state === 'void' ? 'void' : ''}>
      <Icon name="audit" />
      <div class="grow">
        <a class="docname" href={`/api/v1/documents/${document.id}`} target="_blank" rel="noreferrer">
          {document.title}
        </a>
        <div class="small dim">
          {document.number === null ? '' : `${document.number}, `}
          {words.docStates[document.state]}
          {' · '}
          <a href={`/verify/${encodeURIComponent(document.code)}`}>{words.verifyLink}</a>
          {document.signatures.some(one => one.at !== null && one.method === 'approval') ? (
            <>
              {' · '}
              <a href={`/api/v1/documents/${document.id}/approvals`} target="_blank" rel="noreferrer">
                {t.value.tickets.reply.approvals}
              </a>
            </>
          ) : null}
        </div>
        {document.signatures.length === 0 ? null : <Signatures document={document} />}
        {canVoid && document.state !== 'void' && document.state !== 'archived' ? <VoidDocument document={document} onChanged={onChanged} /> : null}
      </div>
      {document.pages === 0 ? null : <span class="small dim nw">{words.pages(document.pages)}</span>}
    </li>
  )
}

/** Who has signed how and when, in the order of signing. */
export function Signatures({ document }: { readonly document: Pick<TicketDocument, 'signatures'> }) {
  const words = t.value.tickets.ticket
  return (
    <ol class="signatures small" aria-label={words.signatures}>
      {document.signatures.map(one => (
        <li key={one.party} class={one.at === null ? 'dim' : ''}>
          <Icon name={one.at === null ? 'unknown' : 'check'} class={one.at === null ? 'unknown' : ''} />
          {one.at === null ? words.notSigned(one.name) : words.signedBy(one.name, words.methods[one.method], when(one.at))}
        </li>
      ))}
    </ol>
  )
}

interface AttachmentProps extends DocumentsProps {
  readonly attachment: Attachment
}

function AttachmentRow({ attachment, view, onChanged }: AttachmentProps) {
  const [striking, setStriking] = useState(false)
  const words = t.value.tickets.ticket
  const paper = view.serviceDefinition.papers.find(one => one.key === attachment.slot)
  const infected = attachment.scan === 'infected'
  const { struck, removal } = attachment
  const open = !infected && (struck === undefined || may('ticket.internal'))
  const title = paper === undefined ? attachment.name : text(paper.name)
  const copy = (): void => {
    // Browsers keep the clipboard from pages that came without TLS.
    if (isSecureContext) void navigator.clipboard.writeText(attachment.sha256).then(() => toast('done', words.copied, attachment.sha256))
    else toast('done', words.hash, attachment.sha256)
  }
  return (
    <li class={struck === undefined ? '' : 'void'}>
      <Icon name="requests" />
      <div class="grow">
        {open ? (
          <a class="docname" href={`/api/v1/attachments/${attachment.id}?inline=true`} target="_blank" rel="noreferrer">
            {title}
          </a>
        ) : (
          <b class="docname">{title}</b>
        )}
        <div class={`small ${infected ? 't-crit' : 'dim'} wraps`}>
          {paper === undefined ? '' : `${attachment.name} · `}
          {attachment.by} {when(attachment.at)} · {words.scan[attachment.scan]}
          {attachment.visibility === 'internal' ? <span class="internalmark">{words.internal}</span> : null}
        </div>
        {struck === undefined ? null : <div class="small wraps">{t.value.tickets.strike.struck(struck.by, when(struck.at), struck.reason)}</div>}
        {removal === undefined ? null : (
          <button type="button" class="textbtn small" onClick={() => setStriking(true)}>
            {t.value.tickets.strike.open}
            <span class="sr"> {attachment.name}</span>
          </button>
        )}
        {striking ? <Strike file={attachment} onClose={() => setStriking(false)} onDone={onChanged} /> : null}
        <button type="button" class="hash mono tiny dim" title={attachment.sha256} onClick={copy}>
          <span class="sr">{words.copyHash} </span>
          {attachment.sha256.slice(0, 12)}…
        </button>
      </div>
      <span class="small dim nw">
        {typeName(attachment)}, {fileSize(attachment.size)}
      </span>
    </li>
  )
}
