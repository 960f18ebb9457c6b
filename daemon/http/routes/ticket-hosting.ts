// /api/v1/tickets/:number/hosting: what a ticket asks of hosts and zones, and the change that is made of it.
import { z } from 'zod'
import type { TicketHosting } from '../../domain/hosting-ticket-view.ts'
import type { ChangeRow } from '../../domain/hosting-view.ts'
import type { Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { type Route, route } from '../route.ts'
import { TicketNumber } from './websites.ts'

export interface TicketHostingDesk {
  /** `notFound`: the ticket asks for nothing of the kind. */
  hosting(ticket: string, viewer: Viewer): Promise<Outcome<TicketHosting>>
  /** The change as it is drafted. `conflict`: nobody gave the word yet, or something is still open; with the reason. */
  request(ticket: string, given: { readonly reason: string }, viewer: Viewer): Promise<Outcome<ChangeRow>>
}

const Named = z.strictObject({ number: TicketNumber })

export const ticketHostingRoutes = (desk: TicketHostingDesk): Route[] => [
  route({
    method: 'get',
    path: '/tickets/:number/hosting',
    needs: 'change.read',
    summary: 'What a hosting or domain ticket asks for, drafted from its answers: what is open, refused, done by hand, and the changes it led to',
    params: Named,
    handle: ({ params, viewer }) => desk.hosting(params.number, viewer),
  }),
  route({
    method: 'post',
    path: '/tickets/:number/hosting',
    needs: 'change.work',
    summary:
      'Make the change as it is drafted, of a website that is there or of names: approved by the dispositions, to be planned, read and applied',
    params: Named,
    body: z.strictObject({ reason: z.string().trim().min(3, 'say it in a few words').max(500) }),
    handle: ({ params, body, viewer }) => desk.request(params.number, body, viewer),
  }),
]
