// The services of the catalogue as they stood: each version whole, never changed, because tickets stay on theirs.
import type { Migration } from '../migration.ts'

export const catalogue: Migration = {
  version: 6,
  name: 'catalogue',
  async up(db) {
    await db.schema
      .createTable('service_versions')
      .addColumn('key', 'text', c => c.notNull())
      .addColumn('version', 'integer', c => c.notNull())
      .addColumn('hash', 'text', c => c.notNull())
      .addColumn('since', 'bigint', c => c.notNull())
      .addColumn('document', 'text', c => c.notNull())
      .addPrimaryKeyConstraint('service_versions_key', ['key', 'version'])
      .execute()
  },
}
