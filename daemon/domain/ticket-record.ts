// A ticket as it is kept: the frame that stays, the draft that is written on, the events, and the row that lists are made from.
import type { Instant } from './call.ts'
import type { Answers, Words } from './form.ts'
import type { LetterMark } from './letter-mark.ts'
import type { Application } from './people.ts'
import type { Priority, TicketChannel, TicketEvent, TicketKind, TicketStatus } from './ticket.ts'
import type { Attachment, TicketDocument, TicketHead } from './ticket-view.ts'

/** Who asks whom for what; the same over the whole life of a ticket. */
export interface TicketFrame {
  readonly id: number
  /** Null as long as it is a draft. */
  readonly number: string | null
  readonly kind: TicketKind
  readonly service: string
  readonly version: number
  readonly organisation: number
  readonly requester: { readonly person: number | null; readonly name: string; readonly email: string; readonly phone: string }
  readonly channel: TicketChannel
  /** The ticket that a complaint or a request for change is about. */
  readonly about: number | null
  readonly createdAt: Instant
  /** Account of who wrote it down; null: it came in by itself and waits for an officer. */
  readonly createdBy: number | null
}

/** What is being written and was not handed in yet; also the answer to a return. */
export interface TicketDraft {
  readonly title: string
  readonly products: readonly string[]
  readonly answers: Answers
  /** Of the letter it comes with; absent: nothing is known of one. */
  readonly letter?: LetterMark
  /** Later with every saving, so that it also tells one from the next. */
  readonly savedAt: Instant
}

export interface TicketRecord {
  readonly frame: TicketFrame
  readonly draft: TicketDraft | null
  readonly events: readonly TicketEvent[]
}

/** What lists are sorted, filtered and coloured by. The clock's marks are kept so that a list need not reckon ten thousand clocks. */
export interface TicketRow {
  readonly head: TicketHead
  /** Whoever holds the chair may act, whoever was named. */
  readonly shared: boolean
  readonly assignee: number | null
  /** What it is about, by its number in the register. */
  readonly application: number | null
  /** When it becomes soon, late, breached if nobody does anything; null: it does not. */
  readonly soonAt: Instant | null
  readonly lateAt: Instant | null
  readonly breachAt: Instant | null
  /** When somebody must be told next. */
  readonly checkAt: Instant | null
}

/** What a search looks through: what the requester may see too, and the rest. */
export interface TicketTexts {
  readonly title: string
  readonly body: string
  readonly internal: string
}

export const TICKET_VIEWS = ['mine', 'inbox', 'late', 'all', 'watched', 'drafts'] as const
export type TicketViewName = (typeof TICKET_VIEWS)[number]
export const TICKET_SORTS = ['changed', '-changed', 'due', '-due', 'priority', '-priority', 'number', '-number'] as const
export type TicketSort = (typeof TICKET_SORTS)[number]

export interface TicketFilter {
  readonly view: TicketViewName
  readonly status?: readonly TicketStatus[] | undefined
  readonly service?: string | undefined
  readonly organisation?: number | undefined
  readonly application?: number | undefined
  readonly priority?: Priority | undefined
  /** Due at this instant or later, and before that one. */
  readonly dueFrom?: Instant | undefined
  readonly dueUntil?: Instant | undefined
  readonly search: string
}

export interface TicketQuery extends TicketFilter {
  readonly sort: TicketSort
  readonly page: number
  readonly size: number
}

/** On whose behalf a list is asked for. */
export interface Onlooker {
  readonly account: number
  readonly person: number
  readonly organisations: 'all' | readonly number[]
  /** Chairs held now. */
  readonly chairs: readonly string[]
  /** Sees what staff write to each other. */
  readonly internal: boolean
  /** Sees the drafts that came in from outside and wait for an officer. */
  readonly desk: boolean
}

/** A line of the agenda book. */
export interface AgendaEntry {
  readonly year: number
  readonly direction: 'in' | 'out'
  readonly no: number
  readonly at: Instant
  readonly ticket: number | null
  /** As the page names it. */
  readonly ticketNumber: string | null
  /** Number of the letter itself, and its local date as `2026-11-20`; empty: none. */
  readonly letter: string
  readonly dated: string
  readonly from: string
  readonly to: string
  readonly subject: string
}

export interface AgendaPage {
  readonly items: readonly AgendaEntry[]
  readonly total: number
  readonly page: number
  readonly size: number
  readonly years: readonly number[]
}

