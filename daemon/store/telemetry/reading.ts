// Reading back: sealed blocks and the open hour as one, and rollups with what is not rolled up yet filled in from below.
import { decodeReadings, decodeRows, type Readings, type Rows } from './blocks.ts'
import { addReadings, addRows, type Buckets } from './buckets.ts'
import { digitsOf } from './columns.ts'
import { type Cut, DAY, keyOf, LATEST, MINUTE, MINUTES, QUARTER, QUARTERS, READINGS, startOf, windowAt, windowOf } from './grid.ts'
import type { Hot, Level } from './hot.ts'
import type { Memory } from './memory.ts'

export interface Back {
  /** Windows of a series overlapping [from, to), each in order of time, whole windows. */
  readings(series: number, from: number, to: number): Iterable<Readings>
  /** Readings in [from, to); stops counting above `enough`. */
  count(series: number, from: number, to: number, enough: number): number
  /** Adds [from, to) to buckets, from the finest blocks allowed by `finest` that are complete. */
  fill(to: Buckets, series: number, from: number, until: number, finest: 'raw' | Level): void
}

export interface BackOptions {
  readonly hot: Hot
  readonly memory: Memory
  /** A block that does not open: told, and passed over. */
  readonly damaged: (what: string) => void
}

const CUTS: Readonly<Record<'raw' | Level, Cut>> = { raw: READINGS, minutes: MINUTES, quarters: QUARTERS }
const NOTHING: Readings = { at: new Float64Array(), values: new Float64Array(), n: 0, digits: 0 }

/** First position whose time is not before `time`. */
function firstAt(at: Float64Array, n: number, time: number): number {
  let low = 0
  let high = n
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((at[middle] as number) < time) low = middle + 1
    else high = middle
  }
  return low
}

export function slice({ at, values, n, digits }: Readings, from: number, to: number): Readings {
  const first = firstAt(at, n, from)
  const last = firstAt(at, n, to)
  return { at: at.subarray(first, last), values: values.subarray(first, last), n: last - first, digits }
}

/** Two sorted runs as one; of equal times those of `one` come first. */
export function merge(one: Readings, other: { readonly at: Float64Array; readonly values: Float64Array }): Readings {
  const m = other.at.length
  if (one.n === 0) return { ...other, n: m, digits: digitsOf(other.values, m) }
  const n = one.n + m
  const at = new Float64Array(n)
  const values = new Float64Array(n)
  for (let i = 0, j = 0, k = 0; k < n; k++) {
    if (j === m || (i < one.n && (one.at[i] as number) <= (other.at[j] as number))) {
      at[k] = one.at[i] as number
      values[k] = one.values[i++] as number
    } else {
      at[k] = other.at[j] as number
      values[k] = other.values[j++] as number
    }
  }
  return { at, values, n, digits: one.digits === null ? null : digitsOf(values, n, one.digits) }
}

