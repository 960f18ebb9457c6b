// Tickets: their heads for lists, their events, what a search looks through, attachments, numbers drawn without gaps, saved views and reply templates.
import { SqliteAdapter, sql } from 'kysely'
import type { Migration } from '../migration.ts'

export const tickets: Migration = {
  version: 5,
  name: 'tickets',
  async up(db) {
    await db.schema
      .createTable('numbers')
      .addColumn('pattern', 'text', c => c.notNull())
      .addColumn('year', 'integer', c => c.notNull())
      .addColumn('last', 'integer', c => c.notNull())
      .addPrimaryKeyConstraint('numbers_pk', ['pattern', 'year'])
      .execute()
    await db.schema
      .createTable('tickets')
      .addColumn('id', 'integer', c => c.primaryKey())
      .addColumn('number', 'text', c => c.unique())
      .addColumn('service', 'text', c => c.notNull())
      .addColumn('organisation', 'integer', c => c.notNull())
      .addColumn('requester', 'integer')
      .addColumn('created_by', 'integer')
      .addColumn('about', 'integer')
      .addColumn('status', 'text', c => c.notNull())
      // 1 from handing in until it ends.
      .addColumn('open', 'integer', c => c.notNull())
      .addColumn('chair', 'text')
      .addColumn('holder', 'integer')
      // 1: whoever holds the chair may act, whoever was named.
      .addColumn('shared', 'integer', c => c.notNull())
      .addColumn('assignee', 'integer')
      // 0 is the most urgent.
      .addColumn('priority', 'integer', c => c.notNull())
      .addColumn('changed_at', 'bigint', c => c.notNull())
      .addColumn('filed_at', 'bigint')
      .addColumn('ended_at', 'bigint')
      .addColumn('due', 'bigint')
      .addColumn('soon_at', 'bigint')
      .addColumn('late_at', 'bigint')
      .addColumn('breach_at', 'bigint')
      .addColumn('check_at', 'bigint')
      .addColumn('seq', 'integer', c => c.notNull())
      .addColumn('frame', 'text', c => c.notNull())
      .addColumn('head', 'text', c => c.notNull())
      .addColumn('draft', 'text')
      .execute()
    await db.schema.createIndex('tickets_open').on('tickets').columns(['open', 'changed_at']).execute()
    await db.schema.createIndex('tickets_changed').on('tickets').column('changed_at').execute()
    await db.schema.createIndex('tickets_organisation').on('tickets').columns(['organisation', 'changed_at']).execute()
    await db.schema.createIndex('tickets_late').on('tickets').columns(['open', 'late_at']).execute()
    await db.schema.createIndex('tickets_check').on('tickets').column('check_at').execute()
    await db.schema.createIndex('tickets_due').on('tickets').columns(['due']).execute()
    await db.schema.createIndex('tickets_priority').on('tickets').columns(['priority', 'changed_at']).execute()
    await db.schema.createIndex('tickets_holder').on('tickets').columns(['holder', 'open']).execute()
    await db.schema.createIndex('tickets_assignee').on('tickets').columns(['assignee', 'open']).execute()
    await db.schema.createIndex('tickets_chair').on('tickets').columns(['chair', 'open']).execute()
    await db.schema.createIndex('tickets_requester').on('tickets').columns(['requester']).execute()
    await db.schema.createIndex('tickets_created_by').on('tickets').columns(['created_by']).execute()
    // All that the counts of the views look at: they are made with every list, and must not read the heads.
    await db.schema
      .createIndex('tickets_counted')
      .on('tickets')
      .columns(['organisation', 'number', 'open', 'late_at', 'chair', 'shared', 'holder', 'requester', 'created_by', 'assignee'])
      .execute()
    await db.schema.createIndex('tickets_about').on('tickets').columns(['about']).execute()
    await db.schema
      .createTable('ticket_events')
      .addColumn('ticket', 'integer', c => c.notNull().references('tickets.id'))
      .addColumn('seq', 'integer', c => c.notNull())
      .addColumn('at', 'bigint', c => c.notNull())
      .addColumn('actor', 'text', c => c.notNull())
      .addColumn('fact', 'text', c => c.notNull())
      .addPrimaryKeyConstraint('ticket_events_pk', ['ticket', 'seq'])
      .execute()
    await db.schema
      .createTable('ticket_watchers')
      .addColumn('ticket', 'integer', c => c.notNull().references('tickets.id'))
      .addColumn('person', 'integer', c => c.notNull())
      .addPrimaryKeyConstraint('ticket_watchers_pk', ['person', 'ticket'])
      .execute()
    await db.schema.createIndex('ticket_watchers_ticket').on('ticket_watchers').column('ticket').execute()
    // "Satu formulir berlaku untuk satu aplikasi", held by the database itself: a row as long as the ticket is open.
    await db.schema
      .createTable('ticket_claims')
      .addColumn('service', 'text', c => c.notNull())
      .addColumn('claim', 'text', c => c.notNull())
      .addColumn('ticket', 'integer', c => c.notNull().references('tickets.id'))
      .addPrimaryKeyConstraint('ticket_claims_pk', ['service', 'claim'])
      .execute()
    await db.schema.createIndex('ticket_claims_ticket').on('ticket_claims').column('ticket').execute()
    // How many tickets of a service begin on a working day (the capacity ledger).
    await db.schema
      .createTable('ticket_slots')
      .addColumn('service', 'text', c => c.notNull())
      .addColumn('day', 'text', c => c.notNull())
      .addColumn('taken', 'integer', c => c.notNull())
      .addPrimaryKeyConstraint('ticket_slots_pk', ['service', 'day'])
      .execute()
    if (db.getExecutor().adapter instanceof SqliteAdapter)
      await sql`create virtual table ticket_search using fts5(number, title, body, internal, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3 4')`.execute(
        db,
      )
    else
      await db.schema
        .createTable('ticket_search')
        .addColumn('rowid', 'integer', c => c.primaryKey())
        .addColumn('number', 'text', c => c.notNull())
        .addColumn('title', 'text', c => c.notNull())
        .addColumn('body', 'text', c => c.notNull())
        .addColumn('internal', 'text', c => c.notNull())
        .execute()
    await db.schema
      .createTable('attachments')
      .addColumn('id', 'integer', c => c.primaryKey())
      .addColumn('ticket', 'integer', c => c.notNull().references('tickets.id'))
      .addColumn('name', 'text', c => c.notNull())
      .addColumn('type', 'text', c => c.notNull())
      .addColumn('size', 'bigint', c => c.notNull())
      .addColumn('sha256', 'text', c => c.notNull())
      .addColumn('slot', 'text')
      .addColumn('visibility', 'text', c => c.notNull())
      .addColumn('at', 'bigint', c => c.notNull())
      .addColumn('by', 'text', c => c.notNull())
      .addColumn('scan', 'text', c => c.notNull())
      .execute()
    await db.schema.createIndex('attachments_ticket').on('attachments').column('ticket').execute()
    await db.schema.createIndex('attachments_sha256').on('attachments').column('sha256').execute()
    await db.schema
      .createTable('saved_views')
      .addColumn('id', 'integer', c => c.primaryKey())
      .addColumn('account', 'integer', c => c.notNull())
      .addColumn('name', 'text', c => c.notNull())
      .addColumn('query', 'text', c => c.notNull())
      .execute()
    await db.schema.createIndex('saved_views_account').on('saved_views').column('account').execute()
    await db.schema
      .createTable('reply_templates')
      .addColumn('id', 'integer', c => c.primaryKey())
      .addColumn('name', 'text', c => c.notNull())
      .addColumn('text', 'text', c => c.notNull())
      .addColumn('by', 'text', c => c.notNull())
      .execute()
  },
}
