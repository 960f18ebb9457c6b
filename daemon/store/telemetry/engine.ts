// The hot store itself, synchronous and of one thread: journal, open hours, sealed blocks. The worker puts a clock to it.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { History } from '../../domain/history.ts'
import { done, type Failure, failed, type Outcome } from '../../domain/outcome.ts'
import { failureOf } from '../fault.ts'
import { keyOf, LARGEST_SERIES, LATEST, READINGS, SECOND, startOf, windowAt } from './grid.ts'
import { answer, type Plan, plan } from './history.ts'
import { type Hot, openHot } from './hot.ts'
import { openJournal } from './journal.ts'
import type { Limits, Retention } from './limits.ts'
import { memory } from './memory.ts'
import { back } from './reading.ts'
import type { Entry } from './record.ts'
import { type Moment, upkeep } from './upkeep.ts'

export interface Readings {
  readonly points: Uint32Array
  readonly values: Float64Array
  /** Milliseconds since 1970. */
  readonly at: Float64Array
}

export interface Figures {
  readonly series: number
  /** Readings in memory, not in a sealed block yet. */
  readonly open: number
  readonly journalBytes: number
  readonly diskBytes: number
  /** What is wrong now, one sentence each. */
  readonly troubles: readonly string[]
}

export interface Engine {
  /** Takes readings into memory and queues them for the journal. A failure: none of them was taken. */
  append(readings: Readings): Failure | null
  /**
   * Hands the journal to the kernel. A failure: what was appended is in memory only, and is written as soon as it can be;
   * sending it again would double it.
   */
  flush(): Failure | null
  /** fsync off this thread. */
  sync(): void
  /** A few milliseconds of sealing, rolling up, cutting off. True when there is more to do. */
  tick(budget: number): boolean
  plan(points: readonly number[], from: number, to: number, buckets: number): Outcome<Plan>
  series(plan: Plan, point: number): History['series'][number]
  latest(points?: readonly number[]): Readings
  figures(): Figures
  close(): void
}

export interface EngineOptions {
  /** Folder of its own. */
  readonly folder: string
  readonly retention: Retention
  readonly moment: () => Moment
  readonly limits: Limits
  readonly log: (message: string) => void
}

type Part = 'journal' | 'disk' | 'seal' | 'damage'
const AGAIN: Readonly<Record<'flush' | 'upkeep', number>> = { flush: SECOND, upkeep: 5 * SECOND }
const PRUNE_EVERY = 30 * SECOND
/** Blocks cut off at a time. */
const CUT = 64

export function openEngine({ folder, retention, moment, limits, log }: EngineOptions): Outcome<Engine> {
  let hot: Hot | null = null
  try {
    const journalFolder = join(folder, 'journal')
    mkdirSync(journalFolder, { recursive: true, mode: 0o750 })
    const opened = openHot(join(folder, 'telemetry.db'))
    if (!opened.ok) return opened
    hot = opened.value
    return done(engineOver(hot, journalFolder, { retention, moment, limits, log }))
  } catch (error) {
    hot?.close()
    const failure = failureOf(error)
    if (failure === null) throw error
    return { ok: false, failure }
  }
}

