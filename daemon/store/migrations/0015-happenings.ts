// What happened to devices that no alarm and no reading tells of: restarts.
import type { Migration } from '../migration.ts'

export const happenings: Migration = {
  version: 15,
  name: 'happenings',
  async up(db) {
    await db.schema
      .createTable('happenings')
      .addColumn('id', 'integer', c => c.primaryKey())
      .addColumn('at', 'bigint', c => c.notNull())
      .addColumn('kind', 'text', c => c.notNull())
      .addColumn('device', 'text', c => c.notNull())
      .execute()
    await db.schema.createIndex('happenings_at').on('happenings').column('at').execute()
  },
}
