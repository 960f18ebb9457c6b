// Between a ticket and its row: what is a column because lists ask for it, what is kept as JSON because nobody does.
import { ENDED, PRIORITIES, type TicketStatus } from '../domain/ticket.ts'
import type { AttachmentRow, DocumentRow, TicketDraft, TicketFrame, TicketRow, TicketWrite } from '../domain/ticket-record.ts'
import type { Lateness, TicketHead } from '../domain/ticket-view.ts'
import type { Schema } from './schema.ts'

type Row = Schema['tickets']

export const isOpen = (status: TicketStatus): boolean => status !== 'draft' && !ENDED.has(status)

export function rowOf({ frame, draft, expected, events, row }: TicketWrite): Row {
  const { head } = row
  const open = isOpen(head.status)
  return {
    id: frame.id,
    number: frame.number,
    service: frame.service,
    organisation: frame.organisation,
    requester: frame.requester.person,
    created_by: frame.createdBy,
    about: frame.about,
    application: row.application,
    status: head.status,
    open: open ? 1 : 0,
    chair: open ? (head.turn?.chair ?? null) : null,
    holder: open ? (head.turn?.person ?? null) : null,
    shared: row.shared ? 1 : 0,
    assignee: row.assignee,
    priority: PRIORITIES.length - 1 - PRIORITIES.indexOf(head.priority),
    changed_at: head.changedAt,
    filed_at: head.filedAt,
    ended_at: head.endedAt,
    due: head.due,
    soon_at: row.soonAt,
    late_at: row.lateAt,
    breach_at: row.breachAt,
    check_at: row.checkAt,
    seq: expected + events.length,
    frame: JSON.stringify(frame),
    head: JSON.stringify(head),
    draft: draft == null ? null : JSON.stringify(draft),
  }
}

type Marks = Pick<Row, 'soon_at' | 'late_at' | 'breach_at'>

/** How late it is at this moment: only marks are kept, so that a list need not be written anew when time goes by. */
function latenessAt({ soon_at, late_at, breach_at }: Marks, now: number): Lateness {
  if (breach_at !== null && breach_at <= now) return 'breached'
  if (late_at !== null && late_at <= now) return 'late'
  return soon_at !== null && soon_at <= now ? 'soon' : 'fine'
}

export const headOf = (row: Marks & Pick<Row, 'head'>, now: number): TicketHead => ({
  ...(JSON.parse(row.head) as TicketHead),
  lateness: latenessAt(row, now),
})
export const frameOf = (row: Pick<Row, 'frame'>): TicketFrame => JSON.parse(row.frame) as TicketFrame
export const draftOf = (row: Pick<Row, 'draft'>): TicketDraft | null => (row.draft === null ? null : (JSON.parse(row.draft) as TicketDraft))
export const marksOf = (row: Row, now: number): TicketRow => ({
  head: headOf(row, now),
  assignee: row.assignee,
  application: row.application,
  shared: row.shared === 1,
  soonAt: row.soon_at,
  lateAt: row.late_at,
  breachAt: row.breach_at,
  checkAt: row.check_at,
})

export const attachmentOf = (row: Schema['attachments']): AttachmentRow => row as AttachmentRow
export const documentOf = ({ signatures, history, ...row }: Schema['documents']): DocumentRow =>
  ({ ...row, signatures: JSON.parse(signatures), history: JSON.parse(history) }) as DocumentRow
export const rowOfDocument = ({ signatures, history, ...row }: DocumentRow): Schema['documents'] => ({
  ...row,
  signatures: JSON.stringify(signatures),
  history: JSON.stringify(history),
})
