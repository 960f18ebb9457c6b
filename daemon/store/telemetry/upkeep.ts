// What goes on beside appending, a few milliseconds at a time: sealing hours, rolling up days and months, cutting off what is too old.
import { decodeReadings, encodeReadings, encodeRows, type Readings } from './blocks.ts'
import { buckets, rowsOf } from './buckets.ts'
import { type Cut, DAY, HOUR, keyOf, MINUTE, MINUTES, QUARTER, QUARTERS, READINGS, SECOND, seriesOf, startOf, windowAt, windowOf } from './grid.ts'
import type { Hot, Level } from './hot.ts'
import type { Retention } from './limits.ts'
import type { Memory, Open } from './memory.ts'
import { type Back, merge } from './reading.ts'

export interface UpkeepOptions {
  readonly hot: Hot
  readonly memory: Memory
  readonly back: Back
  readonly retention: Retention
  /** Journal number the next record will get: what is sealed now has smaller ones. */
  readonly nextSeq: () => number
  readonly damaged: (what: string) => void
}

export interface Moment {
  /** The wall clock, which may jump, and one that does not. */
  readonly now: number
  readonly steady: number
}

export interface Upkeep {
  /** Each does at most about `budget` ms of work and gives true when there is more. Throws what the disk throws, having changed nothing. */
  seal(moment: Moment, budget: number): boolean
  roll(moment: Moment, budget: number): boolean
  /** `cut`: blocks at most. */
  retain(moment: Moment, cut: number): boolean
}

/** An hour is sealed when it is over by this much: readings arrive some seconds late. */
const GRACE = 30 * SECOND
/** A window opened by a late reading waits for others of its kind before the block is written again. */
const LATE = MINUTE
/** However wrong the clock, nothing stays unsealed longer. */
const LONGEST_OPEN = 75 * MINUTE
const SCAN_EVERY = 20 * SECOND
/** A day is rolled up when its last hour has been sealed. */
const SETTLED: Readonly<Record<Level, number>> = { minutes: HOUR + 5 * MINUTE, quarters: DAY + 2 * HOUR }
const LOWER: Readonly<Record<Level, 'raw' | Level>> = { minutes: 'raw', quarters: 'minutes' }
const CUTS: Readonly<Record<Level, Cut>> = { minutes: MINUTES, quarters: QUARTERS }
/** After a jump of the clock nothing is cut off for so long: a wrong year must not empty the house. */
const CALM = HOUR

const overlapping = (cut: Cut, series: number, from: number, to: number): number[] => {
  const first = windowAt(cut, series, Math.max(from, 0))
  const last = windowAt(cut, series, to - 1)
  return first === last ? [first] : Array.from({ length: last - first + 1 }, (_, i) => first + i)
}

