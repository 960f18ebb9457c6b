// Which resolution answers a question about the past, and the answer.
import type { Series } from '../../domain/history.ts'
import { type Buckets, buckets } from './buckets.ts'
import { DAY, HOUR, MINUTE, QUARTER, SECOND } from './grid.ts'
import type { Level } from './hot.ts'
import { type Back, slice } from './reading.ts'

/** step 0: the readings as they came; else n buckets from `start`. */
export interface Plan {
  readonly from: number
  readonly to: number
  readonly step: number
  readonly start: number
  readonly n: number
}

/** Steps people can read off an axis. From a quarter on, whole quarters; from a minute on, whole minutes. */
const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 20, 30].map(n => n * SECOND),
  ...[1, 2, 3, 4, 5, 6, 10, 12, 15, 30].map(n => n * MINUTE),
  ...[1, 2, 3, 4, 6, 8, 12].map(n => n * HOUR),
  ...[1, 2, 5, 10, 30].map(n => n * DAY),
]

/** Smallest step, at least `least`, that covers [from, to) with at most `most` buckets on whole multiples of it. */
function stepFor(from: number, to: number, most: number, least: number): number {
  const covers = (step: number): boolean => step >= least && Math.ceil((to - Math.floor(from / step) * step) / step) <= most
  const found = STEPS.find(covers)
  if (found !== undefined) return found
  let step = 60 * DAY
  while (!covers(step)) step *= 2
  return step
}

export interface PlanOptions {
  readonly back: Back
  readonly points: ArrayLike<number>
  readonly from: number
  readonly to: number
  /** Rows wanted at most. */
  readonly buckets: number
  /** Before these times there may be no readings, no minutes any more. */
  readonly purged: Readonly<Record<'raw' | 'minutes', number>>
}

/** Readings as they came when all series have few enough; otherwise buckets, never finer than what is still kept. */
export function plan({ back, points, from, to, buckets: most, purged }: PlanOptions): Plan {
  const least = from < purged.minutes ? QUARTER : from < purged.raw ? MINUTE : 0
  if (least === 0 && Array.from(points).every(point => back.count(point, from, to, most) <= most)) return { from, to, step: 0, start: from, n: 0 }
  const step = stepFor(from, to, most, least)
  const start = Math.floor(from / step) * step
  return { from, to, step, start, n: Math.ceil((to - start) / step) }
}

const levelOf = (step: number): 'raw' | Level => (step >= QUARTER ? 'quarters' : step >= MINUTE ? 'minutes' : 'raw')

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

export function answer(back: Back, { from, to, step, start, n }: Plan, point: number): Series {
  if (step === 0) return readings(back, from, to, point)
  const filled = buckets(start, step, n)
  back.fill(filled, point, start, start + n * step, levelOf(step))
  return seriesOf(filled, point)
}

function readings(back: Back, from: number, to: number, point: number): Series {
  const at: number[] = []
  const values: (number | null)[] = []
  for (const chunk of back.readings(point, from, to)) {
    const part = slice(chunk, from, to)
    for (let i = 0; i < part.n; i++) {
      at.push(part.at[i] as number)
      values.push(orNull(part.values[i] as number))
    }
  }
  return { point, at, mean: values, min: values, max: values }
}

function seriesOf({ start, step, n, count, min, max, sum }: Buckets, point: number): Series {
  const at = Array.from({ length: n }, (_, k) => start + k * step)
  const column = (value: (k: number) => number) => at.map((_, k) => (count[k] === 0 ? null : orNull(value(k))))
  return {
    point,
    at,
    mean: column(k => (sum[k] as number) / (count[k] as number)),
    min: column(k => min[k] as number),
    max: column(k => max[k] as number),
  }
}
