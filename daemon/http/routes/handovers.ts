// /api/v1/handovers: credentials behind a link that opens once, for the responsible person it was made for and nobody else.
import { z } from 'zod'
import type { HandoverOffer, HandoverSecret, HandoverView } from '../../domain/hosting-view.ts'
import type { Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { SiteName } from '../../domain/safe.ts'
import { type Route, route } from '../route.ts'

export interface HandoverDesk {
  /** `link`: where it is opened; told this once. */
  make(
    website: string,
    given: { readonly kind: 'database'; readonly to: number },
    viewer: Viewer,
  ): Promise<Outcome<HandoverView & { readonly link: string }>>
  offer(token: string, viewer: Viewer): Promise<Outcome<HandoverOffer>>
  /** `address`: from where, for the trail. */
  open(token: string, viewer: Viewer, address: string): Promise<Outcome<HandoverSecret>>
}

const Named = z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'this is not a link of ours') })

export const handoverRoutes = (desk: HandoverDesk): Route[] => [
  route({
    method: 'post',
    path: '/websites/:name/handovers',
    needs: 'change.work',
    summary: 'Make a link behind which a registered responsible person finds the credentials, once',
    params: z.strictObject({ name: SiteName }),
    body: z.strictObject({ kind: z.literal('database'), to: z.int().positive() }),
    handle: ({ params, body, viewer }) => desk.make(params.name, body, viewer),
  }),
  route({
    method: 'get',
    path: '/handovers/:token',
    needs: 'handover.open',
    summary: 'What waits behind the link, and until when; nothing is opened by looking',
    params: Named,
    handle: ({ params, viewer }) => desk.offer(params.token, viewer),
  }),
  route({
    method: 'post',
    path: '/handovers/:token/open',
    needs: 'handover.open',
    summary: 'Open it: once, and only by whom it is for',
    params: Named,
    handle: ({ params, viewer, caller }) => desk.open(params.token, viewer, caller.address),
  }),
]
