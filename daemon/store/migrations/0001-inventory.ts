// Devices, their points, the layout document, settings.
import type { Migration } from '../migration.ts'

export const inventory: Migration = {
  version: 1,
  name: 'inventory',
  async up(db) {
    await db.schema
      .createTable('devices')
      .addColumn('no', 'integer', c => c.primaryKey())
      .addColumn('id', 'text', c => c.notNull().unique())
      .addColumn('definition', 'text', c => c.notNull())
      // The way in (community, passwords), sealed as one piece.
      .addColumn('access', 'text', c => c.notNull())
      .addColumn('identity', 'text')
      .addColumn('source', 'text', c => c.notNull())
      .addColumn('added_at', 'bigint', c => c.notNull())
      .addColumn('removed_at', 'bigint')
      .execute()
    await db.schema
      .createTable('points')
      .addColumn('no', 'integer', c => c.primaryKey())
      .addColumn('device', 'integer', c => c.notNull().references('devices.no'))
      .addColumn('key', 'text', c => c.notNull())
      .addColumn('definition', 'text', c => c.notNull())
      .addColumn('gone_at', 'bigint')
      .addUniqueConstraint('points_device_key', ['device', 'key'])
      .execute()
    await db.schema
      .createTable('layouts')
      .addColumn('version', 'integer', c => c.primaryKey())
      .addColumn('saved_at', 'bigint', c => c.notNull())
      .addColumn('saved_by', 'text', c => c.notNull())
      .addColumn('document', 'text', c => c.notNull())
      .execute()
    await db.schema
      .createTable('settings')
      .addColumn('key', 'text', c => c.primaryKey())
      .addColumn('value', 'text', c => c.notNull())
      .execute()
    // A known text sealed with the key, to tell a wrong key before it does harm.
    await db.schema
      .createTable('key_checks')
      .addColumn('name', 'text', c => c.primaryKey())
      .addColumn('sealed', 'text', c => c.notNull())
      .execute()
  },
}
