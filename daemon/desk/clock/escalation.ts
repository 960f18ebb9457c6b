// When the next level is told: so much working time before a deadline, at it, or after it. Never in the night.
import type { Instant } from '../../domain/call.ts'
import type { TicketClock } from '../../domain/clock.ts'
import { isTime, millisecondsOf } from './standard.ts'
import type { WorkingTime } from './working.ts'

/** `amount` below zero: before the deadline. Days are working days: the same time of day, so many working days away. */
export interface EscalationRule {
  readonly key: string
  /** Of which clock: the step under way, or the whole ticket. */
  readonly of: 'step' | 'whole'
  readonly amount: number
  readonly unit: 'minute' | 'hour' | 'workday'
  /** The chair that is told. */
  readonly to: string
}

export interface Escalation {
  readonly rule: string
  /** Null: the whole ticket. */
  readonly step: string | null
  readonly to: string
  readonly before: boolean
  readonly at: Instant
}

/** The instant `amount` away from a deadline, inside working time. */
export function offset(time: WorkingTime, due: Instant, amount: number, unit: EscalationRule['unit']): Instant {
  const day = time.dayAt(due)
  // A deadline that was agreed on may lie anywhere; it is told of when somebody works.
  const inside = day.open.some(({ from, until }) => from <= due && due <= until) ? due : time.nextWorking(due)
  if (amount === 0) return inside
  if (isTime(unit)) return time.addWorking(inside, millisecondsOf(amount, unit))
  const step = amount < 0 ? -1 : 1
  let n = time.dayAt(inside).n
  for (let left = Math.abs(Math.round(amount)); left > 0; left--) {
    n += step
    while (time.day(n).total === 0) n += step
  }
  const there = time.day(n)
  // The same share of the day, in working time: hours may differ on that day.
  const spent = time.between(time.day(time.dayAt(inside).n).open[0]?.from ?? inside, inside)
  const opens = there.open[0]?.from ?? inside
  return spent === 0 ? opens : time.addWorking(opens, Math.min(spent, there.total))
}

/** All instants of the clocks that run, in order. A clock that stands, waits or is done tells nobody. */
export function escalations(time: WorkingTime, clock: TicketClock, rules: readonly EscalationRule[]): Escalation[] {
  const { whole, agreed } = clock
  return rules
    .flatMap(({ key, of, amount, unit, to }): Escalation[] => {
      const make = (step: string | null, due: Instant): Escalation => ({
        rule: key,
        step,
        to,
        before: amount < 0,
        at: offset(time, due, amount, unit),
      })
      if (of === 'step') return clock.steps.flatMap(({ key: step, state, due }) => (state === 'running' && due !== null ? [make(step, due)] : []))
      const due = agreed?.due ?? whole.due
      return whole.state === 'running' && due !== null ? [make(null, due)] : []
    })
    .sort((one, other) => one.at - other.at)
}
