// The audit trail: who did what to what, in a chain of hashes that shows any later change.
import { createHash } from 'node:crypto'
import type { Clock, Instant } from '../domain/call.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { Db, Schema, Trx } from './schema.ts'

interface AuditEntry {
  readonly seq: number
  readonly at: Instant
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly detail: unknown
  readonly hash: string
}

export interface AuditTrail {
  append(actor: string, action: string, subject: string, detail?: unknown): Promise<AuditEntry>
  /** Newest first. */
  page(options: { readonly before?: number; readonly size: number }): Promise<AuditEntry[]>
  /** Walks the whole chain; `garbage` names the first entry that does not fit. */
  verify(): Promise<Outcome<{ readonly entries: number; readonly head: string }>>
}

/** Hash "before the first": SHA-256 of nothing would do as well; this one can be seen to be none. */
const GENESIS = '0'.repeat(64)
const PAGE = 1_000

/** JSON with keys in order, so that the same content has the same hash everywhere (the idea of RFC 8785). */
function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`)
  return `{${members.join(',')}}`
}

type Row = Schema['audit']

const hashOf = ({ previous, seq, at, actor, action, subject, detail }: Omit<Row, 'hash'>): string =>
  createHash('sha256').update(previous).update(canonical({ seq, at, actor, action, subject, detail })).digest('hex')

const entry = ({ previous: _, detail, ...rest }: Row): AuditEntry => ({ ...rest, detail: JSON.parse(detail) })

/** Appends within the caller's transaction, so that the trail has what was written and nothing that was not. */
export async function appendAudit(
  trx: Trx,
  { at, actor, action, subject, detail = null }: Pick<AuditEntry, 'at' | 'actor' | 'action' | 'subject'> & { readonly detail?: unknown },
): Promise<AuditEntry> {
  const last = await trx.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst()
  const body = { seq: (last?.seq ?? 0) + 1, at, actor, action, subject, detail: canonical(detail), previous: last?.hash ?? GENESIS }
  const row = { ...body, hash: hashOf(body) }
  await trx.insertInto('audit').values(row).execute()
  return entry(row)
}

export function auditTrail(db: Db, { clock }: { clock: Clock }): AuditTrail {
  return {
    append: (actor, action, subject, detail = null) =>
      db.transaction().execute(trx => appendAudit(trx, { at: clock(), actor, action, subject, detail })),

    async page({ before, size }) {
      const query = db.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(size)
      return (await (before === undefined ? query : query.where('seq', '<', before)).execute()).map(entry)
    },

    async verify() {
      let seq = 0
      let head = GENESIS
      for (;;) {
        const rows = await db.selectFrom('audit').selectAll().where('seq', '>', seq).orderBy('seq').limit(PAGE).execute()
        for (const row of rows) {
          if (row.seq !== seq + 1) return failed('garbage', `The audit trail lacks entry ${seq + 1}.`)
          if (row.previous !== head) return failed('garbage', `Entry ${row.seq} of the audit trail does not follow entry ${seq}.`)
          if (row.hash !== hashOf(row)) return failed('garbage', `Entry ${row.seq} of the audit trail was changed after it was written.`)
          seq = row.seq
          head = row.hash
        }
        if (rows.length < PAGE) return done({ entries: seq, head })
      }
    },
  }
}
