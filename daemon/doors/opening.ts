// Doors and their openings as the ledger keeps them.
import type { Instant } from '../domain/call.ts'
import type { Door } from '../domain/inventory.ts'
import type { DoorEvent, DoorVia, Explanation } from '../domain/opening.ts'

/** A door of the inventory, or one that somebody tells of and nobody has described. */
export interface DoorFacts {
  readonly key: string
  readonly id: string | null
  readonly name: string
  readonly zone: Door['zone']
  /** Of several doors of a room: who came in by one may leave by another. */
  readonly room: string | null
  /** Its contact is polled: an opening may be seen late, or not at all when it was short. */
  readonly polled: boolean
  /** Its cards are read and told. */
  readonly read: boolean
}

/** An event with its time on our clock. */
export interface Heard extends DoorEvent {
  readonly at: Instant
  readonly skew: number | null
}

export interface Opening {
  readonly id: number
  readonly door: DoorFacts
  openedAt: Instant
  closedAt: Instant | null
  card: string | null
  forced: boolean
  heldSince: Instant | null
  tailgating: boolean
  explanation: Explanation
  readonly via: DoorVia
  readonly skew: number | null
  /** While pending: when it is decided. */
  due: Instant | null
  /** Its card was read going out. */
  leaving: boolean
  /** Only a card tells of it: nobody has seen the door move. */
  bare: boolean
}
