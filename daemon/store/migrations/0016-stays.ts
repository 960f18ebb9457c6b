// Colocation: what is reserved in the racks, every U of it held once, and the stays of others' equipment.
import type { Migration } from '../migration.ts'

export const stays: Migration = {
  version: 16,
  name: 'stays',
  async up(db) {
    await db.schema
      .createTable('reservations')
      .addColumn('id', 'integer', c => c.primaryKey())
      .addColumn('ticket', 'text', c => c.notNull())
      .addColumn('rack', 'text', c => c.notNull())
      .addColumn('state', 'text', c => c.notNull())
      .addColumn('expires_at', 'bigint', c => c.notNull())
      .addColumn('revision', 'integer', c => c.notNull())
      // The reservation as a whole, JSON.
      .addColumn('document', 'text', c => c.notNull())
      .execute()
    await db.schema.createIndex('reservations_state').on('reservations').columns(['state', 'expires_at']).execute()
    await db.schema.createIndex('reservations_ticket').on('reservations').column('ticket').execute()
    // Of reservations that hold: nobody gets a face of a U that another has.
    await db.schema
      .createTable('reserved_units')
      .addColumn('rack', 'text', c => c.notNull())
      .addColumn('u', 'integer', c => c.notNull())
      .addColumn('face', 'text', c => c.notNull())
      .addColumn('reservation', 'integer', c => c.notNull())
      .addPrimaryKeyConstraint('reserved_units_key', ['rack', 'u', 'face'])
      .execute()
    await db.schema.createIndex('reserved_units_reservation').on('reserved_units').column('reservation').execute()
    await db.schema
      .createTable('stays')
      .addColumn('id', 'integer', c => c.primaryKey())
      .addColumn('ticket', 'text', c => c.notNull().unique())
      .addColumn('organisation', 'integer', c => c.notNull())
      .addColumn('state', 'text', c => c.notNull())
      .addColumn('until_at', 'bigint')
      .addColumn('revision', 'integer', c => c.notNull())
      .addColumn('document', 'text', c => c.notNull())
      .execute()
    await db.schema.createIndex('stays_state').on('stays').columns(['state', 'organisation']).execute()
  },
}
