// The calendars that come with Suar: a file each, holidays in lists of their own that several calendars share.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Calendar, CalendarFields, type Holiday, type OfficialYear } from '../../domain/calendar.ts'
import { readDocument, sayMistake } from '../../domain/document.ts'
import { done, failed, type Outcome } from '../../domain/outcome.ts'

const Names = z.record(z.string(), z.string().min(1))
const List = z.strictObject({
  year: z.int(),
  source: z.string().min(1),
  national: Names.default({}),
  'joint-leave': Names.default({}),
  regional: Names.default({}),
})

/** In a file `holidays` names lists of the folder `holidays`. */
const Source = CalendarFields.extend({ holidays: z.array(z.string()).default([]) })

const files = (folder: string): string[] =>
  readdirSync(folder)
    .filter(name => name.endsWith('.yaml'))
    .sort()

/** `invalid` names file, line and remedy of the first mistake. */
export function readCalendars(folder: string = import.meta.dirname): Outcome<Calendar[]> {
  const lists = new Map<string, { readonly days: readonly Holiday[]; readonly year: OfficialYear }>()
  for (const name of files(join(folder, 'holidays'))) {
    const read = readDocument(name, readFileSync(join(folder, 'holidays', name), 'utf8'), List)
    if (!read.ok) return failed('invalid', read.mistakes.map(sayMistake).join('\n'))
    const { year, source } = read.value
    const days = (['national', 'joint-leave', 'regional'] as const).flatMap(kind =>
      Object.entries(read.value[kind]).map(([date, said]): Holiday => ({ date, name: said, kind, source })),
    )
    lists.set(name.slice(0, -5), { days: days.sort((one, other) => (one.date < other.date ? -1 : 1)), year: { year, source } })
  }
  const calendars: Calendar[] = []
  for (const name of files(folder)) {
    const read = readDocument(name, readFileSync(join(folder, name), 'utf8'), Source)
    if (!read.ok) return failed('invalid', read.mistakes.map(sayMistake).join('\n'))
    const missing = read.value.holidays.find(list => !lists.has(list))
    if (missing !== undefined) return failed('invalid', `${name}: there is no list of holidays "${missing}" among ${[...lists.keys()].join(', ')}.`)
    const used = read.value.holidays.flatMap(list => lists.get(list) ?? [])
    const whole = { ...read.value, holidays: used.flatMap(({ days }) => days), years: [...read.value.years, ...used.map(({ year }) => year)] }
    const checked = Calendar.safeParse(whole)
    if (!checked.success) return failed('invalid', `${name}: ${z.prettifyError(checked.error)}`)
    if (checked.data.key !== name.slice(0, -5))
      return failed('invalid', `${name}: its key is "${checked.data.key}"; a calendar is named as its file.`)
    calendars.push(checked.data)
  }
  return done(calendars)
}
