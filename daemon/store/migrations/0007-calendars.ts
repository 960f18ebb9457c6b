// Working calendars, every version: tickets were promised by one of them.
import type { Migration } from '../migration.ts'

export const calendars: Migration = {
  version: 7,
  name: 'calendars',
  async up(db) {
    await db.schema
      .createTable('calendars')
      .addColumn('key', 'text', c => c.notNull())
      .addColumn('version', 'integer', c => c.notNull())
      .addColumn('since', 'bigint', c => c.notNull())
      .addColumn('by', 'text', c => c.notNull())
      .addColumn('reason', 'text', c => c.notNull())
      .addColumn('document', 'text', c => c.notNull())
      .addPrimaryKeyConstraint('calendars_pk', ['key', 'version'])
      .execute()
  },
}
