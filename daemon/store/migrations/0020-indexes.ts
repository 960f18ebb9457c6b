// Indexes that hold all that a list, its counts or a turn of the outbox look at: a ticket's row has its head and frame in it, and ten of them fill a page of the file.
import type { Migration } from '../migration.ts'

export const indexes: Migration = {
  version: 20,
  name: 'indexes',
  async up(db) {
    const narrow = [
      'open',
      'changed',
      'organisation',
      'late',
      'check',
      'due',
      'priority',
      'holder',
      'assignee',
      'chair',
      'requester',
      'created_by',
      'counted',
    ]
    for (const name of narrow) await db.schema.dropIndex(`tickets_${name}`).ifExists().execute()
    const index = (name: string, ...columns: string[]) => db.schema.createIndex(`tickets_${name}`).on('tickets').columns(columns).execute()
    const counted = ['requester', 'created_by', 'assignee', 'holder', 'chair', 'shared', 'open', 'late_at'] as const
    await index('open', 'open', 'organisation', 'changed_at', 'chair', 'shared', 'holder', 'late_at', 'number')
    await index('changed', 'changed_at', 'organisation', 'number')
    await index('organisation', 'organisation', 'changed_at', 'number', ...counted)
    await index('check', 'check_at')
    await index('due', 'due')
    await index('priority', 'priority', 'changed_at')
    await index('holder', 'holder', 'open', 'organisation', 'number', 'changed_at')
    for (const person of ['assignee', 'requester', 'created_by']) await index(person, person, 'organisation', 'number', 'changed_at')
    await index('chair', 'chair', 'open')
    await db.schema.dropIndex('outbox_due').ifExists().execute()
    await db.schema.createIndex('outbox_due').on('outbox').columns(['state', 'channel', 'due_at']).execute()
  },
}
