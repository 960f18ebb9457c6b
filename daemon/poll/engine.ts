// The poller itself: runs every device's errands when they are due and never lets one device delay another. No threads in here;
// time, collectors and what becomes of the readings are handed in.
import type { Log } from '../domain/call.ts'
import type { Collector, Discovery, ErrandResult, Target } from '../domain/collector.ts'
import type { Via } from '../domain/device.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { Batch } from '../domain/reading.ts'
import { openDelivery } from './deliver.ts'
import { compileProbe, compileSlots, makeDevice, type Polled, replaceSlot, type Slot } from './device.ts'
import { makeLook } from './look.ts'
import type { DiscoveryReason, Figures, Known, PollAnswer, Trouble, Why } from './messages.ts'
import { forget } from './rates.ts'
import { openRounds } from './rounds.ts'
import { backOff, missedSlots, nextSlot, openQueue, type Patience, slotAfterFirst } from './schedule.ts'
import type { Time } from './time.ts'
import { openWindow } from './window.ts'

export interface EngineOptions {
  readonly time: Time
  readonly log: Log
  /** Batches that may be on their way to the store. */
  readonly unstored: number
  readonly open: (via: Via) => Promise<Outcome<Collector>>
  readonly send: (batch: Batch, whys: readonly Why[]) => void
  /** Registers what was found; gives the points' numbers. */
  readonly discovered: (device: number, discovery: Discovery, reason: DiscoveryReason) => Promise<Outcome<Uint32Array>>
  readonly trouble: (trouble: Trouble) => void
}

export interface Engine {
  adopt(no: number, target: Target, known: Known | null): void
  remove(no: number): void
  /** Resolves when what was read is on its way to the store. */
  pollNow(no: number): Promise<Outcome<PollAnswer>>
  rediscover(no: number): Promise<Outcome<number>>
  /** The store has one batch more. */
  stored(): void
  figures(): Omit<Figures, 'collectors'>
  close(): void
}

/** Polls begun in one tick: after a stall or with thousands due at once the socket is not flooded (an answer of 20 values takes 1.3 KB of its buffer). */
const BURST = 128
/** Ticks lie at least this far apart, ms: waking the thread costs more than a poll, and 20 ms are nothing in a cycle of 10 s. */
const TICK = 20
/** First polls after adoption are spread over this, ms, and a cadence's start after the one before it by half of it. */
const FIRST = 1000
/** A collector that could not be opened is tried again after this, ms. */
const REOPEN = 10_000
/** An errand that has not ended after so many cycles, and at least so long, ms, never will. */
const HUNG_CYCLES = 3
const HUNG = 60_000

/** Silence is asked about every cycle with one packet. What trying again soon does not mend is left alone for longer each time. */
const PROBE: Patience = { first: 10_000, longest: 10_000 }
const BARRED: Patience = { first: 10_000, longest: 300_000 }
const SILENT: ReadonlySet<string> = new Set(['timeout', 'unreachable', 'refused'])

