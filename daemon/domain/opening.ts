// A door opened: what the controllers told of it, and the one explanation it has.
import type { Instant } from './call.ts'

/**
 * `granted`/`denied`: a card was read; `alive`: the controller is there and has nothing to tell; the rest says what the contact or the controller saw.
 */
export const DOOR_EVENTS = ['opened', 'closed', 'granted', 'denied', 'forced', 'held', 'released', 'tamper', 'alive'] as const
export type DoorEventKind = (typeof DOOR_EVENTS)[number]

/** How an event reached us. `contact`: a polled door contact. */
export const DOOR_VIAS = ['contact', 'push', 'syslog', 'zkteco', 'csv'] as const
export type DoorVia = (typeof DOOR_VIAS)[number]

export interface DoorEvent {
  /** Which controller told it, by the name it is known under; of a polled contact its device. */
  readonly controller: string
  /** The controller's own name of the door; empty when it is about the controller itself. */
  readonly reader: string
  readonly kind: DoorEventKind
  readonly card: string | null
  /** Somebody going out, as far as the reader tells. */
  readonly leaving: boolean
  /** By the controller's clock, as it came; and when it reached us. */
  readonly told: Instant
  readonly received: Instant
  /** The controller's own number of the event, where it has one: what was told twice is known by it. */
  readonly sequence: string | null
  readonly via: DoorVia
}

/** Why a card that was read explains nothing. */
export const CARD_FAULTS = ['unknown', 'notHere', 'notNow', 'revoked', 'blocked'] as const
export type CardFault = (typeof CARD_FAULTS)[number]

export type Explanation =
  /** Looked at for a moment more: card and contact may come apart. */
  | { readonly kind: 'pending' }
  | { readonly kind: 'visit' | 'emergency' | 'maintenance'; readonly visit: number; readonly number: string }
  | { readonly kind: 'badge'; readonly badge: number; readonly holder: string; readonly leaving: boolean }
  /** Said by a person afterwards. */
  | { readonly kind: 'noted'; readonly by: string; readonly at: Instant; readonly reason: string }
  | { readonly kind: 'unexplained'; readonly card: CardFault | null }

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
  /** Two seem to have gone in on one card. */
  readonly tailgating: boolean
  readonly explanation: Explanation
  /** The alarm that stands for it. */
  readonly alarm: number | null
  readonly via: DoorVia
  /** ms that the controller's clock was behind (above 0) or ahead; null: it is right. The times above are the daemon's. */
  readonly skew: number | null
}
