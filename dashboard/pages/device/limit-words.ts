// A point's limits as people read them: `≤ 30,0`, `207–253`, `≥ 50`.
import type { PointView } from '../../../daemon/stream/contract.ts'
import { limitsOf } from '../../parts/index.ts'
import { figure, measured } from '../../words/say.ts'

export function limitWords(point: PointView, withUnit = false): string {
  const { low, high } = limitsOf(point)
  if (point.quantity === 'state') return ''
  const shown = (value: number) => (withUnit ? measured(value, point.quantity) : figure(value, point.quantity).number)
  if (low !== null && high !== null) return `${figure(low, point.quantity).number}–${shown(high)}`
  if (high !== null) return `≤ ${shown(high)}`
  return low === null ? '' : `≥ ${shown(low)}`
}

/** Where an alarm at the limit clears again. */
export function clearWords(point: PointView): string {
  const limits = point.alarmLimits
  if (limits === null) return ''
  const parts = [
    limits.high === null ? null : measured(limits.high - limits.hysteresis, point.quantity),
    limits.low === null ? null : measured(limits.low + limits.hysteresis, point.quantity),
  ]
  return parts.filter(part => part !== null).join(' / ')
}
