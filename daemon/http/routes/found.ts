// Whether the room of a visit was left as it was found.
import { z } from 'zod'
import type { AsFound } from '../../domain/found.ts'
import type { Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { type Route, route } from '../route.ts'

export interface FoundDesk {
  found(visit: number): Promise<Outcome<AsFound>>
  settle(visit: number, reason: string, viewer: Viewer): Promise<Outcome<AsFound>>
}

const Named = z.strictObject({ id: z.coerce.number().int().positive() })

export const foundRoutes = (desk: FoundDesk): readonly Route[] => [
  route({
    method: 'get',
    path: '/visits/:id/found',
    summary: 'How the room was when the visit came in, and what of that is not so since it went',
    needs: 'timeline.read',
    params: Named,
    handle: ({ params }) => desk.found(params.id),
  }),
  route({
    method: 'post',
    path: '/visits/:id/found',
    summary: 'Somebody has looked after what is not as it was found and says why it stays so: its alarm ends',
    needs: 'visit.guard',
    params: Named,
    body: z.strictObject({ reason: z.string().trim().min(3).max(500) }),
    handle: ({ params, body, viewer }) => desk.settle(params.id, body.reason, viewer),
  }),
]
