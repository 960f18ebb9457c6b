// The poller's engine in a room of its own for tests: a turned clock, devices that behave as told, a store that remembers.
import type { Collector } from '../../daemon/domain/collector.ts'
import { done } from '../../daemon/domain/outcome.ts'
import type { Point } from '../../daemon/domain/point.ts'
import { type Batch, POLL_STATUS } from '../../daemon/domain/reading.ts'
import type { Why } from '../../daemon/domain/why.ts'
import { openEngine } from '../../daemon/poll/engine.ts'
import type { News, Trouble } from '../../daemon/poll/messages.ts'
import { type TurnedClock, turnedClock } from './clock.ts'
import { type FakeOptions, fakeCollector, TWENTY } from './devices.ts'

export const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => log }

export interface Report {
  readonly device: number
  readonly at: number
  readonly status: string
  readonly pdus: number
  readonly lag: number
}

/** An engine with its store: batches are stored after `storing` ms. */
export function room(
  fake: Partial<FakeOptions> = {},
  { storing = 0, unstored = 4, clock = turnedClock() }: { storing?: number; unstored?: number; clock?: TurnedClock } = {},
) {
  const collector = fakeCollector({ after: (ms, call) => void clock.after(ms, call), ...fake })
  const batches: Batch[] = []
  const reports: Report[] = []
  const whys = new Map<number, Why | null>()
  const troubles: Trouble[] = []
  const looks: string[] = []
  let longest = 0
  const engine = openEngine({
    time: clock,
    log,
    unstored,
    open: () => Promise.resolve(done<Collector>(collector)),
    send(batch: Batch, changes: readonly News[]) {
      batches.push(batch)
      longest = Math.max(longest, batch.points.length)
      for (const [device, why] of changes) whys.set(device, why)
      batch.polls.devices.forEach((device, i) => {
        const { at, status, pdus, lag } = batch.polls
        reports.push({ device, at: at[i] ?? 0, status: POLL_STATUS[status[i] ?? 0] ?? '', pdus: pdus[i] ?? 0, lag: lag[i] ?? 0 })
      })
      clock.after(storing, () => engine.stored())
    },
    discovered(no, discovery, reason) {
      looks.push(`${no} ${reason}`)
      return Promise.resolve(done(nosOf(no, discovery.points)))
    },
    trouble: told => troubles.push(told),
  })
  return { clock, engine, collector, batches, reports, whys, troubles, looks, longest: () => longest }
}

export const nosOf = (no: number, points: readonly Point[] = TWENTY) => Uint32Array.from(points, (_, i) => no * 100 + i)
export const of = (reports: readonly Report[], device: number) => reports.filter(report => report.device === device)
export const gaps = (times: readonly number[]) => times.slice(1).map((at, i) => at - (times[i] ?? 0))
