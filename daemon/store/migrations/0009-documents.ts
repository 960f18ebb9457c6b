// The desk's documents with their states and signatures, and the agenda book they are entered in.
import type { Migration } from '../migration.ts'

export const documents: Migration = {
  version: 9,
  name: 'documents',
  async up(db) {
    await db.schema
      .createTable('documents')
      .addColumn('id', 'integer', c => c.primaryKey())
      .addColumn('ticket', 'integer', c => c.notNull().references('tickets.id'))
      .addColumn('kind', 'text', c => c.notNull())
      .addColumn('title', 'text', c => c.notNull())
      .addColumn('number', 'text')
      .addColumn('state', 'text', c => c.notNull())
      .addColumn('at', 'bigint', c => c.notNull())
      .addColumn('sha256', 'text', c => c.notNull())
      .addColumn('pages', 'integer', c => c.notNull())
      .addColumn('code', 'text', c => c.notNull().unique())
      .addColumn('signatures', 'text', c => c.notNull())
      // Of the file as it was drawn up, where signing has made another of it; the scan that came back.
      .addColumn('history', 'text', c => c.notNull())
      .addColumn('reason', 'text')
      .execute()
    await db.schema.createIndex('documents_ticket').on('documents').column('ticket').execute()
    await db.schema
      .createTable('agenda')
      .addColumn('year', 'integer', c => c.notNull())
      .addColumn('direction', 'text', c => c.notNull())
      .addColumn('no', 'integer', c => c.notNull())
      .addColumn('at', 'bigint', c => c.notNull())
      .addColumn('ticket', 'integer')
      .addColumn('ticket_number', 'text')
      .addColumn('letter', 'text', c => c.notNull())
      .addColumn('sender', 'text', c => c.notNull())
      .addColumn('receiver', 'text', c => c.notNull())
      .addColumn('subject', 'text', c => c.notNull())
      .addPrimaryKeyConstraint('agenda_pk', ['year', 'direction', 'no'])
      .execute()
  },
}
