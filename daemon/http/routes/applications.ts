// /api/v1/desk/applications: what a request is about, its page, and the list a form lets choose from.
import { z } from 'zod'
import type { ApplicationChoice, ApplicationView } from '../../domain/application-view.ts'
import { done, type Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { type Route, route } from '../route.ts'

export interface ApplicationsDesk {
  choices(number: string, viewer: Viewer): Promise<Outcome<readonly ApplicationChoice[]>>
  application(id: number, viewer: Viewer): Promise<Outcome<ApplicationView>>
}

export const applicationRoutes = (desk: ApplicationsDesk): Route[] => [
  route({
    method: 'get',
    path: '/tickets/:number/applications',
    needs: 'ticket.file',
    summary: 'Applications of the organisation that asks, with those who answer for each today',
    params: z.strictObject({
      number: z
        .string()
        .regex(/^(T-\d{4}-\d{4,}|D-\d+)$/)
        .max(40),
    }),
    handle: async ({ params, viewer }) => {
      const found = await desk.choices(params.number, viewer)
      return found.ok ? done({ items: found.value }) : found
    },
  }),
  route({
    method: 'get',
    path: '/desk/applications/:id',
    needs: 'application.read',
    summary: 'One application: who answers for it and when, its requests, and its history in the register',
    params: z.strictObject({ id: z.coerce.number().int().positive() }),
    handle: ({ params, viewer }) => desk.application(params.id, viewer),
  }),
]
