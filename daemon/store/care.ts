// Care in the records: assets, plans and meters as they are, work orders with the columns they are looked for by, the files that came with them.
import type { Instant } from '../domain/call.ts'
import type { CareFile, Meter, WorkOrder } from '../domain/care.ts'
import type { Asset, Plan } from '../domain/care-sent.ts'
import { nextNumber } from './numbers.ts'
import type { Db, Schema } from './schema.ts'

export type CareStore = ReturnType<typeof careStore>

/** A file with the order that it is on, and its content's hash. */
interface Kept extends CareFile {
  readonly work: number
  readonly sha256: string
}

const LIVE = ['open', 'running'] as const
/** What orders and plans of before this version do not have. */
const ORDER = { fault: '', urgency: null, battery: null, hours: null } as const
const PLAN = { hours: null, base: null } as const
/** Hashes or ids in one question. */
const AT_ONCE = 500

export function careStore(db: Db) {
  const orderOf = ({ id, document }: Pick<Schema['care_orders'], 'document'> & { readonly id: number }): WorkOrder => ({
    ...ORDER,
    ...(JSON.parse(document) as WorkOrder),
    id,
  })
  const orders = () => db.selectFrom('care_orders').select(['id', 'document'])

  const register = <T extends { readonly id: number }>(table: 'care_assets' | 'care_plans', missing: Partial<T>) => ({
    async all(): Promise<readonly T[]> {
      const rows = await db.selectFrom(table).select(['id', 'document']).where('gone_at', 'is', null).orderBy('id').execute()
      return rows.map(({ id, document }) => ({ ...missing, ...(JSON.parse(document) as T), id }))
    },
    async put(one: T): Promise<T> {
      const document = JSON.stringify(one)
      if (one.id !== 0) {
        await db.updateTable(table).set({ document }).where('id', '=', one.id).execute()
        return one
      }
      const { id } = await db.insertInto(table).values({ gone_at: null, document }).returning('id').executeTakeFirstOrThrow()
      return { ...one, id }
    },
    async drop(id: number, at: Instant): Promise<void> {
      await db.updateTable(table).set({ gone_at: at }).where('id', '=', id).execute()
    },
  })
  const assets = register<Asset>('care_assets', {})
  const plans = register<Plan>('care_plans', PLAN)
  const fileOf = ({ id, work, sha256, document }: { id: number; work: number; sha256: string; document: string }): Kept => ({
    ...(JSON.parse(document) as Kept),
    ...{ id, work, sha256 },
  })

  return {
    assets: assets.all,
    /** New with id 0. */
    putAsset: assets.put,
    dropAsset: assets.drop,
    plans: plans.all,
    putPlan: plans.put,
    dropPlan: plans.drop,
    /** The newest order of a plan; null: it has none. */
    async last(plan: number): Promise<WorkOrder | null> {
      const row = await orders().where('plan', '=', plan).orderBy('turn', 'desc').limit(1).executeTakeFirst()
      return row === undefined ? null : orderOf(row)
    },
    draw: (year: number): Promise<number> => db.transaction().execute(trx => nextNumber(trx, { pattern: 'work', year })),
    /** Null: its revision is not the one after that of the records, or that turn of the plan has one already. */
    async putOrder(order: WorkOrder): Promise<WorkOrder | null> {
      const { id, plan, turn, state, dueAt, from, until, revision } = order
      const row = { plan, turn, state, due_at: dueAt, from_at: from, until_at: until, revision, document: JSON.stringify(order) }
      if (id !== 0) {
        const { numUpdatedRows } = await db
          .updateTable('care_orders')
          .set(row)
          .where('id', '=', id)
          .where('revision', '=', revision - 1)
          .executeTakeFirst()
        return numUpdatedRows === 0n ? null : order
      }
      const made = await db
        .insertInto('care_orders')
        .values(row)
        .onConflict(conflict => conflict.columns(['plan', 'turn']).doNothing())
        .returning('id')
        .executeTakeFirst()
      return made === undefined ? null : { ...order, id: made.id }
    },
    async order(id: number): Promise<WorkOrder | null> {
      const row = await orders().where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : orderOf(row)
    },
    orders: async (ids: readonly number[]): Promise<readonly WorkOrder[]> =>
      ids.length === 0 ? [] : (await orders().where('id', 'in', ids).execute()).map(orderOf),
    live: async (since: Instant): Promise<readonly WorkOrder[]> =>
      (
        await orders()
          .where(({ or, eb }) => or([eb('state', 'in', LIVE), eb('until_at', '>=', since)]))
          .orderBy('due_at')
          .orderBy('id')
          .execute()
      ).map(orderOf),
    /** Begun by then, and not over before. */
    between: async (from: Instant, to: Instant): Promise<readonly WorkOrder[]> =>
      (
        await orders()
          .where('state', 'in', ['running', 'done'])
          .where('from_at', '<=', to)
          .where(({ or, eb }) => or([eb('until_at', 'is', null), eb('until_at', '>=', from)]))
          .orderBy('from_at')
          .execute()
      ).map(orderOf),

    meters: async (): Promise<readonly Meter[]> =>
      (await db.selectFrom('care_meters').select('document').orderBy('id').execute()).map(({ document }) => JSON.parse(document) as Meter),
    async putMeter(meter: Meter): Promise<void> {
      const row = { id: `${meter.device}/${meter.key}`, document: JSON.stringify(meter) }
      await db
        .insertInto('care_meters')
        .values(row)
        .onConflict(conflict => conflict.column('id').doUpdateSet({ document: row.document }))
        .execute()
    },

    async files(works: readonly number[]): Promise<readonly Kept[]> {
      const found: Kept[] = []
      for (let i = 0; i < works.length; i += AT_ONCE)
        found.push(
          ...(
            await db
              .selectFrom('care_files')
              .selectAll()
              .where('work', 'in', works.slice(i, i + AT_ONCE))
              .orderBy('id')
              .execute()
          ).map(fileOf),
        )
      return found
    },
    async file(id: number): Promise<Kept | null> {
      const row = await db.selectFrom('care_files').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : fileOf(row)
    },
    /** New with id 0. */
    async putFile(file: Kept): Promise<Kept> {
      const { id, work, sha256, ...rest } = file
      const document = JSON.stringify(rest)
      if (id !== 0) {
        await db.updateTable('care_files').set({ document }).where('id', '=', id).execute()
        return file
      }
      const made = await db.insertInto('care_files').values({ work, sha256, document }).returning('id').executeTakeFirstOrThrow()
      return { ...file, id: made.id }
    },
    /** Of these contents, those that a work order has: no sweep takes them. */
    async referred(hashes: readonly string[]): Promise<ReadonlySet<string>> {
      const rows = hashes.length === 0 ? [] : await db.selectFrom('care_files').select('sha256').distinct().where('sha256', 'in', hashes).execute()
      return new Set(rows.map(({ sha256 }) => sha256))
    },
  }
}