function engineOver(hot: Hot, journalFolder: string, { retention, moment, limits, log }: Omit<EngineOptions, 'folder'>): Engine {
  const held = memory()
  const troubles = new Map<Part, string>()
  let flushAgainAt = -Infinity
  let upkeepAgainAt = -Infinity
  let pruneAt = -Infinity
  let flushFailure: Failure | null = null

  const trouble = (part: Part, text: string | null): void => {
    if (text === (troubles.get(part) ?? null)) return
    if (text === null) troubles.delete(part)
    else troubles.set(part, text)
    log(text ?? `recovered: ${part}`)
  }
  const damaged = (what: string): void => trouble('damage', `A sealed block is damaged and was passed over: ${what}.`)

  for (const { series, at, value } of hot.allLast()) held.remember(series, at, value)
  const { journal, damage } = openJournal(journalFolder, Math.max(1, hot.number('seq')), replaying())
  for (const text of damage) log(text)

  const reading = back({ hot, memory: held, damaged })
  const keeper = upkeep({ hot, memory: held, back: reading, retention, nextSeq: journal.nextSeq, damaged })

  /** Takes journal records into memory, but for the readings that were sealed before the stop. */
  function replaying(): (entry: Entry) => void {
    const { steady } = moment()
    /** Of each series the window seen last, and the last record sealed in it: the next reading nearly always asks for the same. */
    const seen: ({ start: number; end: number; upto: number } | undefined)[] = []
    const sealedUpTo = (series: number, time: number): number => {
      const last = seen[series]
      if (last !== undefined && time >= last.start && time < last.end) return last.upto
      const window = windowAt(READINGS, series, time)
      const start = startOf(READINGS, series, window)
      const upto = hot.rawHead(keyOf(window, series))?.upto ?? 0
      seen[series] = { start, end: start + READINGS.width, upto }
      return upto
    }
    return ({ seq, points, values, at }) => {
      for (let i = 0; i < points.length; i++) {
        const series = points[i] as number
        const time = Math.round(at[i] as number)
        if (seq > sealedUpTo(series, time)) held.add(series, time, values[i] as number, seq, steady)
      }
    }
  }

  const invalid = ({ points, values, at }: Readings): string | null => {
    if (values.length !== points.length || at.length !== points.length) return 'Columns of readings are not of one length.'
    for (let i = 0; i < points.length; i++) {
      const time = at[i] as number
      if ((points[i] as number) > LARGEST_SERIES || !(time >= 0 && time < LATEST)) return `Reading of point ${points[i]} at ${time} cannot be.`
    }
    return null
  }

  const flush = (): Failure | null => {
    const { steady } = moment()
    if (journal.queued() === 0) return null
    if (steady < flushAgainAt) return flushFailure
    try {
      journal.write()
      trouble('journal', null)
      flushFailure = null
    } catch (error) {
      const failure = failureOf(error)
      if (failure === null) throw error
      flushAgainAt = steady + AGAIN.flush
      flushFailure = { ...failure, message: `Readings are kept in memory until they can be written. ${failure.message}`, retry: false }
      trouble('journal', flushFailure.message)
    }
    return flushFailure
  }

  const prune = (steady: number): void => {
    if (steady < pruneAt) return
    pruneAt = steady + PRUNE_EVERY
    let needed = journal.nextSeq()
    held.each(({ firstSeq }) => {
      if (firstSeq < needed) needed = firstSeq
    })
    journal.prune(needed)
  }

  return {
    append(readings) {
      const wrong = invalid(readings)
      if (wrong !== null) return failed('invalid', wrong).failure
      if (held.readings() >= limits.readings || journal.queued() >= limits.queued)
        return failed('full', 'Memory for readings that cannot be written is used up; new ones are refused until there is space on the disk.').failure
      const { points, values, at } = readings
      const { steady } = moment()
      const seq = journal.add(points, values, at)
      for (let i = 0; i < points.length; i++) held.add(points[i] as number, Math.round(at[i] as number), values[i] as number, seq, steady)
      return null
    },

    flush,

    sync() {
      journal.sync(error => trouble('disk', error === null ? null : `The disk did not confirm the journal: ${error.message}`))
    },

    tick(budget) {
      flush()
      const now = moment()
      if (now.steady < upkeepAgainAt) return false
      try {
        const more = keeper.seal(now, budget) || keeper.roll(now, budget) || keeper.retain(now, CUT)
        prune(now.steady)
        trouble('seal', null)
        return more
      } catch (error) {
        const failure = failureOf(error)
        if (failure === null) throw error
        upkeepAgainAt = now.steady + AGAIN.upkeep
        trouble('seal', `Hours of readings wait to be sealed. ${failure.message}`)
        return false
      }
    },

    plan(points, from, to, buckets) {
      if (!(Number.isFinite(from) && Number.isFinite(to) && from < to && buckets >= 1))
        return failed('invalid', 'A history needs a beginning before its end, and at least one bucket.')
      const purged = { raw: hot.number('purged.raw'), minutes: hot.number('purged.minutes') }
      return done(plan({ back: reading, points, from, to, buckets, purged }))
    },

    series: (planned, point) => answer(reading, planned, point),

    latest(points) {
      const wanted = points ?? Array.from({ length: held.size() }, (_, series) => series)
      const known: number[] = []
      const at: number[] = []
      const values: number[] = []
      for (const series of wanted) {
        const newest = held.latest(series)
        if (newest === null) continue
        known.push(series)
        at.push(newest.at)
        values.push(newest.value)
      }
      return { points: Uint32Array.from(known), at: Float64Array.from(at), values: Float64Array.from(values) }
    },

    figures() {
      return {
        series: held.known(),
        open: held.readings(),
        journalBytes: journal.bytes(),
        diskBytes: hot.bytes() + journal.bytes(),
        troubles: [...troubles.values()],
      }
    },

    close() {
      const failure = flush()
      if (failure !== null) log(failure.message)
      try {
        journal.close()
      } finally {
        hot.close()
      }
    },
  }
}
