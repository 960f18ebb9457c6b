// /api/v1/session, /setup: signing in and out, in every way there is.
import { z } from 'zod'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { type Knock, Login, type Opened, type SessionView, type SignInAnswer } from '../../domain/signin.ts'
import { openRoute, type Route, route, SessionAnswer } from '../route.ts'

interface Answered<T> {
  readonly value: T
  readonly session?: Opened | null
}

export interface SessionDesk {
  view(knock: Knock, viewer: Viewer | null): Promise<SessionView>
  withPassword(login: string, password: string, wall: boolean, knock: Knock): Promise<Outcome<Answered<SignInAnswer>>>
  asDemo(login: string, knock: Knock): Promise<Outcome<Answered<SignInAnswer>>>
  withCode(pass: string, code: string, knock: Knock): Promise<Outcome<Answered<SignInAnswer>>>
  askPasskey(pass: string | null, knock: Knock): Promise<Outcome<{ readonly flow: string; readonly options: object }>>
  withPasskey(flow: string, response: unknown, wall: boolean, knock: Knock): Promise<Outcome<Answered<SignInAnswer>>>
  open(account: number, by: string, wall: boolean, knock: Knock): Promise<Outcome<Answered<SignInAnswer>>>
  out(knock: Knock): Promise<Answered<object>>
  prove(viewer: Viewer, given: { readonly password?: string | undefined; readonly code?: string | undefined }, knock: Knock): Promise<Outcome<object>>
}

export interface SetupDesk {
  look(code: string): Promise<{ readonly kind: 'setup' | 'reset'; readonly login: string | null } | null>
  use(
    code: string,
    given: {
      readonly login?: string | undefined
      readonly name?: string | undefined
      readonly organisation?: string | undefined
      readonly password: string
    },
    knock: Knock,
  ): Promise<Outcome<number>>
}

const secret = z.string().min(1).max(200)
const password = z.string().min(1).max(500)
/** A browser's answer of WebAuthn: the library reads it. */
const response = z.looseObject({ id: z.string().max(1400) })
const wall = z.boolean().default(false)

const kept = <T>(outcome: Outcome<Answered<T>>): Outcome<unknown> =>
  outcome.ok && outcome.value.session !== undefined
    ? done(new SessionAnswer(outcome.value.value, outcome.value.session))
    : outcome.ok
      ? done(outcome.value.value)
      : outcome

export const sessionRoutes = (desk: SessionDesk, setup: SetupDesk): Route[] => [
  openRoute({
    method: 'get',
    path: '/session',
    summary: 'Who asks, what they may, and by which ways one may sign in here',
    handle: async ({ viewer, caller }) => done(await desk.view(caller, viewer)),
  }),
  openRoute({
    method: 'post',
    path: '/session',
    summary: 'Sign in with a login and a password; `wall`: a screen that only watches, for weeks',
    body: z.union([z.strictObject({ login: z.string().trim().min(1).max(64), password, wall }), z.strictObject({ demo: z.string().max(64) })]),
    handle: async ({ body, caller }) =>
      kept('demo' in body ? await desk.asDemo(body.demo, caller) : await desk.withPassword(body.login, body.password, body.wall, caller)),
  }),
  openRoute({
    method: 'post',
    path: '/session/code',
    summary: 'The second factor: a code of the authenticator app, or a recovery code',
    body: z.strictObject({ pass: secret, code: z.string().trim().min(6).max(40) }),
    handle: async ({ body, caller }) => kept(await desk.withCode(body.pass, body.code, caller)),
  }),
  openRoute({
    method: 'post',
    path: '/session/passkey/options',
    summary: 'Begin with a passkey; with the pass of the password it is the second factor, without it is both',
    body: z.strictObject({ pass: secret.optional() }),
    handle: async ({ body, caller }) => desk.askPasskey(body.pass ?? null, caller),
  }),
  openRoute({
    method: 'post',
    path: '/session/passkey',
    summary: 'The passkey’s answer',
    body: z.strictObject({ flow: secret, response, wall }),
    handle: async ({ body, caller }) => kept(await desk.withPasskey(body.flow, body.response, body.wall, caller)),
  }),
  openRoute({
    method: 'delete',
    path: '/session',
    summary: 'Sign out',
    handle: async ({ caller }) => kept(done(await desk.out(caller))),
  }),
  route({
    method: 'post',
    path: '/session/prove',
    needs: 'account.own',
    summary: 'Prove again who one is, before signing or revealing something',
    body: z.strictObject({ password: password.optional(), code: z.string().trim().min(6).max(40).optional() }),
    handle: async ({ body, viewer, caller }) => desk.prove(viewer, body, caller),
  }),
  openRoute({
    method: 'post',
    path: '/setup/look',
    summary: 'What a one-time link is for: the first account, or a new password',
    body: z.strictObject({ code: secret }),
    handle: async ({ body }) => {
      const link = await setup.look(body.code)
      return link === null ? failed('notFound', 'This link was used, is older than a day, or was replaced by a newer one.') : done(link)
    },
  }),
  openRoute({
    method: 'post',
    path: '/setup',
    summary: 'Use a one-time link: make the first account, or set a password; signs in',
    body: z.strictObject({
      code: secret,
      login: Login.optional(),
      name: z.string().trim().min(2).max(120).optional(),
      organisation: z.string().trim().min(2).max(200).optional(),
      password,
    }),
    handle: async ({ body: { code, ...given }, caller }) => {
      const account = await setup.use(code, given, caller)
      return account.ok ? kept(await desk.open(account.value, 'link', false, caller)) : account
    },
  }),
]
