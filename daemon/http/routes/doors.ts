// Doors over the API: openings and their explanations, controllers, events told by push and as tables.
import { z } from 'zod'
import { textOf } from '../../domain/csv.ts'
import { done, type Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { FileAnswer, openRoute, type Route, route } from '../route.ts'
import { tableOf } from '../upload.ts'

const KINDS = ['pending', 'visit', 'emergency', 'maintenance', 'badge', 'noted', 'unexplained'] as const

const SORTS = ['openedAt', 'door', 'kind'] as const

const Filter = {
  door: z.string().max(64).optional(),
  kind: z.enum(KINDS).optional(),
  search: z.string().trim().max(100).default(''),
  from: z.coerce.number().int().nonnegative().optional(),
  to: z.coerce.number().int().nonnegative().optional(),
}
const Query = z.strictObject({
  ...Filter,
  sort: z.enum(SORTS).default('openedAt'),
  down: z
    .enum(['true', 'false'])
    .default('true')
    .transform(text => text === 'true'),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(200).default(50),
})
const Export = z.strictObject({ ...Filter, lang: z.enum(['id', 'en']).default('id') })
const Name = z.strictObject({
  controller: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .max(60),
})

export interface DoorDesk {
  openings(query: z.output<typeof Query>): Promise<Outcome<unknown>>
  export(query: z.output<typeof Export>, viewer: Viewer): Promise<Outcome<{ readonly name: string; readonly content: string }>>
  explain(id: number, reason: string, viewer: Viewer): Promise<Outcome<unknown>>
  controllers(): Promise<Outcome<unknown>>
  push(given: { name: string; body: Uint8Array; signature: string | undefined; address: string }): Promise<Outcome<unknown>>
  table(controller: string, text: string, viewer: Viewer): Promise<Outcome<unknown>>
}

export const doorRoutes = (desk: DoorDesk): readonly Route[] => [
  route({
    method: 'get',
    path: '/openings',
    summary: 'Openings of doors, newest first, each with its explanation',
    needs: 'door.read',
    query: Query,
    handle: ({ query }) => desk.openings(query),
  }),
  route({
    method: 'get',
    path: '/openings/export',
    summary: 'The same as a table (CSV); stands in the trail',
    needs: 'door.read',
    query: Export,
    async handle({ query, viewer }) {
      const made = await desk.export(query, viewer)
      return made.ok ? done(new FileAnswer(made.value.name, 'text/csv', Buffer.from(made.value.content))) : made
    },
  }),
  route({
    method: 'post',
    path: '/openings/:id/explain',
    summary: 'Says why a door opened that nothing explains; stands in the trail',
    needs: 'door.explain',
    params: z.strictObject({ id: z.coerce.number().int().positive() }),
    body: z.strictObject({ reason: z.string().trim().min(3).max(1000) }),
    handle: ({ params, body, viewer }) => desk.explain(params.id, body.reason, viewer),
  }),
  route({
    method: 'get',
    path: '/doors/controllers',
    summary: 'Access controllers: when each was last heard, and whether its clock is right',
    needs: 'door.read',
    handle: () => desk.controllers(),
  }),
  route({
    method: 'post',
    path: '/doors/controllers/:controller/events',
    summary: 'Takes events of a controller as a table (CSV); told twice they count once',
    needs: 'door.explain',
    params: Name,
    takes: 'files',
    async handle({ params, upload, viewer }) {
      const file = await tableOf(upload)
      return file.ok ? desk.table(params.controller, textOf(file.value), viewer) : file
    },
  }),
  openRoute({
    method: 'post',
    path: '/hooks/doors/:controller',
    summary:
      'Events told by an access controller or its gateway: {"events": [{door, event, at?, card?, leaving?, sequence?}]}, signed with X-Suar-Signature-256',
    params: Name,
    takes: 'raw',
    handle: ({ params, raw, header, caller }) =>
      desk.push({ name: params.controller, body: raw, signature: header('x-suar-signature-256'), address: caller.address }),
  }),
]
