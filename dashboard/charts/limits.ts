// What a chart shows beside its lines: the limits alarms go by, and moments worth a mark.
import type { Severity } from '../../daemon/domain/alarm.ts'
import type { PointView } from '../../daemon/stream/contract.ts'

export interface Limit {
  /** Canonical unit. */
  readonly value: number
  readonly side: 'low' | 'high'
  readonly severity: Exclude<Severity, 'unknown'>
  readonly label: string
}

export interface Mark {
  readonly at: number
  readonly label: string
  readonly severity: Severity | 'work'
}

/** Limits of a point, nearest first: those that alarms go by, then the device's own critical ones. `label` puts the figure in words. */
export function limitsOf(point: Pick<PointView, 'limits' | 'alarmLimits'>, label: (value: number) => string): readonly Limit[] {
  const found: Limit[] = []
  const add = (value: number | null | undefined, side: Limit['side'], severity: Limit['severity']) => {
    if (value != null && !found.some(limit => limit.value === value && limit.side === side))
      found.push({ value, side, severity, label: label(value) })
  }
  add(point.alarmLimits?.high ?? point.limits.highWarning, 'high', 'warning')
  add(point.alarmLimits?.low ?? point.limits.lowWarning, 'low', 'warning')
  add(point.limits.highCritical, 'high', 'critical')
  add(point.limits.lowCritical, 'low', 'critical')
  return found
}
