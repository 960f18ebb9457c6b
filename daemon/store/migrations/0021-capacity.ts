// What stood in the racks on each day, for when they will be full; and what devices saw at the other ends of their ports.
import type { Migration } from '../migration.ts'

export const capacity: Migration = {
  version: 21,
  name: 'capacity',
  async up(db) {
    await db.schema
      .createTable('capacity_days')
      .addColumn('site', 'text', c => c.notNull())
      // Midnight UTC.
      .addColumn('day', 'bigint', c => c.notNull())
      .addColumn('used', 'integer', c => c.notNull())
      .addColumn('total', 'integer', c => c.notNull())
      .addPrimaryKeyConstraint('capacity_days_key', ['site', 'day'])
      .execute()
    await db.schema
      .createTable('neighbours')
      .addColumn('device', 'integer', c => c.primaryKey())
      // Ports and who was last seen there, JSON.
      .addColumn('document', 'text', c => c.notNull())
      .execute()
  },
}
