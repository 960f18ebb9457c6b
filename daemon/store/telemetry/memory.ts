// Readings in memory: for each series the hour that is open, and others that late readings opened again.
import { READINGS, startOf, windowAt } from './grid.ts'

/** Readings of one series in one window, in the order they came. */
export interface Open {
  readonly series: number
  readonly window: number
  readonly start: number
  readonly end: number
  /** Milliseconds of a steady clock when it was opened. */
  readonly born: number
  /** First and last journal record with a reading in it. */
  readonly firstSeq: number
  lastSeq: number
  n: number
  /** Milliseconds from `start`. */
  offsets: Uint32Array
  values: Float64Array
  /** Readings came in order of time. */
  sorted: boolean
}

export interface Memory {
  /** `at` in whole milliseconds. */
  add(series: number, at: number, value: number, seq: number, born: number): void
  /** All that is in memory of a series, oldest window first; often one, mostly none or one. */
  of(series: number): readonly Open[]
  each(visit: (open: Open) => void): void
  /** Newest reading known from before the start. */
  remember(series: number, at: number, value: number): void
  /** It is sealed. */
  drop(open: Open): void
  readings(): number
  /** Newest reading of each series, by time. NaN where there is none. */
  readonly latest: Latest
  /** One more than the largest series seen. */
  size(): number
}

export interface Latest {
  at: Float64Array
  value: Float64Array
}

const SMALLEST = 16

export function memory(): Memory {
  /** Where the last reading of a series went; the next one nearly always goes there too. */
  const current: (Open | undefined)[] = []
  const opened: (Open[] | undefined)[] = []
  /** How many readings the last window had: the next one is made as large, and no larger. */
  let expected = new Uint32Array(1024)
  const latest: Latest = { at: new Float64Array(1024).fill(Number.NaN), value: new Float64Array(1024).fill(Number.NaN) }
  let size = 0
  let readings = 0

  const widen = (series: number): void => {
    size = series + 1
    if (size > expected.length) {
      const length = Math.max(size, expected.length * 2)
      const widened = new Float64Array(length).fill(Number.NaN)
      widened.set(latest.at)
      const values = new Float64Array(length).fill(Number.NaN)
      values.set(latest.value)
      const counts = new Uint32Array(length)
      counts.set(expected)
      latest.at = widened
      latest.value = values
      expected = counts
    }
    // Dense arrays: a hole would make every look-up slow.
    while (current.length < size) {
      current.push(undefined)
      opened.push(undefined)
    }
  }

  const open = (series: number, at: number, seq: number, born: number): Open => {
    if (series >= size) widen(series)
    const window = windowAt(READINGS, series, at)
    const list = opened[series] ?? []
    opened[series] = list
    const found = list.find(other => other.window === window)
    if (found !== undefined) return found
    const start = startOf(READINGS, series, window)
    const capacity = Math.max(SMALLEST, (expected[series] as number) + 2)
    const made: Open = {
      series,
      window,
      start,
      end: start + READINGS.width,
      born,
      firstSeq: seq,
      lastSeq: seq,
      n: 0,
      offsets: new Uint32Array(capacity),
      values: new Float64Array(capacity),
      sorted: true,
    }
    const place = list.findIndex(other => other.window > window)
    if (place === -1) list.push(made)
    else list.splice(place, 0, made)
    return made
  }

  const grow = (to: Open): void => {
    const length = Math.ceil(to.n * 1.5)
    const offsets = new Uint32Array(length)
    offsets.set(to.offsets)
    const values = new Float64Array(length)
    values.set(to.values)
    to.offsets = offsets
    to.values = values
  }

  return {
    add(series, at, value, seq, born) {
      let to = current[series]
      if (to === undefined || at < to.start || at >= to.end) {
        to = open(series, at, seq, born)
        current[series] = to
      }
      const { n } = to
      if (n === to.offsets.length) grow(to)
      const offset = at - to.start
      if (n > 0 && offset < (to.offsets[n - 1] as number)) to.sorted = false
      to.offsets[n] = offset
      to.values[n] = value
      to.n = n + 1
      to.lastSeq = seq
      readings++
      if (!(at < (latest.at[series] as number))) {
        latest.at[series] = at
        latest.value[series] = value
      }
    },

    of: series => opened[series] ?? [],

    each(visit) {
      for (const list of opened) if (list !== undefined) for (const one of list) visit(one)
    },

    remember(series, at, value) {
      if (series >= size) widen(series)
      latest.at[series] = at
      latest.value[series] = value
    },

    drop(dropped) {
      const { series } = dropped
      const list = opened[series] ?? []
      opened[series] = list.length === 1 ? undefined : list.filter(other => other !== dropped)
      if (current[series] === dropped) current[series] = undefined
      // Late readings open small windows; they say nothing of the next hour.
      if (dropped.n > (expected[series] as number) / 2) expected[series] = dropped.n
      readings -= dropped.n
    },

    readings: () => readings,
    latest,
    size: () => size,
  }
}

/** The readings of a window in order of time; equal times keep the order they came in. */
export function sortedReadings({ n, start, offsets, values, sorted }: Open): { at: Float64Array; values: Float64Array } {
  if (sorted) return { at: Float64Array.from(offsets.subarray(0, n), offset => start + offset), values: values.slice(0, n) }
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => (offsets[a] as number) - (offsets[b] as number) || a - b)
  return {
    at: Float64Array.from(order, i => start + (offsets[i] as number)),
    values: Float64Array.from(order, i => values[i] as number),
  }
}
