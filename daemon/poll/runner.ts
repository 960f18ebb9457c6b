// Runs errands when they are due: begins them, takes their results, leaves silent devices to a probe and notices when they are back.
import type { Log } from '../domain/call.ts'
import type { ErrandResult } from '../domain/collector.ts'
import { done } from '../domain/outcome.ts'
import { sameWhy, type Why } from '../domain/why.ts'
import type { Delivery } from './deliver.ts'
import { compileProbe, type Polled, promptSlots, replaceSlot, type Slot } from './device.ts'
import type { DiscoveryReason, PollAnswer } from './messages.ts'
import { forget } from './rates.ts'
import { backOff, missedSlots, nextSlot, openQueue, type Patience, slotAfterFirst } from './schedule.ts'
import type { Time } from './time.ts'
import { openWindow, type Window } from './window.ts'

export interface RunnerOptions {
  readonly time: Time
  readonly log: Log
  readonly delivery: Delivery
  readonly totals: Totals
  readonly fault: (device: Polled, what: string, error: unknown) => void
  readonly rediscover: (device: Polled, reason: DiscoveryReason) => void
  /** Told which device's code runs on the thread now; null when none. */
  readonly running: (device: number | null) => void
}

interface Totals {
  polls: number
  pdus: number
  timeouts: number
  late: number
  faults: number
  discoveries: number
}

export interface Runner {
  readonly window: Window
  /** Makes a new slot fit to be put in the queue. */
  ready(slot: Slot): Slot
  put(slot: Slot, due: number): void
  remove(slot: Slot): void
  /** Begins what is due; to be called when the store has caught up. */
  tick(): void
  /** What people are told about a device; repeated words are told once. */
  say(device: Polled, why: Why | null): void
  close(): void
}

/** Polls begun in one tick: after a stall or with thousands due at once the socket is not flooded (an answer of 20 values takes 1.3 KB of its buffer). */
const BURST = 128
/** Ticks lie at least this far apart, ms: waking threads and devices' hosts one by one costs more than a poll, and a tenth of a second is nothing in a cycle of 10 s. */
const TICK = 100
/** With more due than one burst takes, the next follows after so many ms. */
const NEXT_BURST = 20
/** An errand that has not ended after so many cycles, and at least so long, ms, never will. */
const HUNG_CYCLES = 3
const HUNG = 60_000

/** Silence is asked about every cycle with one packet. What trying again soon does not mend is left alone for longer each time. */
const PROBE: Patience = { first: 10_000, longest: 10_000 }
const BARRED: Patience = { first: 10_000, longest: 300_000 }
const SILENT: ReadonlySet<string> = new Set(['timeout', 'unreachable', 'refused'])

const FAULT: Why = { code: 'fault' }
const NEVER_ENDED: Why = { code: 'neverEnded' }
const PARTIAL: Why = { code: 'partial' }

