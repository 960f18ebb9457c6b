// Visits in the records: the record as a whole with the columns it is looked for by, its trace, its codes, and the guest book.
import type { Instant } from '../domain/call.ts'
import type { VisitState } from '../domain/visit.ts'
import type { Pass, VisitEvent, VisitRecord } from '../domain/visit-record.ts'
import { nextNumber } from './numbers.ts'
import type { Db, Schema } from './schema.ts'

export interface VisitQuery {
  /** Visits that touch the span, both ends included. */
  readonly from?: Instant | undefined
  readonly until?: Instant | undefined
  readonly states?: readonly VisitState[] | undefined
  readonly site?: string | undefined
  readonly organisations?: readonly number[] | undefined
  readonly limit: number
}

export interface IdentityMark {
  readonly ticket: number
  /** As names are compared. */
  readonly name: string
  readonly last: string
  readonly hash: string
}

export interface VisitStore {
  /** The next number of the year: drawn within the transaction that uses it. */
  draw(year: number): Promise<number>
  find(id: number): Promise<VisitRecord | null>
  some(ids: readonly number[]): Promise<readonly VisitRecord[]>
  ofTicket(ticket: number): Promise<VisitRecord | null>
  /** By `from`, the earliest first. */
  page(query: VisitQuery): Promise<readonly VisitRecord[]>
  /** Requested, approved and inside: what rules ask about. */
  live(): Promise<readonly VisitRecord[]>
  /** Those that owe an approval or a report since before `before`, however long ago they were. */
  owing(before: Instant): Promise<readonly VisitRecord[]>
  /** Ended before `before` and not yet anonymised. */
  ripe(before: Instant, limit: number): Promise<readonly VisitRecord[]>
  /** Writes the visit, new or over the one before. False: it is another by now (its revision is not the one before this). */
  put(visit: VisitRecord): Promise<boolean>
  note(visit: number, event: Omit<VisitEvent, 'seq'>): Promise<void>
  trace(visit: number): Promise<readonly VisitEvent[]>
  /** Takes names out of what the trace tells. */
  forgetTrace(visit: number): Promise<void>
  /** Takes away the messages about the visit: they name its people. */
  forgetMailings(visit: number): Promise<void>
  /** In place of those it had. */
  setCodes(visit: number, codes: readonly { readonly hash: string; readonly visitor: number }[]): Promise<void>
  /** Hashes of the codes of these visits. */
  codes(visits: readonly number[]): Promise<readonly Schema['visit_codes'][]>
  byCode(hash: string): Promise<{ readonly visit: number; readonly visitor: number } | null>
  enter(pass: Omit<Pass, 'id' | 'outAt' | 'outBy'>): Promise<void>
  /** Ends the open pass. False: there was none. */
  leave(visit: number, visitor: number, at: Instant, by: string): Promise<boolean>
  /** Passes that began within the span, with their visits; the earliest first. */
  passes(from: Instant, until: Instant, limit: number): Promise<readonly Pass[]>
  passesOf(visit: number): Promise<readonly Pass[]>
  /** What was answered when a device told this act before; undefined: it did not. */
  answered(client: string): Promise<unknown>
  answer(client: string, at: Instant, answer: unknown): Promise<void>
  forgetAnswers(before: Instant): Promise<void>
  markIdentities(marks: readonly IdentityMark[], at: Instant): Promise<void>
  identities(ticket: number): Promise<readonly IdentityMark[]>
  forgetIdentities(of: { readonly ticket: number } | { readonly before: Instant }): Promise<void>
}

const recordOf = ({ id, document }: Pick<Schema['visits'], 'id' | 'document'>): VisitRecord => ({ ...(JSON.parse(document) as VisitRecord), id })

const passOf = ({ in_at, in_by, out_at, out_by, ...row }: Schema['visit_passes']): Pass => ({
  ...row,
  inAt: in_at,
  inBy: in_by,
  outAt: out_at,
  outBy: out_by,
})

const LIVE: readonly VisitState[] = ['requested', 'approved', 'inside']

