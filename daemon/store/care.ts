// Care in the records: assets and plans as they were entered, work orders with the columns they are looked for by.
import type { Instant } from '../domain/call.ts'
import type { WorkOrder } from '../domain/care.ts'
import type { Asset, Plan } from '../domain/care-sent.ts'
import { nextNumber } from './numbers.ts'
import type { Db, Schema } from './schema.ts'

export interface CareStore {
  assets(): Promise<readonly Asset[]>
  /** New with id 0. */
  putAsset(asset: Asset): Promise<Asset>
  dropAsset(id: number, at: Instant): Promise<void>
  plans(): Promise<readonly Plan[]>
  putPlan(plan: Plan): Promise<Plan>
  dropPlan(id: number, at: Instant): Promise<void>
  lastTurn(plan: number): Promise<number | null>
  draw(year: number): Promise<number>
  /** Null: its revision is not the one after that of the records, or that turn of the plan has one already. */
  putOrder(order: WorkOrder): Promise<WorkOrder | null>
  order(id: number): Promise<WorkOrder | null>
  orders(ids: readonly number[]): Promise<readonly WorkOrder[]>
  live(since: Instant): Promise<readonly WorkOrder[]>
  between(from: Instant, to: Instant): Promise<readonly WorkOrder[]>
}

const LIVE = ['open', 'running'] as const

export function careStore(db: Db): CareStore {
  const orderOf = ({ id, document }: Pick<Schema['care_orders'], 'document'> & { readonly id: number }): WorkOrder => ({
    ...(JSON.parse(document) as WorkOrder),
    id,
  })
  const orders = () => db.selectFrom('care_orders').select(['id', 'document'])

  const register = <T extends { readonly id: number }>(table: 'care_assets' | 'care_plans') => ({
    async all(): Promise<readonly T[]> {
      const rows = await db.selectFrom(table).select(['id', 'document']).where('gone_at', 'is', null).orderBy('id').execute()
      return rows.map(({ id, document }) => ({ ...(JSON.parse(document) as T), id }))
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
  const assets = register<Asset>('care_assets')
  const plans = register<Plan>('care_plans')

  return {
    assets: assets.all,
    putAsset: assets.put,
    dropAsset: assets.drop,
    plans: plans.all,
    putPlan: plans.put,
    dropPlan: plans.drop,
    async lastTurn(plan) {
      const row = await db
        .selectFrom('care_orders')
        .select(({ fn }) => fn.max('turn').as('turn'))
        .where('plan', '=', plan)
        .executeTakeFirst()
      return row?.turn ?? null
    },
    draw: year => db.transaction().execute(trx => nextNumber(trx, { pattern: 'work', year })),
    async putOrder(order) {
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
    async order(id) {
      const row = await orders().where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : orderOf(row)
    },
    orders: async ids => (ids.length === 0 ? [] : (await orders().where('id', 'in', ids).execute()).map(orderOf)),
    live: async since =>
      (
        await orders()
          .where(({ or, eb }) => or([eb('state', 'in', LIVE), eb('until_at', '>=', since)]))
          .orderBy('due_at')
          .orderBy('id')
          .execute()
      ).map(orderOf),
    between: async (from, to) =>
      (
        await orders()
          .where('state', 'in', ['running', 'done'])
          .where('from_at', '<=', to)
          .where(({ or, eb }) => or([eb('until_at', 'is', null), eb('until_at', '>=', from)]))
          .orderBy('from_at')
          .execute()
      ).map(orderOf),
  }
}
