// A visit: an approved presence in a DC or DRC. Who, when, which doors, with whom.
import type { Instant } from './call.ts'

/**
 * `planned` comes from a ticket; a `walkIn` is let in by an officer and approved afterwards; an `emergency` enters first and is reported after;
 * `maintenance` is the house's own work.
 */
export const VISIT_KINDS = ['planned', 'walkIn', 'emergency', 'maintenance'] as const
export type VisitKind = (typeof VISIT_KINDS)[number]

/**
 * `requested` waits for approval; `approved` may enter within its window; `inside`: somebody has checked in and is not out; `ended`: all are out and
 * it is closed; `expired`: its window went by and nobody came.
 */
export const VISIT_STATES = ['requested', 'approved', 'inside', 'ended', 'refused', 'cancelled', 'expired'] as const
export type VisitState = (typeof VISIT_STATES)[number]

/** A visit lasts at most this long unless the settings say otherwise, days; guests for each escort. */
export const LONGEST = 14
export const GUESTS = 5

/** Somebody who comes. The identity number is kept as its last four characters and a salted hash that a card at the door can be compared with. */
export interface VisitorView {
  readonly id: number
  readonly name: string
  /** "•••• 4821"; null when the retention is over. */
  readonly identity: string | null
  readonly company: string
  readonly state: 'expected' | 'inside' | 'out' | 'refused'
  readonly inAt: Instant | null
  readonly outAt: Instant | null
  /** Number of the badge that was handed out. */
  readonly badge: string | null
  /** Accepted the house rules and secrecy (NDA). */
  readonly acceptedAt: Instant | null
}

export interface GoodsView {
  readonly id: number
  readonly direction: 'in' | 'out' | 'both'
  readonly kind: string
  readonly serial: string
  readonly inAt: Instant | null
  readonly outAt: Instant | null
}

export interface VisitView {
  readonly id: number
  /** `KJ-2026-0017`. */
  readonly number: string
  readonly kind: VisitKind
  readonly state: VisitState
  readonly organisation: { readonly id: number; readonly name: string } | null
  readonly ticket: string | null
  readonly site: string
  readonly rooms: readonly string[]
  readonly doors: readonly string[]
  readonly racks: readonly string[]
  readonly purpose: string
  readonly from: Instant
  readonly until: Instant
  readonly escort: { readonly person: number; readonly name: string } | null
  readonly visitors: readonly VisitorView[]
  readonly goods: readonly GoodsView[]
  /** Past its end with somebody inside. */
  readonly overstay: boolean
  /** Of a walk-in or an emergency: what is still owed. */
  readonly owes: 'approval' | 'report' | null
  /** Goods that went in and were not signed out although nobody is inside any more. */
  readonly left: readonly string[]
  /** Grows with each change. */
  readonly revision: number
}

/** What else there is at the same time, for whoever decides. A freeze and a block refuse; the rest is to be known. */
export type Conflict =
  | { readonly kind: 'freeze'; readonly reason: string; readonly from: Instant; readonly until: Instant }
  | { readonly kind: 'blocked'; readonly name: string; readonly reason: string }
  | { readonly kind: 'samePerson'; readonly name: string; readonly visit: number; readonly number: string }
  | { readonly kind: 'sameRack'; readonly rack: string; readonly visit: number; readonly number: string }
  | { readonly kind: 'escortTaken'; readonly name: string; readonly visit: number; readonly number: string; readonly guests: number }

/** One line of what happened to a visit. */
export interface VisitTrace {
  readonly seq: number
  readonly at: Instant
  readonly by: string
  readonly kind: string
  readonly detail: Readonly<Record<string, string | number | boolean | null>>
}

/** GET /api/v1/visits/:id */
export interface VisitDetail extends VisitView {
  readonly requester: string
  readonly asked: { readonly room: string; readonly touched: readonly string[] }
  readonly approved: { readonly by: string; readonly at: Instant; readonly override: string | null } | null
  readonly owedBy: Instant | null
  readonly report: string | null
  /** Empty for those who ask: others' names are none of their business. */
  readonly conflicts: readonly Conflict[]
  readonly trace: readonly VisitTrace[]
  /** What this viewer may do with it now. */
  readonly may: readonly ('approve' | 'refuse' | 'change' | 'cancel' | 'report' | 'codes')[]
}

/** GET /api/v1/visits/:id/codes: for who asked, once it is approved. */
export interface VisitCode {
  readonly visitor: number
  readonly name: string
  /** What the QR says. */
  readonly qr: string
  /** To be typed: `7K4M-2Q9X`. */
  readonly short: string
  readonly spentAt: Instant | null
}

/** What a guard's device did, told at once or later. */
export const DOOR_ACTS = ['in', 'out', 'refuse', 'goodsIn', 'goodsOut'] as const
export type DoorActKind = (typeof DOOR_ACTS)[number]

export interface DoorAnswer {
  readonly client: string
  readonly ok: boolean
  /** Why not; or, of what was done without a line: what the house knows better. */
  readonly words: { readonly id: string; readonly en: string } | null
  /** It is written as it was, and somebody must look at it. */
  readonly conflict: boolean
}

/** GET /api/v1/visits/door: what a guard's device needs of today, and may keep for as long as there is no line. */
export interface DoorBook {
  readonly at: Instant
  /** For the hash of a typed code: PBKDF2-SHA-256 of it with this salt and so many rounds, 16 octets. */
  readonly salt: string
  readonly rounds: number
  readonly visits: readonly VisitView[]
  /** By the hash of a code (SHA-256 of what a QR says, or that of a typed one), hexadecimal. */
  readonly codes: Readonly<Record<string, { readonly visit: number; readonly visitor: number; readonly spentAt: Instant | null }>>
  /** Visitor badges that are free. */
  readonly badges: readonly string[]
}

/** Where and when somebody may be: what a door opening is explained by. */
export interface Presence {
  readonly kind: 'visit' | 'emergency' | 'maintenance'
  readonly visit: number
  readonly number: string
  readonly doors: ReadonlySet<string>
  readonly from: Instant
  readonly until: Instant
  /** People checked in and not out at the moment asked about. */
  readonly inside: number
  /** Card numbers handed out for it. */
  readonly badges: ReadonlySet<string>
}
