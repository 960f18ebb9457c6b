// How bad something is, as the page's class names; from states, alarms and limits. Pure.
import type { Alarm } from '../../daemon/domain/alarm.ts'
import type { Normal, State } from '../../daemon/domain/state.ts'
import type { PointView } from '../../daemon/stream/contract.ts'
import type { ShapeName } from './icons.tsx'

/** Class of pills, tiles, shapes. `work`: people at it. */
export type Tone = 'ok' | 'warn' | 'crit' | 'unknown' | 'work'

const RANK: Readonly<Record<Tone, number>> = { ok: 0, work: 1, unknown: 2, warn: 3, crit: 4 }
export const worse = (a: Tone, b: Tone): Tone => (RANK[b] > RANK[a] ? b : a)

const OF_NORMAL: Readonly<Record<Normal, Tone>> = { ok: 'ok', warning: 'warn', critical: 'crit', unknown: 'unknown', maintenance: 'work' }
export const toneOfNormal = (normal: Normal): Tone => OF_NORMAL[normal]

/** Of an alarm that is open. */
export const toneOfAlarm = (alarm: Pick<Alarm, 'severity'>): Tone =>
  alarm.severity === 'critical' ? 'crit' : alarm.severity === 'warning' ? 'warn' : 'unknown'

/** Shape of an alarm: outline once somebody has it, diamond when its cause is already counted. */
export function shapeOfAlarm(alarm: Pick<Alarm, 'severity' | 'acknowledged' | 'suppressed'>): ShapeName {
  if (alarm.suppressed) return 'suppressed'
  const tone = toneOfAlarm(alarm)
  if (tone === 'crit') return alarm.acknowledged === null ? 'crit' : 'crit-o'
  if (tone === 'warn') return alarm.acknowledged === null ? 'warn' : 'warn-o'
  return 'unknown'
}

export const shapeOf = (tone: Tone): ShapeName => (tone === 'work' ? 'spanner' : tone)

/** The limits that count for a point: those alarms go by, else the device's or profile's own warnings. */
export function limitsOf(point: Pick<PointView, 'alarmLimits' | 'limits'>): { readonly low: number | null; readonly high: number | null } {
  const own = {
    low: point.limits.lowWarning ?? point.limits.lowCritical ?? null,
    high: point.limits.highWarning ?? point.limits.highCritical ?? null,
  }
  return point.alarmLimits === null ? own : { low: point.alarmLimits.low ?? own.low, high: point.alarmLimits.high ?? own.high }
}

/** What a value means by its state or its limits alone, before any alarm. */
export function toneOfValue(value: number | null, point: Pick<PointView, 'alarmLimits' | 'limits' | 'states'>): Tone {
  if (value === null) return 'unknown'
  if (point.states !== null) {
    const state: State | undefined = point.states.find(one => one.value === value)
    return state === undefined ? 'unknown' : toneOfNormal(state.normal)
  }
  const { lowCritical, highCritical } = point.limits
  if ((highCritical !== undefined && value > highCritical) || (lowCritical !== undefined && value < lowCritical)) return 'crit'
  const { low, high } = limitsOf(point)
  return (high !== null && value > high) || (low !== null && value < low) ? 'warn' : 'ok'
}
