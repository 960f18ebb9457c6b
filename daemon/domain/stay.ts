// Colocation: what stands in the racks for others, from the reservation to the day it leaves.
import type { Instant } from './call.ts'

/** U, power and ports that are kept for a ticket until it is installed or the time is over. */
export interface ReservationView {
  readonly id: number
  readonly ticket: string
  readonly organisation: { readonly id: number; readonly name: string }
  readonly rack: string
  readonly u: number
  readonly height: number
  readonly face: 'front' | 'rear' | 'both'
  /** W agreed, all its supplies together. */
  readonly watts: number
  readonly ports: number
  readonly state: 'held' | 'used' | 'released' | 'expired'
  readonly madeAt: Instant
  readonly madeBy: string
  readonly expiresAt: Instant
}

/**
 * `reserved` → `arrived` (goods in) → `installed` → `verified` (telemetry agrees) → `inCustody` (minutes signed) → `leaving` → `gone`.
 */
export const STAY_STATES = ['reserved', 'arrived', 'installed', 'verified', 'inCustody', 'leaving', 'gone'] as const
export type StayState = (typeof STAY_STATES)[number]

/** What of an installation the readings say. */
export interface Evidence {
  readonly kind: 'outletPower' | 'portUp' | 'inlet' | 'visit' | 'doors'
  readonly at: Instant
  readonly ok: boolean
  /** Which outlet, port or sensor: `pdu-a5-a/outlet.12.power`. */
  readonly point: string | null
  readonly before: number | null
  readonly after: number | null
  readonly visit: string | null
}

/** One piece of equipment of a tenant. */
export interface StayItemView {
  readonly id: number
  readonly name: string
  readonly make: string
  readonly serial: string
  readonly asset: string
  readonly rack: string
  readonly u: number
  readonly height: number
  readonly agreed: number
  readonly state: StayState
  readonly arrivedAt: Instant | null
  readonly installedAt: Instant | null
  readonly goneAt: Instant | null
  readonly evidence: readonly Evidence[]
}

export interface StayView {
  readonly id: number
  readonly ticket: string
  readonly organisation: { readonly id: number; readonly name: string }
  readonly state: StayState
  readonly items: readonly StayItemView[]
  readonly from: Instant | null
  readonly until: Instant | null
  /** Numbers of the minutes: custody in, and out. */
  readonly minutes: { readonly in: string | null; readonly out: string | null }
  readonly revision: number
}
