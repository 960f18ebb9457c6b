// Standards in working days, weeks and months: which working days count, and at the end of which one the standard is over.
import type { Instant } from '../../domain/call.ts'
import { dateOf, numberOf } from '../../domain/zone.ts'
import type { Span, WorkingDay, WorkingTime } from './working.ts'

export interface Counted {
  /** End of the working day on which it is over. */
  readonly due: Instant
  readonly day: WorkingDay
  /** The first day that counts. */
  readonly first: WorkingDay
  /** Working days up to `day` that did not count, because the clock stood for half of them or more. */
  readonly lost: readonly WorkingDay[]
  /** Of weeks and months: where the period ends by the calendar on the wall. */
  readonly lands: string | null
}

/** The working day something begins on: what begins after hours, or on a free day, begins with the next working day. */
const dayOf = (time: WorkingTime, begin: Instant): WorkingDay => {
  const day = time.dayAt(begin)
  return day.total > 0 && begin <= day.closes ? day : time.dayAfter(day.n)
}

/** The day it begins on counts only where the calendar says so, and only before its cut-off. */
function firstDay(time: WorkingTime, begin: Instant): WorkingDay {
  const day = dayOf(time, begin)
  return day.cutOff !== null && begin < day.cutOff ? day : time.dayAfter(day.n)
}

/** Working time of a day in which the clock stood. `stops` in order. */
export function stoodIn(day: WorkingDay, stops: readonly Span[]): number {
  let sum = 0
  for (const stop of stops) {
    if (stop.from >= day.closes) break
    for (const { from, until } of day.open) if (stop.until > from) sum += Math.max(0, Math.min(until, stop.until) - Math.max(from, stop.from))
  }
  return sum
}

/**
 * The end of the `count`-th working day from `first` on. A working day counts whole or not at all: it does not when the clock stood for half of
 * its working time or more. And nothing falls due while the clock stands: a last day whose end comes in a stop is passed on to the next day that
 * counts. `stops` in order, without overlap.
 */
function countFrom(time: WorkingTime, first: WorkingDay, count: number, stops: readonly Span[]): Counted {
  const lost: WorkingDay[] = []
  let counted = 0
  for (let day = first; ; day = time.dayAfter(day.n)) {
    if (stops.length > 0 && stoodIn(day, stops) * 2 >= day.total) {
      lost.push(day)
      continue
    }
    counted++
    if (counted >= count && !stops.some(({ from, until }) => from < day.closes && day.closes <= until))
      return { due: day.closes, day, first, lost, lands: null }
  }
}

/** Where a count begins: at an instant, or with the end of a working day on which something before it was over. */
export type Begin = { readonly at: Instant } | { readonly after: WorkingDay }

export const countDays = (time: WorkingTime, begin: Begin, count: number, stops: readonly Span[]): Counted =>
  countFrom(time, 'after' in begin ? time.dayAfter(begin.after.n) : firstDay(time, begin.at), count, stops)

const LAST_OF_MONTH = (year: number, month: number): number => new Date(Date.UTC(year, month + 1, 0)).getUTCDate()

/** The same weekday so many weeks on, or the same day of the month so many months on (its last day where it is shorter). */
function periodEnd(date: string, count: number, unit: 'week' | 'month'): string {
  const n = numberOf(date)
  if (unit === 'week') return dateOf(n + Math.round(count * 7))
  const whole = Math.trunc(count)
  const at = new Date(`${date}T00:00:00Z`)
  const month = at.getUTCMonth() + whole
  const year = at.getUTCFullYear() + Math.floor(month / 12)
  const within = ((month % 12) + 12) % 12
  const day = Math.min(at.getUTCDate(), LAST_OF_MONTH(year, within))
  // Half a month is fifteen days; no document has it, but a file may.
  return dateOf(Date.UTC(year, within, day) / 86_400_000 + Math.round((count - whole) * 30))
}

/**
 * Weeks and months run from date to date. Where the last date is no working day, the period ends with the next one, as a term does in law
 * (Regulation (EEC) 1182/71 art. 3(4); Indonesian tax law likewise): nobody can do on a holiday what is due on it. What the clock stood is
 * given back in working days, by the same rule as for standards in days.
 */
export function countPeriod(time: WorkingTime, begin: Begin, count: number, unit: 'week' | 'month', stops: readonly Span[]): Counted {
  const start = 'after' in begin ? begin.after : dayOf(time, begin.at)
  const lands = periodEnd(start.date, count, unit)
  const last = time.dayFrom(numberOf(lands))
  let working = 0
  for (let n = start.n + 1; n <= last.n; n++) if (time.day(n).total > 0) working++
  return { ...countFrom(time, time.dayAfter(start.n), Math.max(1, working), stops), lands }
}

/** The end of the `count`-th working day, or of the period, with nothing standing in the way. */
export const addWorkingDays = (time: WorkingTime, at: Instant, count: number): Instant => countDays(time, { at }, count, []).due
export const addPeriod = (time: WorkingTime, at: Instant, count: number, unit: 'week' | 'month'): Instant =>
  countPeriod(time, { at }, count, unit, []).due
