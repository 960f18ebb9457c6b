// When a plan's work is due: each time worked out from the first, on the site's clocks. Pure.
import type { Instant } from '../domain/call.ts'
import type { HoursOwed, Meter, WorkOrder, WorkState } from '../domain/care.ts'
import type { Plan } from '../domain/care-sent.ts'
import { wallTime } from '../domain/words/time.ts'
import { reachedAt } from './meter.ts'

type Rhythm = Pick<Plan, 'every' | 'first' | 'at'>

const DAY = 86_400_000
/** Seconds. */
const HOUR = 3_600

/** The instant at which clocks of the zone show this; where they leap over it, the same time after the leap. */
export function instantAt(wall: number, zone: string): Instant {
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

type HoursPlan = Rhythm & Pick<Plan, 'since' | 'base'> & { readonly hours: NonNullable<Plan['hours']> }

/** By running hours and by the calendar, whichever comes first, from when it was last done. */
export interface HoursDue {
  readonly turn: number
  readonly at: Instant
  readonly by: 'calendar' | 'hours'
  readonly hours: HoursOwed
}

/** `last`: the newest of its work orders, which is over; null: there was none. */
export function dueByHours(plan: HoursPlan, last: Pick<WorkOrder, 'turn' | 'until' | 'hours'> | null, meter: Meter | null, zone: string): HoursDue {
  const { key, every } = plan.hours
  const turn = last === null ? firstSince(plan, zone) : (last.turn ?? 0) + 1
  const calendar = last?.until == null ? dueAt(plan, turn, zone) : dueAt({ ...plan, first: dayIn(last.until, zone) }, 1, zone)
  // Done while nobody could read it: from the first that was read.
  const base = last === null ? plan.base : (last.hours?.done ?? meter?.days[0]?.total ?? null)
  const hours: HoursOwed = { key, every, due: base === null ? null : base + every * HOUR, calendar, reachedAt: null, done: null }
  return { turn, ...foreseen(hours, plan, meter, zone) }
}

/** As its counter stands now: the due time of what is ahead moves with it, and what is reached is reached. */
export function foreseen(hours: HoursOwed, rhythm: Rhythm, meter: Meter | null, zone: string): Omit<HoursDue, 'turn'> {
  const reached = meter === null || hours.due === null ? null : reachedAt(meter, hours.due)
  if (hours.reachedAt !== null || reached === null || reached >= hours.calendar)
    return { at: Math.min(hours.reachedAt ?? hours.calendar, hours.calendar), by: hours.reachedAt === null ? 'calendar' : 'hours', hours }
  if (meter !== null && hours.due !== null && meter.total >= hours.due) return { at: reached, by: 'hours', hours: { ...hours, reachedAt: reached } }
  // What is ahead is known by the day only.
  return { at: Math.min(hours.calendar, dueAt({ ...rhythm, first: dayIn(reached, zone) }, 0, zone)), by: 'hours', hours }
}

/** `2026-11-20` on the site's clocks. */
export function dayIn(at: Instant, zone: string): string {
  const { year, month, day } = wallTime(at, zone)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
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
