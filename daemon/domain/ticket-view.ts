// A ticket as pages and the API see it: the head for lists, the whole for its page, and what the viewer may do next.
import type { Instant } from './call.ts'
import type { TicketClock } from './clock.ts'
import type { Answers, Words } from './form.ts'
import type { LetterMark } from './letter-mark.ts'
import type { Service } from './service.ts'
import type { Difficulty } from './standard.ts'
import type { Level, PauseReason, Priority, TicketChannel, TicketEvent, TicketKind, TicketStatus, Visibility } from './ticket.ts'
import type { ActionKind } from './ticket-action.ts'

/** `soon`: less than a quarter of the standard is left. `late`: past the target of its difficulty. `breached`: past the promise. */
export const LATENESS = ['fine', 'soon', 'late', 'breached'] as const
export type Lateness = (typeof LATENESS)[number]

export interface TicketHead {
  /** In the records; what the API speaks of is `number`. */
  readonly id: number
  /** `T-2026-0412`; of a draft `D-<id>`. */
  readonly number: string
  readonly kind: TicketKind
  readonly service: string
  readonly serviceName: Words
  readonly title: string
  readonly organisation: number
  readonly organisationName: string
  readonly requester: { readonly person: number | null; readonly name: string }
  readonly channel: TicketChannel
  readonly status: TicketStatus
  readonly step: { readonly key: string; readonly label: Words; readonly index: number; readonly of: number } | null
  /** Whose turn it is: a chair, and its holder where one is named. */
  readonly turn: { readonly chair: string; readonly person: number | null; readonly name: string } | null
  readonly priority: Priority
  readonly pause: PauseReason | null
  readonly filedAt: Instant | null
  readonly changedAt: Instant
  readonly endedAt: Instant | null
  /** Of the step, and of the whole as promised (a later agreement wins); null before it was handed in and when ended. */
  readonly stepDue: Instant | null
  readonly due: Instant | null
  readonly lateness: Lateness
  readonly watchers: readonly number[]
  /** Events so far: what an action may name as `?seq=` to be refused when somebody else acted in between. */
  readonly seq: number
}

export interface Attachment {
  readonly id: number
  readonly name: string
  /** By its content, not by its name. */
  readonly type: string
  readonly size: number
  readonly sha256: string
  /** Key of the paper it is (`Paper.key`) or of the form's field; null: something else. */
  readonly slot: string | null
  readonly visibility: Visibility
  readonly at: Instant
  readonly by: string
  readonly scan: 'clean' | 'infected' | 'unchecked'
  /** Withdrawn after the request was registered: it is kept, and counts no more. */
  readonly struck?: { readonly at: Instant; readonly by: string; readonly reason: string }
  /** What the viewer may do about it; absent: nothing. */
  readonly removal?: Removal
}
export type Removal = 'delete' | 'strike'

export const DOCUMENT_KINDS = [
  'form',
  'disposition',
  'notes',
  'report',
  'minutes',
  'agreement',
  'letter',
  'reply',
  'archive',
  'removal',
  'wipe',
] as const
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]
/** Of minutes: drawn up, signed by the first party, sent, come back signed by all, put away. */
export const DOCUMENT_STATES = ['draft', 'signing', 'sent', 'returned', 'archived', 'void'] as const
export type DocumentState = (typeof DOCUMENT_STATES)[number]

export interface DocumentSignature {
  /** Index in the minutes' parties. */
  readonly party: number
  readonly name: string
  readonly position: string
  readonly nip: string | null
  /** Wet signature on a scanned copy; approval in Suar; agency seal; certified by the national service. */
  readonly method: 'scan' | 'approval' | 'seal' | 'certified'
  readonly at: Instant | null
  /** Of the file that was signed; bound to the signature before by `previous` and `hash`. Only once signed. */
  readonly record?: { readonly person: number | null; readonly sha256: string; readonly previous: string; readonly hash: string }
}

export interface TicketDocument {
  readonly id: number
  readonly kind: DocumentKind
  readonly title: string
  readonly number: string | null
  readonly state: DocumentState
  readonly at: Instant
  readonly sha256: string
  readonly pages: number
  /** For the page that verifies it. */
  readonly code: string
  readonly signatures: readonly DocumentSignature[]
}

export interface TicketTask {
  readonly id: number
  readonly title: string
  readonly person: { readonly id: number; readonly name: string } | null
  readonly due: Instant | null
  readonly doneAt: Instant | null
}

/** `by`: the channel that carries to the requester; null: told on the page only. `unbound`: chats of the desk that he has not shown to be his. */
export interface Reach {
  readonly by: string | null
  readonly unbound: readonly string[]
}

export interface TicketView extends TicketHead {
  /** The service as it stood when the ticket was filed. */
  readonly serviceVersion: number
  readonly serviceDefinition: Service
  readonly products: readonly string[]
  readonly answers: Answers
  /** What it is about, under its name of today. */
  readonly application: { readonly id: number; readonly name: string } | null
  readonly difficulty: Difficulty | null
  /** Worked on ahead of its dispositions; `owed` are the steps still to be ratified. */
  readonly urgent: boolean
  readonly owed: readonly string[]
  /** Nobody holds the chair whose turn it is. */
  readonly vacant: boolean
  readonly impact: Level | null
  readonly urgency: Level | null
  /** Of who asks, for answering; only what was given. */
  readonly contact: { readonly email: string; readonly phone: string }
  /** How who asks is told of it; null: the viewer has no business with that. */
  readonly reach: Reach | null
  /** A draft's, or an answer's that was not handed in yet. */
  readonly savedAt: Instant | null
  /** Number and date of the letter it came with. */
  readonly letter: LetterMark
  readonly phase: string | null
  /** How long what it left behind stays in the archive: the last day, `2031-12-31`, or for ever. Null: it is not closed. */
  readonly kept: { readonly until: string | null } | null
  readonly events: readonly TicketEvent[]
  readonly clock: TicketClock | null
  /** When `clock` was reckoned, and the working windows of that day: a page runs it on by itself until the day is over. */
  readonly clockAt: Instant
  readonly today: readonly { readonly from: Instant; readonly until: Instant }[]
  readonly attachments: readonly Attachment[]
  readonly documents: readonly TicketDocument[]
  readonly tasks: readonly TicketTask[]
  readonly links: readonly {
    readonly number: string
    readonly title: string
    readonly as: 'complaint' | 'change' | 'related' | 'original' | 'absorbed' | 'into'
    readonly status: TicketStatus
  }[]
  /** What this viewer may do now, the next step of the procedure first; `why` when it cannot be done yet. */
  readonly actions: readonly { readonly kind: ActionKind; readonly why: Words | null }[]
  /** To whom a disposition may go next. */
  readonly receivers: readonly {
    readonly person: number
    readonly name: string
    readonly position: string
    readonly standIn: boolean
    readonly running: number
  }[]
}

/** GET /api/v1/tickets */
export interface TicketPage {
  readonly items: readonly TicketHead[]
  readonly total: number
  readonly page: number
  readonly size: number
  /** How many there are in each of the views of this viewer. */
  readonly counts: {
    readonly mine: number
    readonly inbox: number
    readonly late: number
    readonly all: number
    readonly drafts: number
    readonly watched: number
  }
}
