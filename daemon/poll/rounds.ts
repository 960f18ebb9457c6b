// Rounds of discovery: who is looked at anew and when. Few at once, and those that failed wait in a lane of their own, so that silent
// devices do not hold up new ones.
import type { Log } from '../domain/call.ts'
import type { Look, Polled } from './device.ts'
import type { DiscoveryReason } from './messages.ts'
import { backOff, openQueue, type Patience, phaseOf } from './schedule.ts'
import type { Time } from './time.ts'

/** Devices looked at at the same time, in each of the two lanes. */
const WIDTH = 8
const DAY = 86_400_000

/** Milliseconds that must lie between two looks at a device for these reasons: a flapping table must not keep it busy. */
const REST: Readonly<Record<DiscoveryReason, number>> = {
  new: 0,
  asked: 0,
  daily: 0,
  reboot: 60_000,
  tableChanged: 600_000,
  vanished: 600_000,
  profiles: 10_000,
}

/** Without points the look is the device's only poll, so it comes back soon; with points it is not urgent. */
const WITHOUT_POINTS: Patience = { first: 10_000, longest: 60_000 }
const WITH_POINTS: Patience = { first: 60_000, longest: 3_600_000 }

export interface Rounds {
  ask(device: Polled, reason: DiscoveryReason): void
  /** The first daily look of a device whose points are known already: somewhere in the coming day. */
  begin(device: Polled): void
  forget(device: Polled): void
  close(): void
}

/** `look` looks at one device, never rejects, and says whether it went well. */
export function openRounds(time: Time, log: Log, look: (device: Polled, reason: DiscoveryReason) => Promise<boolean>): Rounds {
  const lanes = { fresh: { queue: openQueue<Look>(), running: 0 }, suspect: { queue: openQueue<Look>(), running: 0 } }
  let timer: (() => void) | null = null
  let closed = false

  const laneOf = (item: Look) => (item.failures === 0 ? lanes.fresh : lanes.suspect)

  const put = (item: Look, reason: DiscoveryReason, due: number) => {
    const { queue } = laneOf(item)
    if (item.place >= 0 && item.due <= due) return
    item.reason = reason
    queue.put(item, due)
    arm()
  }

  const arm = () => {
    timer?.()
    timer = null
    const dues = Object.values(lanes)
      .filter(lane => lane.running < WIDTH)
      .map(lane => lane.queue.first()?.due ?? Number.POSITIVE_INFINITY)
    const due = Math.min(...dues)
    // Node's timers overflow beyond 2^31 ms; an hour is as good.
    if (!closed && due !== Number.POSITIVE_INFINITY) timer = time.after(Math.min(3_600_000, Math.max(0, due - time.now())), start)
  }

  const start = () => {
    for (const lane of Object.values(lanes)) {
      for (let item = lane.queue.first(); item !== undefined && item.due <= time.now() && lane.running < WIDTH; item = lane.queue.first()) {
        lane.queue.remove(item)
        begin(item, lane)
      }
    }
    arm()
  }

  const begin = (item: Look, lane: { running: number }) => {
    lane.running++
    item.running = true
    const ended = (well: boolean) => {
      lane.running--
      item.running = false
      item.endedAt = time.now()
      item.failures = well ? 0 : item.failures + 1
      if (closed || item.device.gone.signal.aborted) return arm()
      const { again } = item
      item.again = null
      if (!well)
        put(item, item.reason, time.now() + backOff(item.failures, item.device.slots.length > 0 ? WITH_POINTS : WITHOUT_POINTS, time.random()))
      else put(item, 'daily', time.now() + DAY)
      if (again !== null) ask(item.device, again)
      arm()
    }
    look(item.device, item.reason).then(ended, (error: unknown) => {
      log.error({ device: item.device.no, error }, 'a round of discovery failed in an unforeseen way')
      ended(false)
    })
  }

  const ask = (device: Polled, reason: DiscoveryReason) => {
    const item = device.look
    if (item.running) {
      item.again = reason
      return
    }
    if (reason === 'asked' || reason === 'new') {
      laneOf(item).queue.remove(item)
      item.failures = 0
    }
    put(item, reason, Math.max(time.now(), item.endedAt + REST[reason]))
  }

  return {
    ask,
    begin: device => put(device.look, 'daily', time.now() + DAY * (0.25 + 0.75 * phaseOf(device.no, 3))),
    forget: device => laneOf(device.look).queue.remove(device.look),
    close() {
      closed = true
      timer?.()
    },
  }
}
