// A door opened: what the controllers told of it, and the one explanation it has.
import type { Instant } from './call.ts'

/** `granted`/`denied`: a card was read; the rest says what the contact or the controller saw. */
export const DOOR_EVENTS = ['opened', 'closed', 'granted', 'denied', 'forced', 'held', 'released', 'tamper', 'silent', 'heard'] as const
export type DoorEventKind = (typeof DOOR_EVENTS)[number]

export interface DoorEvent {
  /** Which controller told it, by the name it is known under. */
  readonly controller: string
  /** Its own name of the door. */
  readonly reader: string
  readonly kind: DoorEventKind
  readonly card: string | null
  /** By the controller's clock, as it came; and when it reached us. */
  readonly told: Instant
  readonly received: Instant
  /** The controller's own number of the event, where it has one: what was told twice is known by it. */
  readonly sequence: string | null
}

export type Explanation =
  | { readonly kind: 'visit' | 'emergency' | 'maintenance'; readonly visit: number; readonly number: string }
  | { readonly kind: 'badge'; readonly badge: number; readonly card: string; readonly holder: string }
  /** Said by a person afterwards. */
  | { readonly kind: 'noted'; readonly by: string; readonly reason: string }
  | { readonly kind: 'unexplained' }

export interface OpeningView {
  readonly id: number
  /** Of the inventory; null: a door that nobody has described. */
  readonly door: string | null
  readonly name: string
  readonly openedAt: Instant
  readonly closedAt: Instant | null
  readonly card: string | null
  readonly forced: boolean
  readonly heldSince: Instant | null
  /** Two went in on one card, as far as the counts tell. */
  readonly tailgating: boolean
  readonly explanation: Explanation
  /** The alarm it raised. */
  readonly alarm: number | null
  /** Where it was told from: `snmp`, `push`, `syslog`, `zkteco`, `csv`. */
  readonly via: string
  /** The controller's clock was off by so many ms; the daemon's own time stands above. */
  readonly skew: number | null
}
