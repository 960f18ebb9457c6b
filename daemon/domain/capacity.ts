// What of the building is free: units, power with its failover, cooling, weight, ports, addresses; and when it will be used up.
import type { Instant } from './call.ts'
import type { Amount, FeedName, NodeId, RoomCooling, Survey } from './plant.ts'

export interface FreeUnits {
  readonly total: number
  /** U free on that face; `both`: on the two at once. */
  readonly front: number
  readonly rear: number
  readonly both: number
  /** The longest run of free U. */
  readonly longest: { readonly front: number; readonly rear: number; readonly both: number }
}

export interface FeedRoom {
  readonly feed: FeedName
  readonly node: NodeId
  /** W now, at the day's peak (p95) and, each, the most with any one component gone: another feed of the rack, or what several hang on. */
  readonly now: number
  readonly peak: number
  readonly failover: number
  readonly failoverPeak: number
  /** 80 % of the breaker, W. */
  readonly limit: number
  readonly free: number
}

export interface RackCapacity {
  readonly rack: string
  readonly row: string
  readonly room: string
  readonly site: string
  readonly units: FreeUnits
  readonly power: Amount
  /** W that its tenants may draw: agreed, or of the name plate. */
  readonly committed: number
  readonly feeds: readonly FeedRoom[]
  /** W that a thing with both cords could still draw here, by feeds, by what feeds them and by the rack's own limit; and what sets it. */
  readonly freePower: number | null
  readonly bound: NodeId | 'rack' | null
  /** kg. `unknown`: pieces without a weight. */
  readonly weight: { readonly used: number; readonly max: number; readonly unknown: number }
  readonly ports: { readonly used: number; readonly total: number }
  readonly addresses: number
  /** °C at its inlet sensors, the warmest; null without a reading. */
  readonly inlet: { readonly now: number | null; readonly peak: number | null; readonly warning: number; readonly critical: number }
}

export interface CapacityTotal {
  readonly id: string
  readonly racks: number
  readonly units: { readonly total: number; readonly free: number }
  /** W: drawn, and free with a feed gone (at most; what several racks share is counted once). */
  readonly power: Amount
  readonly freePower: number | null
  readonly committed: number
  readonly weight: { readonly used: number; readonly max: number }
  readonly ports: { readonly used: number; readonly total: number }
}

export interface Capacity {
  readonly racks: readonly RackCapacity[]
  readonly rows: readonly CapacityTotal[]
  readonly rooms: readonly CapacityTotal[]
  readonly sites: readonly CapacityTotal[]
  readonly cooling: readonly RoomCooling[]
}

/** `perDay` with its 95 % interval, in the unit of the series. `latest` null: by the slow end of the interval it never runs out. */
export type Forecast =
  | { readonly kind: 'noTrend'; readonly why: 'tooShort' | 'notSignificant' | 'falling'; readonly days: number }
  | { readonly kind: 'far'; readonly perDay: number; readonly low: number; readonly high: number; readonly days: number }
  | {
      readonly kind: 'full'
      readonly perDay: number
      readonly low: number
      readonly high: number
      readonly days: number
      readonly on: Instant
      readonly earliest: Instant
      readonly latest: Instant | null
    }

export interface CapacityForecast {
  /** Power against what the racks may still draw, heat against the cooling without its largest unit, or units of the racks. */
  readonly of: 'power' | 'cooling' | 'units'
  /** A site's id, or a room's. */
  readonly id: string
  /** W, or U, at which it is used up. */
  readonly full: number
  readonly forecast: Forecast
  /** What the forecast goes by, oldest first: W as the mean of a day, U as they were taken at its end. */
  readonly days: readonly { readonly day: Instant; readonly value: number }[]
}

/** Who has an address. */
export interface AddressHolder {
  readonly kind: 'equipment' | 'device'
  readonly id: string
  readonly name: string
}

/** A pool of addresses and what is left of it. */
export interface NetworkUse {
  readonly network: string
  readonly used: number
  readonly reserved: number
  /** Null: more than can be counted here, as a subnet of IPv6 has. */
  readonly free: number | null
  /** The lowest that is neither used nor reserved. */
  readonly next: string | null
}

export type AddressConflict =
  | { readonly kind: 'twice'; readonly address: string; readonly holders: readonly AddressHolder[] }
  | { readonly kind: 'reserved' | 'gateway' | 'edge'; readonly address: string; readonly network: string; readonly holders: readonly AddressHolder[] }
  | { readonly kind: 'overlap'; readonly networks: readonly [string, string] }

export interface Addresses {
  readonly networks: readonly NetworkUse[]
  readonly conflicts: readonly AddressConflict[]
  /** Addresses in no network. */
  readonly outside: number
}

export interface CapacityView extends Capacity {
  readonly survey: Survey
  readonly forecasts: readonly CapacityForecast[]
  readonly addresses: Addresses
}
