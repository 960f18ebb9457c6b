// What a list from outside would change in a calendar, and the calendar with it taken over.
import type { Calendar, Holiday, ImportPreview } from '../../domain/calendar.ts'
import { readList } from './list.ts'

const yearOf = ({ date }: Holiday): number => Number(date.slice(0, 4))
/** Where it was decided is no change of the day. */
const alike = (one: Holiday, other: Holiday): boolean => one.name === other.name && one.kind === other.kind

/** Days of the region stay when a national list, which knows none, is read. */
const replaced = (calendar: Calendar, list: readonly Holiday[]): Holiday[] => {
  const years = new Set(list.map(yearOf))
  const regional = list.some(({ kind }) => kind === 'regional')
  return calendar.holidays.filter(day => years.has(yearOf(day)) && (regional || day.kind !== 'regional'))
}

export function previewImport(calendar: Calendar, text: string): ImportPreview {
  const { holidays, mistakes } = readList(text)
  const known = replaced(calendar, holidays)
  const news = holidays.filter(day => !known.some(one => one.date === day.date && alike(one, day)))
  const olds = known.filter(day => !holidays.some(one => one.date === day.date && alike(one, day)))
  const changed: { was: Holiday; is: Holiday }[] = []
  for (const is of news) {
    const was = olds.find(one => one.date === is.date && !changed.some(pair => pair.was === one))
    if (was !== undefined) changed.push({ was, is })
  }
  return {
    years: [...new Set(holidays.map(yearOf))].sort((one, other) => one - other),
    added: news.filter(day => !changed.some(({ is }) => is === day)),
    changed,
    removed: olds.filter(day => !changed.some(({ was }) => was === day)),
    same: holidays.length - news.length,
    mistakes,
  }
}

/** The calendar with the list's years replaced by it and known as official from then on. `source` where the list names none. */
export function withList(calendar: Calendar, text: string, source: string): Calendar {
  const { holidays } = readList(text)
  const gone = new Set(replaced(calendar, holidays))
  const years = [...new Set(holidays.map(yearOf))]
  const days = [
    ...calendar.holidays.filter(day => !gone.has(day) && !holidays.some(one => one.date === day.date && one.name === day.name)),
    ...holidays.map(day => ({ ...day, source: day.source === '' ? source : day.source })),
  ]
  return {
    ...calendar,
    holidays: days.sort((one, other) => (one.date < other.date ? -1 : 1)),
    years: [...calendar.years.filter(({ year }) => !years.includes(year)), ...years.map(year => ({ year, source }))].sort(
      (one, other) => one.year - other.year,
    ),
  }
}
