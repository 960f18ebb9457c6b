// A ticket: one request for a service, or a complaint about one. Its truth is the list of its events; everything else is worked out from them.
import type { Instant } from './call.ts'
import type { Answers } from './form.ts'
import type { LetterMark } from './letter-mark.ts'
import type { Through } from './people.ts'
import type { Difficulty } from './standard.ts'

/** How it came in; all of them are registered under one number. */
export const CHANNELS = ['portal', 'email', 'mobile', 'chat', 'letter', 'telephone', 'walk-in'] as const
export type TicketChannel = (typeof CHANNELS)[number]

/** `change`: a request for change (RFC) to what a closed ticket delivered. */
export const TICKET_KINDS = ['request', 'complaint', 'change'] as const
export type TicketKind = (typeof TICKET_KINDS)[number]

/**
 * `draft` not handed in; `open` at its step; `returned` to the requester to complete; `paused` with an official reason;
 * `rejected`, `cancelled`, `closed` (archived), `merged` into another: ended.
 */
export const TICKET_STATUSES = ['draft', 'open', 'returned', 'paused', 'rejected', 'cancelled', 'closed', 'merged'] as const
export type TicketStatus = (typeof TICKET_STATUSES)[number]
export const ENDED: ReadonlySet<TicketStatus> = new Set(['rejected', 'cancelled', 'closed', 'merged'])

/** The official reasons a clock may stop for (S2/S4 "Dampak Operasional", SL9). */
export const PAUSE_REASONS = ['requester', 'third-party', 'server', 'human-error', 'nature', 'maintenance'] as const
export type PauseReason = (typeof PAUSE_REASONS)[number]

export const LEVELS = ['low', 'medium', 'high'] as const
export type Level = (typeof LEVELS)[number]
export const PRIORITIES = ['low', 'medium', 'high', 'critical'] as const
export type Priority = (typeof PRIORITIES)[number]

/** Who did it, as he was then: names on paper do not change when people do. */
export interface Actor extends Through {
  readonly account: number | null
  readonly person: number | null
  readonly name: string
  /** Jabatan or chair at that moment. */
  readonly position: string
  readonly organisation: number | null
}

/** Of an event that has no person: the daemon itself, a mail from outside. */
export const DAEMON: Actor = { account: null, person: null, name: 'Suar', position: '', organisation: null }

/** Seen by whom: `public` the requester too, `internal` staff only. */
export type Visibility = 'public' | 'internal'

