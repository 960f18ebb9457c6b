// Terms of names in the records: until when each ticket's names are for, and what was told of it.
import type { Db, Schema } from './schema.ts'

export interface DomainTerm {
  readonly ticket: string
  readonly organisation: number
  /** Local date, the last day. */
  readonly until: string
  /** `www.example.go.id. A`. */
  readonly names: readonly string[]
  /** Days ahead, as last told; null: not yet. */
  readonly told: number | null
}

export interface TermStore {
  /** Of that ticket, over what there was. Its names leave the terms of other tickets. */
  put(term: Omit<DomainTerm, 'told'>): Promise<void>
  /** These names are not there any more, or without end. */
  lift(names: readonly string[]): Promise<void>
  /** Those that end on that local day or before. */
  until(date: string): Promise<readonly DomainTerm[]>
  told(ticket: string, days: number): Promise<void>
}

const termOf = ({ names, ...row }: Schema['domain_terms']): DomainTerm => ({ ...row, names: JSON.parse(names) as readonly string[] })

export function termStore(db: Db): TermStore {
  async function lift(trx: Db, names: ReadonlySet<string>, but: string | null): Promise<void> {
    for (const term of (await trx.selectFrom('domain_terms').selectAll().execute()).map(termOf)) {
      const left = term.names.filter(name => !names.has(name))
      if (term.ticket === but || left.length === term.names.length) continue
      if (left.length === 0) await trx.deleteFrom('domain_terms').where('ticket', '=', term.ticket).execute()
      else
        await trx
          .updateTable('domain_terms')
          .set({ names: JSON.stringify(left) })
          .where('ticket', '=', term.ticket)
          .execute()
    }
  }
  return {
    put: ({ ticket, organisation, until, names }) =>
      db.transaction().execute(async trx => {
        await lift(trx, new Set(names), ticket)
        const there = await trx.selectFrom('domain_terms').selectAll().where('ticket', '=', ticket).executeTakeFirst()
        // Told once is told: only another day is told anew.
        const told = there?.until === until ? there.told : null
        await trx.deleteFrom('domain_terms').where('ticket', '=', ticket).execute()
        await trx
          .insertInto('domain_terms')
          .values({ ticket, organisation, until, told, names: JSON.stringify(names) })
          .execute()
      }),
    lift: names => db.transaction().execute(trx => lift(trx, new Set(names), null)),
    until: async date => (await db.selectFrom('domain_terms').selectAll().where('until', '<=', date).orderBy('until').execute()).map(termOf),
    async told(ticket, days) {
      await db.updateTable('domain_terms').set({ told: days }).where('ticket', '=', ticket).execute()
    },
  }
}
