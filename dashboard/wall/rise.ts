// How fast a temperature rises and when it meets a limit, from its last minutes. Pure.
import type { Series } from '../parts/series.ts'

/** Shorter than this is noise, ms; and it takes this many readings. */
const LEAST_SPAN = 45_000
const LEAST_READINGS = 4

/** Least-squares slope of the readings since `from`, per minute; null when they are too few to say. */
export function slope(series: Series, from: number): number | null {
  const at: number[] = []
  const values: number[] = []
  series.at.forEach((when, i) => {
    const value = series.values[i]
    if (when < from || value === null || value === undefined) return
    at.push(when)
    values.push(value)
  })
  const first = at[0]
  const last = at[at.length - 1]
  if (at.length < LEAST_READINGS || first === undefined || last === undefined || last - first < LEAST_SPAN) return null
  const meanAt = at.reduce((sum, one) => sum + (one - first), 0) / at.length
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length
  let over = 0
  let under = 0
  at.forEach((when, i) => {
    const dx = when - first - meanAt
    over += dx * ((values[i] ?? mean) - mean)
    under += dx * dx
  })
  return under === 0 ? null : (over / under) * 60_000
}

/** Seconds until `limit` at this rate per minute; 0 when past it, null when it does not rise worth counting or is over half an hour away. */
export function secondsTo(limit: number, value: number, perMinute: number | null): number | null {
  if (value >= limit) return 0
  if (perMinute === null || perMinute < 0.15) return null
  const seconds = ((limit - value) / perMinute) * 60
  return seconds > 1800 ? null : seconds
}
