// /api/v1/calendars: working calendars, a year of one, its versions, and edits: each makes a new version, none changes what was promised.
import { isUtf8 } from 'node:buffer'
import { z } from 'zod'
import { Calendar, CalendarKey, type CalendarVersion, type CalendarYear, DateKey, Exception, type ImportPreview } from '../../domain/calendar.ts'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import { type Through, throughOf, type Viewer } from '../../domain/people.ts'
import { type Route, route } from '../route.ts'
import type { Upload } from '../upload.ts'

interface Edit {
  readonly by: string
  readonly reason: string
  readonly base: number
  readonly through?: Through
}

export interface CalendarDesk {
  list(): readonly CalendarVersion[]
  versions(key: string): readonly CalendarVersion[]
  one(key: string, version?: number): CalendarVersion | null
  year(key: string, year: number, version?: number): Outcome<CalendarYear>
  preview(key: string, text: string): Outcome<ImportPreview>
  take(key: string, text: string, source: string, edit: Edit): Promise<Outcome<CalendarVersion>>
  except(key: string, date: string, exception: Exception | null, edit: Edit): Promise<Outcome<CalendarVersion>>
  save(key: string, calendar: Calendar, edit: Edit): Promise<Outcome<CalendarVersion>>
}

const Key = z.strictObject({ key: CalendarKey })
const version = z.coerce.number().int().positive().optional()
/** Octets of a list; a calendar program exports some ten years at once. */
const MOST = 1_000_000
/** The version the edit was made on. */
const base = z.int().positive()
const reason = z.string().trim().min(3, 'say why').max(300)
const editOf = (viewer: Viewer, given: { readonly base: number; readonly reason: string }): Edit => ({
  by: viewer.name,
  reason: given.reason,
  base: given.base,
  through: throughOf(viewer),
})
/** The first file sent, as text: UTF-8, else what spreadsheets in the west write. */
async function listIn(upload: Upload): Promise<Outcome<string>> {
  for await (const file of upload.files()) {
    if (!file.ok) return file
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of file.value.content) {
      const octets: Buffer = Buffer.from(chunk)
      size += octets.length
      if (size > MOST) return failed('tooBig', `A list of holidays has at most ${MOST} octets.`)
      chunks.push(octets)
    }
    const whole = Buffer.concat(chunks)
    return done(isUtf8(whole) ? whole.toString('utf8') : new TextDecoder('windows-1252').decode(whole))
  }
  return failed('invalid', 'Send the list as a file: ICS, CSV or JSON.')
}

const head = ({ calendar, ...rest }: CalendarVersion) => ({ key: calendar.key, name: calendar.name, timezone: calendar.timezone, ...rest })

export const calendarRoutes = (desk: CalendarDesk): Route[] => [
  route({
    method: 'get',
    path: '/calendars',
    needs: 'calendar.read',
    summary: 'Working calendars, the newest version of each',
    handle: async () => done({ items: desk.list().map(head) }),
  }),
  route({
    method: 'get',
    path: '/calendars/:key',
    needs: 'calendar.read',
    summary: 'One calendar with its rules, and all its versions',
    params: Key,
    query: z.strictObject({ version }),
    handle: async ({ params, query }) => {
      const found = desk.one(params.key, query.version)
      return found === null
        ? failed('notFound', `There is no such calendar "${params.key}".`)
        : done({ ...found, versions: desk.versions(params.key).map(head) })
    },
  }),
  route({
    method: 'get',
    path: '/calendars/:key/years/:year',
    needs: 'calendar.read',
    summary: 'A year of a calendar day by day; `official` null: no official list yet, an estimate',
    params: z.strictObject({ key: CalendarKey, year: z.coerce.number().int().min(2000).max(2199) }),
    query: z.strictObject({ version }),
    handle: async ({ params, query }) => desk.year(params.key, params.year, query.version),
  }),
  route({
    method: 'post',
    path: '/calendars/:key/holidays/preview',
    needs: 'calendar.manage',
    summary: 'What a list of holidays (ICS, CSV or JSON) would add, change and remove, with its mistakes by line',
    params: Key,
    takes: 'files',
    handle: async ({ params, upload }) => {
      const text = await listIn(upload)
      return text.ok ? desk.preview(params.key, text.value) : text
    },
  }),
  route({
    method: 'post',
    path: '/calendars/:key/holidays',
    needs: 'calendar.manage',
    summary: 'Take over a list of holidays as the official one of its years; `source` names the decree',
    params: Key,
    takes: 'files',
    body: z.strictObject({ source: z.string().trim().min(3, 'name the decree').max(200), base: z.coerce.number().int().positive() }),
    handle: async ({ params, body, viewer, upload }) => {
      const text = await listIn(upload)
      return text.ok ? desk.take(params.key, text.value, body.source, editOf(viewer, { base: body.base, reason: body.source })) : text
    },
  }),
  route({
    method: 'put',
    path: '/calendars/:key/exceptions/:date',
    needs: 'calendar.manage',
    summary: 'A date against the rule: an extra working day, a closed day, other hours',
    params: z.strictObject({ key: CalendarKey, date: DateKey }),
    body: z.strictObject({ exception: Exception, base }),
    handle: async ({ params, body, viewer }) =>
      body.exception.date === params.date
        ? desk.except(params.key, params.date, body.exception, editOf(viewer, { base: body.base, reason: body.exception.reason }))
        : failed('invalid', `The exception is of ${body.exception.date}, the path of ${params.date}.`),
  }),
  route({
    method: 'delete',
    path: '/calendars/:key/exceptions/:date',
    needs: 'calendar.manage',
    summary: 'Take an exception away again',
    params: z.strictObject({ key: CalendarKey, date: DateKey }),
    body: z.strictObject({ base, reason }),
    handle: async ({ params, body, viewer }) => desk.except(params.key, params.date, null, editOf(viewer, body)),
  }),
  route({
    method: 'put',
    path: '/calendars/:key',
    needs: 'calendar.manage',
    summary: 'New rules: hours, ranges, intake, first day, breaks',
    params: Key,
    body: z.strictObject({ calendar: Calendar, base, reason }),
    handle: async ({ params, body, viewer }) => desk.save(params.key, body.calendar, editOf(viewer, body)),
  }),
]
