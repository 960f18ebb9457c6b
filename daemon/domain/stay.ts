// Colocation: what stands in the racks for others, from the reservation to the day it leaves.
import type { Instant } from './call.ts'
import type { PointRef } from './inventory.ts'
import type { Placement } from './placement.ts'
import type { FeedName } from './plant.ts'

export type StayFace = 'front' | 'rear' | 'both'

/** A place in a rack that is kept for one piece of equipment; `item` is its number in the stay. */
export interface ReservedPlace {
  readonly item: number
  readonly name: string
  readonly u: number
  readonly height: number
  readonly face: StayFace
}

export const RESERVATION_STATES = ['held', 'used', 'released', 'expired'] as const

/** U, power and ports of one rack that are kept for a ticket until it is installed or the time is over. */
export interface ReservationView {
  readonly id: number
  readonly ticket: string
  readonly organisation: { readonly id: number; readonly name: string }
  readonly rack: string
  readonly places: readonly ReservedPlace[]
  readonly feeds: readonly FeedName[]
  /** W agreed, all its supplies together. */
  readonly watts: number
  readonly weight: number
  readonly ports: number
  readonly addresses: number
  readonly state: (typeof RESERVATION_STATES)[number]
  readonly madeAt: Instant
  readonly madeBy: string
  readonly expiresAt: Instant
  /** Why it was extended or given back, as it was said last. */
  readonly reason: string | null
  readonly revision: number
}

/**
 * `reserved` → `arrived` (goods in) → `installed` → `verified` (telemetry agrees) → `inCustody` (minutes signed) → `leaving` → `gone`.
 * `asked`: nothing is kept for it yet.
 */
export const STAY_STATES = ['asked', 'reserved', 'arrived', 'installed', 'verified', 'inCustody', 'leaving', 'gone'] as const
export type StayState = (typeof STAY_STATES)[number]

/** What of an installation the readings say. `notYet`: it can be read and is not so; `unmeasured`: nothing here could tell. */
export interface Evidence {
  readonly kind: 'outletPower' | 'portUp' | 'inlet' | 'visit'
  readonly state: 'seen' | 'notYet' | 'unmeasured'
  readonly at: Instant
  /** Which outlet, port or sensor: `pdu-a5-a/outlet.12.power`. */
  readonly point: string | null
  readonly before: number | null
  readonly after: number | null
  readonly visit: string | null
}

/** How a piece came to the door, or left it. */
export interface GoodsNote {
  readonly at: Instant
  readonly by: string
  /** Serial as it was read on the piece. */
  readonly serial: string
  /** `other`: another serial than on the form; `damaged`: as the note says. */
  readonly found: 'asListed' | 'other' | 'damaged'
  readonly note: string
  /** Attachments of the ticket. */
  readonly photos: readonly number[]
  /** Number of the visit it came with. */
  readonly visit: string | null
  /** Why it left without a paper that was owed. */
  readonly without?: string
}

/** Sanitisation by NIST SP 800-88: against keyboard attacks, against laboratory attacks, beyond use. */
export const WIPE_METHODS = ['clear', 'purge', 'destroy'] as const
export const MEDIUM_KINDS = ['hdd', 'ssd', 'nvme', 'flash', 'tape', 'other'] as const
/** How it was looked at afterwards: all of it, a representative sample of it, by eye (what was destroyed). */
export const WIPE_CHECKS = ['full', 'sample', 'visual'] as const

/** One storage medium made unreadable. */
export interface MediaWipe {
  readonly at: Instant
  readonly by: string
  readonly medium: (typeof MEDIUM_KINDS)[number]
  readonly make: string
  readonly serial: string
  readonly method: (typeof WIPE_METHODS)[number]
  /** `ATA Secure Erase`, `AES key destroyed`, `shredded to 2 mm`. */
  readonly technique: string
  /** With its version. */
  readonly tool: string
  readonly check: (typeof WIPE_CHECKS)[number]
  readonly passed: boolean
  readonly note: string
}

/** The data on a piece that leaves: wiped medium by medium, none in it, or left on it for the reason given. */
export type Media =
  | { readonly kind: 'wiped'; readonly wipes: readonly MediaWipe[] }
  | { readonly kind: 'none'; readonly at: Instant; readonly by: string }
  | { readonly kind: 'kept'; readonly at: Instant; readonly by: string; readonly reason: string }

