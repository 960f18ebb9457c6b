// Doors: what controllers told, once each, and the openings that it came to.
import type { Migration } from '../migration.ts'

export const doors: Migration = {
  version: 14,
  name: 'doors',
  async up(db) {
    await db.schema
      .createTable('door_events')
      // From the controller's own number of the event, or from all that it says.
      .addColumn('identity', 'text', c => c.primaryKey())
      .addColumn('controller', 'text', c => c.notNull())
      .addColumn('reader', 'text', c => c.notNull())
      .addColumn('kind', 'text', c => c.notNull())
      .addColumn('card', 'text')
      .addColumn('leaving', 'integer', c => c.notNull())
      .addColumn('told_at', 'bigint', c => c.notNull())
      .addColumn('received_at', 'bigint', c => c.notNull())
      // By our clock.
      .addColumn('at', 'bigint', c => c.notNull())
      .addColumn('via', 'text', c => c.notNull())
      .execute()
    await db.schema.createIndex('door_events_received').on('door_events').column('received_at').execute()
    await db.schema
      .createTable('door_openings')
      .addColumn('id', 'integer', c => c.primaryKey())
      .addColumn('door_key', 'text', c => c.notNull())
      // Of the inventory; null: nobody has described it.
      .addColumn('door', 'text')
      .addColumn('name', 'text', c => c.notNull())
      .addColumn('opened_at', 'bigint', c => c.notNull())
      .addColumn('closed_at', 'bigint')
      .addColumn('card', 'text')
      .addColumn('forced', 'integer', c => c.notNull())
      .addColumn('held_since', 'bigint')
      .addColumn('tailgating', 'integer', c => c.notNull())
      .addColumn('bare', 'integer', c => c.notNull())
      .addColumn('kind', 'text', c => c.notNull())
      .addColumn('explanation', 'text', c => c.notNull())
      .addColumn('via', 'text', c => c.notNull())
      .addColumn('skew', 'bigint')
      .execute()
    await db.schema.createIndex('door_openings_at').on('door_openings').columns(['opened_at', 'id']).execute()
    await db.schema.createIndex('door_openings_door').on('door_openings').columns(['door', 'opened_at']).execute()
    await db.schema.createIndex('door_openings_kind').on('door_openings').columns(['kind', 'opened_at']).execute()
  },
}
