// Visits: what was asked for and allowed, its trace, who went in and out, the codes, the badges, who is kept out, and when nobody works.
import { type Kysely, sql } from 'kysely'
import type { Migration } from '../migration.ts'

const table = (db: Kysely<unknown>, name: string) => db.schema.createTable(name).addColumn('id', 'integer', c => c.primaryKey())

export const visits: Migration = {
  version: 13,
  name: 'visits',
  async up(db) {
    await table(db, 'visits')
      .addColumn('number', 'text', c => c.notNull().unique())
      .addColumn('kind', 'text', c => c.notNull())
      .addColumn('state', 'text', c => c.notNull())
      .addColumn('organisation', 'integer')
      .addColumn('ticket', 'integer')
      .addColumn('site', 'text', c => c.notNull())
      .addColumn('from_at', 'bigint', c => c.notNull())
      .addColumn('until_at', 'bigint', c => c.notNull())
      .addColumn('ended_at', 'bigint')
      .addColumn('anonymised_at', 'bigint')
      .addColumn('owed_by', 'bigint')
      .addColumn('revision', 'integer', c => c.notNull())
      // The record as a whole, JSON.
      .addColumn('document', 'text', c => c.notNull())
      .execute()
    await db.schema.createIndex('visits_state').on('visits').columns(['state', 'until_at']).execute()
    await db.schema.createIndex('visits_from').on('visits').columns(['from_at', 'until_at']).execute()
    await db.schema.createIndex('visits_ticket').on('visits').column('ticket').execute()
    await db.schema
      .createTable('visit_events')
      .addColumn('visit', 'integer', c => c.notNull())
      .addColumn('seq', 'integer', c => c.notNull())
      .addColumn('at', 'bigint', c => c.notNull())
      .addColumn('by', 'text', c => c.notNull())
      .addColumn('kind', 'text', c => c.notNull())
      .addColumn('detail', 'text', c => c.notNull())
      .addPrimaryKeyConstraint('visit_events_key', ['visit', 'seq'])
      .execute()
    // Hashes of the codes that are worth something, or were: whose they are. Never a code itself.
    await db.schema
      .createTable('visit_codes')
      .addColumn('hash', 'text', c => c.primaryKey())
      .addColumn('visit', 'integer', c => c.notNull())
      .addColumn('visitor', 'integer', c => c.notNull())
      .execute()
    await db.schema.createIndex('visit_codes_visit').on('visit_codes').column('visit').execute()
    await table(db, 'visit_passes')
      .addColumn('visit', 'integer', c => c.notNull())
      .addColumn('visitor', 'integer', c => c.notNull())
      .addColumn('in_at', 'bigint', c => c.notNull())
      .addColumn('in_by', 'text', c => c.notNull())
      .addColumn('out_at', 'bigint')
      .addColumn('out_by', 'text')
      .addColumn('badge', 'text')
      .execute()
    await db.schema.createIndex('visit_passes_in').on('visit_passes').columns(['in_at', 'visit']).execute()
    // Nobody is inside twice.
    await db.schema
      .createIndex('visit_passes_open')
      .on('visit_passes')
      .columns(['visit', 'visitor'])
      .unique()
      .where(sql.ref('out_at'), 'is', null)
      .execute()
    // What a guard's device did, by the number it gave it: told again it is not done again.
    await db.schema
      .createTable('visit_acts')
      .addColumn('client', 'text', c => c.primaryKey())
      .addColumn('at', 'bigint', c => c.notNull())
      .addColumn('answer', 'text', c => c.notNull())
      .execute()
    // Of identity numbers on forms: the last four characters stay there, the keyed hash here.
    await db.schema
      .createTable('visit_identities')
      .addColumn('ticket', 'integer', c => c.notNull())
      .addColumn('name', 'text', c => c.notNull())
      .addColumn('last', 'text', c => c.notNull())
      .addColumn('hash', 'text', c => c.notNull())
      .addColumn('at', 'bigint', c => c.notNull())
      .addPrimaryKeyConstraint('visit_identities_key', ['ticket', 'name', 'last'])
      .execute()
    await table(db, 'badges')
      .addColumn('card', 'text', c => c.notNull().unique())
      .addColumn('kind', 'text', c => c.notNull())
      .addColumn('state', 'text', c => c.notNull())
      .addColumn('used_at', 'bigint')
      .addColumn('reviewed_at', 'bigint')
      .addColumn('revision', 'integer', c => c.notNull())
      .addColumn('document', 'text', c => c.notNull())
      .execute()
    for (const name of ['visit_blocks', 'visit_freezes', 'badge_reviews'])
      await table(db, name)
        .addColumn('at', 'bigint', c => c.notNull())
        .addColumn('gone_at', 'bigint')
        .addColumn('document', 'text', c => c.notNull())
        .execute()
  },
}
