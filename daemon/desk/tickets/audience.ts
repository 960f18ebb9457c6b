// What of a ticket whom may see: staff all of it, the requester what concerns him. Listed fact by fact; a new one is not told by accident.
import type { Viewer } from '../../domain/people.ts'
import { may } from '../../domain/policy.ts'
import type { TicketEvent, TicketFact } from '../../domain/ticket.ts'
import type { AttachmentRow, DocumentRow } from '../../domain/ticket-record.ts'
import type { Attachment, DocumentKind, DocumentState, TicketDocument } from '../../domain/ticket-view.ts'

export type Audience = 'internal' | 'public'
export const audienceOf = (viewer: Viewer): Audience => (may(viewer, 'ticket.internal') ? 'internal' : 'public')

type Tell = (event: TicketEvent) => TicketEvent | null
const whole: Tell = event => event
const never: Tell = () => null

/** What leaves to the requester, by kind. */
const PUBLIC: Readonly<Record<TicketFact['kind'], Tell>> = {
  created: whole,
  submitted: whole,
  amended: event => (event.kind === 'amended' && event.side === 'requester' ? event : null),
  verified: event => (event.kind === 'verified' ? { ...event, note: '' } : null),
  registered: whole,
  returned: whole,
  resubmitted: whole,
  // That it went on, and to whom; what one official writes to another stays among them.
  disposed: event => (event.kind === 'disposed' ? { ...event, note: '' } : null),
  sentBack: event => (event.kind === 'sentBack' ? { ...event, note: '' } : null),
  taken: whole,
  urgent: event => (event.kind === 'urgent' ? { ...event, reason: '' } : null),
  ratified: never,
  phase: whole,
  worked: event => (event.kind === 'worked' ? { ...event, note: '' } : null),
  reported: whole,
  minuted: whole,
  archived: whole,
  paused: whole,
  resumed: whole,
  rejected: whole,
  cancelled: whole,
  rated: never,
  overridden: never,
  difficulty: event => (event.kind === 'difficulty' ? { ...event, reason: '' } : null),
  promised: whole,
  agreed: whole,
  escalated: never,
  note: event => (event.kind === 'note' && event.visibility === 'public' ? event : null),
  attached: event => (event.kind === 'attached' && event.visibility === 'public' ? event : null),
  struck: event => (event.kind === 'struck' && event.visibility === 'public' ? event : null),
  document: event => (event.kind === 'document' && event.reply === true && UNSIGNED.has(event.state) ? null : event),
  replied: never,
  task: never,
  taskDone: never,
  watched: never,
  merged: whole,
  absorbed: never,
  linked: whole,
  evaluated: whole,
}

export const eventsFor = (audience: Audience, events: readonly TicketEvent[]): TicketEvent[] =>
  audience === 'internal' ? [...events] : events.flatMap(event => PUBLIC[event.kind](event) ?? [])

export const attachmentsFor = (audience: Audience, attachments: readonly AttachmentRow[]): Attachment[] =>
  attachments.filter(({ visibility }) => audience === 'internal' || visibility === 'public').map(({ ticket: _, ...attachment }) => attachment)

/** A letter that the head has not signed is none yet. */
const UNSIGNED: ReadonlySet<string> = new Set<DocumentState>(['draft', 'signing'])
const HIDDEN: ReadonlySet<DocumentKind> = new Set(['disposition', 'notes', 'archive'])
export const seesDocument = (audience: Audience, { kind, state }: Pick<DocumentRow, 'kind' | 'state'>): boolean =>
  audience === 'internal' || !(HIDDEN.has(kind) || (kind === 'reply' && UNSIGNED.has(state)))

/** Without what only the records need: earlier files and scans. */
export const documentsFor = (audience: Audience, documents: readonly DocumentRow[]): TicketDocument[] =>
  documents
    .filter(document => seesDocument(audience, document))
    .map(({ ticket: _, history: __, reason: ___, ...document }) => ({
      ...document,
      signatures: document.signatures,
    }))
