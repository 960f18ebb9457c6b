// /api/v1/session/oidc: to the identity provider and back. A browser walks here by itself, so every answer sends it on to a page.
import { z } from 'zod'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import type { Opened, SignInAnswer } from '../../domain/signin.ts'
import { type Caller, openRoute, RedirectAnswer, type Route } from '../route.ts'

export interface OidcDesk {
  start(origin: string, to: string): Promise<Outcome<{ readonly url: string; readonly flow: string; readonly until: number }>>
  back(
    flow: string,
    search: string,
    knock: { readonly address: string; readonly agent: string },
  ): Promise<Outcome<{ readonly account: number; readonly to: string; readonly twice: boolean }>>
  open(account: number, twice: boolean, caller: Caller): Promise<Outcome<{ readonly value: SignInAnswer; readonly session?: Opened | null }>>
}

/** The page says why in the reader's language. */
const refused = (why: 'unreachable' | 'late' | 'refused', detail: string) =>
  done(new RedirectAnswer(`/?signin=${why}&detail=${encodeURIComponent(detail)}`, { flow: null }))

export const oidcRoutes = (desk: OidcDesk): Route[] => [
  openRoute({
    method: 'get',
    path: '/session/oidc',
    summary: 'To the identity provider; `to`: the page to come back to',
    query: z.strictObject({ to: z.string().max(1000).default('/') }),
    handle: async ({ query, caller }) => {
      if (caller.origin === undefined) return failed('invalid', 'The request does not say under which name it found Suar.')
      const started = await desk.start(caller.origin, query.to)
      if (!started.ok) return refused('unreachable', started.failure.message)
      return done(new RedirectAnswer(started.value.url, { flow: { secret: started.value.flow, until: started.value.until } }))
    },
  }),
  openRoute({
    method: 'get',
    path: '/session/oidc/back',
    summary: 'Back from the identity provider',
    query: z.record(z.string(), z.string().max(4000)),
    handle: async ({ query, caller }) => {
      if (caller.flow === null || caller.flow === undefined) return refused('late', 'This sign-in was not begun in this browser, or took too long.')
      const back = await desk.back(caller.flow, `?${new URLSearchParams(query)}`, caller)
      if (!back.ok) return refused(back.failure.kind === 'conflict' ? 'late' : 'refused', back.failure.message)
      const opened = await desk.open(back.value.account, back.value.twice, caller)
      if (opened.ok && opened.value.value.next === 'code') {
        const { pass, methods } = opened.value.value
        // Behind the #, which goes to the page and to no server or log on the way.
        return done(new RedirectAnswer(`${back.value.to}#${new URLSearchParams({ code: pass, methods: methods.join(' ') })}`, { flow: null }))
      }
      if (!opened.ok || opened.value.session === undefined) return refused('refused', opened.ok ? '' : opened.failure.message)
      return done(new RedirectAnswer(back.value.to, { flow: null, session: opened.value.session }))
    },
  }),
]
