// Rooms as visits found and left them.
import type { Migration } from '../migration.ts'

export const found: Migration = {
  version: 17,
  name: 'found',
  async up(db) {
    await db.schema
      .createTable('rooms_found')
      .addColumn('visit', 'integer', c => c.primaryKey())
      .addColumn('passed_at', 'bigint')
      // Snapshot and result, JSON.
      .addColumn('document', 'text', c => c.notNull())
      .execute()
  },
}
