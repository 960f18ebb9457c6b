// Hosting and domains: hosts, websites, changes with their journals and what they left, zones, certificates, credentials.
import type { Migration } from '../migration.ts'

export const hosting: Migration = {
  version: 22,
  name: 'hosting',
  async up(db) {
    await db.schema
      .createTable('hosts')
      .addColumn('id', 'text', c => c.primaryKey())
      // Private keys of the two ways in, under lock.
      .addColumn('keys', 'text', c => c.notNull())
      .addColumn('revision', 'integer', c => c.notNull())
      .addColumn('document', 'text', c => c.notNull())
      .execute()
    await db.schema
      .createTable('websites')
      .addColumn('name', 'text', c => c.primaryKey())
      .addColumn('organisation', 'integer', c => c.notNull())
      .addColumn('host', 'text', c => c.notNull())
      .addColumn('state', 'text', c => c.notNull())
      .addColumn('made_at', 'bigint', c => c.notNull())
      .addColumn('removed_at', 'bigint')
      // Until when what was put aside is kept.
      .addColumn('grace_until', 'bigint')
      // MiB, as last measured.
      .addColumn('used', 'integer')
      .addColumn('database_used', 'integer')
      .addColumn('measured_at', 'bigint')
      .addColumn('revision', 'integer', c => c.notNull())
      .addColumn('document', 'text', c => c.notNull())
      .execute()

    await db.schema
      .createTable('changes')
      .addColumn('id', 'integer', c => c.primaryKey())
      .addColumn('number', 'text', c => c.notNull().unique())
      .addColumn('state', 'text', c => c.notNull())
      .addColumn('website', 'text')
      .addColumn('ticket', 'text')
      .addColumn('at', 'bigint', c => c.notNull())
      // What is written over it must be the next one.
      .addColumn('revision', 'integer', c => c.notNull())
      // Grows also with each line of the journal.
      .addColumn('touched', 'integer', c => c.notNull())
      // Steps that were done and not undone.
      .addColumn('done', 'integer', c => c.notNull())
      .addColumn('document', 'text', c => c.notNull())
      .execute()
    await db.schema.createIndex('changes_state').on('changes').column('state').execute()
    await db.schema.createIndex('changes_website').on('changes').column('website').execute()
    await db.schema.createIndex('changes_ticket').on('changes').column('ticket').execute()
    // Only ever added to.
    await db.schema
      .createTable('change_journal')
      .addColumn('change', 'integer', c => c.notNull())
      .addColumn('seq', 'integer', c => c.notNull())
      .addColumn('at', 'bigint', c => c.notNull())
      .addColumn('document', 'text', c => c.notNull())
      .addPrimaryKeyConstraint('change_journal_key', ['change', 'seq'])
      .execute()
    // Which website a change makes, and what it was before: taken over with what the change left.
    await db.schema
      .createTable('change_websites')
      .addColumn('change', 'text', c => c.primaryKey())
      .addColumn('website', 'text', c => c.notNull())
      .addColumn('before', 'text')
      .addColumn('after', 'text')
      .execute()
    await db.schema
      .createTable('change_places')
      .addColumn('place', 'text', c => c.primaryKey())
      .addColumn('change', 'text', c => c.notNull())
      .execute()
    await db.schema
      .createTable('change_failures')
      .addColumn('place', 'text', c => c.primaryKey())
      .addColumn('failures', 'integer', c => c.notNull())
      .execute()
    await db.schema
      .createTable('holdings')
      .addColumn('place', 'text', c => c.notNull())
      .addColumn('resource', 'text', c => c.notNull())
      .addColumn('name', 'text', c => c.notNull())
      .addColumn('website', 'text')
      .addColumn('organisation', 'integer')
      .addColumn('change', 'text', c => c.notNull())
      .addColumn('document', 'text', c => c.notNull())
      .addPrimaryKeyConstraint('holdings_key', ['place', 'resource', 'name'])
      .execute()
    await db.schema.createIndex('holdings_website').on('holdings').column('website').execute()
    await db.schema
      .createTable('drifts')
      .addColumn('place', 'text', c => c.primaryKey())
      .addColumn('at', 'bigint', c => c.notNull())
      .addColumn('document', 'text', c => c.notNull())
      .execute()
    // Addresses, checks and backup policies: things that stand in these books only.
    await db.schema
      .createTable('book_things')
      .addColumn('resource', 'text', c => c.notNull())
      .addColumn('name', 'text', c => c.notNull())
      .addColumn('document', 'text', c => c.notNull())
      .addPrimaryKeyConstraint('book_things_key', ['resource', 'name'])
      .execute()

    await db.schema
      .createTable('zones')
      .addColumn('name', 'text', c => c.primaryKey())
      // The key that may write to it, under lock.
      .addColumn('secret', 'text', c => c.notNull())
      .addColumn('revision', 'integer', c => c.notNull())
      .addColumn('document', 'text', c => c.notNull())
      .execute()
    await db.schema
      .createTable('zone_history')
      .addColumn('id', 'integer', c => c.primaryKey())
      .addColumn('zone', 'text', c => c.notNull())
      .addColumn('name', 'text', c => c.notNull())
      .addColumn('before', 'text')
      .addColumn('after', 'text')
      .addColumn('at', 'bigint', c => c.notNull())
      .addColumn('by', 'text', c => c.notNull())
      .addColumn('change', 'text')
      .execute()
    await db.schema.createIndex('zone_history_zone').on('zone_history').columns(['zone', 'id']).execute()

    await db.schema
      .createTable('certificates')
      .addColumn('id', 'integer', c => c.primaryKey())
      .addColumn('website', 'text', c => c.notNull())
      .addColumn('fingerprint', 'text', c => c.notNull())
      // `current`, `former`, or `handed`: uploaded and not yet put in place.
      .addColumn('state', 'text', c => c.notNull())
      .addColumn('key', 'text', c => c.notNull())
      .addColumn('at', 'bigint', c => c.notNull())
      .addColumn('document', 'text', c => c.notNull())
      .addUniqueConstraint('certificates_key', ['website', 'fingerprint'])
      .execute()
    // Notes of renewals and orders under way, account keys of directories: each by its name, under lock.
    await db.schema
      .createTable('certificate_notes')
      .addColumn('name', 'text', c => c.primaryKey())
      .addColumn('sealed', 'text', c => c.notNull())
      .execute()

    await db.schema
      .createTable('credentials')
      .addColumn('name', 'text', c => c.primaryKey())
      .addColumn('sealed', 'text', c => c.notNull())
      .execute()
    await db.schema
      .createTable('handovers')
      .addColumn('id', 'integer', c => c.primaryKey())
      .addColumn('hash', 'text', c => c.notNull().unique())
      .addColumn('website', 'text', c => c.notNull())
      .addColumn('person', 'integer', c => c.notNull())
      .addColumn('until', 'bigint', c => c.notNull())
      .addColumn('opened_at', 'bigint')
      .addColumn('document', 'text', c => c.notNull())
      .execute()
    await db.schema.createIndex('handovers_website').on('handovers').column('website').execute()
  },
}
