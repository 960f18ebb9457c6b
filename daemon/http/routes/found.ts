// Whether the room of a visit was left as it was found.
import { z } from 'zod'
import type { AsFound } from '../../domain/found.ts'
import type { Outcome } from '../../domain/outcome.ts'
import { type Route, route } from '../route.ts'

export interface FoundDesk {
  found(visit: number): Promise<Outcome<AsFound>>
}

export const foundRoutes = (desk: FoundDesk): readonly Route[] => [
  route({
    method: 'get',
    path: '/visits/:id/found',
    summary: 'How the room was when the visit came in, and what of that is not so since it went',
    needs: 'timeline.read',
    params: z.strictObject({ id: z.coerce.number().int().positive() }),
    handle: ({ params }) => desk.found(params.id),
  }),
]
