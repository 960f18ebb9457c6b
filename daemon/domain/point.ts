// A point: one measured quantity of a device, and all that is known about where it comes from.
import type { Quantity, Unit } from './quantity.ts'
import type { AlarmRule } from './rule.ts'
import type { State } from './state.ts'

/** How often a point is asked: fast 10 s (power, temperature, states), normal 60 s (ports), slow 15 min (capacity). */
export const CADENCES = { fast: 10, normal: 60, slow: 900 } as const
export type Cadence = keyof typeof CADENCES

/** ms after which the last reading tells nothing of now any more: three cycles. */
export const staleAfter = (cadence: Cadence): number => 3 * CADENCES[cadence] * 1000

/** A text in the two languages of the pages; `id` falls back to `en`. */
export interface Text {
  readonly en: string
  readonly id?: string
}

/** Limits in the canonical unit, from the device's own columns or from its profile. */
export interface Limits {
  readonly lowCritical?: number
  readonly lowWarning?: number
  readonly highWarning?: number
  readonly highCritical?: number
}

/** How a raw value becomes a reading: canonical = raw × scale + offset, unless raw is one of `absent`. */
export interface Decode {
  readonly scale: number
  readonly offset: number
  /** Raw values by which the device says "no value". */
  readonly absent: readonly number[]
  /** Width of a growing counter whose rate is the reading; null for a gauge. */
  readonly counter: 32 | 64 | null
  /** Name of a decoder in code, for what data cannot say; null for plain numbers (also numbers written as text). */
  readonly decoder: string | null
  /** Only these bits of the raw integer count. */
  readonly mask?: number
  /** Canonical values outside mean "no value". */
  readonly range?: readonly [number, number]
  /** For devices that answer in words: word (lower case) → raw value. */
  readonly words?: Readonly<Record<string, number>>
}

export interface Point {
  /** Stable, readable path: `battery.charge`, `outlet.12.current`, `port.Gi0/1.in.octets`. */
  readonly key: string
  readonly label: Text
  readonly quantity: Quantity
  readonly unit: Unit
  readonly cadence: Cadence
  /** Where it is asked, in the collector's own terms: a numeric OID without leading dot, or a name such as `load.1`. */
  readonly source: string
  readonly decode: Decode
  /** The profile that defines it. */
  readonly profile: string
  readonly limits: Limits
  /** Whether the device told its limits or the profile has them; null without limits. Points kept from before this was known say nothing. */
  readonly limitsFrom?: 'device' | 'profile' | null
  /** Only for quantity `state`. */
  readonly states: readonly State[] | null
  /** Default alarm rules of the profile. */
  readonly rules: readonly AlarmRule[]
}

/** A point's number in the records: dense, stable over restarts, what batches and streams carry. */
export type PointNo = number
