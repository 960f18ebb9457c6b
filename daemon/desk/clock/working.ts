// Working time of a calendar: how much of it lies between two instants, and which instant lies so much further on. Exact to the millisecond.
import { type Calendar, minuteOf } from '../../domain/calendar.ts'
import type { Instant } from '../../domain/call.ts'
import { dateOf, openZone, weekdayOf } from '../../domain/zone.ts'
import { type DayRule, dayRules } from './day.ts'

/** From `from` up to, not including, `until`. */
export interface Span {
  readonly from: Instant
  readonly until: Instant
}

export interface WorkingDay {
  /** Days since 1970-01-01. */
  readonly n: number
  readonly date: string
  readonly rule: DayRule
  /** When the clock runs, in order. */
  readonly open: readonly Span[]
  /** When requests are taken in; both ends included. Null: not on this day. */
  readonly intake: Span | null
  /** Milliseconds the clock runs; 0: no working day. */
  readonly total: number
  /** Its last working instant; of a day without work its local midnight. */
  readonly closes: Instant
  /** Before it, the day something begins on is its first day. Null: it never is. */
  readonly cutOff: Instant | null
}

export interface WorkingTime {
  readonly calendar: Calendar
  readonly version: number
  day(n: number): WorkingDay
  dayAt(at: Instant): WorkingDay
  /** When a local date begins. */
  midnight(n: number): Instant
  /** Milliseconds of working time from `a` to `b`; below zero when `b` is the earlier. */
  between(a: Instant, b: Instant): number
  /** The first instant that is `ms` of working time after `at`; `at` itself for 0. */
  addWorking(at: Instant, ms: number): Instant
  /** The last instant that is `ms` of working time before `at`; `at` itself for 0. */
  subtractWorking(at: Instant, ms: number): Instant
  /** The next instant the clock runs at: `at` itself inside working time. */
  nextWorking(at: Instant): Instant
  /** The next instant inside the intake window: when a request counts as received. */
  nextOpen(at: Instant): Instant
  /** The next working day after day `n`. */
  dayAfter(n: number): WorkingDay
  /** The first working day on or after day `n`. */
  dayFrom(n: number): WorkingDay
}

/** A week has a working day and every list in a calendar ends, so there always is a next one; beyond this many days it is a mistake in reckoning. */
const FURTHEST = 366 * 250

/** Compiles a calendar; keeps every day it has worked out, so it should be kept as long as the version is in use. */
export function workingTime(calendar: Calendar, version = 1): WorkingTime {
  const zone = openZone(calendar.timezone)
  const ruleOf = dayRules(calendar)
  const days = new Map<number, WorkingDay>()

  function make(n: number): WorkingDay {
    const date = dateOf(n)
    const rule = ruleOf(date, weekdayOf(n))
    const { blocks } = rule
    const first = blocks[0]
    const last = blocks.at(-1)
    const { dayOne } = calendar
    const cutOff = dayOne.rule === 'same' ? zone.at(n, minuteOf(dayOne.before)) : null
    if (first === undefined || last === undefined) return { n, date, rule, open: [], intake: null, total: 0, closes: zone.at(n, 0), cutOff }
    const spanOf = (from: string, until: string): Span => ({ from: zone.at(n, minuteOf(from)), until: zone.at(n, minuteOf(until)) })
    const run = calendar.breaksStopClock ? blocks : [{ from: first.from, until: last.until }]
    const open = run.map(({ from, until }) => spanOf(from, until)).filter(({ from, until }) => from < until)
    const whole = spanOf(first.from, last.until)
    const wish = calendar.intake === null ? whole : spanOf(calendar.intake.from, calendar.intake.until)
    const both = { from: Math.max(wish.from, whole.from), until: Math.min(wish.until, whole.until) }
    // Special hours quite outside the window are hours at which somebody is there: then they are the window.
    const intake = both.from < both.until ? both : whole
    return { n, date, rule, open, intake, total: open.reduce((sum, { from, until }) => sum + until - from, 0), closes: whole.until, cutOff }
  }
  function day(n: number): WorkingDay {
    let made = days.get(n)
    if (made === undefined) {
      made = make(n)
      days.set(n, made)
    }
    return made
  }
  const dayAt = (at: Instant) => day(zone.dayAt(at))

  function walk<T>(n: number, step: 1 | -1, found: (day: WorkingDay) => T | null): T {
    for (let i = 0; i < FURTHEST; i++) {
      const one = day(n + i * step)
      const is = one.total === 0 ? null : found(one)
      if (is !== null) return is
    }
    throw new RangeError(`${calendar.key}: no such working time within ${FURTHEST} days of ${dateOf(n)}`)
  }

  /** Working time of a day that lies before an instant. */
  const spent = ({ open }: WorkingDay, at: Instant): number => open.reduce((sum, { from, until }) => sum + Math.max(0, Math.min(at, until) - from), 0)

  function between(a: Instant, b: Instant): number {
    if (b < a) return 0 - between(b, a)
    const [first, last] = [dayAt(a), dayAt(b)]
    if (first.n === last.n) return spent(first, b) - spent(first, a)
    let sum = first.total - spent(first, a) + spent(last, b)
    for (let n = first.n + 1; n < last.n; n++) sum += day(n).total
    return sum
  }

  function addWorking(at: Instant, ms: number): Instant {
    if (ms < 0) return subtractWorking(at, -ms)
    if (ms === 0) return at
    let left = ms
    return walk(zone.dayAt(at), 1, ({ open }) => {
      for (const { from, until } of open) {
        const begin = Math.max(from, at)
        if (begin >= until) continue
        if (left <= until - begin) return begin + left
        left -= until - begin
      }
      return null
    })
  }

  function subtractWorking(at: Instant, ms: number): Instant {
    if (ms < 0) return addWorking(at, -ms)
    if (ms === 0) return at
    let left = ms
    return walk(zone.dayAt(at), -1, ({ open }) => {
      for (const { from, until } of open.toReversed()) {
        const end = Math.min(until, at)
        if (end <= from) continue
        if (left <= end - from) return end - left
        left -= end - from
      }
      return null
    })
  }

  return {
    calendar,
    version,
    day,
    dayAt,
    midnight: n => zone.at(n, 0),
    between,
    addWorking,
    subtractWorking,
    nextWorking: at =>
      walk(zone.dayAt(at), 1, ({ open }) => {
        for (const { from, until } of open) if (at < until) return Math.max(from, at)
        return null
      }),
    nextOpen: at => walk(zone.dayAt(at), 1, ({ intake }) => (intake !== null && at <= intake.until ? Math.max(intake.from, at) : null)),
    dayAfter: n => walk(n + 1, 1, one => one),
    dayFrom: n => walk(n, 1, one => one),
  }
}
