// When it runs out: the trend of a daily history by Theil and Sen, which a few odd days do not bend, with an interval that may say "no trend".
import type { Instant } from '../domain/call.ts'
import type { Forecast } from '../domain/capacity.ts'

const DAY = 86_400_000
/** Fewer days say nothing about weeks. */
const LEAST = 14
/** Days beyond which a straight line is no forecast. */
const HORIZON = 3_650
/** Two-sided 95 %. */
const Z = 1.959_964

export interface Daily {
  readonly day: Instant
  readonly value: number
}

/**
 * `full`: the value at which it is used up, in the unit of the series. `now`: from when on days count.
 * Slope: the median of the slopes of all pairs (Theil 1950, Sen 1968); its interval from the variance of Kendall's S, ties counted (Sen 1968,
 * Gilbert 1987), widened for days that resemble the day before (first-order autocorrelation of what the line leaves over).
 */
export function forecast(history: readonly Daily[], full: number, now: Instant): Forecast {
  const days = history.filter(({ value }) => Number.isFinite(value)).toSorted((a, b) => a.day - b.day)
  const n = days.length
  if (n < LEAST) return { kind: 'noTrend', why: 'tooShort', days: n }
  const slopes = slopesOf(days)
  const perDay = median(slopes)
  const level = median(days.map(({ day, value }) => value - (perDay * day) / DAY))
  const left = days.map(({ day, value }) => value - level - (perDay * day) / DAY)
  const reach = Z * Math.sqrt(varianceOfS(days.map(({ value }) => value)) * likeness(left))
  const low = rank(slopes, Math.floor((slopes.length - reach) / 2) - 1)
  const high = rank(slopes, Math.ceil((slopes.length + reach) / 2))
  if (high < 0) return { kind: 'noTrend', why: 'falling', days: n }
  if (low <= 0) return { kind: 'noTrend', why: 'notSignificant', days: n }
  // From where the line stands now, not from the last day's accident.
  const gap = full - (level + (perDay * now) / DAY)
  const on = (slope: number): Instant => now + Math.max(0, gap / slope) * DAY
  if (gap / perDay > HORIZON) return { kind: 'far', perDay, low, high, days: n }
  return { kind: 'full', perDay, low, high, days: n, on: on(perDay), earliest: on(high), latest: gap / low > HORIZON ? null : on(low) }
}

function slopesOf(days: readonly Daily[]): Float64Array {
  const slopes: number[] = []
  for (let i = 0; i < days.length; i++)
    for (let j = i + 1; j < days.length; j++) {
      const span = (days[j]!.day - days[i]!.day) / DAY
      if (span > 0) slopes.push((days[j]!.value - days[i]!.value) / span)
    }
  return Float64Array.from(slopes).sort()
}

function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort()
  const middle = (sorted.length - 1) / 2
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2
}

const rank = (sorted: Float64Array, at: number): number => sorted[Math.min(sorted.length - 1, Math.max(0, at))]!

function varianceOfS(values: readonly number[]): number {
  const n = values.length
  const part = (t: number) => t * (t - 1) * (2 * t + 5)
  const ties = [...Map.groupBy(values, value => value).values()].reduce((sum, same) => sum + part(same.length), 0)
  return (part(n) - ties) / 18
}

/** By how much fewer independent days there are than days: (1 + r) / (1 − r) for what follows itself with r; never below one. */
function likeness(left: readonly number[]): number {
  const mean = left.reduce((sum, value) => sum + value, 0) / left.length
  let [shared, all] = [0, 0]
  for (const [i, value] of left.entries()) {
    all += (value - mean) ** 2
    if (i > 0) shared += (value - mean) * (left[i - 1]! - mean)
  }
  const r = all === 0 ? 0 : Math.min(0.95, Math.max(0, shared / all))
  return (1 + r) / (1 - r)
}