export type TicketFact =
  | { readonly kind: 'created'; readonly channel: TicketChannel }
  /** Handed in; `received` is the next instant inside the intake window (SL1), `slot` the working day it has room on (SL2). */
  | {
      readonly kind: 'submitted'
      readonly received: Instant
      readonly slot: string | null
      /** Its line in the agenda book, incoming. */
      readonly agenda?: number
    }
  /** `answers` are all of them as they stand from now on. */
  | {
      readonly kind: 'amended'
      readonly answers: Answers
      /** Whose fields. */
      readonly side: 'requester' | 'officer'
      readonly products?: readonly string[]
      readonly title?: string
      /** Of the letter it came with. */
      readonly letter?: LetterMark
    }
  /** `team`: by whose decree the one who verified it did so (S3 F.3). */
  | { readonly kind: 'verified'; readonly note: string; readonly team?: { readonly id: number; readonly name: string; readonly decree: string } }
  /** The application named in that field is in the register from now on, under this number. */
  | { readonly kind: 'registered'; readonly field: string; readonly application: { readonly id: number; readonly name: string } }
  | { readonly kind: 'returned'; readonly reason: string }
  | { readonly kind: 'resubmitted' }
  /** A disposition: an order with a note to a named receiver; the last one (`order`) goes to who does it. */
  | {
      readonly kind: 'disposed'
      readonly step: string
      readonly to: { readonly person: number; readonly name: string; readonly position: string }
      readonly note: string
    }
  /** An approver sends it back one step. */
  | { readonly kind: 'sentBack'; readonly step: string; readonly note: string }
  | { readonly kind: 'taken'; readonly person: number; readonly name: string }
  /** The urgent path: worked on at once, the dispositions are made up for afterwards (`ratified`). */
  | {
      readonly kind: 'urgent'
      readonly reason: string
      readonly to: { readonly person: number; readonly name: string; readonly position: string }
    }
  | { readonly kind: 'ratified'; readonly step: string; readonly note: string }
  | { readonly kind: 'phase'; readonly phase: string; readonly note: string }
  /** What was done (Catatan); ends the step of work. */
  | { readonly kind: 'worked'; readonly note: string }
  | { readonly kind: 'reported'; readonly text: string; readonly recommendation: string }
  | { readonly kind: 'minuted'; readonly document: number; readonly number: string }
  | { readonly kind: 'archived'; readonly agenda: number }
  | { readonly kind: 'paused'; readonly reason: PauseReason; readonly note: string }
  | { readonly kind: 'resumed'; readonly note: string }
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'cancelled'; readonly reason: string }
  | { readonly kind: 'rated'; readonly impact: Level; readonly urgency: Level; readonly priority: Priority }
  | { readonly kind: 'overridden'; readonly priority: Priority; readonly reason: string }
  | { readonly kind: 'difficulty'; readonly level: Difficulty; readonly reason: string }
  | { readonly kind: 'promised'; readonly due: Instant }
  /** Both sides agreed on another date after a breach (SL7). */
  | { readonly kind: 'agreed'; readonly due: Instant; readonly reason: string; readonly signer: string }
  | { readonly kind: 'escalated'; readonly step: string; readonly to: string; readonly before: boolean }
  | {
      readonly kind: 'note'
      readonly text: string
      readonly visibility: Visibility
      readonly channel: TicketChannel
      /** Nothing but the letter itself says whom it is from. */
      readonly unverified?: true
    }
  | { readonly kind: 'attached'; readonly attachment: number; readonly name: string; readonly slot: string | null; readonly visibility: Visibility }
  /** Taken off the ticket: gone from a draft, without a reason; kept and marked with one once it is in the register. */
  | {
      readonly kind: 'struck'
      readonly attachment: number
      readonly name: string
      readonly slot: string | null
      readonly visibility: Visibility
      readonly reason: string
    }
  /** `reply`: a letter of the agency, which is its requester's once it is signed. */
  | { readonly kind: 'document'; readonly document: number; readonly title: string; readonly state: string; readonly reply?: true }
  /** What stands in a letter of the agency to who asked; the document of that number. */
  | { readonly kind: 'replied'; readonly document: number; readonly subject: string; readonly text: string; readonly copies: readonly string[] }
  | { readonly kind: 'task'; readonly task: number; readonly title: string; readonly person: number | null; readonly due: Instant | null }
  | { readonly kind: 'taskDone'; readonly task: number; readonly note: string }
  | { readonly kind: 'watched'; readonly person: number; readonly on: boolean }
  | { readonly kind: 'merged'; readonly into: number }
  | { readonly kind: 'absorbed'; readonly ticket: number }
  | { readonly kind: 'linked'; readonly ticket: number; readonly as: 'complaint' | 'change' | 'related' }
  | { readonly kind: 'evaluated'; readonly scores: readonly number[]; readonly comment: string }

export type TicketEvent = TicketFact & {
  /** Counted from 1 within the ticket. */
  readonly seq: number
  readonly at: Instant
  readonly by: Actor
}

/** `T-2026-0412`: year of filing and running number within it. */
export const ticketNumber = (year: number, no: number): string => `T-${year}-${String(no).padStart(4, '0')}`
export const TICKET_NUMBER = /^T-(\d{4})-(\d{4,})$/

/** Of a draft, which has no number of the register yet. */
export const draftNumber = (id: number): string => `D-${id}`

/** Slot of an attachment: the form printed, signed by the official it needs, stamped and scanned. */
export const SIGNED_FORM = 'signed-form'
