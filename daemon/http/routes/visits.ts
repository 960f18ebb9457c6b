// /api/v1/visits: who may come and when, what was decided on it, the guest book.
import { z } from 'zod'
import { done, type Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { VISIT_STATES, type VisitState } from '../../domain/visit.ts'
import { FileAnswer, type Route, route } from '../route.ts'

interface Grant {
  readonly from: number
  readonly until: number
  readonly doors: readonly string[]
  readonly racks: readonly string[]
  readonly escort: number
  readonly override?: string | undefined
}

interface Listing {
  readonly from: number
  readonly until: number
  readonly site?: string | undefined
  readonly room?: string | undefined
  readonly states?: readonly VisitState[] | undefined
}

interface File<C> {
  readonly name: string
  readonly content: C
}

export interface VisitDesk {
  list(listing: Listing, viewer: Viewer): Promise<unknown>
  one(id: number, viewer: Viewer): Promise<Outcome<unknown>>
  ofTicket(number: string, viewer: Viewer): Promise<Outcome<unknown>>
  codes(id: number, viewer: Viewer): Promise<Outcome<unknown>>
  approve(id: number, grant: Grant, viewer: Viewer, seen?: number): Promise<Outcome<unknown>>
  change(id: number, grant: Grant & { readonly reason: string }, viewer: Viewer, seen?: number): Promise<Outcome<unknown>>
  refuse(id: number, reason: string, viewer: Viewer): Promise<Outcome<unknown>>
  cancel(id: number, reason: string, viewer: Viewer): Promise<Outcome<unknown>>
  report(id: number, text: string, viewer: Viewer): Promise<Outcome<unknown>>
  choices(): Promise<unknown>
  places(viewer: Viewer): Promise<unknown>
  logPdf(site: string, month: string): Promise<Outcome<File<Uint8Array>>>
  monthOf(month: string): { readonly from: number; readonly until: number }
  export(site: string, from: number, until: number, viewer: Viewer): Promise<Outcome<File<string>>>
}

const Named = z.strictObject({ id: z.coerce.number().int().positive() })
/** Milliseconds since 1970, in this century. */
const at = z.int().positive().max(Date.UTC(2100, 0))
const ids = (most: number) => z.array(z.string().min(1).max(64)).max(most)
const said = z.string().trim().min(3, 'say it in a few words').max(2000)
const Month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'a month is written 2026-11')
const site = z.string().min(1).max(64)
const GrantSent = {
  from: at,
  until: at,
  doors: ids(200),
  racks: ids(200).default([]),
  escort: z.int().positive(),
  override: z.string().trim().max(500).optional(),
}
const seenOf = (header: (name: string) => string | undefined): number | undefined => {
  const given = /^"(\d{1,15})"$/.exec(header('if-match') ?? '')?.[1]
  return given === undefined ? undefined : Number(given)
}
const pdf = (made: Outcome<File<Uint8Array>>): Outcome<FileAnswer> =>
  made.ok ? done(new FileAnswer(made.value.name, 'application/pdf', made.value.content, true)) : made

export const visitRoutes = (desk: VisitDesk): Route[] => [
  route({
    method: 'get',
    path: '/visits',
    needs: 'visit.read',
    summary: 'Visits that touch a span of time (ms), of one site or room; requesters have those of their organisations',
    query: z.strictObject({
      from: z.coerce.number().int(),
      until: z.coerce.number().int(),
      site: site.optional(),
      room: z.string().max(64).optional(),
      state: z.enum(VISIT_STATES).optional(),
    }),
    async handle({ query: { state, ...query }, viewer }) {
      return done({ items: await desk.list({ ...query, ...(state === undefined ? {} : { states: [state] }) }, viewer) })
    },
  }),
  route({
    method: 'get',
    path: '/visits/places',
    needs: 'visit.file',
    summary: 'Rooms that may be asked for, and racks: of a requester those in which the own organisation has something',
    handle: async ({ viewer }) => done(await desk.places(viewer)),
  }),
  route({
    method: 'get',
    path: '/visits/choices',
    needs: 'visit.approve',
    summary: 'Who can escort, and the doors, rooms and racks of each site to choose from',
    handle: async () => done(await desk.choices()),
  }),
  // The guest book.
  route({
    method: 'get',
    path: '/visits/log',
    needs: 'visit.export',
    summary: 'The guest book of a site and a month as PDF',
    query: z.strictObject({ site, month: Month }),
    handle: async ({ query }) => pdf(await desk.logPdf(query.site, query.month)),
  }),
  route({
    method: 'get',
    path: '/visits/export',
    needs: 'visit.export',
    summary: 'The guest book of a site and a month as CSV; noted in the trail',
    query: z.strictObject({ site, month: Month }),
    async handle({ query, viewer }) {
      const { from, until } = desk.monthOf(query.month)
      const made = await desk.export(query.site, from, until, viewer)
      return made.ok ? done(new FileAnswer(made.value.name, 'text/csv', Buffer.from(made.value.content))) : made
    },
  }),
  route({
    method: 'get',
    path: '/visits/of/:number',
    needs: 'visit.read',
    summary: 'The visit that a ticket asked for',
    params: z.strictObject({ number: z.string().regex(/^T-\d{4}-\d{4,}$/) }),
    handle: ({ params, viewer }) => desk.ofTicket(params.number, viewer),
  }),
  // One visit.
  route({
    method: 'get',
    path: '/visits/:id',
    needs: 'visit.read',
    summary: 'One visit with its trace; for staff also what else goes on at the same time',
    params: Named,
    handle: ({ params, viewer }) => desk.one(params.id, viewer),
  }),
  route({
    method: 'get',
    path: '/visits/:id/codes',
    needs: 'visit.file',
    summary: 'The codes of an approved visit, one for each person, for those who asked for it',
    params: Named,
    handle: ({ params, viewer }) => desk.codes(params.id, viewer),
  }),
  route({
    method: 'post',
    path: '/visits/:id/approve',
    needs: 'visit.approve',
    summary: 'Allow a visit: window, doors, racks, escort; If-Match: the revision it was decided on',
    params: Named,
    body: z.strictObject(GrantSent),
    handle: ({ params, body, viewer, header }) => desk.approve(params.id, body, viewer, seenOf(header)),
  }),
  route({
    method: 'post',
    path: '/visits/:id/change',
    needs: 'visit.approve',
    summary: 'Another window, place or escort for a visit that was allowed, and why',
    params: Named,
    body: z.strictObject({ ...GrantSent, reason: said }),
    handle: ({ params, body, viewer, header }) => desk.change(params.id, body, viewer, seenOf(header)),
  }),
  route({
    method: 'post',
    path: '/visits/:id/refuse',
    needs: 'visit.approve',
    summary: 'Refuse a visit, and why',
    params: Named,
    body: z.strictObject({ reason: said }),
    handle: ({ params, body, viewer }) => desk.refuse(params.id, body.reason, viewer),
  }),
  route({
    method: 'post',
    path: '/visits/:id/cancel',
    needs: 'visit.file',
    summary: 'Call a visit off, and why',
    params: Named,
    body: z.strictObject({ reason: said }),
    handle: ({ params, body, viewer }) => desk.cancel(params.id, body.reason, viewer),
  }),
  route({
    method: 'post',
    path: '/visits/:id/report',
    needs: 'visit.guard',
    summary: 'The report that an emergency entry owes',
    params: Named,
    body: z.strictObject({ text: z.string().trim().min(10, 'say what happened').max(4000) }),
    handle: ({ params, body, viewer }) => desk.report(params.id, body.text, viewer),
  }),
]
