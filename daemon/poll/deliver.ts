// From finished errands to batches on their way to the store: readings, reports, and no more of them under way than the store keeps up with.
import { type Batch, POLL_STATUS, type PollStatus } from '../domain/reading.ts'
import type { Why } from '../domain/why.ts'
import { openBatch } from './batch.ts'
import type { Slot } from './device.ts'
import type { News } from './messages.ts'
import { sample } from './rates.ts'
import type { Time } from './time.ts'

/** A batch leaves when it has this many readings or is this old, ms. */
const FULL = 2000
const OLD = 100

const STATUS = Object.fromEntries(POLL_STATUS.map((status, i) => [status, i])) as Readonly<Record<PollStatus, number>>

export interface Delivery {
  readonly readings: number
  readonly unstored: number
  /** The store is behind: nothing new must be begun. */
  readonly held: boolean
  take(slot: Slot, now: number, partial: boolean): void
  report(device: number, status: PollStatus, duration: number, pdus: number, timeouts: number, lag: number): void
  /** What people are told about a device from now on. */
  say(device: number, why: Why | null): void
  /** Called once what was reported so far has left. */
  after(call: () => void): void
  stored(): void
  /** Sends what there is, held or not: the last act before closing. */
  flush(): void
}

export interface DeliveryOptions {
  readonly time: Time
  /** Batches that may be on their way. */
  readonly limit: number
  readonly send: (batch: Batch, whys: readonly News[]) => void
  /** The store has caught up. */
  readonly released: () => void
}

export function openDelivery({ time, limit, send, released }: DeliveryOptions): Delivery {
  const batch = openBatch()
  const whys = new Map<number, Why | null>()
  let afterwards: (() => void)[] = []
  let unstored = 0
  let readings = 0
  let timer: (() => void) | null = null

  const flush = () => {
    timer?.()
    timer = null
    if (batch.readings + batch.polls > 0 || whys.size > 0) {
      unstored++
      send(batch.cut(), [...whys])
      whys.clear()
    }
    const calls = afterwards
    afterwards = []
    for (const call of calls) call()
  }
  const arm = () => {
    if (unstored >= limit) return
    if (batch.readings >= FULL) flush()
    else timer ??= time.after(OLD, flushWhenFree)
  }
  const flushWhenFree = () => {
    timer = null
    if (unstored < limit) flush()
  }

  return {
    get readings() {
      return readings
    },
    get unstored() {
      return unstored
    },
    get held() {
      return unstored >= limit
    },
    take(slot, now, partial) {
      const { values, widths, counters, nos, errand, cycle } = slot
      const at = time.wall()
      const before = batch.readings
      for (let i = 0; i < values.length; i++) {
        const raw = values[i] ?? Number.NaN
        // Of a partial answer nobody can tell "has none" from "was not answered": the point goes stale instead of empty.
        if (partial && Number.isNaN(raw)) continue
        const width = widths[i]
        if (width === 0 || counters === null || Number.isNaN(raw)) {
          batch.reading(nos[i] ?? 0, raw, at)
          continue
        }
        const rate = sample(counters, i, width === 32 ? 32 : 64, raw, now, cycle)
        if (rate !== undefined) batch.reading(nos[i] ?? 0, rate * (errand.points[i]?.decode.scale ?? 1), at)
      }
      readings += batch.readings - before
    },
    report(device, status, duration, pdus, timeouts, lag) {
      batch.poll(device, time.wall(), duration, STATUS[status], pdus, timeouts, lag)
      arm()
    },
    say(device, why) {
      whys.set(device, why)
      arm()
    },
    after(call) {
      afterwards.push(call)
      arm()
    },
    stored() {
      unstored = Math.max(0, unstored - 1)
      if (unstored !== limit - 1) return
      if (batch.readings + batch.polls + whys.size + afterwards.length > 0) arm()
      released()
    },
    flush,
  }
}
