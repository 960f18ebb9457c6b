// Alarms with their timeline, and the outbox their notices leave through.
import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

export const alarms: Migration = {
  version: 2,
  name: 'alarms',
  async up(db) {
    await db.schema
      .createTable('alarms')
      .addColumn('id', 'integer', c => c.primaryKey())
      .addColumn('key', 'text', c => c.notNull())
      .addColumn('device', 'text')
      .addColumn('point_no', 'integer')
      .addColumn('point_key', 'text')
      .addColumn('severity', 'text', c => c.notNull())
      .addColumn('condition', 'text', c => c.notNull())
      .addColumn('raised_at', 'bigint', c => c.notNull())
      .addColumn('cleared_at', 'bigint')
      .addColumn('acknowledged', 'text')
      .addColumn('cause', 'integer')
      .addColumn('suppressed', 'integer', c => c.notNull())
      // What a search looks through, in lower case.
      .addColumn('search', 'text', c => c.notNull())
      .execute()
    // One open alarm per key, held by the database itself.
    await db.schema.createIndex('alarms_open').on('alarms').column('key').unique().where(sql.ref('cleared_at'), 'is', null).execute()
    await db.schema.createIndex('alarms_key').on('alarms').columns(['key', 'raised_at']).execute()
    await db.schema.createIndex('alarms_raised').on('alarms').column('raised_at').execute()
    await db.schema.createIndex('alarms_device').on('alarms').columns(['device', 'raised_at']).execute()
    await db.schema
      .createTable('alarm_notes')
      .addColumn('alarm', 'integer', c => c.notNull().references('alarms.id'))
      .addColumn('seq', 'integer', c => c.notNull())
      .addColumn('at', 'bigint', c => c.notNull())
      .addColumn('kind', 'text', c => c.notNull())
      .addColumn('by', 'text')
      .addColumn('text', 'text', c => c.notNull())
      .addPrimaryKeyConstraint('alarm_notes_pk', ['alarm', 'seq'])
      .execute()
    await db.schema
      .createTable('outbox')
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('channel', 'text', c => c.notNull())
      .addColumn('recipient', 'text', c => c.notNull())
      .addColumn('payload', 'text', c => c.notNull())
      .addColumn('created_at', 'bigint', c => c.notNull())
      .addColumn('due_at', 'bigint', c => c.notNull())
      .addColumn('tries', 'integer', c => c.notNull())
      .addColumn('state', 'text', c => c.notNull())
      .addColumn('last_error', 'text')
      .execute()
    await db.schema.createIndex('outbox_due').on('outbox').columns(['state', 'due_at']).execute()
  },
}
