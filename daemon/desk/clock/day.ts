// What a calendar says about one date: exception before holiday before range before weekday.
import {
  type Block,
  type Calendar,
  type CalendarDay,
  type DateRange,
  type Exception,
  type Holiday,
  WEEKDAYS,
  type Week,
} from '../../domain/calendar.ts'

export interface DayRule {
  readonly kind: CalendarDay['kind']
  readonly blocks: readonly Block[]
  readonly holidays: readonly Holiday[]
  readonly exception: Exception | null
  readonly range: DateRange | null
  /** The weekday would have been worked: what was taken away is worth telling. */
  readonly usual: boolean
}

const NONE: readonly never[] = []

/** `weekday` as of `Date.getUTCDay()`. */
export function dayRules(calendar: Calendar): (date: string, weekday: number) => DayRule {
  const exceptions = new Map(calendar.exceptions.map(exception => [exception.date, exception]))
  const holidays = Map.groupBy(calendar.holidays, ({ date }) => date)
  const ranges = calendar.ranges.toSorted((one, other) => (one.from < other.from ? -1 : 1))
  const firstOf = (week: Week): readonly Block[] => week.monday ?? WEEKDAYS.map(day => week[day]).find(blocks => blocks !== undefined) ?? NONE

  return (date, weekday) => {
    const range = ranges.find(({ from, until }) => from <= date && date <= until) ?? null
    const week = range?.week ?? calendar.week
    const name = WEEKDAYS[weekday]
    const blocks = (name === undefined ? undefined : week[name]) ?? NONE
    const usual = blocks.length > 0
    const exception = exceptions.get(date) ?? null
    const off = holidays.get(date) ?? NONE
    const facts = { holidays: off, exception, range, usual }
    if (exception?.kind === 'closed') return { ...facts, kind: 'closed', blocks: NONE }
    if (exception?.kind === 'hours') return { ...facts, kind: 'special', blocks: exception.blocks }
    if (exception?.kind === 'open') {
      const own = exception.blocks ?? (usual ? blocks : firstOf(week))
      return { ...facts, kind: 'extra', blocks: own.length > 0 ? own : firstOf(calendar.week) }
    }
    if (off.length > 0) return { ...facts, kind: 'holiday', blocks: NONE }
    return { ...facts, kind: usual ? 'working' : 'free', blocks }
  }
}
