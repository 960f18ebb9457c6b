// Outages of services as people write them down, and since when there are records at all.
import type { Clock, Instant } from '../domain/call.ts'
import type { Outage } from '../domain/outage.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { Db, Schema } from './schema.ts'

export interface OutageStore {
  add(outage: Omit<Outage, 'id'>): Promise<Outage>
  one(id: number): Promise<Outage | null>
  change(id: number, outage: Omit<Outage, 'id'>): Promise<Outcome<Outage>>
  /** It was a mistake. */
  remove(id: number): Promise<Outcome<Outage>>
  /** What reaches into the span, oldest first. */
  between(from: Instant, until: Instant): Promise<readonly Outage[]>
  /** When these records began. */
  began(): Promise<Instant>
}

const outageOf = ({ id, services, from_at, until_at, planned, reason, by }: Schema['outages']): Outage => ({
  id,
  services: JSON.parse(services) as string[],
  from: from_at,
  until: until_at,
  planned: planned === 1,
  reason,
  by,
})
const columns = ({ services, from, until, planned, reason, by }: Omit<Outage, 'id'>) => ({
  services: JSON.stringify(services),
  from_at: from,
  until_at: until,
  planned: planned ? 1 : 0,
  reason,
  by,
})

export function outageStore(db: Db, { clock }: { clock: Clock }): OutageStore {
  const standing = () => db.selectFrom('outages').selectAll().where('gone_at', 'is', null)
  const one = async (id: number): Promise<Outage | null> => {
    const row = await standing().where('id', '=', id).executeTakeFirst()
    return row === undefined ? null : outageOf(row)
  }
  const set = async (id: number, values: Partial<Schema['outages']>): Promise<Outcome<Outage>> => {
    const was = await one(id)
    if (was === null) return failed('notFound', `There is no outage ${id}.`)
    await db.updateTable('outages').set(values).where('id', '=', id).execute()
    return done(was)
  }
  return {
    one,
    add: outage =>
      db.transaction().execute(async trx => {
        const last = await trx
          .selectFrom('outages')
          .select(({ fn }) => fn.max('id').as('id'))
          .executeTakeFirst()
        const row = { id: (last?.id ?? 0) + 1, gone_at: null, ...columns(outage) }
        await trx.insertInto('outages').values(row).execute()
        return outageOf(row)
      }),
    async change(id, outage) {
      const changed = await set(id, columns(outage))
      return changed.ok ? done({ id, ...outage }) : changed
    },
    remove: id => set(id, { gone_at: clock() }),
    async between(from, until) {
      const rows = standing()
        .where('from_at', '<', until)
        .where(({ eb, or }) => or([eb('until_at', 'is', null), eb('until_at', '>', from)]))
      return (await rows.orderBy('from_at').orderBy('id').execute()).map(outageOf)
    },
    async began() {
      const row = await db
        .selectFrom('migrations')
        .select(({ fn }) => fn.min('applied_at').as('at'))
        .executeTakeFirst()
      return row?.at ?? clock()
    },
  }
}
