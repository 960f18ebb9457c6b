// The desk's calendars at work: every version at hand, compiled once; each edit a new version, told to the trail. Nothing is ever overwritten.
import { isDeepStrictEqual } from 'node:util'
import { Calendar, type CalendarVersion, type CalendarYear, type Exception, type ImportPreview } from '../../domain/calendar.ts'
import type { Clock, Instant } from '../../domain/call.ts'
import { done, failed, type Outcome, type Together } from '../../domain/outcome.ts'
import type { Through } from '../../domain/people.ts'
import { type WorkingTime, workingTime } from '../clock/working.ts'
import { calendarYear } from '../clock/year.ts'
import { previewImport, withList } from './import.ts'

/** What the records keep. `add` refuses with `conflict` when `after` is no longer the newest version. */
export interface CalendarBooks {
  all(): Promise<readonly CalendarVersion[]>
  add(version: CalendarVersion): Promise<Outcome<CalendarVersion>>
}

export interface CalendarTrail {
  append(actor: string, action: string, subject: string, detail?: unknown): Promise<unknown>
  readonly together: Together
}

/** Who edits, why, and on which version: an edit of one that is not the newest is a `conflict`. */
export interface Edit {
  readonly by: string
  readonly reason: string
  readonly base: number
  /** Where not the person but a token of his did it. */
  readonly through?: Through
}

export interface Calendars {
  /** The newest version of each, by key. */
  list(): readonly CalendarVersion[]
  versions(key: string): readonly CalendarVersion[]
  one(key: string, version?: number): CalendarVersion | null
  /** The compiled calendar; of a version there is not, the newest. Throws RangeError for a key there is not. */
  time(key: string, version?: number | null): WorkingTime
  year(key: string, year: number, version?: number): Outcome<CalendarYear>
  preview(key: string, text: string): Outcome<ImportPreview>
  take(key: string, text: string, source: string, edit: Edit): Promise<Outcome<CalendarVersion>>
  /** Sets the exception of its date; null takes it away. */
  except(key: string, date: string, exception: Exception | null, edit: Edit): Promise<Outcome<CalendarVersion>>
  save(key: string, calendar: Calendar, edit: Edit): Promise<Outcome<CalendarVersion>>
  /** This Suar came with a newer one than was kept: open tickets are to be looked at afresh. */
  readonly renewed: boolean
}

export interface CalendarSources {
  readonly books: CalendarBooks
  readonly trail: CalendarTrail
  /** The calendars that come with Suar. */
  readonly shipped: readonly Calendar[]
  readonly clock: Clock
  /** Told of every new version: open tickets are looked at afresh. */
  readonly onChange?: (version: CalendarVersion) => void
}

/** Wrote it: nobody has edited what came with Suar. */
const SUAR = 'Suar'

export async function openCalendars({ books, trail, shipped, clock, onChange }: CalendarSources): Promise<Outcome<Calendars>> {
  const kept = new Map<string, CalendarVersion[]>()
  const compiled = new Map<CalendarVersion, WorkingTime>()
  const put = (version: CalendarVersion) => kept.set(version.calendar.key, [...(kept.get(version.calendar.key) ?? []), version])
  for (const version of await books.all()) put(version)
  const newest = (key: string): CalendarVersion | null => kept.get(key)?.at(-1) ?? null
  const none = (key: string) => failed('notFound', `There is no calendar "${key}".`)

  // A newer Suar brings newer lists, but only where nobody has edited the calendar.
  let renewed = false
  for (const calendar of shipped) {
    const last = newest(calendar.key)
    if (last !== null && (last.by !== SUAR || isDeepStrictEqual(last.calendar, calendar))) continue
    const added = await books.add({ version: (last?.version ?? 0) + 1, since: clock(), by: SUAR, reason: 'as shipped', calendar })
    if (!added.ok) return added
    put(added.value)
    renewed ||= last !== null
  }

  async function save(key: string, calendar: Calendar, { by, reason, base, through = {} }: Edit): Promise<Outcome<CalendarVersion>> {
    const last = newest(key)
    if (last === null) return none(key)
    if (calendar.key !== key) return failed('invalid', `The calendar's key must stay "${key}".`)
    if (base !== last.version)
      return failed('conflict', `The calendar "${key}" is at version ${last.version} by ${last.by}; you edited version ${base}. Look at it again.`)
    const checked = Calendar.safeParse(calendar)
    if (!checked.success) return failed('invalid', checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
    if (isDeepStrictEqual(checked.data, last.calendar)) return done(last)
    // A clock set back must not put a version before the one it follows.
    const since: Instant = Math.max(clock(), last.since)
    const added = await trail.together(async () => {
      const written = await books.add({ version: last.version + 1, since, by, reason, calendar: checked.data })
      if (written.ok) await trail.append(by, 'calendar.edit', `${key}/${written.value.version}`, { reason, ...through })
      return written
    })
    if (!added.ok) return added
    put(added.value)
    onChange?.(added.value)
    return added
  }

  const one = (key: string, version?: number) => (version === undefined ? newest(key) : (kept.get(key)?.find(row => row.version === version) ?? null))
  function timeOf(version: CalendarVersion): WorkingTime {
    let time = compiled.get(version)
    if (time === undefined) {
      time = workingTime(version.calendar, version.version)
      compiled.set(version, time)
    }
    return time
  }

  return done({
    list: () => [...kept.keys()].sort().flatMap(key => newest(key) ?? []),
    versions: key => kept.get(key) ?? [],
    one,
    time(key, version) {
      const found = (version === null || version === undefined ? null : one(key, version)) ?? newest(key)
      if (found === null) throw new RangeError(`there is no calendar "${key}"`)
      return timeOf(found)
    },
    year(key, year, version) {
      const found = one(key, version)
      if (found === null) return version === undefined ? none(key) : failed('notFound', `The calendar "${key}" has no version ${version}.`)
      return done(calendarYear(timeOf(found), year))
    },
    preview(key, text) {
      const last = newest(key)
      return last === null ? none(key) : done(previewImport(last.calendar, text))
    },
    async take(key, text, source, edit) {
      const last = newest(key)
      if (last === null) return none(key)
      const { mistakes } = previewImport(last.calendar, text)
      const first = mistakes[0]
      if (first !== undefined)
        return failed('invalid', `Line ${first.line}: ${first.reason}. Mend the list (${mistakes.length} mistakes), nothing was taken over.`)
      return await save(key, withList(last.calendar, text, source), edit)
    },
    async except(key, date, exception, edit) {
      const last = newest(key)
      if (last === null) return none(key)
      const others = last.calendar.exceptions.filter(row => row.date !== date)
      if (exception === null && others.length === last.calendar.exceptions.length) return failed('notFound', `There is no exception on ${date}.`)
      const exceptions = exception === null ? others : [...others, { ...exception, date }]
      return await save(key, { ...last.calendar, exceptions: exceptions.sort((one_, other) => (one_.date < other.date ? -1 : 1)) }, edit)
    },
    save,
    renewed,
  })
}
