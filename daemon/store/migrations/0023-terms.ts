// How long names in zones are for, as their ticket said, and what was told of their end.
import type { Migration } from '../migration.ts'

export const terms: Migration = {
  version: 23,
  name: 'terms',
  async up(db) {
    await db.schema
      .createTable('domain_terms')
      .addColumn('ticket', 'text', c => c.primaryKey())
      .addColumn('organisation', 'integer', c => c.notNull())
      // The last local day, `2027-11-20`.
      .addColumn('until', 'text', c => c.notNull())
      // How many days ahead it was told last; null: not yet.
      .addColumn('told', 'integer')
      // Owners and types, JSON.
      .addColumn('names', 'text', c => c.notNull())
      .execute()
    await db.schema.createIndex('domain_terms_until').on('domain_terms').column('until').execute()
  },
}
