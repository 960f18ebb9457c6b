// The audit trail: who did what to what, in a chain of hashes that shows any later change.
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Clock, Instant } from '../domain/call.ts'
import { done, failed, type Outcome, type Together } from '../domain/outcome.ts'
import { breath } from './aside.ts'
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

export interface AuditDraft {
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly detail?: unknown
}

export interface AuditQuery {
  /** Entries before this number only: the next page. */
  readonly before?: number | undefined
  readonly size: number
  /** Words that must all occur in actor, action, subject or detail, in any case. */
  readonly search?: string | undefined
  readonly actor?: string | undefined
  /** In full, or up to a dot: `session` has `session.open`. */
  readonly action?: string | undefined
  readonly from?: Instant | undefined
  readonly to?: Instant | undefined
}

/** What was the newest entry at a moment, told somewhere else as well: a trail that was cut off behind it no longer has it. */
export interface Anchor {
  readonly at: Instant
  readonly seq: number
  readonly hash: string
}

export interface Verified {
  readonly entries: number
  /** 1, or the first that was not pruned; 0 of an empty trail. */
  readonly first: number
  readonly head: string
}

export interface AuditTrail {
  /** What is done within `work` is written with its entries of the trail, or not at all. */
  readonly together: Together
  append(actor: string, action: string, subject: string, detail?: unknown): Promise<AuditEntry>
  /** Many at once: made ready while others come in between. Gives what writes them, quickly, within the transaction around it. */
  ready(entries: readonly AuditDraft[]): Promise<() => Promise<void>>
  /** Newest first. */
  page(query: AuditQuery): Promise<AuditEntry[]>
  /** What was written of one thing of a register (`application.add`, `.change`, `.remove`), oldest first. */
  of(what: string, id: number): Promise<AuditEntry[]>
  /** Oldest first, with the hash of the one before; bounded by what there is at the beginning. */
  walk(span: { readonly from?: Instant | undefined; readonly to?: Instant | undefined }): AsyncGenerator<AuditEntry & { readonly previous: string }>
  head(): Promise<Anchor | null>
  /** Walks the whole chain; `garbage` names the first entry that does not fit, or the anchor that the trail no longer reaches. */
  verify(anchors?: readonly Anchor[]): Promise<Outcome<Verified>>
  /**
   * Whether the clock seems to have leapt: the trail tells of nothing for a month and more before last week, though it tells of times before that.
   * Then nothing is to be taken away for its age; after a week of entries the trail vouches for the clock, over restarts as well.
   */
  leapt(): Promise<boolean>
  /** Takes away what is older, leaving an entry that says up to where and with which hash, so that the rest still verifies. How many went. */
  prune(before: Instant, actor: string): Promise<number>
}

/** Hash "before the first": SHA-256 of nothing would do as well; this one can be seen to be none. */
const GENESIS = '0'.repeat(64)
const PAGE = 1_000
const WEEK = 7 * 86_400_000
const MONTH = 30 * 86_400_000
/** Entries of one statement. */
const AT_ONCE = 100
/** Words looked for at once: each is looked for in every entry. */
const MOST_WORDS = 8

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

const lastOf = (trx: Trx) => trx.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst()
function chained(last: Pick<Row, 'seq' | 'hash'> | undefined, given: Omit<Row, 'seq' | 'previous' | 'hash'>): Row {
  const body = { ...given, seq: (last?.seq ?? 0) + 1, previous: last?.hash ?? GENESIS }
  return { ...body, hash: hashOf(body) }
}

/** Appends within the caller's transaction, so that the trail has what was written and nothing that was not. */
export async function appendAudit(
  trx: Trx,
  { at, actor, action, subject, detail = null }: Pick<AuditEntry, 'at' | 'actor' | 'action' | 'subject'> & { readonly detail?: unknown },
): Promise<AuditEntry> {
  const row = chained(await lastOf(trx), { at, actor, action, subject, detail: canonical(detail) })
  await trx.insertInto('audit').values(row).execute()
  return entry(row)
}

const PRUNED = 'audit.prune'
const tells = (detail: string, { through, hash }: { readonly through: number; readonly hash: string }): boolean => {
  const told = JSON.parse(detail) as { readonly through?: unknown; readonly hash?: unknown } | null
  return told?.through === through && told.hash === hash
}
const likely = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
const day = (at: Instant): string => `on ${new Date(at).toISOString().slice(0, 10)}`

