// What the doors ask of the rest of the house.
import type { Clock, Instant, Log } from '../domain/call.ts'
import type { Door } from '../domain/inventory.ts'
import type { DoorEvent } from '../domain/opening.ts'
import type { AlarmState } from './alarms.ts'
import type { DoorFacts, Opening } from './opening.ts'
import type { Register } from './register.ts'
import type { DoorSettings } from './settings.ts'

/** An opening as the records keep it. */
export interface KeptOpening extends Omit<Opening, 'door' | 'due' | 'leaving'> {
  readonly key: string
  readonly door: string | null
  readonly name: string
}
export interface KeptEvent extends DoorEvent {
  readonly at: Instant
  readonly identity: string
}

/** What the doors ask of the records. */
export interface Kept {
  known(identities: readonly string[]): Promise<ReadonlySet<string>>
  put(events: readonly KeptEvent[], openings: readonly KeptOpening[]): Promise<void>
  noted(opening: KeptOpening, by: string, at: Instant): Promise<void>
  standing(since: Instant): Promise<readonly KeptOpening[]>
  nextId(): Promise<number>
  prune(before: Instant): Promise<number>
}

export interface DoorSources {
  readonly kept: Kept
  /** What is known of who may be where, as it is now: also of moments that are past. */
  readonly register: () => Promise<Register>
  readonly settings: DoorSettings
  /** Doors of the inventory, as it is now. */
  readonly doors: () => readonly Door[]
  /** Whether the desk works at that moment: an opening at night weighs more. */
  readonly working: (at: Instant) => boolean
  /** People work behind it at the moment: it may stand open longer. */
  readonly visited: (door: DoorFacts) => boolean
  /** Raises, changes or ends an alarm of the doors. */
  readonly alarm: (code: string, state: AlarmState | null) => void
  /** A standing badge was used: one that nobody uses is taken away some day. */
  readonly used: (card: string, at: Instant) => void
  /** Number of the open alarm of this code. */
  readonly alarmNumber: (code: string) => number | null
  readonly timezone: () => string
  readonly clock: Clock
  readonly log: Log
}
