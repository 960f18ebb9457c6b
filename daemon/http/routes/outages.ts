// /api/v1/availability, /outages: how much of its working time each service was there, and when it was not.
import { z } from 'zod'
import { type Outage, OutageSent, type ServiceAvailability } from '../../domain/outage.ts'
import { done, type Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { FileAnswer, type Route, route } from '../route.ts'

export interface OutagesDesk {
  availability(service: string, months: number, viewer: Viewer): Promise<Outcome<ServiceAvailability>>
  month(month: string): Promise<readonly ServiceAvailability[]>
  declare(given: OutageSent, viewer: Viewer): Promise<Outcome<Outage>>
  amend(id: number, given: OutageSent, viewer: Viewer): Promise<Outcome<Outage>>
  withdraw(id: number, viewer: Viewer): Promise<Outcome<Outage>>
  print(month: string, language: 'id' | 'en'): Promise<Outcome<{ readonly name: string; readonly content: Uint8Array }>>
  thisMonth(): string
}

const Month = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'a month is written 2026-11')
const Id = z.strictObject({ id: z.coerce.number().int().positive() })

export const outageRoutes = (desk: OutagesDesk): Route[] => [
  route({
    method: 'get',
    path: '/availability',
    needs: 'ticket.export',
    summary: 'Availability of every service in a month, against what its sheet guarantees',
    query: z.strictObject({ month: Month.optional() }),
    async handle({ query }) {
      const month = query.month ?? desk.thisMonth()
      return done({ month, items: await desk.month(month) })
    },
  }),
  route({
    method: 'get',
    path: '/availability/print',
    needs: 'ticket.export',
    summary: 'The same as PDF',
    query: z.strictObject({ month: Month.optional(), language: z.enum(['id', 'en']).default('id') }),
    async handle({ query }) {
      const printed = await desk.print(query.month ?? desk.thisMonth(), query.language)
      return printed.ok ? done(new FileAnswer(printed.value.name, 'application/pdf', printed.value.content, true)) : printed
    },
  }),
  route({
    method: 'get',
    path: '/services/:key/availability',
    needs: 'catalogue.read',
    summary: 'Availability of a service in its newest months, and when it was not there',
    params: z.strictObject({
      key: z
        .string()
        .regex(/^[a-z][a-z0-9-]*$/)
        .max(64),
    }),
    query: z.strictObject({ months: z.coerce.number().int().min(1).max(36).default(6) }),
    handle: ({ params, query, viewer }) => desk.availability(params.key, query.months, viewer),
  }),
  route({
    method: 'post',
    path: '/outages',
    needs: 'outage.manage',
    summary: 'Write down that services are not there, or will not be for planned maintenance',
    body: OutageSent,
    handle: ({ body, viewer }) => desk.declare(body, viewer),
  }),
  route({
    method: 'put',
    path: '/outages/:id',
    needs: 'outage.manage',
    summary: 'Change an outage, or say when it ended: send all of it',
    params: Id,
    body: OutageSent,
    handle: ({ params, body, viewer }) => desk.amend(params.id, body, viewer),
  }),
  route({
    method: 'delete',
    path: '/outages/:id',
    needs: 'outage.manage',
    summary: 'Take back an outage that was written down by mistake; the trail keeps it',
    params: Id,
    handle: ({ params, viewer }) => desk.withdraw(params.id, viewer),
  }),
]
