// /api/v1/changes: what is changed on hosts and in zones, from being asked for to being proven, and what a person does with it.
import { z } from 'zod'
import { CHANGE_STATES } from '../../domain/change.ts'
import type { ChangeRow, ChangeView, PageOf } from '../../domain/hosting-view.ts'
import { done, type Outcome, refused } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { may } from '../../domain/policy.ts'
import { SiteName } from '../../domain/safe.ts'
import { type Route, route } from '../route.ts'
import { TicketNumber } from './websites.ts'

export interface ChangeDesk {
  page(query: ChangeQuery): Promise<PageOf<ChangeRow>>
  one(number: string, viewer: Viewer): Promise<Outcome<ChangeView>>
  /** Answers as soon as it is under way; what comes of it is told on the stream. */
  act(number: string, deed: ChangeDeed, viewer: Viewer): Promise<Outcome<ChangeView>>
}

const Query = z.strictObject({
  state: z.enum(CHANGE_STATES).optional(),
  website: SiteName.optional(),
  ticket: TicketNumber.optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  size: z.coerce.number().int().min(1).max(500).default(50),
})
export type ChangeQuery = z.output<typeof Query>

const digest = z.string().regex(/^[0-9a-f]{64}$/, 'the digest of the plan that was read')
const reason = z.string().trim().min(3, 'say it in a few words').max(500)
const Deed = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('plan') }),
  z.strictObject({ kind: z.literal('consent'), digest }),
  z.strictObject({ kind: z.literal('apply'), digest }),
  z.strictObject({ kind: z.literal('stop'), reason }),
  z.strictObject({ kind: z.literal('undo'), reason }),
  z.strictObject({ kind: z.literal('verify') }),
  z.strictObject({ kind: z.literal('end'), reason }),
])
export type ChangeDeed = z.output<typeof Deed>

const Named = z.strictObject({ number: z.string().regex(/^C-\d{4}-\d{4,8}$/, 'a change is written C-2026-0001') })

export const changeRoutes = (desk: ChangeDesk): Route[] => [
  route({
    method: 'get',
    path: '/changes',
    needs: 'change.read',
    summary: 'Changes, newest first; by state, website or ticket',
    query: Query,
    handle: async ({ query }) => done(await desk.page(query)),
  }),
  route({
    method: 'get',
    path: '/changes/:number',
    needs: 'change.read',
    summary: 'One change with its plan, its journal and proofs, what may be done next, and after a failed way back what a person does now',
    params: Named,
    handle: ({ params, viewer }) => desk.one(params.number, viewer),
  }),
  route({
    method: 'post',
    path: '/changes/:number/do',
    // Who may agree is let in; to do more one must be allowed to work.
    needs: 'change.consent',
    summary:
      'Plan, agree as the second person, apply, stop, undo, verify, withdraw. `digest` names the plan that was read: another is refused. The work goes on after the answer',
    params: Named,
    body: Deed,
    async handle({ params, body, viewer }) {
      if (body.kind !== 'consent' && !may(viewer, 'change.work'))
        return refused('forbidden', { id: 'Peran Anda tidak mengizinkan hal ini.', en: 'Your roles do not allow this.' })
      return await desk.act(params.number, body, viewer)
    },
  }),
]
