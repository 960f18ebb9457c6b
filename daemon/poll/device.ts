// A polled device as the poller's thread keeps it: its errands by cadence, each with its numbers, counters and place in the queue.
import type { Collector, Errand, ErrandResult, Target } from '../domain/collector.ts'
import type { Outcome } from '../domain/outcome.ts'
import { CADENCES, type Cadence, type Point } from '../domain/point.ts'
import type { Why } from '../domain/why.ts'
import type { DiscoveryReason, Known, PollAnswer } from './messages.ts'
import { type Counters, openCounters } from './rates.ts'
import { type Item, phaseOf } from './schedule.ts'

/** One errand of a device, run once a cycle. */
export interface Slot extends Item {
  readonly device: Polled
  /** `probe`: the one packet by which a silent device is asked whether it is back. */
  readonly cadence: Cadence | 'probe'
  /** Milliseconds. */
  readonly cycle: number
  readonly phase: number
  readonly errand: Errand
  /** Parallel to `errand.points`, as all below. */
  readonly nos: Uint32Array
  readonly values: Float64Array
  /** 0: a gauge; 32, 64: a growing counter. */
  readonly widths: Uint8Array
  readonly counters: Counters | null
  /** Made once, not for every poll. */
  finished: (result: ErrandResult) => void
  running: boolean
  /** Not polled since it was made or since the device came back. */
  first: boolean
  /** `retired`: a newer plan took its place, its last answer still counts. `abandoned`: it never ended; nothing it says counts. */
  state: 'live' | 'retired' | 'abandoned'
  startedAt: number
  lag: number
}

/** Where a device stands in the rounds of discovery. */
export interface Look extends Item {
  readonly device: Polled
  reason: DiscoveryReason
  running: boolean
  /** Asked for while one was running. */
  again: DiscoveryReason | null
  failures: number
  /** Looks in a row that ended half-way and would have lost points. */
  halves: number
  endedAt: number
  waiting: ((points: Outcome<number>) => void)[]
}

/** Somebody waiting for an immediate poll. */
interface Waiter {
  readonly left: Set<Slot>
  readonly answered: (answer: Outcome<PollAnswer>) => void
}

export interface Polled {
  readonly no: number
  readonly target: Target
  readonly gone: AbortController
  /** The same as a plain field: it is asked at every poll. */
  dismissed: boolean
  collector: Collector | null
  slots: readonly Slot[]
  probe: Slot | null
  look: Look
  /** It does not answer: only the probe is run. */
  parked: boolean
  failures: number
  answeredAt: number
  why: Why | null
  waiters: Waiter[]
}

export function makeDevice(no: number, target: Target): Polled {
  const device: Omit<Polled, 'look'> = {
    no,
    target,
    gone: new AbortController(),
    dismissed: false,
    collector: null,
    slots: [],
    probe: null,
    parked: false,
    failures: 0,
    answeredAt: Number.NEGATIVE_INFINITY,
    why: null,
    waiters: [],
  }
  const look = {
    due: 0,
    place: -1,
    reason: 'new' as const,
    running: false,
    again: null,
    failures: 0,
    halves: 0,
    endedAt: Number.NEGATIVE_INFINITY,
    waiting: [],
  }
  const polled = device as Polled
  polled.look = { ...look, device: polled }
  return polled
}

const ORDER: readonly Cadence[] = ['fast', 'normal', 'slow']

/** Compiles the errands of a device, one a cadence. Throws what `compile` throws: points the collector cannot have given. */
export function compileSlots(device: Polled, collector: Collector, known: Known, share: (point: Point) => Point): Slot[] {
  const numberOf = new Map<string, number>()
  known.points.forEach((point, i) => {
    const no = known.nos[i]
    if (no !== undefined) numberOf.set(point.key, no)
  })
  return ORDER.flatMap((cadence, salt) => {
    const points = known.points.filter(point => point.cadence === cadence).map(share)
    if (points.length === 0) return []
    const errand = collector.compile(device.target, points)
    const nos = Uint32Array.from(errand.points, point => numberOf.get(point.key) ?? 0)
    const slot = makeSlot(device, cadence, CADENCES[cadence] * 1000, phaseOf(device.no, salt), errand, nos)
    carryCounters(device, slot)
    return [slot]
  })
}

/** The cheapest question that shows a device is there: one point, no retries. */
export function compileProbe(device: Polled, collector: Collector): Slot | null {
  const points = device.slots[0]?.errand.points ?? []
  const point = points.find(isScalar) ?? points[0]
  if (point === undefined) return null
  const errand = collector.compile(device.target, [point], { retries: 0 })
  return makeSlot(device, 'probe', CADENCES.fast * 1000, phaseOf(device.no, 0), errand, new Uint32Array(errand.points.length))
}

const isScalar = (point: Point): boolean => point.decode.counter === null && point.source.endsWith('.0')

/** The same errand with buffers of its own, in place of one that never ended. */
export const replaceSlot = (slot: Slot, errand: Errand): Slot => makeSlot(slot.device, slot.cadence, slot.cycle, slot.phase, errand, slot.nos)

function makeSlot(device: Polled, cadence: Slot['cadence'], cycle: number, phase: number, errand: Errand, nos: Uint32Array): Slot {
  const widths = Uint8Array.from(errand.points, point => point.decode.counter ?? 0)
  return {
    device,
    cadence,
    cycle,
    phase,
    errand,
    nos,
    widths,
    values: new Float64Array(errand.points.length),
    counters: widths.some(width => width !== 0) ? openCounters(widths.length) : null,
    finished: () => undefined,
    running: false,
    first: true,
    state: 'live',
    startedAt: 0,
    lag: 0,
    due: 0,
    place: -1,
  }
}

/** A new plan goes on with the counters of the old one, so that looking anew leaves no gap in a rate. */
function carryCounters(device: Polled, slot: Slot): void {
  const { counters } = slot
  if (counters === null) return
  const old = new Map<number, readonly [Counters, number]>()
  for (const before of device.slots) {
    if (before.counters !== null) for (const [i, no] of before.nos.entries()) old.set(no, [before.counters, i])
  }
  for (const [i, no] of slot.nos.entries()) {
    const [from, j] = old.get(no) ?? []
    if (from === undefined || j === undefined) continue
    counters.last[i] = from.last[j] ?? Number.NaN
    counters.at[i] = from.at[j] ?? 0
    counters.rate[i] = from.rate[j] ?? Number.NaN
  }
}

/** What somebody who asks for an immediate poll waits for: not for capacities and package managers, when there is anything quicker. */
export function promptSlots({ slots }: Polled): readonly Slot[] {
  const prompt = slots.filter(({ cadence }) => cadence !== 'slow')
  return prompt.length > 0 ? prompt : slots
}
