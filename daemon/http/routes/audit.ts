// /api/v1/audit: who did what, whether the chain is whole, and all of it as a file.
import { Readable } from 'node:stream'
import { z } from 'zod'
import { done, type Outcome } from '../../domain/outcome.ts'
import { type AuditRow, type By, byOf } from '../../domain/signin.ts'
import { FileAnswer, type Route, route } from '../route.ts'

interface Query {
  readonly before?: number | undefined
  readonly size: number
  readonly search?: string | undefined
  readonly actor?: string | undefined
  readonly action?: string | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
}

export interface AuditDesk {
  page(query: Query): Promise<readonly AuditRow[]>
  verify(): Promise<Outcome<{ readonly entries: number; readonly first: number; readonly head: string }>>
  /** JSON Lines; the last one says how many and the hash of the newest. */
  export(span: { readonly from?: number | undefined; readonly to?: number | undefined }, by: By): AsyncGenerator<string>
}

const instant = z.coerce.number().int().nonnegative().optional()

export const auditRoutes = (desk: AuditDesk): Route[] => [
  route({
    method: 'get',
    path: '/audit',
    needs: 'audit.read',
    summary: 'The audit trail, newest first; `before`: the number where the page before ended',
    query: z.strictObject({
      before: instant,
      size: z.coerce.number().int().min(1).max(500).default(100),
      search: z.string().max(200).optional(),
      actor: z.string().max(200).optional(),
      action: z.string().max(64).optional(),
      from: instant,
      to: instant,
    }),
    handle: async ({ query }) => {
      // One more than asked for tells whether there are more.
      const items = await desk.page({ ...query, size: query.size + 1 })
      return done({ items: items.slice(0, query.size), more: items.length > query.size })
    },
  }),
  route({
    method: 'get',
    path: '/audit/verify',
    needs: 'audit.read',
    summary: 'Walk the chain: `ok`, or the first entry that does not fit',
    handle: async () => {
      const verified = await desk.verify()
      return done(verified.ok ? { ok: true, ...verified.value } : { ok: false, reason: verified.failure.message })
    },
  }),
  route({
    method: 'get',
    path: '/audit/export',
    needs: 'audit.export',
    summary: 'The audit trail as JSON Lines with the hash of each entry; the last line has the newest hash',
    query: z.strictObject({ from: instant, to: instant }),
    handle: async ({ query, viewer, caller }) => {
      const lines = desk.export(query, byOf(viewer, caller))
      return done(new FileAnswer('audit.jsonl', 'application/jsonl', Readable.from(lines)))
    },
  }),
]