export function upkeep({ hot, memory, back, retention, nextSeq, damaged }: UpkeepOptions): Upkeep {
  let due: Open[] = []
  let nextScan = -Infinity
  let drift: number | null = null
  let calmSince = -Infinity
  const cutUpTo: Record<'raw' | Level, number> = { raw: -1, minutes: -1, quarters: -1 }

  const isDue = (open: Open, { now, steady }: Moment): boolean =>
    (now >= open.end + GRACE && steady - open.born >= LATE) || steady - open.born >= LONGEST_OPEN

  const markAbove = (level: Level, series: number, from: number, to: number, now: number): void => {
    const cut = CUTS[level]
    // With part of what it was made from gone, a block is better than what could be made anew.
    const complete = hot.number(`purged.${LOWER[level]}`)
    for (const window of overlapping(cut, series, from, to)) {
      const start = startOf(cut, series, window)
      if (start >= complete) hot.mark(level, keyOf(window, series), Math.max(start + cut.width + SETTLED[level], now + LATE))
    }
  }

  const sealedBefore = (key: number, bytes: Uint8Array): Readings => {
    try {
      return decodeReadings(bytes)
    } catch {
      // The old bytes cannot be read by anybody; new readings are worth more.
      damaged(`hour ${windowOf(key)} of series ${seriesOf(key)}`)
      return { at: new Float64Array(), values: new Float64Array(), n: 0, digits: 0 }
    }
  }

  const sealOne = (open: Open, now: number): void => {
    const { series, window } = open
    const key = keyOf(window, series)
    // Brings `n` and `lastSeq` of the window up to now, too.
    const fresh = memory.sorted(open)
    const before = hot.raw(key)
    const all = before === undefined ? { ...fresh, n: open.n } : merge(sealedBefore(key, before.bytes), fresh)
    hot.putRaw(key, { n: all.n, upto: Math.max(before?.upto ?? 0, open.lastSeq), bytes: encodeReadings(all.at, all.values, all.n) })
    hot.putLast({ series, at: all.at[all.n - 1] as number, value: all.values[all.n - 1] as number })
    markAbove('minutes', series, open.start, open.end, now)
  }

  const rollOne = (level: Level, key: number, now: number): void => {
    const cut = CUTS[level]
    const series = seriesOf(key)
    const start = startOf(cut, series, windowOf(key))
    if (start >= hot.number(`purged.${LOWER[level]}`)) {
      const made = buckets(start, cut.row, cut.width / cut.row)
      back.fill(made, series, start, start + cut.width, LOWER[level])
      const rows = rowsOf(made)
      hot.putRows(level, key, rows === null ? null : encodeRows(rows))
      if (level === 'minutes') markAbove('quarters', series, start, start + cut.width, now)
    }
    hot.unmark(level, key)
  }

  const newest = (): number => {
    let most = -Infinity
    for (let series = 0; series < memory.size(); series++) most = Math.max(most, memory.latest(series)?.at ?? most)
    return most
  }

  /** True while the wall clock has kept pace with the steady one for long enough. */
  const isCalm = ({ now, steady }: Moment): boolean => {
    const is = now - steady
    const jumped = drift === null ? now - newest() > DAY : Math.abs(is - drift) > QUARTER
    if (jumped) calmSince = steady
    drift = is
    return steady - calmSince >= CALM
  }

  return {
    seal(moment, budget) {
      if (due.length === 0) {
        if (moment.steady < nextScan) return false
        nextScan = moment.steady + SCAN_EVERY
        memory.each(open => {
          if (isDue(open, moment)) due.push(open)
        })
        if (due.length === 0) return false
      }
      const until = performance.now() + budget
      let sealed = 0
      try {
        hot.transaction(() => {
          do sealOne(due[sealed++] as Open, moment.now)
          while (sealed < due.length && performance.now() < until)
          hot.putNumber('seq', nextSeq())
        })
      } catch (error) {
        due = []
        throw error
      }
      for (const open of due.slice(0, sealed)) memory.drop(open)
      due = due.slice(sealed)
      return due.length > 0
    },

    roll({ now }, budget) {
      for (const level of ['minutes', 'quarters'] as const) {
        const keys = hot.marked(level, now, 64)
        if (keys.length === 0) continue
        const until = performance.now() + budget
        let rolled = 0
        hot.transaction(() => {
          do rollOne(level, keys[rolled++] as number, now)
          while (rolled < keys.length && performance.now() < until)
        })
        return true
      }
      return false
    },

    retain(moment, limit) {
      if (!isCalm(moment)) return false
      const { now } = moment
      for (const [table, cut, above] of [
        ['raw', READINGS, 'minutes'],
        ['minutes', MINUTES, 'quarters'],
        ['quarters', QUARTERS, null],
      ] as const) {
        const window = Math.floor((now - retention[table]) / cut.width)
        if (window <= cutUpTo[table] || window <= 0) continue
        if (hot.next(table, 0) >= keyOf(window, 0)) {
          cutUpTo[table] = window
          continue
        }
        // Nothing is cut off that has not been rolled up.
        const waiting = above === null ? null : hot.oldestMark(above)
        if (waiting !== null && waiting <= now) continue
        const removed = hot.transaction(() => {
          hot.putNumber(`purged.${table}`, Math.max(hot.number(`purged.${table}`), window * cut.width))
          return hot.cut(table, keyOf(window, 0), limit)
        })
        if (removed === limit) return true
        cutUpTo[table] = window
      }
      return false
    },
  }
}
