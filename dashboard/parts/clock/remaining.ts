// How much of a step's time is left at this moment: the daemon's figure, run on through today's working windows. Pure.
import type { Measured } from '../../../daemon/domain/clock.ts'

/** When the figures were reckoned, and the working windows of that day. */
export interface Reckoned {
  readonly clockAt: number
  readonly today: readonly { readonly from: number; readonly until: number }[]
}

type Running = Pick<Measured, 'state' | 'used' | 'remaining'>

/** Milliseconds of `from`…`until` that lie in the windows. */
function within(windows: Reckoned['today'], from: number, until: number): number {
  let sum = 0
  for (const one of windows) sum += Math.max(0, Math.min(one.until, until) - Math.max(one.from, from))
  return sum
}

/** Whether its time goes down at `now`: it runs, and somebody works. */
export const runs = ({ today }: Reckoned, { state }: Running, now: number): boolean =>
  state === 'running' && today.some(one => one.from <= now && now < one.until)

/** Working time left, ms; negative after the due instant; null without one. */
export const remainingAt = ({ today, clockAt }: Reckoned, step: Running, now: number): number | null =>
  step.remaining === null || step.state !== 'running' ? step.remaining : step.remaining - within(today, clockAt, now)

/** Working time used, ms. */
export const usedAt = ({ today, clockAt }: Reckoned, step: Running, now: number): number =>
  step.state === 'running' ? step.used + within(today, clockAt, now) : step.used

/** Part of the time that is used, 0 … 1; null where there is nothing to measure by. */
export function partUsed(reckoned: Reckoned, step: Running, now: number): number | null {
  const left = remainingAt(reckoned, step, now)
  if (left === null) return null
  const used = usedAt(reckoned, step, now)
  return used + left <= 0 ? 1 : Math.min(1, Math.max(0, used / (used + left)))
}

/** Whether its time has run out, also while nobody works: then nothing is left, and nothing has been used beyond it yet. */
export function isOver(reckoned: Reckoned, step: Running & Pick<Measured, 'verdict'>, now: number): boolean {
  const left = remainingAt(reckoned, step, now)
  return left !== null && (left < 0 || (left === 0 && step.verdict === 'breached'))
}

export type Urgency = 'fine' | 'soon' | 'late' | 'breached'

/** How pressing it is: breached past its end, late past its target, soon when a quarter or less is left. */
export function urgencyOf(reckoned: Reckoned, step: Pick<Measured, 'state' | 'used' | 'remaining' | 'verdict' | 'target'>, now: number): Urgency {
  const left = remainingAt(reckoned, step, now)
  if (step.verdict === 'breached' || (step.state === 'running' && left !== null && left < 0)) return 'breached'
  if (step.verdict === 'late' || (step.state === 'running' && step.target !== null && step.target < now)) return 'late'
  return step.state === 'running' && (partUsed(reckoned, step, now) ?? 0) >= 0.75 ? 'soon' : 'fine'
}

/** Class of a tone. */
export const toneOfUrgency = (urgency: Urgency): '' | 'warn' | 'crit' => (urgency === 'fine' ? '' : urgency === 'breached' ? 'crit' : 'warn')
