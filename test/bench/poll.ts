// Bench of the poller's own work: scheduling, rates, batching and handing over, with a collector that answers at once.
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Log } from '../../daemon/domain/call.ts'
import type { Collector } from '../../daemon/domain/collector.ts'
import { done } from '../../daemon/domain/outcome.ts'
import type { Point } from '../../daemon/domain/point.ts'
import { buffersOf } from '../../daemon/poll/batch.ts'
import { openEngine } from '../../daemon/poll/engine.ts'
import { openPoller } from '../../daemon/poll/poller.ts'
import { counter, point, target } from '../poll/devices.ts'
import { type Figure, main, median } from './run.ts'
import shelf from './shelf/snmp.ts'

const quiet: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => quiet }

/** A device's poll: sixteen gauges and four counters. */
const POINTS: readonly Point[] = Array.from({ length: 20 }, (_, i) => (i < 16 ? point(`p${i}`) : counter(`c${i}`)))
const nosOf = (no: number) => Uint32Array.from(POINTS, (_, i) => no * 20 + i)

/** Time that jumps to the next timer: the engine works without waiting. */
function jumpingTime() {
  let now = 1000
  const timers: { due: number; call: () => void }[] = []
  return {
    now: () => now,
    wall: () => now,
    random: Math.random,
    after(ms: number, call: () => void) {
      const timer = { due: now + ms, call }
      timers.push(timer)
      return () => {
        const place = timers.indexOf(timer)
        if (place >= 0) timers.splice(place, 1)
      }
    },
    async step() {
      const next = timers.reduce((first, timer) => (timer.due < first.due ? timer : first), { due: Number.POSITIVE_INFINITY, call: () => undefined })
      timers.splice(timers.indexOf(next), 1)
      now = Math.max(now, next.due)
      next.call()
      await new Promise(resolve => setImmediate(resolve))
    },
  }
}

/** CPU microseconds a poll of the engine alone, batches handed over as between threads. */
async function engineRound(devices: number, polls: number): Promise<number> {
  const time = jumpingTime()
  const collector = await shelf.open({ log: quiet, timeout: 1000, retries: 1, siteProfiles: null })
  let readings = 0
  const engine = openEngine({
    time,
    log: quiet,
    unstored: 4,
    open: () => Promise.resolve(done<Collector>(collector)),
    send(batch) {
      readings += structuredClone(batch, { transfer: buffersOf(batch) }).points.length
      engine.stored()
    },
    discovered: no => Promise.resolve(done(nosOf(no))),
    trouble: () => undefined,
  })
  for (let no = 0; no < devices; no++) engine.adopt(no, target('at-once'), { points: POINTS, nos: nosOf(no) })
  await sleep(50)
  while (engine.figures().polls < 3 * devices) for (let i = 0; i < 100; i++) await time.step()
  const from = engine.figures().polls
  const before = process.cpuUsage()
  while (engine.figures().polls < from + polls) for (let i = 0; i < 200; i++) await time.step()
  const { user, system } = process.cpuUsage(before)
  const polled = engine.figures().polls - from
  engine.close()
  if (readings < polled * 20) throw new Error(`${readings} readings of ${polled} polls`)
  return (user + system) / polled
}

/** The whole poller with its thread in real time: CPU of the process, part of one core. */
async function wholePoller(devices: number, seconds: number): Promise<{ share: number; micros: number }> {
  const poller = openPoller({
    log: quiet,
    clock: Date.now,
    options: { timeout: 1000, retries: 1, siteProfiles: null },
    collectors: fileURLToPath(new URL('./shelf/', import.meta.url)),
    onBatch: () => Promise.resolve(),
    onDiscovered: no => Promise.resolve(nosOf(no)),
    onTrouble: () => undefined,
  })
  for (let no = 0; no < devices; no++) poller.adopt(no, target('at-once'), { points: POINTS, nos: nosOf(no) })
  await sleep(5000)
  const from = poller.figures().polls
  const before = process.cpuUsage()
  await sleep(seconds * 1000)
  const { user, system } = process.cpuUsage(before)
  const { polls } = poller.figures()
  await poller.close()
  return { share: (user + system) / 10_000 / seconds, micros: (user + system) / (polls - from) }
}

const bench = {
  name: 'poll',
  async run(): Promise<readonly Figure[]> {
    const rounds: number[] = []
    for (let i = 0; i < 5; i++) rounds.push(await engineRound(5000, 100_000))
    const whole = await wholePoller(5000, 10)
    return [
      { name: 'scheduling, rates and batching, a poll of 20 points', value: median(rounds), unit: 'µs CPU', goal: 12 },
      { name: '5,000 devices each 10 s, whole poller with its thread', value: whole.share, unit: '% of a core' },
      { name: 'the same a poll', value: whole.micros, unit: 'µs CPU' },
    ]
  },
}

export default bench
await main(import.meta, bench)
