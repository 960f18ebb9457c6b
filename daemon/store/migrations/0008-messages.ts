// What comes in through the desk's channels and what goes out by them, with the marks that let both go on after a fall.
import type { Migration } from '../migration.ts'

export const messages: Migration = {
  version: 8,
  name: 'messages',
  async up(db) {
    // One row for each message that ever came in: the memory that keeps one from being taken twice.
    await db.schema
      .createTable('messages_in')
      .addColumn('id', 'integer', c => c.primaryKey())
      .addColumn('source', 'text', c => c.notNull())
      // What stays the same however often it is brought: digest of a letter, update of a bot, id of a chat message.
      .addColumn('external_id', 'text', c => c.notNull())
      .addColumn('sender', 'text', c => c.notNull())
      .addColumn('subject', 'text', c => c.notNull())
      .addColumn('at', 'bigint', c => c.notNull())
      // delivered, ignored, held, released, failed.
      .addColumn('state', 'text', c => c.notNull())
      .addColumn('ticket', 'text')
      .addColumn('message_id', 'text')
      // Where a held one waits: `validity:uid` of its mailbox.
      .addColumn('place', 'text')
      .addColumn('note', 'text', c => c.notNull())
      .execute()
    await db.schema.createIndex('messages_in_once').on('messages_in').columns(['source', 'external_id']).unique().execute()
    await db.schema.createIndex('messages_in_sender').on('messages_in').columns(['source', 'sender', 'at']).execute()
    await db.schema.createIndex('messages_in_thread').on('messages_in').column('message_id').execute()
    await db.schema.createIndex('messages_in_state').on('messages_in').columns(['state', 'at']).execute()
    await db.schema
      .createTable('messages_out')
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('channel', 'text', c => c.notNull())
      .addColumn('recipient', 'text', c => c.notNull())
      .addColumn('ticket', 'text')
      .addColumn('payload', 'text', c => c.notNull())
      .addColumn('created_at', 'bigint', c => c.notNull())
      .addColumn('due_at', 'bigint', c => c.notNull())
      .addColumn('tries', 'integer', c => c.notNull())
      // queued, sent, read, failed.
      .addColumn('state', 'text', c => c.notNull())
      // As the other side calls it: its later word about a message comes under this name.
      .addColumn('remote_id', 'text')
      .addColumn('last_error', 'text')
      .execute()
    await db.schema.createIndex('messages_out_due').on('messages_out').columns(['state', 'due_at']).execute()
    await db.schema.createIndex('messages_out_remote').on('messages_out').column('remote_id').execute()
    // Taken from a channel, but not worked on yet: a webhook's word, a chat message whose writer has not said what it is about.
    await db.schema
      .createTable('messages_waiting')
      .addColumn('id', 'integer', c => c.primaryKey())
      .addColumn('source', 'text', c => c.notNull())
      .addColumn('external_id', 'text', c => c.notNull())
      .addColumn('address', 'text', c => c.notNull())
      .addColumn('payload', 'text', c => c.notNull())
      .addColumn('at', 'bigint', c => c.notNull())
      .execute()
    await db.schema.createIndex('messages_waiting_once').on('messages_waiting').columns(['source', 'external_id']).unique().execute()
    // How far each channel has read, and the sealed keys of its tokens.
    await db.schema
      .createTable('channel_marks')
      .addColumn('name', 'text', c => c.primaryKey())
      .addColumn('value', 'text', c => c.notNull())
      .execute()
    // Which person a chat belongs to, and the codes that say so once.
    await db.schema
      .createTable('chats')
      .addColumn('source', 'text', c => c.notNull())
      .addColumn('address', 'text', c => c.notNull())
      .addColumn('person', 'integer', c => c.notNull())
      .addColumn('bound_at', 'bigint', c => c.notNull())
      .addPrimaryKeyConstraint('chats_pk', ['source', 'address'])
      .execute()
    await db.schema.createIndex('chats_person').on('chats').column('person').execute()
    await db.schema
      .createTable('chat_codes')
      .addColumn('hash', 'text', c => c.primaryKey())
      .addColumn('person', 'integer', c => c.notNull())
      .addColumn('expires_at', 'bigint', c => c.notNull())
      .execute()
  },
}
