// A visit as it is kept: what was asked for, what was allowed, who went in and out with what.
import type { Instant } from './call.ts'
import type { VisitKind, VisitState } from './visit.ts'

export interface VisitorRecord {
  /** Counted from 1 within the visit. */
  readonly id: number
  readonly name: string
  readonly company: string
  readonly mobile: string
  /** Last four characters of the identity number; null when it was not given, or its time is over. */
  readonly last: string | null
  /** Keyed hash of the whole number: a card at the door is compared with it. */
  readonly hash: string | null
  readonly state: 'expected' | 'inside' | 'out' | 'refused'
  readonly inAt: Instant | null
  readonly outAt: Instant | null
  readonly badge: string | null
  readonly acceptedAt: Instant | null
  /** What the codes are worked out from with the house's key; null: there is none (not approved, or withdrawn). */
  readonly nonce: string | null
  /** When the code let somebody in, and who stood at the door. */
  readonly spent: { readonly at: Instant; readonly by: string } | null
}

export interface GoodsRecord {
  readonly id: number
  readonly direction: 'in' | 'out' | 'both'
  readonly kind: string
  readonly serial: string
  readonly inAt: Instant | null
  readonly outAt: Instant | null
}

export interface VisitRecord {
  readonly id: number
  readonly number: string
  readonly kind: VisitKind
  readonly state: VisitState
  readonly organisation: { readonly id: number; readonly name: string } | null
  readonly ticket: { readonly id: number; readonly number: string } | null
  readonly site: string
  readonly rooms: readonly string[]
  readonly doors: readonly string[]
  readonly racks: readonly string[]
  readonly purpose: string
  /** As the one who asked wrote where it goes to: what the inventory does not know by that name. */
  readonly asked: { readonly room: string; readonly touched: readonly string[] }
  readonly from: Instant
  readonly until: Instant
  readonly escort: { readonly person: number; readonly name: string } | null
  /** Whoever asked for it does not allow it. */
  readonly requester: { readonly person: number | null; readonly account: number | null; readonly name: string }
  readonly approved: {
    readonly by: { readonly person: number; readonly name: string }
    readonly at: Instant
    /** Why in spite of a freeze. */
    readonly override: string | null
  } | null
  readonly owes: 'approval' | 'report' | null
  readonly owedBy: Instant | null
  /** The report of an emergency. */
  readonly report: string | null
  readonly visitors: readonly VisitorRecord[]
  readonly goods: readonly GoodsRecord[]
  readonly endedAt: Instant | null
  readonly anonymisedAt: Instant | null
  readonly revision: number
  readonly changedAt: Instant
}

/** One line of a visit's trace. */
export interface VisitEvent {
  readonly seq: number
  readonly at: Instant
  readonly by: string
  readonly kind: VisitEventKind
  readonly detail: Readonly<Record<string, string | number | boolean | null>>
}
export const VISIT_EVENTS = [
  'requested',
  'amended',
  'approved',
  'refused',
  'cancelled',
  'changed',
  'in',
  'out',
  'turnedAway',
  'codeAgain',
  'goods',
  'offline',
  'report',
  'ended',
  'expired',
  'overstay',
  'settled',
  'anonymised',
] as const
export type VisitEventKind = (typeof VISIT_EVENTS)[number]

/** Somebody went in, and out: a line of the guest book. */
export interface Pass {
  readonly id: number
  readonly visit: number
  readonly visitor: number
  readonly inAt: Instant
  readonly inBy: string
  readonly outAt: Instant | null
  readonly outBy: string | null
  readonly badge: string | null
}

export const BADGE_STATES = ['active', 'lost', 'revoked', 'dormant'] as const
export type BadgeState = (typeof BADGE_STATES)[number]

/** A card: of somebody who may always come, or one of the pool that visitors wear. */
export interface Badge {
  readonly id: number
  readonly card: string
  readonly kind: 'standing' | 'visitor'
  readonly state: BadgeState
  /** Of a standing one: whose. */
  readonly holder: string
  readonly organisation: string
  readonly doors: readonly string[]
  /** Every door of these rooms. */
  readonly rooms: readonly string[]
  readonly zones: readonly string[]
  readonly from: Instant | null
  readonly until: Instant | null
  /** Minutes of the day between which it opens, in the site's zone; null: at any time. */
  readonly hours: { readonly from: number; readonly until: number } | null
  readonly addedAt: Instant
  readonly usedAt: Instant | null
  readonly reviewedAt: Instant | null
  /** Of a visitor badge that is out: with whom. */
  readonly handed: { readonly visit: number; readonly number: string; readonly visitor: number; readonly name: string; readonly at: Instant } | null
  readonly revision: number
}

/** Somebody, or a card, that does not come in. */
export interface Block {
  readonly id: number
  readonly name: string
  /** Keyed hash of an identity number, and its last four characters; null: by name alone. */
  readonly hash: string | null
  readonly last: string | null
  readonly card: string | null
  readonly reason: string
  readonly by: string
  readonly at: Instant
  readonly goneAt: Instant | null
}

/** Nobody works then: no visit is allowed, unless an approver says why. */
export interface Freeze {
  readonly id: number
  readonly site: string
  /** Empty: the whole site. */
  readonly rooms: readonly string[]
  readonly from: Instant
  readonly until: Instant
  readonly reason: string
  readonly by: string
  readonly goneAt: Instant | null
}

/** Who looked through the standing badges, and what became of each. */
export interface Review {
  readonly id: number
  readonly at: Instant
  readonly by: string
  readonly kept: readonly number[]
  readonly revoked: readonly number[]
}
