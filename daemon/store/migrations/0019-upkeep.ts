// More of the care of the facility: counters of running hours, files of work orders; and notes that people write on a place.
import type { Migration } from '../migration.ts'

export const upkeep: Migration = {
  version: 19,
  name: 'upkeep',
  async up(db) {
    await db.schema
      .createTable('care_meters')
      // `device/key`.
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('document', 'text', c => c.notNull())
      .execute()
    await db.schema
      .createTable('care_files')
      .addColumn('id', 'integer', c => c.primaryKey())
      .addColumn('work', 'integer', c => c.notNull())
      .addColumn('sha256', 'text', c => c.notNull())
      .addColumn('document', 'text', c => c.notNull())
      .execute()
    await db.schema.createIndex('care_files_work').on('care_files').column('work').execute()
    await db.schema.createIndex('care_files_content').on('care_files').column('sha256').execute()
    await db.schema
      .createTable('place_notes')
      .addColumn('id', 'integer', c => c.primaryKey())
      .addColumn('at', 'bigint', c => c.notNull())
      // Text, author, place, and why it was withdrawn; JSON.
      .addColumn('document', 'text', c => c.notNull())
      .execute()
    await db.schema.createIndex('place_notes_at').on('place_notes').column('at').execute()
  },
}
