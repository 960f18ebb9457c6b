// How long telemetry is kept, and how much of it in memory while the disk cannot take it.
import { DAY } from './grid.ts'

export interface Retention {
  /** Milliseconds each kind is kept. */
  readonly raw: number
  readonly minutes: number
  readonly quarters: number
}

export interface Limits {
  /** Readings kept in memory at most (some 15 bytes each), before appending is refused. */
  readonly readings: number
  /** Bytes that wait for the journal at most. */
  readonly queued: number
}

/** Retention when nobody says otherwise: readings 7 days, minutes 90, quarters 5 years. */
export const RETENTION: Retention = { raw: 7 * DAY, minutes: 90 * DAY, quarters: 5 * 366 * DAY }
export const LIMITS: Limits = { readings: 12_000_000, queued: 64 * 2 ** 20 }
