// Care of the facility: assets, maintenance plans, work orders. A time of a plan has one work order, never two.
import type { Migration } from '../migration.ts'

export const care: Migration = {
  version: 18,
  name: 'care',
  async up(db) {
    for (const table of ['care_assets', 'care_plans'])
      await db.schema
        .createTable(table)
        .addColumn('id', 'integer', c => c.primaryKey())
        .addColumn('gone_at', 'bigint')
        // As people entered it, JSON.
        .addColumn('document', 'text', c => c.notNull())
        .execute()
    await db.schema
      .createTable('care_orders')
      .addColumn('id', 'integer', c => c.primaryKey())
      .addColumn('plan', 'integer')
      .addColumn('turn', 'integer')
      .addColumn('state', 'text', c => c.notNull())
      .addColumn('due_at', 'bigint', c => c.notNull())
      .addColumn('from_at', 'bigint')
      .addColumn('until_at', 'bigint')
      .addColumn('revision', 'integer', c => c.notNull())
      .addColumn('document', 'text', c => c.notNull())
      .addUniqueConstraint('care_orders_turn', ['plan', 'turn'])
      .execute()
    await db.schema.createIndex('care_orders_state').on('care_orders').columns(['state', 'until_at']).execute()
  },
}
