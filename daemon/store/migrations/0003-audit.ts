// The audit trail: append-only, each entry carrying the hash of the one before.
import type { Migration } from '../migration.ts'

export const audit: Migration = {
  version: 3,
  name: 'audit',
  async up(db) {
    await db.schema
      .createTable('audit')
      .addColumn('seq', 'integer', c => c.primaryKey())
      .addColumn('at', 'bigint', c => c.notNull())
      .addColumn('actor', 'text', c => c.notNull())
      .addColumn('action', 'text', c => c.notNull())
      .addColumn('subject', 'text', c => c.notNull())
      .addColumn('detail', 'text', c => c.notNull())
      .addColumn('previous', 'text', c => c.notNull())
      .addColumn('hash', 'text', c => c.notNull())
      .execute()
  },
}
