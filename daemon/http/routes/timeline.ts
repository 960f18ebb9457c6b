// The timeline of a place, a visit or an alarm.
import { z } from 'zod'
import type { Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { FACT_KINDS, type PlaceNote, type PlaceOf, type TimelineOf, type TimelineView } from '../../domain/timeline.ts'
import { type Route, route } from '../route.ts'

const Instant = z.coerce.number().int().nonnegative()

const Query = z.strictObject({
  from: Instant.optional(),
  to: Instant.optional(),
  /** Kinds of facts, by commas. */
  kinds: z
    .string()
    .max(200)
    .transform(text => text.split(','))
    .pipe(z.array(z.enum(FACT_KINDS)))
    .optional(),
  /** Older than this fact: its instant and its id, `<ms>~<id>`. */
  before: z
    .string()
    .regex(/^\d{1,15}~[a-z]+:[\w:.-]{1,120}$/, 'the last fact of the page before, as <instant>~<id>')
    .transform(text => ({ at: Number(text.slice(0, text.indexOf('~'))), id: text.slice(text.indexOf('~') + 1) }))
    .optional(),
  size: z.coerce.number().int().min(1).max(500).default(100),
})

export interface TimelineDesk {
  timeline(query: z.output<typeof Query> & { readonly of: TimelineOf }): Promise<Outcome<TimelineView>>
  note(place: PlaceOf, text: string, viewer: Viewer): Promise<Outcome<PlaceNote>>
  withdraw(id: number, reason: string, viewer: Viewer): Promise<Outcome<PlaceNote>>
}

const Words = z.string().trim().min(3, 'say it in a few words').max(2_000)

export const timelineRoutes = (desk: TimelineDesk): readonly Route[] => [
  route({
    method: 'get',
    path: '/timeline',
    summary: 'What happened in the whole place, newest first: alarms, doors, people, changes, restarts',
    needs: 'timeline.read',
    query: Query,
    handle: ({ query }) => desk.timeline({ ...query, of: { of: 'site' } }),
  }),
  route({
    method: 'get',
    path: '/timeline/:of/:id',
    summary: 'The same of one room, rack, door, device, visit or alarm; of the last two around the time that they are about',
    needs: 'timeline.read',
    params: z.union([
      z.strictObject({ of: z.enum(['room', 'rack', 'door', 'device']), id: z.string().max(64) }),
      z.strictObject({ of: z.enum(['visit', 'alarm']), id: z.coerce.number().int().positive() }),
    ]),
    query: Query,
    handle: ({ params, query }) => desk.timeline({ ...query, of: params }),
  }),
  route({
    method: 'post',
    path: '/timeline/notes',
    summary: 'Writes a note on the whole place, a room, a rack, a door or a device; nobody can change it afterwards',
    needs: 'timeline.note',
    body: z.strictObject({
      place: z.union([
        z.strictObject({ of: z.literal('site') }),
        z.strictObject({ of: z.enum(['room', 'rack', 'door', 'device']), id: z.string().min(1).max(64) }),
      ]),
      text: Words,
    }),
    handle: ({ body, viewer }) => desk.note(body.place, body.text, viewer),
  }),
  route({
    method: 'post',
    path: '/timeline/notes/:id/withdraw',
    summary: 'Withdraws a note, with a reason; both stay to be read',
    needs: 'timeline.note',
    params: z.strictObject({ id: z.coerce.number().int().positive() }),
    body: z.strictObject({ reason: Words }),
    handle: ({ params, body, viewer }) => desk.withdraw(params.id, body.reason, viewer),
  }),
]
