// Keeps the causes of open alarms: what explains them now, what did until lately, and a failed mains that no device says in words.
import type { Alarm } from '../domain/alarm.ts'
import type { Instant } from '../domain/call.ts'
import { type Explained, explain } from './cause.ts'
import type { Signal } from './judge.ts'
import { inferredFailures, meaningOf, powerView, type World } from './power.ts'
import { explainSettling } from './settling.ts'

/** Milliseconds in which a consequence outlives the end of its explanation: a cooling unit restarts, a server boots. */
const AFTERMATH = 300_000

const inferredKey = (utility: string): string => `power/${utility}/supply`

/**
 * Raises and ends alarms of public supplies that must have failed because every UPS on them runs on battery. Not while a failure that a device
 * told of has only just ended: then they are about to go back.
 */
export function inferSupplies(alarms: readonly Alarm[], settling: readonly Alarm[], world: World, at: Instant): readonly Signal[] {
  const inferred = inferredFailures(alarms, world.layout)
  const failed = alarms.filter(alarm => meaningOf(alarm) === 'utilityFailed')
  const justBack = settling.length === 0 ? null : powerView(settling, world, () => false).failures
  const signals: Signal[] = []
  for (const { id, kind } of world.layout.power) {
    if (kind !== 'utility') continue
    const key = inferredKey(id)
    const isOpen = failed.some(alarm => alarm.key === key)
    const shown = inferred.get(id)
    // Any device that says so itself is better evidence; one that came first stays until all evidence is gone.
    const others = failed.some(alarm => alarm.key !== key)
    const isBack = justBack?.get(id)?.some(alarm => alarm.key !== key) ?? false
    if (!isOpen && shown?.condition.kind === 'state' && !others && !isBack) {
      const { device, point, condition } = shown
      signals.push({ key, device, point, severity: 'critical', condition: { ...condition, meaning: 'utilityFailed' }, at })
    } else if (isOpen && shown === undefined && !others) signals.push({ key, device: null, point: null, severity: null, condition: null, at })
  }
  return signals
}

/**
 * What explains each open alarm at `now`; `settling`: causes that have ended and still explain. A measured consequence keeps its cause for the aftermath while that cause is open;
 * a silence does not, because what still does not answer when its path is back has a reason of its own.
 */
export function openCorrelation(aftermath = AFTERMATH) {
  const unexplainedSince = new Map<number, Instant>()
  return (alarms: readonly Alarm[], settling: readonly Alarm[], world: World, now: Instant): ReadonlyMap<number, Explained> => {
    const found = new Map(explain(alarms, world, now))
    const byId = new Map(alarms.map(alarm => [alarm.id, alarm]))
    for (const id of unexplainedSince.keys()) if (!byId.has(id) || found.has(id)) unexplainedSince.delete(id)
    for (const alarm of alarms) {
      const before = alarm.cause === null ? undefined : byId.get(alarm.cause)
      if (before === undefined || found.has(alarm.id) || isSilence(before) || isSilence(alarm)) continue
      const since = unexplainedSince.get(alarm.id) ?? now
      unexplainedSince.set(alarm.id, since)
      // A clock set back must not prolong it for ever.
      if (now - since < aftermath && now >= since && !leadsTo(before.id, alarm.id, found))
        found.set(alarm.id, { cause: before.id, suppressed: alarm.suppressed })
    }
    for (const [id, explained] of explainSettling(alarms, settling, found, world, now)) found.set(id, explained)
    return found
  }
}

const isSilence = (alarm: Alarm): boolean => alarm.condition.kind === 'down' || alarm.condition.kind === 'stale'

function leadsTo(from: number, to: number, found: ReadonlyMap<number, Explained>): boolean {
  for (let id: number | undefined = from; id !== undefined; id = found.get(id)?.cause) if (id === to) return true
  return false
}
