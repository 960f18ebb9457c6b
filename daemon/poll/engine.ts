// The poller itself: runs every device's errands when they are due and never lets one device delay another. No threads in here;
// time, collectors and what becomes of the readings are handed in.
import { whyOf } from '../domain/because.ts'
import type { Log } from '../domain/call.ts'
import type { Collector, Discovery, Target } from '../domain/collector.ts'
import type { Via } from '../domain/device.ts'
import { failed, type Outcome } from '../domain/outcome.ts'
import type { Batch } from '../domain/reading.ts'
import { openShare } from '../domain/share.ts'
import { sameWhy } from '../domain/why.ts'
import { openDelivery } from './deliver.ts'
import { compileSlots, makeDevice, type Polled, promptSlots, type Slot } from './device.ts'
import { makeLook } from './look.ts'
import type { DiscoveryReason, Figures, Known, News, PollAnswer, Trouble } from './messages.ts'
import { openRounds } from './rounds.ts'
import { openRunner } from './runner.ts'
import type { Time } from './time.ts'

export interface EngineOptions {
  readonly time: Time
  readonly log: Log
  /** Batches that may be on their way to the store. */
  readonly unstored: number
  readonly open: (via: Via) => Promise<Outcome<Collector>>
  readonly send: (batch: Batch, whys: readonly News[]) => void
  /** Registers what was found; gives the points' numbers. */
  readonly discovered: (device: number, discovery: Discovery, reason: DiscoveryReason) => Promise<Outcome<Uint32Array>>
  readonly trouble: (trouble: Trouble) => void
  /** Told which device's code runs on the thread now; null when none. */
  readonly running?: (device: number | null) => void
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

/** First polls after adoption are spread over this, ms, and a cadence's start after the one before it by half of it. */
const FIRST = 1000
/** A collector that could not be opened is tried again after this, ms. */
const REOPEN = 10_000
export function openEngine({ time, log, unstored, open, send, discovered, trouble, running = () => undefined }: EngineOptions): Engine {
  const devices = new Map<number, Polled>()
  const totals = { polls: 0, pdus: 0, timeouts: 0, late: 0, faults: 0, discoveries: 0 }
  let closed = false

  const share = openShare()
  const delivery = openDelivery({ time, limit: unstored, send, released: () => runner.tick() })

  const fault = (device: Polled, what: string, error: unknown) => {
    totals.faults++
    log.error({ device: device.no, error }, what)
    trouble({
      at: time.wall(),
      code: 'errand',
      device: device.no,
      why: { code: 'fault' },
      message: `${what}: ${error instanceof Error ? error.message : String(error)}`,
    })
  }

  const runner = openRunner({ time, log, delivery, totals, fault, running, rediscover: (device, reason) => rounds.ask(device, reason) })
  const { say } = runner

  const plan = (device: Polled, known: Known): boolean => {
    if (device.collector === null) return false
    const now = time.now()
    const before = device.slots
    let slots: Slot[]
    try {
      slots = compileSlots(device, device.collector, known, share)
    } catch (error) {
      fault(device, 'points could not be compiled; the device is looked at anew', error)
      return false
    }
    for (const old of before) {
      runner.remove(old)
      old.state = 'retired'
    }
    if (device.probe !== null) runner.remove(device.probe)
    device.probe = null
    device.parked = false
    device.slots = slots
    slots.forEach((slot, i) => {
      runner.ready(slot)
      const old = before.find(({ cadence }) => cadence === slot.cadence)
      slot.first = old === undefined || old.first
      runner.put(slot, old !== undefined && old.due > now ? old.due : now + FIRST * (slot.phase + i / 2))
    })
    for (const { left } of device.waiters) {
      left.clear()
      for (const slot of promptSlots(device)) {
        left.add(slot)
        runner.put(slot, now)
      }
    }
    return true
  }

  const look = makeLook({ time, log, discovered, trouble, delivery, plan, say, fault, count: () => totals.discoveries++ })
  const rounds = openRounds(time, log, look)

  const dismiss = (device: Polled) => {
    device.gone.abort('removed')
    device.dismissed = true
    devices.delete(device.no)
    rounds.forget(device)
    for (const slot of device.slots) runner.remove(slot)
    if (device.probe !== null) runner.remove(device.probe)
    for (const { answered } of device.waiters) answered(failed('cancelled', 'the device was removed'))
    for (const tell of device.look.waiting) tell(failed('cancelled', 'the device was removed'))
    device.collector?.leave?.(device.target)
  }

  const settleIn = (device: Polled, collector: Outcome<Collector>, known: Known | null) => {
    if (device.gone.signal.aborted || closed) return
    if (!collector.ok) {
      time.after(REOPEN, () => enter(device, known))
      // Tried again every so often, but told once.
      const why = whyOf(collector.failure)
      if (sameWhy(device.why, why)) return
      say(device, why)
      trouble({ at: time.wall(), code: 'collector', device: device.no, why, message: collector.failure.message })
      return
    }
    device.collector = collector.value
    if (known !== null && known.points.length > 0 && plan(device, known)) rounds.begin(device)
    else rounds.ask(device, 'new')
  }

  const enter = (device: Polled, known: Known | null) => {
    if (device.gone.signal.aborted || closed) return
    open(device.target.access.via).then(
      collector => settleIn(device, collector, known),
      (error: unknown) => {
        fault(device, 'the collector could not be opened', error)
        time.after(REOPEN, () => enter(device, known))
      },
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
      const first = device.parked && device.probe !== null ? [device.probe] : promptSlots(device)
      if (first.length === 0) return Promise.resolve(failed('busy', 'nothing is known of this device yet; it is being looked at'))
      return new Promise(answered => {
        device.waiters.push({ left: new Set(first), answered })
        for (const slot of first) if (!slot.running) runner.put(slot, time.now())
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
      pollsPerSecond: runner.window.perSecond(time.now()),
      lagP95: runner.window.lagP95(time.now()),
      readings: delivery.readings,
      devices: devices.size,
      silent: [...devices.values()].filter(device => device.why !== null && device.failures > 0).length,
      unstored: delivery.unstored,
    }),
    close() {
      closed = true
      runner.close()
      rounds.close()
      for (const device of [...devices.values()]) dismiss(device)
      delivery.flush()
    },
  }
}
