// /api/v1/accounts: who may sign in, as an admin sees it.
import { z } from 'zod'
import { done, type Outcome } from '../../domain/outcome.ts'
import { SCOPES, type Scope } from '../../domain/policy.ts'
import { type AccountRow, type By, byOf, Login } from '../../domain/signin.ts'
import { type Route, route } from '../route.ts'

interface Page {
  readonly search: string
  readonly sort?: string | undefined
  readonly page: number
  readonly size: number
  readonly gone: boolean
}

export interface AccountsDesk {
  page(query: Page): Promise<{ readonly items: readonly AccountRow[]; readonly total: number; readonly page: number; readonly size: number }>
  add(by: By, given: { readonly login: string; readonly person: number }): Promise<Outcome<unknown>>
  rename(by: By, id: number, login: string): Promise<Outcome<unknown>>
  reset(by: By, id: number): Promise<Outcome<unknown>>
  unlock(by: By, id: number): Promise<Outcome<unknown>>
  retire(by: By, id: number): Promise<Outcome<unknown>>
  addToken(
    by: By,
    id: number,
    given: { readonly name: string; readonly scopes: readonly Scope[]; readonly days: number | null },
  ): Promise<Outcome<unknown>>
}

const Id = z.strictObject({ id: z.coerce.number().int().positive() })
const needs = 'account.manage'

export const accountsRoutes = (desk: AccountsDesk): Route[] => [
  route({
    method: 'get',
    path: '/accounts',
    needs,
    summary: 'Accounts with their roles of today, with search, sort and paging',
    query: z.strictObject({
      search: z.string().max(200).default(''),
      sort: z
        .string()
        .regex(/^-?(login|created_at|signed_in_at|id)$/)
        .optional(),
      page: z.coerce.number().int().min(1).default(1),
      size: z.coerce.number().int().min(1).max(500).default(50),
      gone: z.stringbool().default(false),
    }),
    handle: async ({ query }) => done(await desk.page({ ...query, sort: query.sort })),
  }),
  route({
    method: 'post',
    path: '/accounts',
    needs,
    summary: 'Let a person sign in; answers with the link where they set the first password',
    body: z.strictObject({ login: Login, person: z.int().positive() }),
    handle: async ({ viewer, body, caller }) => desk.add(byOf(viewer, caller), body),
  }),
  route({
    method: 'put',
    path: '/accounts/:id',
    needs,
    summary: 'Change the login',
    params: Id,
    body: z.strictObject({ login: Login }),
    handle: async ({ viewer, params, body, caller }) => desk.rename(byOf(viewer, caller), params.id, body.login),
  }),
  route({
    method: 'post',
    path: '/accounts/:id/reset',
    needs,
    summary: 'Void password, second factors, sessions and tokens; answers with the link for a new password',
    params: Id,
    handle: async ({ viewer, params, caller }) => desk.reset(byOf(viewer, caller), params.id),
  }),
  route({
    method: 'post',
    path: '/accounts/:id/unlock',
    needs,
    summary: 'Let somebody try again who had tried too often',
    params: Id,
    handle: async ({ viewer, params, caller }) => desk.unlock(byOf(viewer, caller), params.id),
  }),
  route({
    method: 'post',
    path: '/accounts/:id/tokens',
    needs,
    summary: 'Make an API token in the name of the account, for a program; it is told this once',
    params: Id,
    body: z.strictObject({
      name: z.string().trim().min(1).max(60),
      scopes: z.array(z.enum(SCOPES)).min(1),
      days: z.int().min(1).max(3650).nullable().default(90),
    }),
    handle: async ({ viewer, params, body, caller }) => desk.addToken(byOf(viewer, caller), params.id, body),
  }),
  route({
    method: 'delete',
    path: '/accounts/:id',
    needs,
    summary: 'Retire an account; sessions and tokens end at once, the trail keeps the name',
    params: Id,
    handle: async ({ viewer, params, caller }) => desk.retire(byOf(viewer, caller), params.id),
  }),
]
