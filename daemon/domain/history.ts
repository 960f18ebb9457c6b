// History of points: what charts show and the telemetry store answers.
import type { Instant } from './call.ts'
import type { PointNo } from './point.ts'

export interface History {
  readonly from: Instant
  readonly to: Instant
  /** Width of a bucket in ms; 0: the readings as they came. */
  readonly step: number
  readonly series: readonly Series[]
}

export interface Series {
  readonly point: PointNo
  /** Start of each bucket, or time of each raw reading, ms. */
  readonly at: readonly Instant[]
  /** null: no reading in the bucket, or "no value". */
  readonly mean: readonly (number | null)[]
  readonly min: readonly (number | null)[]
  readonly max: readonly (number | null)[]
}
