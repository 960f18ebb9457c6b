// /api/v1/account: one's own sign-in.
import { z } from 'zod'
import type { Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { SCOPES, type Scope } from '../../domain/policy.ts'
import type { Knock } from '../../domain/signin.ts'
import { type Route, route } from '../route.ts'

export interface OwnDesk {
  look(viewer: Viewer): Promise<Outcome<unknown>>
  setPassword(viewer: Viewer, old: string, next: string, knock: Knock): Promise<Outcome<unknown>>
  beginTotp(viewer: Viewer): Promise<Outcome<unknown>>
  confirmTotp(viewer: Viewer, code: string, knock: Knock): Promise<Outcome<unknown>>
  endTotp(viewer: Viewer, knock: Knock): Promise<Outcome<unknown>>
  freshRecovery(viewer: Viewer, knock: Knock): Promise<Outcome<unknown>>
  askPasskey(viewer: Viewer, knock: Knock): Promise<Outcome<unknown>>
  addPasskey(viewer: Viewer, name: string, flow: string, response: unknown, knock: Knock): Promise<Outcome<unknown>>
  endPasskey(viewer: Viewer, id: number, knock: Knock): Promise<Outcome<unknown>>
  sessions(viewer: Viewer): Promise<Outcome<unknown>>
  endSession(viewer: Viewer, id: number, knock: Knock): Promise<Outcome<unknown>>
  endOtherSessions(viewer: Viewer, knock: Knock): Promise<Outcome<unknown>>
  tokens(viewer: Viewer): Promise<Outcome<unknown>>
  addToken(
    viewer: Viewer,
    given: { readonly name: string; readonly scopes: readonly Scope[]; readonly days: number | null },
    knock: Knock,
  ): Promise<Outcome<unknown>>
  endToken(viewer: Viewer, id: number, knock: Knock): Promise<Outcome<unknown>>
  settings(viewer: Viewer, given: { readonly language: 'id' | 'en' }, knock: Knock): Promise<Outcome<unknown>>
}

const Id = z.strictObject({ id: z.coerce.number().int().positive() })
const needs = 'account.own'

export const accountRoutes = (desk: OwnDesk): Route[] => [
  route({ method: 'get', path: '/account', needs, summary: 'One’s own account', handle: async ({ viewer }) => desk.look(viewer) }),
  route({
    method: 'post',
    path: '/account/password',
    needs,
    summary: 'Change the password; all other sessions end',
    body: z.strictObject({ old: z.string().max(500).default(''), new: z.string().max(500) }),
    handle: async ({ viewer, body, caller }) => desk.setPassword(viewer, body.old, body.new, caller),
  }),
  route({
    method: 'post',
    path: '/account/totp',
    needs,
    summary: 'Begin to enrol an authenticator app: its secret, and the same as a link for a QR code',
    handle: async ({ viewer }) => desk.beginTotp(viewer),
  }),
  route({
    method: 'post',
    path: '/account/totp/confirm',
    needs,
    summary: 'The first code of the app; answers with the recovery codes, which are shown this once',
    body: z.strictObject({ code: z.string().trim().min(6).max(10) }),
    handle: async ({ viewer, body, caller }) => desk.confirmTotp(viewer, body.code, caller),
  }),
  route({
    method: 'delete',
    path: '/account/totp',
    needs,
    summary: 'Give the authenticator app up',
    handle: async ({ viewer, caller }) => desk.endTotp(viewer, caller),
  }),
  route({
    method: 'post',
    path: '/account/recovery',
    needs,
    summary: 'New recovery codes; the old ones are void',
    handle: async ({ viewer, caller }) => desk.freshRecovery(viewer, caller),
  }),
  route({
    method: 'post',
    path: '/account/passkeys/options',
    needs,
    summary: 'Begin to make a passkey',
    handle: async ({ viewer, caller }) => desk.askPasskey(viewer, caller),
  }),
  route({
    method: 'post',
    path: '/account/passkeys',
    needs,
    summary: 'The new passkey',
    body: z.strictObject({
      name: z.string().trim().min(1).max(60),
      flow: z.string().max(200),
      response: z.looseObject({ id: z.string().max(1400) }),
    }),
    handle: async ({ viewer, body, caller }) => desk.addPasskey(viewer, body.name, body.flow, body.response, caller),
  }),
  route({
    method: 'delete',
    path: '/account/passkeys/:id',
    needs,
    summary: 'Give a passkey up',
    params: Id,
    handle: async ({ viewer, params, caller }) => desk.endPasskey(viewer, params.id, caller),
  }),
  route({ method: 'get', path: '/account/sessions', needs, summary: 'Where one is signed in', handle: async ({ viewer }) => desk.sessions(viewer) }),
  route({
    method: 'delete',
    path: '/account/sessions',
    needs,
    summary: 'End all sessions but this one',
    handle: async ({ viewer, caller }) => desk.endOtherSessions(viewer, caller),
  }),
  route({
    method: 'delete',
    path: '/account/sessions/:id',
    needs,
    summary: 'End a session; its live line is cut at once',
    params: Id,
    handle: async ({ viewer, params, caller }) => desk.endSession(viewer, params.id, caller),
  }),
  route({ method: 'get', path: '/account/tokens', needs, summary: 'API tokens', handle: async ({ viewer }) => desk.tokens(viewer) }),
  route({
    method: 'post',
    path: '/account/tokens',
    needs,
    summary: 'Make an API token; it is told this once. `days`: how long it is good; null: until it is ended',
    body: z.strictObject({
      name: z.string().trim().min(1).max(60),
      scopes: z.array(z.enum(SCOPES)).min(1),
      days: z.int().min(1).max(3650).nullable().default(90),
    }),
    handle: async ({ viewer, body, caller }) => desk.addToken(viewer, body, caller),
  }),
  route({
    method: 'delete',
    path: '/account/tokens/:id',
    needs,
    summary: 'End an API token',
    params: Id,
    handle: async ({ viewer, params, caller }) => desk.endToken(viewer, params.id, caller),
  }),
  route({
    method: 'post',
    path: '/account/settings',
    needs,
    summary: 'Language of pages and notices',
    body: z.strictObject({ language: z.enum(['id', 'en']) }),
    handle: async ({ viewer, caller, body }) => desk.settings(viewer, body, caller),
  }),
]
