// A year of a calendar, day by day, for its page and its print.
import type { CalendarDay, CalendarYear } from '../../domain/calendar.ts'
import { numberOf } from '../../domain/zone.ts'
import type { WorkingTime } from './working.ts'

export function calendarYear(time: WorkingTime, year: number): CalendarYear {
  const { calendar, version } = time
  const days: CalendarDay[] = []
  for (let n = numberOf(`${year}-01-01`); n < numberOf(`${year + 1}-01-01`); n++) {
    const { date, rule, total } = time.day(n)
    const notes = [
      ...(rule.exception === null ? [] : [rule.exception.reason]),
      ...rule.holidays.map(({ name }) => name),
      ...(rule.range === null || rule.blocks.length === 0 ? [] : [rule.range.name]),
    ]
    days.push({ date, kind: rule.kind, blocks: rule.blocks, notes, working: total })
  }
  const months = Array.from({ length: 12 }, (_, i) => {
    const own = days.filter(({ date }) => Number(date.slice(5, 7)) === i + 1)
    return { month: i + 1, workingDays: own.filter(({ working }) => working > 0).length, working: own.reduce((sum, { working }) => sum + working, 0) }
  })
  return { key: calendar.key, version, year, official: calendar.years.find(one => one.year === year) ?? null, days, months }
}
