// /api/v1/websites: websites as they are wanted and as they are, and what is asked to be changed of them.
import { z } from 'zod'
import { type ChangeRow, type PageOf, WEBSITE_VIEW_STATES, type WebsiteDraft, type WebsiteRow, type WebsiteView } from '../../domain/hosting-view.ts'
import { done, type Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { HostId, SiteName } from '../../domain/safe.ts'
import { Website } from '../../domain/website.ts'
import { type Route, route } from '../route.ts'

export interface WebsiteDesk {
  page(query: WebsiteQuery, viewer: Viewer): Promise<PageOf<WebsiteRow>>
  one(name: string, viewer: Viewer): Promise<Outcome<WebsiteView>>
  /** Without a ticket: an empty one, with where it may live. */
  draft(ticket: string | null, viewer: Viewer): Promise<Outcome<WebsiteDraft>>
  create(given: WebsiteSent, viewer: Viewer): Promise<Outcome<ChangeRow>>
  change(name: string, given: WebsiteChange, viewer: Viewer): Promise<Outcome<ChangeRow>>
}

const Query = z.strictObject({
  search: z.string().trim().max(200).default(''),
  state: z.enum(WEBSITE_VIEW_STATES).optional(),
  host: HostId.optional(),
  sort: z
    .enum(['name', '-name', 'domain', '-domain', 'host', '-host', 'state', '-state', 'used', '-used', 'certificate', '-certificate'])
    .default('name'),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  size: z.coerce.number().int().min(1).max(500).default(50),
})
export type WebsiteQuery = z.output<typeof Query>

export const TicketNumber = z.string().regex(/^T-\d{4}-\d{4,12}$/, 'a ticket is written T-2026-0001')
const reason = z.string().trim().min(3, 'say it in a few words').max(500)

const WebsiteSent = z.strictObject({
  organisation: z.int().positive(),
  website: Website,
  ticket: TicketNumber.nullable().default(null),
  /** Take over what somebody made by hand under this name: the plan shows how each thing is and how it will be. */
  adopt: z.literal(true).optional(),
  reason,
})
export type WebsiteSent = z.output<typeof WebsiteSent>

const WebsiteChange = z
  .strictObject({
    purpose: z.enum(['edit', 'suspend', 'resume', 'move', 'clone', 'decommission', 'repair', 'adopt']),
    /** Of an edit: as it is to be, whole. */
    website: Website.optional(),
    /** Of a move: the host. Of a clone: the new website's name. */
    to: z.string().trim().min(1).max(64).optional(),
    ticket: TicketNumber.nullable().default(null),
    reason,
  })
  .superRefine(({ purpose, website, to }, context) => {
    if (purpose === 'edit' && website === undefined) context.addIssue({ code: 'custom', path: ['website'], message: 'say how it is to be' })
    if (purpose === 'move' && !HostId.safeParse(to).success) context.addIssue({ code: 'custom', path: ['to'], message: 'say to which host it moves' })
    if (purpose === 'clone' && !SiteName.safeParse(to).success)
      context.addIssue({ code: 'custom', path: ['to'], message: 'say what the copy is called: small letters, digits and hyphens' })
  })
export type WebsiteChange = z.output<typeof WebsiteChange>

const Named = z.strictObject({ name: SiteName })

export const websiteRoutes = (desk: WebsiteDesk): Route[] => [
  route({
    method: 'get',
    path: '/websites',
    needs: 'website.read',
    summary: "Websites, those one's own organisations have; searched, filtered, sorted, page by page",
    query: Query,
    handle: async ({ query, viewer }) => done(await desk.page(query, viewer)),
  }),
  route({
    method: 'get',
    path: '/websites/new/draft',
    needs: 'change.read',
    summary: 'A new website as the answers of a ticket give it, what is still open, and the hosts and zones there are',
    query: z.strictObject({ ticket: TicketNumber.optional() }),
    handle: ({ query, viewer }) => desk.draft(query.ticket ?? null, viewer),
  }),
  route({
    method: 'get',
    path: '/websites/:name',
    needs: 'website.read',
    summary: 'One website: as it is wanted, its use, certificate, changes, what was found changed, and to whom credentials may go',
    params: Named,
    handle: ({ params, viewer }) => desk.one(params.name, viewer),
  }),
  route({
    method: 'post',
    path: '/websites',
    needs: 'change.work',
    summary: 'Ask for a new website: a change, to be planned, read and applied',
    body: WebsiteSent,
    handle: ({ body, viewer }) => desk.create(body, viewer),
  }),
  route({
    method: 'post',
    path: '/websites/:name/changes',
    needs: 'change.work',
    summary: 'Ask for a change of a website: edit, suspend, resume, move, clone, decommission, repair what drifted, adopt what was made by hand',
    params: Named,
    body: WebsiteChange,
    handle: ({ params, body, viewer }) => desk.change(params.name, body, viewer),
  }),
]