export function auditTrail(db: Db, { clock, together }: { clock: Clock; together: Together }): AuditTrail {
  const newest = () => db.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirst()
  return {
    together,
    append: (actor, action, subject, detail = null) =>
      db.transaction().execute(trx => appendAudit(trx, { at: clock(), actor, action, subject, detail })),

    async ready(entries) {
      const texts: string[] = []
      for (const [i, { detail = null }] of entries.entries()) {
        texts.push(canonical(detail))
        if (i % AT_ONCE === 0) await breath()
      }
      return () =>
        db.transaction().execute(async trx => {
          let last: Pick<Row, 'seq' | 'hash'> | undefined = await lastOf(trx)
          const rows = entries.map(({ actor, action, subject }, i): Row => {
            const row = chained(last, { at: clock(), actor, action, subject, detail: texts[i] ?? '' })
            last = row
            return row
          })
          for (let from = 0; from < rows.length; from += AT_ONCE)
            await trx
              .insertInto('audit')
              .values(rows.slice(from, from + AT_ONCE))
              .execute()
        })
    },

    async page({ before, size, search = '', actor, action, from, to }) {
      let query = db.selectFrom('audit').selectAll()
      if (before !== undefined) query = query.where('seq', '<', before)
      if (actor !== undefined) query = query.where('actor', '=', actor)
      if (action !== undefined)
        query = query.where(({ eb, or }) => or([eb('action', '=', action), sql<boolean>`action like ${`${likely(action)}.%`} escape '\\'`]))
      if (from !== undefined) query = query.where('at', '>=', from)
      if (to !== undefined) query = query.where('at', '<=', to)
      for (const word of search.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS))
        query = query.where(sql<boolean>`lower(actor || ' ' || action || ' ' || subject || ' ' || detail) like ${`%${likely(word)}%`} escape '\\'`)
      return (await query.orderBy('seq', 'desc').limit(size).execute()).map(entry)
    },

    async of(what, id) {
      const actions = ['add', 'change', 'remove'].map(done => `${what}.${done}`)
      const rows = await db.selectFrom('audit').selectAll().where('action', 'in', actions).orderBy('seq').execute()
      return rows.map(entry).filter(({ detail }) => typeof detail === 'object' && detail !== null && 'id' in detail && detail.id === id)
    },

    async *walk({ from = 0, to = Number.MAX_SAFE_INTEGER }) {
      const last = (await newest())?.seq ?? 0
      for (let seq = 0; ; ) {
        const rows = await db.selectFrom('audit').selectAll().where('seq', '>', seq).where('seq', '<=', last).orderBy('seq').limit(PAGE).execute()
        for (const row of rows) {
          seq = row.seq
          // The clock may have been set back in between: every entry is asked.
          if (row.at >= from && row.at <= to) yield { ...entry(row), previous: row.previous }
        }
        if (rows.length < PAGE) return
      }
    },

    async head() {
      const row = await newest()
      return row === undefined ? null : { at: row.at, seq: row.seq, hash: row.hash }
    },

    async verify(anchors = []) {
      const wanted = new Map(anchors.map(anchor => [anchor.seq, anchor]))
      let first = 0
      let entries = 0
      let seq = 0
      let head = GENESIS
      /** What was before the first entry that is still there, and whether an entry tells of its end. */
      let missing: { readonly through: number; readonly hash: string } | null = null
      for (;;) {
        const rows: Row[] = await db.selectFrom('audit').selectAll().where('seq', '>', seq).orderBy('seq').limit(PAGE).execute()
        for (const row of rows) {
          if (entries === 0 && row.seq > 1) missing = { through: row.seq - 1, hash: row.previous }
          else if (row.seq !== seq + 1) return failed('garbage', `The audit trail lacks entry ${seq + 1}.`)
          else if (row.previous !== head) return failed('garbage', `Entry ${row.seq} of the audit trail does not follow entry ${seq}.`)
          if (row.hash !== hashOf(row)) return failed('garbage', `Entry ${row.seq} of the audit trail was changed after it was written.`)
          const anchor = wanted.get(row.seq)
          if (anchor !== undefined && anchor.hash !== row.hash)
            return failed(
              'garbage',
              `Entry ${row.seq} of the audit trail is not the one that was anchored ${day(anchor.at)}: the trail was written anew.`,
            )
          if (missing !== null && row.action === PRUNED && tells(row.detail, missing)) missing = null
          first ||= row.seq
          entries++
          seq = row.seq
          head = row.hash
        }
        if (rows.length < PAGE) break
      }
      if (missing !== null)
        return failed('garbage', `The audit trail lacks entries 1 to ${missing.through}, and no entry says that they were pruned.`)
      const lost = anchors.find(anchor => anchor.seq > seq)
      if (lost !== undefined)
        return failed(
          'garbage',
          `The audit trail ends with entry ${seq}, but entry ${lost.seq} was anchored ${day(lost.at)}: the newest entries are gone.`,
        )
      return done({ entries, first, head })
    },

    async leapt() {
      const settled = clock() - WEEK
      const last = await db.selectFrom('audit').select('at').where('at', '<', settled).orderBy('seq', 'desc').limit(1).executeTakeFirst()
      return last !== undefined && last.at < settled - MONTH
    },

    prune: (before, actor) =>
      db.transaction().execute(async trx => {
        const kept = await trx.selectFrom('audit').select('seq').where('at', '>=', before).orderBy('seq').limit(1).executeTakeFirst()
        const last = await trx
          .selectFrom('audit')
          .select(['seq', 'hash'])
          .where('seq', '<', kept?.seq ?? Number.MAX_SAFE_INTEGER)
          .orderBy('seq', 'desc')
          .limit(1)
          .executeTakeFirst()
        if (last === undefined) return 0
        await appendAudit(trx, { at: clock(), actor, action: PRUNED, subject: 'audit', detail: { through: last.seq, hash: last.hash } })
        const { numDeletedRows } = await trx.deleteFrom('audit').where('seq', '<=', last.seq).executeTakeFirst()
        return Number(numDeletedRows)
      }),
  }
}
