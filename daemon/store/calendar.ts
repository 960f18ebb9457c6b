// Working calendars in the records: versions are added, never changed.
import { Calendar, type CalendarVersion } from '../domain/calendar.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { Db } from './schema.ts'

export interface CalendarStore {
  /** Every version of every calendar, oldest first. */
  all(): Promise<CalendarVersion[]>
  /** `conflict` when the version does not follow the newest one there is. */
  add(version: CalendarVersion): Promise<Outcome<CalendarVersion>>
}

export function calendarStore(db: Db): CalendarStore {
  return {
    async all() {
      const rows = await db.selectFrom('calendars').selectAll().orderBy('key').orderBy('version').execute()
      return rows.map(({ version, since, by, reason, document }) => ({ version, since, by, reason, calendar: Calendar.parse(JSON.parse(document)) }))
    },
    add: async version =>
      await db.transaction().execute(async trx => {
        const { key } = version.calendar
        const last = await trx
          .selectFrom('calendars')
          .select(({ fn }) => fn.max('version').as('version'))
          .where('key', '=', key)
          .executeTakeFirst()
        const newest = last?.version ?? 0
        if (version.version !== newest + 1) return failed('conflict', `The calendar "${key}" is at version ${newest} by now.`)
        const { since, by, reason, calendar } = version
        await trx
          .insertInto('calendars')
          .values({ key, version: version.version, since, by, reason, document: JSON.stringify(calendar) })
          .execute()
        return done(version)
      }),
  }
}
