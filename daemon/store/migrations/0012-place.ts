// The place as people change it: what is laid over the site's file, what each version of the layout did, and makes of equipment.
import type { Migration } from '../migration.ts'

export const place: Migration = {
  version: 12,
  name: 'place',
  async up(db) {
    await db.schema
      .createTable('place_entries')
      .addColumn('kind', 'text', c => c.notNull())
      .addColumn('id', 'text', c => c.notNull())
      // Null: what the file says is taken out.
      .addColumn('document', 'text')
      .addColumn('revision', 'integer', c => c.notNull())
      .addColumn('at', 'bigint', c => c.notNull())
      .addColumn('by', 'text', c => c.notNull())
      .addPrimaryKeyConstraint('place_entries_key', ['kind', 'id'])
      .execute()
    await db.schema
      .createTable('makes')
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('document', 'text', c => c.notNull())
      .execute()
    // Of versions that are there already nobody wrote down what they changed.
    await db.schema
      .alterTable('layouts')
      .addColumn('told', 'text', c => c.notNull().defaultTo('[]'))
      .execute()
  },
}
