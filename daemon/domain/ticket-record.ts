// A ticket as it is kept: the frame that stays, the draft that is written on, the events, and the row that lists are made from.
import type { Instant } from './call.ts'
import type { Answers } from './form.ts'
import type { Priority, TicketChannel, TicketEvent, TicketKind, TicketStatus } from './ticket.ts'
import type { TicketHead } from './ticket-view.ts'

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
  readonly assignee: number | null
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
  readonly priority?: Priority | undefined
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
  /** Number and date of the letter itself. */
  readonly letter: string
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

export interface DeskNotice {
  /** The same however often it is made. */
  readonly id: string
  readonly kind: NoticeKind
  readonly at: Instant
  readonly ticket: { readonly number: string; readonly title: string; readonly service: string; readonly status: TicketStatus }
  readonly to: { readonly person: number | null; readonly name: string; readonly email: string; readonly mobile: string }
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
