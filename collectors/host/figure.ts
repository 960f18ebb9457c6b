// What a general-purpose machine tells of itself, asked by whatever way: figures with everything a point needs. Shared by the host and ssh collectors.
import type { AlarmRule } from '../../daemon/domain/alarm.ts'
import type { Cadence, Limits, Point, Text } from '../../daemon/domain/point.ts'
import { type Quantity, UNIT_OF } from '../../daemon/domain/quantity.ts'
import type { State } from '../../daemon/domain/state.ts'

/** One value as it was just read, raw: `scale` and `counter` say how it becomes a reading. */
export interface Figure {
  readonly key: string
  readonly label: Text
  readonly quantity: Quantity
  readonly cadence: Cadence
  /** NaN: the machine has none. */
  readonly value: number
  /** A growing counter; its rate times `scale` is the reading. */
  readonly counter?: 32 | 64
  readonly scale?: number
  readonly limits?: Limits
  readonly states?: readonly State[]
  readonly rules?: readonly AlarmRule[]
}

/** Gauges in a figure are canonical already, so a scale belongs to counters alone. */
export const pointOf = (figure: Figure, profile: string): Point => ({
  key: figure.key,
  label: figure.label,
  quantity: figure.quantity,
  unit: UNIT_OF[figure.quantity],
  cadence: figure.cadence,
  source: figure.key,
  decode: { scale: figure.scale ?? 1, offset: 0, absent: [], counter: figure.counter ?? null, decoder: null },
  profile,
  limits: figure.limits ?? {},
  // Limits in a figure are the sensor's own; what we think of a value is a rule.
  limitsFrom: Object.keys(figure.limits ?? {}).length > 0 ? 'device' : null,
  states: figure.states ?? null,
  rules: figure.rules ?? [],
})

/** Two figures of one key are one thing seen twice: the first stays. */
export function unique(figures: readonly Figure[]): Figure[] {
  const seen = new Set<string>()
  return figures.filter(({ key }) => !seen.has(key) && seen.add(key).size > 0)
}

export const share = (part: number, whole: number): number => (whole > 0 ? (100 * part) / whole : Number.NaN)

export const above = (limit: number, hysteresis: number, delay: number, severity: 'warning' | 'critical'): AlarmRule => ({
  kind: 'above',
  limit,
  hysteresis,
  delay,
  severity,
})

export const below = (limit: number, hysteresis: number, severity: 'warning' | 'critical'): AlarmRule => ({
  kind: 'below',
  limit,
  hysteresis,
  delay: 0,
  severity,
})

export const gauge = (key: string, label: string, quantity: Quantity, value: number, cadence: Cadence = 'fast'): Figure => ({
  key,
  label: { en: label },
  quantity,
  cadence,
  value,
})

/** °C, with the sensor's own limits where it has them. */
export const temperature = (name: string, label: string, celsius: number, limits: Limits, cadence: Cadence = 'fast'): Figure => ({
  key: `sensor.${name}.temperature`,
  label: { en: label },
  quantity: 'temperature',
  cadence,
  value: celsius,
  limits,
  rules: limits.highWarning === undefined && limits.highCritical === undefined ? [] : [{ kind: 'limits', hysteresis: 2, delay: 60 }],
})

const GOOD_BAD: readonly State[] = [
  { value: 0, name: 'ok', normal: 'ok', meaning: null },
  { value: 1, name: 'degraded', normal: 'warning', meaning: 'redundancyLost' },
  { value: 2, name: 'failed', normal: 'critical', meaning: 'fault' },
]

/** A thing that is well (0), degraded (1) or failed (2). */
export const condition = (key: string, label: Text, cadence: Cadence, value: number): Figure => ({
  key,
  label,
  quantity: 'state',
  cadence,
  value,
  states: GOOD_BAD,
  rules: [{ kind: 'state', delay: 0 }],
})