export function openEngine({ time, log, unstored, open, send, discovered, trouble }: EngineOptions): Engine {
  const devices = new Map<number, Polled>()
  const queue = openQueue<Slot>()
  const window = openWindow(time.now())
  const totals = { polls: 0, pdus: 0, timeouts: 0, late: 0, faults: 0, discoveries: 0 }
  let wakeAt = Number.POSITIVE_INFINITY
  let ticked = Number.NEGATIVE_INFINITY
  let cancel: (() => void) | null = null
  let closed = false

  const delivery = openDelivery({ time, limit: unstored, send, released: () => tick() })

  const fault = (device: Polled, what: string, error: unknown) => {
    totals.faults++
    log.error({ device: device.no, error }, what)
    trouble({ at: time.wall(), code: 'errand', device: device.no, message: `${what}: ${error instanceof Error ? error.message : String(error)}` })
  }

  // ---- the clock ----

  const arm = () => {
    const due = queue.first()?.due
    if (closed || due === undefined || delivery.held || due >= wakeAt) return
    cancel?.()
    wakeAt = due
    const now = time.now()
    cancel = time.after(Math.max(0, due - now, ticked + TICK - now), tick)
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
    ticked = now
    for (let begun = 0; begun < BURST && !closed && !delivery.held; begun++) {
      const slot = queue.first()
      if (slot === undefined || slot.due > now) break
      if (slot.running) overrun(slot, now)
      else begin(slot, now)
    }
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
    try {
      slot.errand.run(slot.values, slot.finished)
    } catch (error) {
      fault(slot.device, 'an errand failed in an unforeseen way', error)
      finish(slot, { status: 'garbage', message: 'internal fault while asking; see the log', pdus: 0, timeouts: 0, rediscover: null })
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
    settle(slot, false, { status: 'timeout', message: 'the poll never ended' })
  }

  const finish = (slot: Slot, { status, message, pdus, timeouts, rediscover }: ErrandResult) => {
    const { device } = slot
    if (slot.state === 'abandoned' || device.gone.signal.aborted) return
    if (!slot.running) return fault(device, 'an errand ended twice', slot.cadence)
    const now = time.now()
    const answered = status === 'answered' || status === 'partial'
    slot.running = false
    totals.polls++
    totals.pdus += pdus
    totals.timeouts += timeouts
    if (rediscover === 'reboot') for (const { counters } of device.slots) if (counters !== null) forget(counters)
    if (answered && slot.cadence !== 'probe') delivery.take(slot, now, status === 'partial')
    delivery.report(device.no, status, now - slot.startedAt, pdus, timeouts, slot.lag)
    if (rediscover !== null) rounds.ask(device, rediscover)

    if (answered) {
      device.answeredAt = now
      if (slot.cadence !== 'probe') device.failures = 0
      say(device, status === 'partial' ? (message ?? 'only a part was answered') : null)
      if (slot.cadence === 'probe') queue.remove(slot)
      if (device.parked) wake(device, now)
    } else {
      say(device, message ?? status)
      // Another errand of the device was answered meanwhile: it is there, only this asking failed.
      if (device.parked || device.answeredAt < slot.startedAt) park(device, SILENT.has(status), now)
    }
    settle(slot, answered, { status, message })
  }

  const ready = (slot: Slot): Slot => {
    slot.finished = result => finish(slot, result)
    return slot
  }

  const say = (device: Polled, why: string | null) => {
    if (device.why === why) return
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
      if (answered && slot.cadence === 'probe') for (const other of slot.device.slots) left.add(other)
      if (answered && left.size > 0) return true
      delivery.after(() => tell(done(answer)))
      return false
    })
  }

  // ---- plans ----

  const plan = (device: Polled, known: Known): boolean => {
    if (device.collector === null) return false
    const now = time.now()
    const before = device.slots
    let slots: Slot[]
    try {
      slots = compileSlots(device, device.collector, known)
    } catch (error) {
      fault(device, 'points could not be compiled; the device is looked at anew', error)
      return false
    }
    for (const old of before) {
      queue.remove(old)
      old.state = 'retired'
    }
    if (device.probe !== null) queue.remove(device.probe)
    device.probe = null
    device.parked = false
    device.slots = slots
    slots.forEach((slot, i) => {
      ready(slot)
      const old = before.find(({ cadence }) => cadence === slot.cadence)
      slot.first = old === undefined || old.first
      put(slot, old !== undefined && old.due > now ? old.due : now + FIRST * (slot.phase + i / 2))
    })
    for (const { left } of device.waiters) {
      left.clear()
      for (const slot of slots) {
        left.add(slot)
        put(slot, now)
      }
    }
    return true
  }

  const look = makeLook({ time, log, discovered, trouble, delivery, plan, say, fault, count: () => totals.discoveries++ })
  const rounds = openRounds(time, log, look)

  const dismiss = (device: Polled) => {
    device.gone.abort('removed')
    devices.delete(device.no)
    rounds.forget(device)
    for (const slot of device.slots) queue.remove(slot)
    if (device.probe !== null) queue.remove(device.probe)
    for (const { answered } of device.waiters) answered(failed('cancelled', 'the device was removed'))
    for (const tell of device.look.waiting) tell(failed('cancelled', 'the device was removed'))
  }

  const settleIn = (device: Polled, collector: Outcome<Collector>, known: Known | null) => {
    if (device.gone.signal.aborted || closed) return
    if (!collector.ok) {
      say(device, collector.failure.message)
      time.after(REOPEN, () => enter(device, known))
      return trouble({ at: time.wall(), code: 'collector', device: device.no, message: collector.failure.message })
    }
    device.collector = collector.value
    if (known !== null && known.points.length > 0 && plan(device, known)) rounds.begin(device)
    else rounds.ask(device, 'new')
  }

  const enter = (device: Polled, known: Known | null) => {
    if (device.gone.signal.aborted || closed) return
    open(device.target.access.via).then(
      collector => settleIn(device, collector, known),
      (error: unknown) => fault(device, 'the collector could not be opened', error),
    )
  }

  const unknown = (no: number) => failed('notFound', `device ${no} is not polled`)

  return {
    adopt(no, target, known) {
      const before = devices.get(no)
      if (before !== undefined) dismiss(before)
      const device = makeDevice(no, target)
      devices.set(no, device)
      enter(device, known)
    },
    remove(no) {
      const device = devices.get(no)
      if (device !== undefined) dismiss(device)
    },
    pollNow(no) {
      const device = devices.get(no)
      if (device === undefined) return Promise.resolve(unknown(no))
      const first = device.parked && device.probe !== null ? [device.probe] : device.slots
      if (first.length === 0) return Promise.resolve(failed('busy', 'nothing is known of this device yet; it is being looked at'))
      return new Promise(answered => {
        device.waiters.push({ left: new Set(first), answered })
        for (const slot of first) if (!slot.running) put(slot, time.now())
      })
    },
    rediscover(no) {
      const device = devices.get(no)
      if (device === undefined) return Promise.resolve(unknown(no))
      return new Promise(points => {
        device.look.waiting.push(points)
        rounds.ask(device, 'asked')
      })
    },
    stored: delivery.stored,
    figures: () => ({
      ...totals,
      pollsPerSecond: window.perSecond(time.now()),
      lagP95: window.lagP95(time.now()),
      readings: delivery.readings,
      devices: devices.size,
      silent: [...devices.values()].filter(device => device.why !== null && device.failures > 0).length,
      unstored: delivery.unstored,
    }),
    close() {
      closed = true
      cancel?.()
      rounds.close()
      for (const device of [...devices.values()]) dismiss(device)
      delivery.flush()
    },
  }
}