export function openRunner({ time, log, delivery, totals, fault, rediscover, running }: RunnerOptions): Runner {
  const queue = openQueue<Slot>()
  const window = openWindow(time.now())
  let wakeAt = Number.POSITIVE_INFINITY
  let notBefore = Number.NEGATIVE_INFINITY
  let cancel: (() => void) | null = null
  let closed = false

  // ---- the clock ----

  const arm = () => {
    const due = queue.first()?.due
    if (closed || due === undefined || delivery.held || due >= wakeAt) return
    cancel?.()
    wakeAt = due
    const now = time.now()
    cancel = time.after(Math.max(0, due - now, notBefore - now), tick)
  }
  const put = (slot: Slot, due: number) => {
    queue.put(slot, due)
    if (due < wakeAt) arm()
  }
  const tick = () => {
    cancel?.()
    cancel = null
    wakeAt = Number.POSITIVE_INFINITY
    const now = time.now()
    let begun = 0
    for (; begun < BURST && !closed && !delivery.held; begun++) {
      const slot = queue.first()
      if (slot === undefined || slot.due > now) break
      if (slot.running) overrun(slot, now)
      else begin(slot, now)
    }
    notBefore = now + (begun === BURST ? NEXT_BURST : TICK)
    arm()
  }

  // ---- one poll ----

  const begin = (slot: Slot, now: number) => {
    const lag = now - slot.due
    totals.late += missedSlots(slot.due, now, slot.cycle)
    slot.running = true
    slot.startedAt = now
    slot.lag = lag
    window.add(now, lag)
    queue.put(slot, slot.cadence === 'probe' ? now + HUNG : (slot.first ? slotAfterFirst : nextSlot)(now, slot.phase, slot.cycle))
    slot.first = false
    slot.values.fill(Number.NaN)
    running(slot.device.no)
    try {
      slot.errand.run(slot.values, slot.finished)
      running(null)
    } catch (error) {
      fault(slot.device, 'an errand failed in an unforeseen way', error)
      running(null)
      finish(slot, { status: 'garbage', why: FAULT, pdus: 0, timeouts: 0, rediscover: null })
    }
  }

  /** Due again while still running: counted, shown, skipped to the next slot; given up when it will never end. */
  const overrun = (slot: Slot, now: number) => {
    if (now - slot.startedAt < Math.max(HUNG, HUNG_CYCLES * slot.cycle)) {
      totals.late++
      log.debug(
        { device: slot.device.no, cadence: slot.cadence, running: Math.round(now - slot.startedAt) },
        'a poll was still running when due again',
      )
      return put(slot, nextSlot(now, slot.phase, slot.cycle))
    }
    const { device } = slot
    queue.remove(slot)
    slot.state = 'abandoned'
    const fresh = replaceSlot(slot, slot.errand)
    if (slot.cadence === 'probe') device.probe = ready(fresh)
    else device.slots = device.slots.map(other => (other === slot ? ready(fresh) : other))
    fault(device, 'an errand never ended and was given up', `running for ${Math.round((now - slot.startedAt) / 1000)} s`)
    delivery.report(device.no, 'timeout', now - slot.startedAt, 0, 0, slot.lag)
    put(fresh, nextSlot(now, fresh.phase, fresh.cycle))
    settle(slot, false, { status: 'timeout', why: NEVER_ENDED })
  }

  const finish = (slot: Slot, { status, why, pdus, timeouts, rediscover: again }: ErrandResult) => {
    const { device } = slot
    if (slot.state === 'abandoned' || device.dismissed) return
    if (!slot.running) return fault(device, 'an errand ended twice', slot.cadence)
    const now = time.now()
    const answered = status === 'answered' || status === 'partial'
    slot.running = false
    totals.polls++
    totals.pdus += pdus
    totals.timeouts += timeouts
    if (again === 'reboot') for (const { counters } of device.slots) if (counters !== null) forget(counters)
    if (answered && slot.cadence !== 'probe') delivery.take(slot, now, status === 'partial')
    delivery.report(device.no, status, now - slot.startedAt, pdus, timeouts, slot.lag)
    if (again !== null) rediscover(device, again)

    if (answered) {
      device.answeredAt = now
      if (slot.cadence !== 'probe') device.failures = 0
      say(device, status === 'partial' ? (why ?? PARTIAL) : null)
      if (slot.cadence === 'probe') queue.remove(slot)
      if (device.parked) wake(device, now)
    } else {
      say(device, why ?? { code: 'failure', kind: status })
      // Another errand of the device was answered meanwhile: it is there, only this asking failed.
      if (device.parked || device.answeredAt < slot.startedAt) park(device, SILENT.has(status), now)
    }
    settle(slot, answered, { status, why })
  }

  const ready = (slot: Slot): Slot => {
    slot.finished = result => finish(slot, result)
    return slot
  }

  const say = (device: Polled, why: Why | null) => {
    if (sameWhy(device.why, why)) return
    device.why = why
    delivery.say(device.no, why)
  }

  // ---- silence and return ----

  const park = (device: Polled, silent: boolean, now: number) => {
    device.failures++
    device.parked = true
    for (const slot of device.slots) queue.remove(slot)
    try {
      device.probe ??= device.collector === null ? null : ready1(compileProbe(device, device.collector))
    } catch (error) {
      fault(device, 'a probe could not be compiled', error)
    }
    const wait = backOff(device.failures, silent ? PROBE : BARRED, time.random())
    if (device.probe === null) return wake(device, now + wait)
    if (!device.probe.running) put(device.probe, now + wait)
  }
  const ready1 = (slot: Slot | null): Slot | null => (slot === null ? null : ready(slot))

  /** It is back: everything is asked at once, then each in its own slot again. */
  const wake = (device: Polled, now: number) => {
    device.parked = false
    if (device.probe !== null && !device.probe.running) queue.remove(device.probe)
    for (const slot of device.slots) {
      slot.first = true
      put(slot, now)
    }
  }

  /** Tells those who wait for an immediate poll. */
  const settle = (slot: Slot, answered: boolean, answer: PollAnswer) => {
    if (slot.device.waiters.length === 0) return
    slot.device.waiters = slot.device.waiters.filter(({ left, answered: tell }) => {
      const mine = left.delete(slot)
      if (!mine && (answered || !slot.device.parked)) return true
      if (answered && slot.cadence === 'probe') for (const other of promptSlots(slot.device)) left.add(other)
      if (answered && left.size > 0) return true
      delivery.after(() => tell(done(answer)))
      return false
    })
  }

  return {
    window,
    ready,
    put,
    remove: slot => queue.remove(slot),
    tick,
    say,
    close() {
      closed = true
      cancel?.()
    },
  }
}