export function visitStore(db: Db): VisitStore {
  const columns = (visit: VisitRecord): Omit<Schema['visits'], 'id'> => ({
    number: visit.number,
    kind: visit.kind,
    state: visit.state,
    organisation: visit.organisation?.id ?? null,
    ticket: visit.ticket?.id ?? null,
    site: visit.site,
    from_at: visit.from,
    until_at: visit.until,
    ended_at: visit.endedAt,
    anonymised_at: visit.anonymisedAt,
    owed_by: visit.owes === null ? null : visit.owedBy,
    revision: visit.revision,
    document: JSON.stringify(visit),
  })
  const selected = () => db.selectFrom('visits').select(['id', 'document'])

  return {
    draw: year => db.transaction().execute(trx => nextNumber(trx, { pattern: 'visit', year })),
    async find(id) {
      const row = await selected().where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : recordOf(row)
    },
    async some(ids) {
      return ids.length === 0 ? [] : (await selected().where('id', 'in', ids).execute()).map(recordOf)
    },
    async ofTicket(ticket) {
      const row = await selected().where('ticket', '=', ticket).orderBy('id', 'desc').executeTakeFirst()
      return row === undefined ? null : recordOf(row)
    },
    async page({ from, until, states, site, organisations, limit }) {
      let query = selected()
      if (from !== undefined) query = query.where('until_at', '>=', from)
      if (until !== undefined) query = query.where('from_at', '<=', until)
      if (states !== undefined) query = query.where('state', 'in', states)
      if (site !== undefined) query = query.where('site', '=', site)
      if (organisations !== undefined) query = query.where('organisation', 'in', organisations)
      return (await query.orderBy('from_at').orderBy('id').limit(limit).execute()).map(recordOf)
    },
    async live() {
      return (await selected().where('state', 'in', LIVE).orderBy('from_at').execute()).map(recordOf)
    },
    async owing(before) {
      const query = selected().where('owed_by', '<', before).where('state', 'in', ['inside', 'ended'])
      return (await query.orderBy('owed_by').limit(2_000).execute()).map(recordOf)
    },
    async ripe(before, limit) {
      const rows = await selected().where('ended_at', '<', before).where('anonymised_at', 'is', null).orderBy('ended_at').limit(limit).execute()
      return rows.map(recordOf)
    },
    async put(visit) {
      const row = columns(visit)
      if (visit.revision === 1) {
        await db
          .insertInto('visits')
          .values({ id: visit.id, ...row })
          .execute()
        return true
      }
      const { numUpdatedRows } = await db
        .updateTable('visits')
        .set(row)
        .where('id', '=', visit.id)
        .where('revision', '=', visit.revision - 1)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    async note(visit, { at, by, kind, detail }) {
      const last = await db
        .selectFrom('visit_events')
        .select(({ fn }) => fn.max('seq').as('seq'))
        .where('visit', '=', visit)
        .executeTakeFirst()
      await db
        .insertInto('visit_events')
        .values({ visit, seq: (last?.seq ?? 0) + 1, at, by, kind, detail: JSON.stringify(detail) })
        .execute()
    },
    async trace(visit) {
      const rows = await db.selectFrom('visit_events').selectAll().where('visit', '=', visit).orderBy('seq').execute()
      return rows.map(({ seq, at, by, kind, detail }) => ({ seq, at, by, kind: kind as VisitEvent['kind'], detail: JSON.parse(detail) }))
    },
    async forgetTrace(visit) {
      await db.updateTable('visit_events').set({ detail: '{}' }).where('visit', '=', visit).execute()
    },
    async forgetMailings(visit) {
      await db.deleteFrom('messages_out').where('id', 'like', `visit-${visit}-%`).execute()
    },

    setCodes: (visit, codes) =>
      db.transaction().execute(async trx => {
        await trx.deleteFrom('visit_codes').where('visit', '=', visit).execute()
        for (const { hash, visitor } of codes) await trx.insertInto('visit_codes').values({ hash, visit, visitor }).execute()
      }),
    async codes(ids) {
      return ids.length === 0 ? [] : await db.selectFrom('visit_codes').selectAll().where('visit', 'in', ids).execute()
    },
    async byCode(hash) {
      const row = await db.selectFrom('visit_codes').select(['visit', 'visitor']).where('hash', '=', hash).executeTakeFirst()
      return row ?? null
    },

    async enter({ inAt, inBy, ...pass }) {
      const last = await db
        .selectFrom('visit_passes')
        .select(({ fn }) => fn.max('id').as('id'))
        .executeTakeFirst()
      await db
        .insertInto('visit_passes')
        .values({ id: (last?.id ?? 0) + 1, ...pass, in_at: inAt, in_by: inBy, out_at: null, out_by: null })
        .execute()
    },
    async leave(visit, visitor, at, by) {
      const { numUpdatedRows } = await db
        .updateTable('visit_passes')
        .set({ out_at: at, out_by: by })
        .where('visit', '=', visit)
        .where('visitor', '=', visitor)
        .where('out_at', 'is', null)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    async passes(from, until, limit) {
      const rows = await db
        .selectFrom('visit_passes')
        .selectAll()
        .where('in_at', '>=', from)
        .where('in_at', '<', until)
        .orderBy('in_at')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(passOf)
    },
    async passesOf(visit) {
      return (await db.selectFrom('visit_passes').selectAll().where('visit', '=', visit).orderBy('id').execute()).map(passOf)
    },

    async answered(client) {
      const row = await db.selectFrom('visit_acts').select('answer').where('client', '=', client).executeTakeFirst()
      return row === undefined ? undefined : JSON.parse(row.answer)
    },
    async answer(client, at, answer) {
      await db
        .insertInto('visit_acts')
        .values({ client, at, answer: JSON.stringify(answer) })
        .execute()
    },
    async forgetAnswers(before) {
      await db.deleteFrom('visit_acts').where('at', '<', before).execute()
    },

    async markIdentities(marks, at) {
      for (const mark of marks)
        await db
          .insertInto('visit_identities')
          .values({ ...mark, at })
          .onConflict(conflict => conflict.columns(['ticket', 'name', 'last']).doUpdateSet({ hash: mark.hash, at }))
          .execute()
    },
    async identities(ticket) {
      const rows = await db.selectFrom('visit_identities').selectAll().where('ticket', '=', ticket).execute()
      return rows.map(({ at: _, ...mark }) => mark)
    },
    async forgetIdentities(of) {
      const query = db.deleteFrom('visit_identities')
      await ('ticket' in of ? query.where('ticket', '=', of.ticket) : query.where('at', '<', of.before)).execute()
    },
  }
}
