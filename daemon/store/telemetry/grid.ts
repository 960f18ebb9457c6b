// How time is cut: hours of readings, days of minutes, months of quarters, each series on its own phase.

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const QUARTER = 15 * MINUTE
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
/** Thirty days; the calendar does not matter here. */
const MONTH = 30 * DAY

/** One kind of block: how long it is, and by what its phase is rounded. */
export interface Cut {
  readonly width: number
  /** Rows of the block; phases are whole multiples of it, so that no row lies in two blocks. */
  readonly row: number
}

export const READINGS: Cut = { width: HOUR, row: 1 }
export const MINUTES: Cut = { width: DAY, row: MINUTE }
export const QUARTERS: Cut = { width: MONTH, row: QUARTER }

/** Days begin on quarters: then a quarter is made of one day's minutes. */
const phaseStep = (cut: Cut): number => (cut === READINGS ? 1 : QUARTER)

/** Bits of a series in a block's key. Time comes first: newest blocks lie together, retention cuts off the front. */
const SERIES = 2 ** 22
export const LARGEST_SERIES = SERIES - 1
/** Readings are taken from 1970 to the year 2248; keys then stay exact doubles. */
export const LATEST = 2 ** 43

/** Spreads series evenly over a window (Fibonacci hashing), so that they never all end at once. */
function phase(cut: Cut, series: number): number {
  const step = phaseStep(cut)
  const hash = Math.imul(series, 0x9e37_79b1) >>> 0
  return Math.floor((hash / 2 ** 32) * (cut.width / step)) * step
}

export const windowAt = (cut: Cut, series: number, at: number): number => Math.floor((at + phase(cut, series)) / cut.width)
export const startOf = (cut: Cut, series: number, window: number): number => window * cut.width - phase(cut, series)

export const keyOf = (window: number, series: number): number => window * SERIES + series
export const seriesOf = (key: number): number => key % SERIES
export const windowOf = (key: number): number => Math.floor(key / SERIES)
