// /api/v1/zones: zones that Suar writes to, their records as the servers have them, and what was changed in them.
import { z } from 'zod'
import type { ChangeRow, DriftReport, ZoneAdded, ZoneChangeView, ZoneRecords, ZoneView } from '../../domain/hosting-view.ts'
import { readIp } from '../../domain/ip.ts'
import { done, type Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { DomainName, HIDDEN, HostId } from '../../domain/safe.ts'
import { type Route, route } from '../route.ts'

export interface ZoneDesk {
  list(): Promise<readonly ZoneView[]>
  add(given: ZoneSent, viewer: Viewer): Promise<Outcome<ZoneAdded>>
  remove(name: string, viewer: Viewer): Promise<Outcome<void>>
  records(name: string, query: RecordQuery, signal: AbortSignal): Promise<Outcome<ZoneRecords>>
  history(name: string, before: number | null): Promise<Outcome<{ readonly items: readonly ZoneChangeView[] }>>
  change(name: string, given: RecordsSent, viewer: Viewer): Promise<Outcome<ChangeRow>>
  revert(name: string, given: { readonly id: number; readonly reason: string }, viewer: Viewer): Promise<Outcome<ChangeRow>>
  drift(name: string, viewer: Viewer, signal: AbortSignal): Promise<Outcome<DriftReport>>
  take(name: string, viewer: Viewer, signal: AbortSignal): Promise<Outcome<{ readonly records: number }>>
}

const server = z
  .string()
  .trim()
  .regex(/^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\])(:\d{1,5})?$/, 'written host:port; 53 when left out')
const secret = z.string().min(1).max(500)
/** As tsig-keygen names it: one label or several. */
const keyName = z
  .string()
  .max(253)
  .regex(/^[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*$/, 'letters, digits, - and _, with dots between')
const Nameservers = z.array(DomainName).min(1).max(13)
const address = z.string().refine(text => readIp(text) !== null, 'this is not an IP address')
const ZoneSent = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('bind'),
    name: DomainName,
    /** The first takes updates; all answer for the zone. */
    servers: z.array(server).min(1).max(13),
    key: z.strictObject({ name: keyName, algorithm: z.enum(['hmac-sha256', 'hmac-sha384', 'hmac-sha512']), secret }),
    /** It is not there yet: to be made on the BIND of that managed host, by a change of its own. */
    create: z
      .strictObject({
        host: HostId,
        nameservers: Nameservers,
        /** Mailbox of who looks after it, a dot where the @ is. */
        mail: DomainName,
        /** Of name servers that stand in the zone itself. */
        glue: z
          .array(z.strictObject({ server: DomainName, address }))
          .max(26)
          .default([]),
        /** Secondaries: who may fetch it. */
        transfer: z.array(address).max(13).default([]),
      })
      .optional(),
    /** Organisations besides ours that may ask for names in it, and which owners. */
    rights: z
      .array(z.strictObject({ organisation: z.int().positive(), owners: z.string().min(1).max(253) }))
      .max(500)
      .default([]),
  }),
  z.strictObject({
    kind: z.literal('powerdns'),
    name: DomainName,
    servers: z.array(server).min(1).max(13),
    url: z.url({ protocol: /^https?$/ }),
    apiKey: secret,
    /** Made on the server where it is not there yet, with these name servers. */
    create: z.strictObject({ nameservers: Nameservers }).optional(),
    rights: z
      .array(z.strictObject({ organisation: z.int().positive(), owners: z.string().min(1).max(253) }))
      .max(500)
      .default([]),
  }),
])
export type ZoneSent = z.output<typeof ZoneSent>

const RecordQuery = z.strictObject({
  search: z.string().trim().max(253).default(''),
  type: z
    .string()
    .regex(/^[A-Z0-9]{1,10}$/)
    .optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(500).default(50),
})
export type RecordQuery = z.output<typeof RecordQuery>

const reason = z.string().trim().min(3, 'say it in a few words').max(500)
/** All records of one name and type. What each type allows is checked when it is planned. */
const RRset = z.strictObject({
  type: z.string().regex(/^[A-Z0-9]{1,10}$/),
  ttl: z.int().min(0).max(2_147_483_647),
  data: z.array(z.string().min(1).max(65_535)).min(1).max(500),
})
const Record = z.strictObject({
  /** `www.example.go.id. A`. */
  name: z
    .string()
    .max(270)
    .refine(text => !HIDDEN.test(text), 'hidden signs are not taken'),
  before: RRset.nullable(),
  after: RRset.nullable(),
})
const RecordsSent = z.strictObject({ changes: z.array(Record).min(1).max(500), reason })
export type RecordsSent = z.output<typeof RecordsSent>

const Named = z.strictObject({ name: DomainName })

export const zoneRoutes = (desk: ZoneDesk): Route[] => [
  route({
    method: 'get',
    path: '/zones',
    needs: 'host.read',
    summary: 'Zones with their servers, serial numbers and DNSSEC state',
    handle: async () => done({ items: await desk.list() }),
  }),
  route({
    method: 'post',
    path: '/zones',
    needs: 'zone.manage',
    summary:
      'Make a zone known with its servers and the key that may update it, and make it there when asked to; the secret is never given out again',
    body: ZoneSent,
    handle: ({ body, viewer }) => desk.add(body, viewer),
  }),
  route({
    method: 'delete',
    path: '/zones/:name',
    needs: 'zone.manage',
    summary: 'Forget a zone in which nothing of ours stands; on the servers it stays',
    params: Named,
    handle: ({ params, viewer }) => desk.remove(params.name, viewer),
  }),
  route({
    method: 'get',
    path: '/zones/:name',
    needs: 'host.read',
    summary: 'Records of a zone as its first server has them, searched, page by page, with whose they are',
    params: Named,
    query: RecordQuery,
    handle: ({ params, query, signal }) => desk.records(params.name, query, signal),
  }),
  route({
    method: 'get',
    path: '/zones/:name/history',
    needs: 'host.read',
    summary: 'What was changed in a zone, newest first, each with before and after',
    params: Named,
    query: z.strictObject({ before: z.coerce.number().int().positive().optional() }),
    handle: ({ params, query }) => desk.history(params.name, query.before ?? null),
  }),
  route({
    method: 'post',
    path: '/zones/:name/records',
    needs: 'change.work',
    summary: 'Ask for changes of records: a change, to be planned, read and applied. `before` is what was seen',
    params: Named,
    body: RecordsSent,
    handle: ({ params, body, viewer }) => desk.change(params.name, body, viewer),
  }),
  route({
    method: 'post',
    path: '/zones/:name/revert',
    needs: 'change.work',
    summary: 'Ask to put a record back as it was before that entry of the history; 409 when it was changed since',
    params: Named,
    body: z.strictObject({ id: z.int().positive(), reason }),
    handle: ({ params, body, viewer }) => desk.revert(params.name, body, viewer),
  }),
  route({
    method: 'post',
    path: '/zones/:name/drift',
    needs: 'change.work',
    summary: 'Compare every record of ours in the zone with what is held of it, now: missing, changed; others are only counted. Touches nothing',
    params: Named,
    handle: ({ params, viewer, signal }) => desk.drift(params.name, viewer, signal),
  }),
  route({
    method: 'post',
    path: '/zones/:name/import',
    needs: 'zone.manage',
    summary: 'Read the whole zone from its first server (AXFR): how many records there are. Nothing becomes ours by it',
    params: Named,
    handle: ({ params, viewer, signal }) => desk.take(params.name, viewer, signal),
  }),
]
