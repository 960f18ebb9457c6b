// A visit: an approved presence in a DC or DRC. Who, when, which doors, with whom.
import { z } from 'zod'
import type { Instant } from './call.ts'
import { Id } from './device.ts'

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
  /** Grows with each change. */
  readonly revision: number
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

export const VisitId = z.coerce.number().int().positive()
export const DoorIds = z.array(Id).max(200)