const isDamage = (error: unknown): boolean =>
  error instanceof RangeError || (error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_'))

export function back({ hot, memory, damaged }: BackOptions): Back {
  const opening = <T>(what: string, instead: T, open: () => T): T => {
    try {
      return open()
    } catch (error) {
      if (!isDamage(error)) throw error
      damaged(what)
      return instead
    }
  }

  /** First window, from `window` on, in which there may be something; a look over all series, so that gaps of years cost one step. */
  const next = (level: 'raw' | Level, series: number, window: number): number => {
    const cut = CUTS[level]
    const from = startOf(cut, series, window)
    let found = hot.next(level, keyOf(window, 0))
    if (level !== 'raw') found = Math.min(found, hot.nextMark(level, keyOf(window, 0)))
    let earliest = windowOf(found)
    if (level === 'quarters') {
      // Days that are not rolled up count too, wherever their phase puts them.
      const day = windowOf(hot.nextMark('minutes', keyOf(Math.max(0, Math.floor(from / DAY)), 0)))
      if (day !== Infinity) earliest = Math.min(earliest, windowAt(cut, series, Math.max(from, day * DAY - DAY, 0)))
    }
    for (const open of memory.of(series)) if (open.end > from) earliest = Math.min(earliest, windowAt(cut, series, Math.max(open.start, from, 0)))
    return Math.max(window, earliest)
  }

  /** Windows of a kind that overlap [from, to) and may hold something. */
  function* windows(level: 'raw' | Level, series: number, from: number, to: number): Iterable<number> {
    const cut = CUTS[level]
    const begin = Math.max(from, 0)
    const end = Math.min(to, LATEST)
    if (end <= begin) return
    const last = windowAt(cut, series, end - 1)
    for (let window = next(level, series, windowAt(cut, series, begin)); window <= last; window = next(level, series, window + 1)) yield window
  }

  const inMemory = (series: number, from: number, to: number): boolean => memory.of(series).some(open => open.start < to && open.end > from)

  const readingsOf = (series: number, window: number): Readings => {
    const block = hot.raw(keyOf(window, series))
    const sealed = block === undefined ? NOTHING : opening(`hour ${window} of series ${series}`, NOTHING, () => decodeReadings(block.bytes))
    const open = memory.of(series).find(one => one.window === window)
    return open === undefined ? sealed : merge(sealed, memory.sorted(open))
  }

  const rowsOf = (level: Level, series: number, window: number): Rows | null => {
    const bytes = hot.rows(level, keyOf(window, series))
    return bytes === undefined ? null : opening(`${level} ${window} of series ${series}`, null, () => decodeRows(bytes))
  }

  function* readings(series: number, from: number, to: number): Iterable<Readings> {
    for (const window of windows('raw', series, from, to)) {
      const found = readingsOf(series, window)
      if (found.n > 0) yield found
    }
  }

  const fromReadings = (into: Buckets, series: number, from: number, to: number): void => {
    for (const chunk of readings(series, from, to)) {
      const { at, values, n, digits } = slice(chunk, from, to)
      addReadings(into, at, values, n, digits)
    }
  }

  /** Rows of a block that begin in [from, to). */
  const addPart = (into: Buckets, rows: Rows, start: number, step: number, from: number, to: number): void => {
    const first = firstAt(rows.index, rows.n, (from - start) / step)
    const last = firstAt(rows.index, rows.n, (to - start) / step)
    const part = (column: Float64Array): Float64Array => column.subarray(first, last)
    addRows(
      into,
      {
        index: part(rows.index),
        count: part(rows.count),
        min: part(rows.min),
        max: part(rows.max),
        sum: part(rows.sum),
        n: last - first,
        digits: rows.digits,
      },
      start,
      step,
    )
  }

  const fromMinutes = (into: Buckets, series: number, from: number, to: number): void => {
    for (const day of windows('minutes', series, from, to)) {
      const start = startOf(MINUTES, series, day)
      const begin = Math.max(from, start)
      const end = Math.min(to, start + DAY)
      // What was read since the minutes were made, or before they were, stands in the readings only.
      const fresh = start >= hot.number('purged.raw') && (hot.isMarked('minutes', keyOf(day, series)) || inMemory(series, start, start + DAY))
      const rows = fresh ? null : rowsOf('minutes', series, day)
      if (fresh) fromReadings(into, series, begin, end)
      else if (rows !== null) addPart(into, rows, start, MINUTE, begin, end)
    }
  }

  const hasFreshMinutes = (series: number, from: number, to: number): boolean => {
    if (inMemory(series, from, to)) return true
    for (const day of windows('minutes', series, from, to)) if (hot.isMarked('minutes', keyOf(day, series))) return true
    return false
  }

  const fromQuarters = (into: Buckets, series: number, from: number, to: number): void => {
    for (const month of windows('quarters', series, from, to)) {
      const start = startOf(QUARTERS, series, month)
      const end = start + QUARTERS.width
      const fresh = start >= hot.number('purged.minutes') && (hot.isMarked('quarters', keyOf(month, series)) || hasFreshMinutes(series, start, end))
      const rows = fresh ? null : rowsOf('quarters', series, month)
      if (fresh) fromMinutes(into, series, Math.max(from, start), Math.min(to, end))
      else if (rows !== null) addPart(into, rows, start, QUARTER, Math.max(from, start), Math.min(to, end))
    }
  }

  return {
    readings,

    count(series, from, to, enough) {
      let count = 0
      for (const window of windows('raw', series, from, to)) {
        const start = startOf(READINGS, series, window)
        if (start >= from && start + READINGS.width <= to) {
          count += hot.rawHead(keyOf(window, series))?.n ?? 0
          for (const open of memory.of(series)) if (open.window === window) count += open.n
        } else count += slice(readingsOf(series, window), from, to).n
        if (count > enough) break
      }
      return count
    },

    fill(into, series, from, until, finest) {
      if (finest === 'raw') fromReadings(into, series, from, until)
      else if (finest === 'minutes') fromMinutes(into, series, from, until)
      else fromQuarters(into, series, from, until)
    },
  }
}