/** Of each medium the last wipe counts. */
export const failedWipes = (wipes: readonly MediaWipe[]): readonly MediaWipe[] => {
  const last = new Map(wipes.map(wipe => [wipe.serial, wipe]))
  return [...last.values()].filter(({ passed }) => !passed)
}

/** One piece of equipment of a tenant. */
export interface StayItemView {
  readonly id: number
  readonly name: string
  readonly make: string
  /** As on the form; after it came, as it was read. */
  readonly serial: string
  readonly asset: string
  readonly height: number
  readonly depth: 'full' | 'half'
  readonly weight: number
  /** W. */
  readonly agreed: number
  readonly supplies: number
  readonly state: StayState
  readonly rack: string | null
  readonly u: number | null
  readonly face: StayFace | null
  readonly reservation: number | null
  /** In the inventory, once it is installed. */
  readonly equipment: string | null
  /** The switch port it hangs on, where known. */
  readonly port: PointRef | null
  readonly in: GoodsNote | null
  readonly out: GoodsNote | null
  /** When it was said that it leaves, and from where on its way. */
  readonly leaving: {
    readonly at: Instant
    readonly by: string
    readonly reason: string
    readonly from: StayState
    readonly rack: string | null
    readonly u: number | null
  } | null
  /** What became of the data on it; null: not said yet. */
  readonly media: Media | null
  /** When its installation began: it came in, or its next place was kept. What was read before tells nothing of it. */
  readonly began: Instant | null
  readonly installedAt: Instant | null
  readonly verifiedAt: Instant | null
  readonly evidence: readonly Evidence[]
  /** Why it was accepted without evidence. */
  readonly accepted: { readonly by: string; readonly at: Instant; readonly reason: string } | null
  /** Where it stood before it was moved. */
  readonly moved: readonly { readonly at: Instant; readonly rack: string; readonly u: number }[]
}

/** A switch port that a piece may hang on. */
export interface PortChoice extends PointRef {
  readonly deviceName: string
  /** As the switch calls it: `Gi1/0/27`. */
  readonly name: string
  /** It carries already; null: not read. */
  readonly up: boolean | null
  /** Whose piece hangs on it by our own books; null: nobody's. */
  readonly taken: string | null
}

/** What came without being on the list. */
export interface UnlistedGoods {
  readonly at: Instant
  readonly by: string
  readonly serial: string
  readonly note: string
}

export interface StayView {
  readonly id: number
  readonly ticket: string
  readonly organisation: { readonly id: number; readonly name: string; readonly short: string }
  readonly state: StayState
  readonly items: readonly StayItemView[]
  readonly unlisted: readonly UnlistedGoods[]
  readonly from: Instant | null
  readonly until: Instant | null
  /** Numbers of the minutes: custody in, and out. */
  readonly minutes: { readonly in: string | null; readonly out: string | null }
  readonly revision: number
}

/** GET /placements/:ticket. `stay` is what the form asks for, with what is kept already. */
export interface PlacementView {
  readonly stay: StayView
  readonly site: string
  readonly redundantFeed: boolean
  /** Of the items that have no place yet; null: all have one. */
  readonly placement: Placement | null
  /** Numbers of those items, in the order of the placement's `item`. */
  readonly items: readonly number[]
  readonly reservations: readonly ReservationView[]
}

/** Of all pieces the one that is furthest behind says where the stay is; those that are gone only when all are. */
export function stateOfStay(items: readonly Pick<StayItemView, 'state'>[]): StayState {
  const here = items.filter(({ state }) => state !== 'gone')
  const behind = here.map(({ state }) => STAY_STATES.indexOf(state))
  return behind.length === 0 ? 'gone' : (STAY_STATES[Math.min(...behind)] ?? 'asked')
}

/** In custody, also while it is on its way out of it: its organisation sees it. */
export const isKept = ({ state, leaving }: Pick<StayItemView, 'state' | 'leaving'>): boolean =>
  state === 'inCustody' || (state === 'leaving' && (leaving === null || leaving.from === 'inCustody'))
