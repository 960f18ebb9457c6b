// One list of what happened at a place: alarms, doors, people, work, changes, restarts. No claim of cause: only place and time.
import type { Instant } from './call.ts'
import type { Text } from './point.ts'
import type { Severity } from './rule.ts'
import type { TicketEvent } from './ticket.ts'

export const FACT_KINDS = ['alarm', 'cleared', 'acknowledged', 'opening', 'in', 'out', 'work', 'place', 'ticket', 'note', 'restart'] as const
export type FactKind = (typeof FACT_KINDS)[number]

export interface Fact {
  /** The same thing has the same id however often it is asked for: kind and number. */
  readonly id: string
  readonly at: Instant
  readonly kind: FactKind
  readonly text: Text
  /** Where, as people call it; null: it is about the whole place asked for. */
  readonly where: string | null
  readonly by: string | null
  /** Page that tells more. */
  readonly href: string | null
  readonly severity: Severity | null
  /** Of a door: nobody has explained it. */
  readonly unexplained: boolean
  /** Of a note: who took it back, and why. */
  readonly withdrawn?: { readonly by: string; readonly reason: string }
}

/** A place that people write notes on. */
export type PlaceOf = { readonly of: 'site' } | { readonly of: 'room' | 'rack' | 'door' | 'device'; readonly id: string }

/** A step of a ticket that a visit is for, or whose equipment stands in a rack. */
export interface TicketHappened {
  readonly number: string
  readonly title: string
  readonly organisation: string
  readonly event: TicketEvent
  readonly visits: readonly number[]
  readonly racks: readonly string[]
}

export interface PlaceNote {
  readonly id: number
  readonly at: Instant
  readonly by: string
  readonly place: PlaceOf
  readonly text: string
  readonly withdrawn: { readonly at: Instant; readonly by: string; readonly reason: string } | null
}

/** What a timeline is asked about. */
export type TimelineOf = PlaceOf | { readonly of: 'visit' | 'alarm'; readonly id: number }

export interface TimelineView {
  /** Newest first. */
  readonly facts: readonly Fact[]
  readonly from: Instant
  readonly to: Instant
  /** There are older ones in the window: ask with `before`. */
  readonly more: boolean
  /** Of an alarm: when it began. Of a visit: from the first one in to the last one out; `until` null: somebody is inside. */
  readonly span: { readonly from: Instant; readonly until: Instant | null } | null
  /** Of a visit: alarms that began while it worked there. */
  readonly during: readonly string[]
}
