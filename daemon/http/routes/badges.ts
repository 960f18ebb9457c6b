// /api/v1/badges and what stands beside it: standing access and its reviews, the pool of visitor badges, the block list, freezes, settings.
import { z } from 'zod'
import { done, type Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { type Route, route } from '../route.ts'

interface Sent {
  readonly card: string
  readonly kind: 'standing' | 'visitor'
  readonly holder: string
  readonly organisation: string
  readonly doors: readonly string[]
  readonly rooms: readonly string[]
  readonly zones: readonly string[]
  readonly from: number | null
  readonly until: number | null
  readonly hours: { readonly from: number; readonly until: number } | null
}
interface SettingsSent {
  readonly longest: number
  readonly guests: number
  readonly retention: number
  readonly dormant: number
  readonly review: number
}

export interface BadgeDesk {
  register(): Promise<unknown>
  add(given: Sent, viewer: Viewer): Promise<Outcome<unknown>>
  change(id: number, given: Sent, viewer: Viewer): Promise<Outcome<unknown>>
  lost(id: number, reason: string, viewer: Viewer): Promise<Outcome<unknown>>
  revoke(id: number, reason: string, viewer: Viewer): Promise<Outcome<unknown>>
  found(id: number, viewer: Viewer): Promise<Outcome<unknown>>
  review(kept: readonly number[], revoked: readonly number[], viewer: Viewer): Promise<Outcome<unknown>>
  blocks(): Promise<unknown>
  block(
    given: { readonly name: string; readonly identity: string; readonly card: string; readonly reason: string },
    viewer: Viewer,
  ): Promise<Outcome<unknown>>
  unblock(id: number, reason: string, viewer: Viewer): Promise<Outcome<unknown>>
  freezes(): Promise<unknown>
  freeze(
    given: { readonly site: string; readonly rooms: readonly string[]; readonly from: number; readonly until: number; readonly reason: string },
    viewer: Viewer,
  ): Promise<Outcome<unknown>>
  thaw(id: number, viewer: Viewer): Promise<Outcome<unknown>>
  settings(): Promise<unknown>
  setSettings(value: SettingsSent, viewer: Viewer): Promise<Outcome<unknown>>
}

const Named = z.strictObject({ id: z.coerce.number().int().positive() })
const at = z.int().positive().max(Date.UTC(2100, 0))
const ids = z.array(z.string().min(1).max(64)).max(200).default([])
const minutes = z.int().min(0).max(1440)
const said = z.string().trim().min(3, 'say it in a few words').max(500)
const BadgeSent = z
  .strictObject({
    card: z
      .string()
      .trim()
      .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$/u, 'letters, digits and - _ . only'),
    kind: z.enum(['standing', 'visitor']),
    holder: z.string().trim().max(120).default(''),
    organisation: z.string().trim().max(200).default(''),
    doors: ids,
    rooms: ids,
    zones: z
      .array(z.enum(['public', 'office', 'power', 'server', 'rack']))
      .max(5)
      .default([]),
    from: at.nullable().default(null),
    until: at.nullable().default(null),
    hours: z.strictObject({ from: minutes, until: minutes }).nullable().default(null),
  })
  .refine(({ kind, holder }) => kind === 'visitor' || holder.length >= 2, { path: ['holder'], message: 'a standing badge is somebody’s: name them' })
  .refine(({ from, until }) => from === null || until === null || from < until, { path: ['until'], message: 'it ends before it begins' })