/** Whom the desk tells what: the channels put it into words and carry it. */
export const NOTICE_KINDS = [
  'received',
  'overload',
  'returned',
  'resubmitted',
  'paused',
  'resumed',
  'turn',
  'sentBack',
  'note',
  'rejected',
  'cancelled',
  'merged',
  'sign',
  'closed',
  'due',
  'late',
  'agreed',
  'task',
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** A chat that a person has shown to be theirs; `source` is the channel that carries to it. */
export interface Chat {
  readonly source: string
  readonly address: string
}

export interface DeskNotice {
  /** The same however often it is made. */
  readonly id: string
  readonly kind: NoticeKind
  readonly at: Instant
  readonly ticket: { readonly number: string; readonly title: string; readonly service: string; readonly status: TicketStatus }
  readonly to: {
    readonly person: number | null
    readonly name: string
    readonly email: string
    readonly mobile: string
    /** The one bound last comes first. */
    readonly chats: readonly Chat[]
  }
  /** Why, until when, who: as the kind needs it. */
  readonly figures: Readonly<Record<string, string | number | boolean | null>>
}

/** A message in an outbox, ready to go. */
export interface OutMessage {
  readonly id: string
  readonly channel: string
  readonly to: string
  readonly ticket: string | null
  readonly payload: unknown
  readonly dueAt: Instant
}

/** An attachment's row; its content lies beside, named by its hash. */
export interface AttachmentRow extends Attachment {
  readonly ticket: number
}

/** A document's row; each file it has been lies beside, named by its hash. */
export interface DocumentRow extends TicketDocument {
  readonly ticket: number
  /** Earlier files (as drawn up, before a signature) and scans that came back, oldest first. */
  readonly history: readonly { readonly sha256: string; readonly at: Instant; readonly what: 'drawn' | 'signed' | 'scan'; readonly pages: number }[]
  /** Why it is void. */
  readonly reason: string | null
}

/** One ticket as it is to be from now on. */
export interface TicketWrite {
  readonly frame: TicketFrame
  /** Absent: as it stands in the records, where its writer may be saving it at this moment. */
  readonly draft?: TicketDraft | null
  /** With `draft`: when the one was saved that it takes the place of; null: there was none. */
  readonly over?: Instant | null
  /** Events there must be already; 0 of one that is new. */
  readonly expected: number
  readonly events: readonly TicketEvent[]
  readonly row: TicketRow
  readonly texts: TicketTexts
  /** Answers that no other open ticket of the service may have. */
  readonly claims: readonly string[]
  readonly attachments?: readonly AttachmentRow[]
  /** Of a draft: these are attached no more. */
  readonly detached?: readonly number[]
}

/** One place of a service on a working day, by its date. */
export interface Place {
  readonly service: string
  readonly day: string
}

/** Everything that becomes true at once, or not at all. */
export interface DeskCommit {
  readonly tickets: readonly TicketWrite[]
  readonly audit: readonly {
    readonly at: Instant
    readonly actor: string
    readonly action: string
    readonly subject: string
    readonly detail: unknown
  }[]
  readonly messages?: readonly OutMessage[]
  readonly agenda?: readonly AgendaEntry[]
  /** The incoming letter of a ticket that is in the book already is known better now. */
  readonly relettered?: { readonly ticket: number; readonly letter: LetterMark }
  readonly documents?: readonly DocumentRow[]
  /** Documents as they were when this was decided; `conflict` when one is no longer so. */
  readonly over?: readonly DocumentRow[]
  /** A place taken on a working day. */
  readonly slot?: Place | null
  /** A place given back: the ticket that had it went away. */
  readonly freed?: Place | null
  /** The message it came from: never twice. */
  readonly incoming?: {
    readonly source: string
    readonly externalId: string
    readonly sender: string
    readonly subject: string
    readonly at: Instant
    readonly messageId: string | null
    readonly ticket: string
  }
}

/** An application that a ticket names and the register lacks; one that is there meanwhile under that name is taken instead. */
export interface WantedApplication {
  readonly organisation: number
  readonly name: string
  readonly responsible: Application['responsible']
}
export interface EnteredApplication {
  readonly id: number
  readonly name: string
  /** False: it was there already. */
  readonly added: boolean
}

/** A number to be drawn; without gaps within pattern and year, for it is drawn in the transaction that uses it. */
export interface Draw {
  readonly pattern: string
  readonly year: number
}
/** How many tickets begin on each working day, by its date. */
export type Ledger = ReadonlyMap<string, number>

export interface SavedView {
  readonly id: number
  readonly name: string
  /** As the list's address has it. */
  readonly query: string
}

export interface ReplyTemplate {
  readonly id: number
  readonly name: string
  readonly text: string
  readonly by: string
}

/** GET /api/v1/desk/summary */
export interface DeskSummary {
  readonly open: number
  readonly late: number
  readonly breached: number
  readonly soon: number
  readonly paused: number
  readonly mine: number
  readonly inbox: number
  readonly drafts: number
  readonly bySteps: readonly { readonly kind: string; readonly open: number; readonly late: number }[]
  /** Whose time runs out first. */
  readonly next: readonly TicketHead[]
}

/** GET /api/v1/desk/capacity: working days only; a service that has taken nothing on one is not named there. */
export interface DeskCapacity {
  /** `perDay` null: as many as come. */
  readonly services: readonly { readonly key: string; readonly name: Words; readonly perDay: number | null }[]
  readonly days: readonly { readonly date: string; readonly taken: Readonly<Record<string, number>> }[]
}

/** GET /api/v1/desk/due: dates without any are not named. */
export interface DeskDue {
  readonly days: readonly { readonly date: string; readonly due: number }[]
}
