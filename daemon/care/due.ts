// When a plan's work is due: each time worked out from the first, on the site's clocks. Pure.
import type { Instant } from '../domain/call.ts'
import type { WorkOrder, WorkState } from '../domain/care.ts'
import type { Plan } from '../domain/care-sent.ts'
import { wallTime } from '../domain/words/time.ts'

type Rhythm = Pick<Plan, 'every' | 'first' | 'at'>

const DAY = 86_400_000

/** The instant at which clocks of the zone show this; where they leap over it, the same time after the leap. */
function instantAt(wall: number, zone: string): Instant {
  const away = (at: Instant): number => {
    const is = wallTime(at, zone)
    return Date.UTC(is.year, is.month - 1, is.day, is.hour, is.minute) - wall
  }
  const once = wall - away(wall)
  return once - away(once)
}

/** The `turn`-th time, from 0. */
export function dueAt({ every: { unit, n }, first, at }: Rhythm, turn: number, zone: string): Instant {
  const [year = 0, month = 1, day = 1] = first.split('-').map(Number)
  const [hour = 0, minute = 0] = at.split(':').map(Number)
  const steps = turn * n
  const months = unit === 'month' ? steps : unit === 'year' ? steps * 12 : 0
  const days = unit === 'day' ? steps : unit === 'week' ? steps * 7 : 0
  // The 31st is the last day of a shorter month, and the 31st again after it.
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return instantAt(Date.UTC(year, month - 1 + months, Math.min(day, last) + days, hour, minute), zone)
}

/** Turns of a plan that must have a work order by now, after the last that has one (null: none yet). */
export function turnsOwed(
  plan: Rhythm & Pick<Plan, 'lead' | 'since'>,
  last: number | null,
  now: Instant,
  zone: string,
): readonly { readonly turn: number; readonly at: Instant }[] {
  const owed: { turn: number; at: Instant }[] = []
  let turn = last === null ? firstSince(plan, zone) : last + 1
  for (;;) {
    const at = dueAt(plan, turn, zone)
    if (at - plan.lead * DAY > now) return owed
    owed.push({ turn, at })
    turn++
  }
}

/** The first time of which the day was not over when the plan was made. */
function firstSince(plan: Rhythm & Pick<Plan, 'since'>, zone: string): number {
  let turn = 0
  while (dueAt(plan, turn, zone) < plan.since - DAY) turn++
  return turn
}

/** Overdue a day after it was due. */
const GRACE = DAY

export function stateOfWork({ state, dueAt: due }: Pick<WorkOrder, 'state' | 'dueAt'>, now: Instant): WorkState {
  if (state !== 'open') return state
  return now < due ? 'planned' : now < due + GRACE ? 'due' : 'overdue'
}