export const badgeRoutes = (desk: BadgeDesk): Route[] => [
  route({
    method: 'get',
    path: '/badges',
    needs: 'visit.export',
    summary: 'Every badge, standing and of the visitors’ pool, with the last reviews and when the next is due',
    handle: async () => done(await desk.register()),
  }),
  route({
    method: 'post',
    path: '/badges',
    needs: 'visit.manage',
    summary: 'Register a badge',
    body: BadgeSent,
    handle: ({ body, viewer }) => desk.add(body, viewer),
  }),
  route({
    method: 'put',
    path: '/badges/:id',
    needs: 'visit.manage',
    summary: 'Change whose a badge is, where and when it opens',
    params: Named,
    body: BadgeSent,
    handle: ({ params, body, viewer }) => desk.change(params.id, body, viewer),
  }),
  route({
    method: 'post',
    path: '/badges/:id/lost',
    needs: 'visit.guard',
    summary: 'A badge is lost: it opens nothing any more',
    params: Named,
    body: z.strictObject({ reason: said }),
    handle: ({ params, body, viewer }) => desk.lost(params.id, body.reason, viewer),
  }),
  route({
    method: 'post',
    path: '/badges/:id/found',
    needs: 'visit.manage',
    summary: 'A lost, revoked or dormant badge opens again',
    params: Named,
    handle: ({ params, viewer }) => desk.found(params.id, viewer),
  }),
  route({
    method: 'post',
    path: '/badges/:id/revoke',
    needs: 'visit.manage',
    summary: 'Take a badge away, and why',
    params: Named,
    body: z.strictObject({ reason: said }),
    handle: ({ params, body, viewer }) => desk.revoke(params.id, body.reason, viewer),
  }),
  route({
    method: 'post',
    path: '/badges/review',
    needs: 'visit.manage',
    summary: 'Sign off a review of standing access: every standing badge is kept or revoked',
    body: z.strictObject({ kept: z.array(z.int().positive()).max(5000), revoked: z.array(z.int().positive()).max(5000) }),
    handle: ({ body, viewer }) => desk.review(body.kept, body.revoked, viewer),
  }),
  route({
    method: 'get',
    path: '/visit-blocks',
    needs: 'visit.export',
    summary: 'Who, and which cards, are kept out',
    handle: async () => done({ items: await desk.blocks() }),
  }),
  route({
    method: 'post',
    path: '/visit-blocks',
    needs: 'visit.manage',
    summary: 'Keep a person or a card out; of an identity number only its last four characters and a keyed hash are kept',
    body: z
      .strictObject({
        name: z.string().trim().max(120).default(''),
        identity: z.string().trim().max(40).default(''),
        card: z.string().trim().max(40).default(''),
        reason: said,
      })
      .refine(({ name, card }) => name.length >= 2 || card !== '', { path: ['name'], message: 'name a person or a card' }),
    handle: ({ body, viewer }) => desk.block(body, viewer),
  }),
  route({
    method: 'post',
    path: '/visit-blocks/:id/lift',
    needs: 'visit.manage',
    summary: 'Let somebody in again, and why',
    params: Named,
    body: z.strictObject({ reason: said }),
    handle: ({ params, body, viewer }) => desk.unblock(params.id, body.reason, viewer),
  }),
  route({
    method: 'get',
    path: '/visit-freezes',
    needs: 'visit.read',
    summary: 'When nobody works, and why',
    handle: async () => done({ items: await desk.freezes() }),
  }),
  route({
    method: 'post',
    path: '/visit-freezes',
    needs: 'visit.manage',
    summary: 'Set a time when nobody works: visits in it are refused unless an approver says why',
    body: z.strictObject({ site: z.string().min(1).max(64), rooms: ids, from: at, until: at, reason: said }),
    handle: ({ body, viewer }) => desk.freeze(body, viewer),
  }),
  route({
    method: 'delete',
    path: '/visit-freezes/:id',
    needs: 'visit.manage',
    summary: 'Take a freeze away',
    params: Named,
    handle: ({ params, viewer }) => desk.thaw(params.id, viewer),
  }),
  route({
    method: 'get',
    path: '/visit-settings',
    needs: 'visit.export',
    summary: 'How long a visit may last, guests of an escort, how long data are kept',
    handle: async () => done(await desk.settings()),
  }),
  route({
    method: 'put',
    path: '/visit-settings',
    needs: 'visit.manage',
    summary: 'Change them',
    body: z.strictObject({
      longest: z.int().min(1).max(90),
      guests: z.int().min(1).max(50),
      retention: z.int().min(30).max(3650),
      dormant: z.int().min(30).max(3650),
      review: z.int().min(7).max(730),
    }),
    handle: ({ body, viewer }) => desk.setSettings(body, viewer),
  }),
]
