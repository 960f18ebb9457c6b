// What a cause still explains after its end: a UPS waits for steady mains, heat goes slowly, and each device is polled at its own time.
import type { Alarm } from '../domain/alarm.ts'
import type { Instant } from '../domain/call.ts'
import type { Meaning } from '../domain/state.ts'
import { type Explained, explain } from './cause.ts'
import { meaningOf, powerView, type World } from './power.ts'

/** Milliseconds. A rectifier wants its input good for 10 to 30 s before it takes the load back; a poll and some margin come on top. */
export const SETTLING = 60_000
/** Milliseconds. A changeover goes back when the mains have proved themselves, usually ten minutes; one that never does has a fault of its own. */
const CHANGED_OVER = 1_800_000

/** The load stands on another source than it should: that it goes back is a disturbance of its own, still to come. */
const ELSEWHERE: ReadonlySet<Meaning> = new Set(['sourceA', 'sourceB', 'running'])

const isSilence = ({ condition: { kind } }: Alarm): boolean => kind === 'down' || kind === 'stale'

/**
 * Keeps which causes that have ended still explain: for the settling time after their end, which is not before all that they had changed over
 * is back. A silence is over with its end: what still does not answer then has a reason of its own.
 */
export function openSettling() {
  /** Ended cause → when a genset was last seen running for it: standing by, it has no alarm that would tell. */
  const ran = new Map<number, Instant>()

  return (open: readonly Alarm[], ended: readonly Alarm[], world: World, now: Instant): readonly Alarm[] => {
    const keys = new Set(open.map(alarm => alarm.key))
    const isOver = (alarm: Alarm): boolean => alarm.clearedAt === null || alarm.suppressed || isSilence(alarm) || keys.has(alarm.key)
    const over = ended.filter(alarm => !isOver(alarm) && now >= (alarm.clearedAt ?? now) && now - (alarm.clearedAt ?? 0) < CHANGED_OVER + SETTLING)
    for (const cause of standInsFor(over, world)) ran.set(cause, now)
    const back = lastElsewhere([...open, ...ended], now)
    const settling = over.filter(({ id, clearedAt }) => {
      const end = clearedAt ?? now
      const settles = Math.max(end, back.get(id) ?? 0, ran.get(id) ?? 0)
      // A clock set back must not prolong it for ever.
      return now - Math.min(settles, end + CHANGED_OVER) < SETTLING
    })
    const ids = new Set(settling.map(alarm => alarm.id))
    for (const id of ran.keys()) if (!ids.has(id)) ran.delete(id)
    return settling
  }
}

/** Cause → until when an alarm has told that its load stands elsewhere. */
function lastElsewhere(alarms: readonly Alarm[], now: Instant): ReadonlyMap<number, Instant> {
  const back = new Map<number, Instant>()
  for (const alarm of alarms) {
    const meaning = meaningOf(alarm)
    if (alarm.cause === null || meaning === null || !ELSEWHERE.has(meaning)) continue
    back.set(alarm.cause, Math.max(back.get(alarm.cause) ?? 0, alarm.clearedAt ?? now))
  }
  return back
}

/** Failures of a supply that have ended and for which a genset is running still. */
function standInsFor(ended: readonly Alarm[], world: World): ReadonlySet<number> {
  const failures = ended.filter(alarm => meaningOf(alarm) === 'utilityFailed')
  const found = new Set<number>()
  if (failures.length === 0) return found
  const power = powerView(failures, world, () => false)
  for (const device of world.devices.values()) {
    if (device.kind !== 'genset' || !world.meanings(device.id).has('running')) continue
    const failure = power.failedUtility(device.id)
    if (failure !== null) found.add(failure.id)
  }
  return found
}

/** Open alarms that nothing open explains → the settling cause that does: the one they had, or the one they would have had. */
export function explainSettling(
  open: readonly Alarm[],
  settling: readonly Alarm[],
  found: ReadonlyMap<number, Explained>,
  world: World,
  now: Instant,
): ReadonlyMap<number, Explained> {
  const late = new Map<number, Explained>()
  // What says that the failure goes on, or says nothing, is not explained by its end.
  const loose = settling.length === 0 ? [] : open.filter(alarm => !found.has(alarm.id) && !isSilence(alarm) && meaningOf(alarm) !== 'utilityFailed')
  if (loose.length === 0) return late
  const byId = new Map(settling.map(alarm => [alarm.id, alarm]))
  const then = explain([...open, ...settling], { ...world, meanings: unaided(world) }, now)
  for (const alarm of loose) {
    for (const cause of [alarm.cause, then.get(alarm.id)?.cause ?? null]) {
      if (cause === null || !byId.has(cause) || leadsTo(cause, alarm.id)) continue
      late.set(alarm.id, { cause, suppressed: false })
      break
    }
  }
  return late

  function leadsTo(from: number, to: number): boolean {
    const seen = new Set<number>()
    for (let id: number | null = from; id !== null && !seen.has(id); id = causeOf(id)) {
      if (id === to) return true
      seen.add(id)
    }
    return false
  }
  function causeOf(id: number): number | null {
    return (found.get(id) ?? late.get(id))?.cause ?? byId.get(id)?.cause ?? null
  }
}

/** As it was at the worst of it, when no genset had taken over yet: going back to the mains interrupts the same devices. */
const unaided =
  (world: World): World['meanings'] =>
  device =>
    world.devices.get(device)?.kind === 'genset' ? new Set() : world.meanings(device)
