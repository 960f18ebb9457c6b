// Growing counters become rates. Pure: samples in, raw units per second out.

/** What is remembered of one counter. Kept as three numbers in flat arrays: there are tens of thousands of them. */
export interface Counters {
  /** Last raw value; NaN when there is none. */
  readonly last: Float64Array
  /** Monotonic milliseconds of it. */
  readonly at: Float64Array
  /** Last rate, raw units per second; NaN when there is none. */
  readonly rate: Float64Array
}

export const openCounters = (count: number): Counters => ({
  last: new Float64Array(count).fill(Number.NaN),
  at: new Float64Array(count),
  rate: new Float64Array(count).fill(Number.NaN),
})

/** The device began anew (reboot): differences to what was before mean nothing. */
export const forget = (counters: Counters): void => {
  counters.last.fill(Number.NaN)
  counters.rate.fill(Number.NaN)
}

/** Below this, the device's own refresh of its counters (often 1–5 s) would dominate the difference, ms. */
const SHORTEST = 1000
/** A difference over more cycles than this is no rate of now, and a 32-bit counter may have wrapped more than once. */
const LONGEST_CYCLES = 5

const RANGE = { 32: 2 ** 32, 64: 2 ** 64 } as const

/**
 * Takes a sample of counter `i` at `now` (monotonic ms) and gives the rate per second since the last one,
 * or undefined when there is no rate to give: first sample, restart, gap too long or too short.
 * `raw` may be inexact above 2^53 (Counter64 as double): an error of at most 2,048 units, against 2^63 of range.
 */
export function sample(counters: Counters, i: number, width: 32 | 64, raw: number, now: number, cycle: number): number | undefined {
  const last = counters.last[i]
  const since = now - (counters.at[i] ?? 0)
  if (last === undefined || Number.isNaN(raw)) return undefined
  if (!Number.isNaN(last) && since >= 0 && since < SHORTEST) return undefined
  const before = counters.rate[i] ?? Number.NaN
  counters.last[i] = raw
  counters.at[i] = now
  counters.rate[i] = Number.NaN
  if (Number.isNaN(last) || since < 0 || since > LONGEST_CYCLES * cycle) return undefined

  const seconds = since / 1000
  let grown = raw - last
  if (grown < 0) {
    grown += RANGE[width]
    if (!isWrap(grown, seconds, RANGE[width], before)) return undefined
  }
  const rate = grown / seconds
  counters.rate[i] = rate
  return rate
}

/**
 * A counter that fell has wrapped or begun anew. Taking a restart for a wrap shows a monstrous peak that never was, the
 * other way round leaves one reading out: so a wrap must look like one, by less than half the range and not far from the rate before.
 */
function isWrap(grown: number, seconds: number, range: number, before: number): boolean {
  if (grown >= range / 2) return false
  if (Number.isNaN(before)) return false
  return grown / seconds <= Math.max(8 * before, range / 100 / seconds)
}
