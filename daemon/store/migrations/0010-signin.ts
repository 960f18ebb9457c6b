// Sign-in: sessions, tokens, passkeys, recovery codes, one-time links, tries. Of every secret only its hash is kept.
import type { Migration } from '../migration.ts'

export const signin: Migration = {
  version: 10,
  name: 'signin',
  async up(db) {
    await db.schema
      .createTable('sessions')
      .addColumn('id', 'bigint', c => c.primaryKey())
      .addColumn('hash', 'text', c => c.notNull().unique())
      .addColumn('account', 'integer', c => c.notNull().references('accounts.id'))
      // `person`, or `wall`: a screen that only watches, for weeks.
      .addColumn('kind', 'text', c => c.notNull())
      .addColumn('created_at', 'bigint', c => c.notNull())
      .addColumn('seen_at', 'bigint', c => c.notNull())
      .addColumn('until_at', 'bigint', c => c.notNull())
      .addColumn('proven_at', 'bigint', c => c.notNull())
      .addColumn('address', 'text', c => c.notNull())
      .addColumn('agent', 'text', c => c.notNull())
      .execute()
    await db.schema.createIndex('sessions_account').on('sessions').column('account').execute()
    await db.schema
      .createTable('tokens')
      .addColumn('id', 'bigint', c => c.primaryKey())
      .addColumn('hash', 'text', c => c.notNull().unique())
      .addColumn('account', 'integer', c => c.notNull().references('accounts.id'))
      .addColumn('name', 'text', c => c.notNull())
      .addColumn('scopes', 'text', c => c.notNull())
      .addColumn('created_at', 'bigint', c => c.notNull())
      .addColumn('expires_at', 'bigint')
      .addColumn('used_at', 'bigint')
      .execute()
    await db.schema.createIndex('tokens_account').on('tokens').column('account').execute()
    await db.schema
      .createTable('passkeys')
      .addColumn('id', 'bigint', c => c.primaryKey())
      .addColumn('account', 'integer', c => c.notNull().references('accounts.id'))
      .addColumn('credential', 'text', c => c.notNull().unique())
      .addColumn('public_key', 'text', c => c.notNull())
      .addColumn('counter', 'bigint', c => c.notNull())
      .addColumn('transports', 'text', c => c.notNull())
      .addColumn('name', 'text', c => c.notNull())
      .addColumn('created_at', 'bigint', c => c.notNull())
      .addColumn('used_at', 'bigint')
      .execute()
    await db.schema.createIndex('passkeys_account').on('passkeys').column('account').execute()
    await db.schema
      .createTable('recovery_codes')
      .addColumn('hash', 'text', c => c.primaryKey())
      .addColumn('account', 'integer', c => c.notNull().references('accounts.id'))
      .addColumn('used_at', 'bigint')
      .execute()
    await db.schema.createIndex('recovery_codes_account').on('recovery_codes').column('account').execute()
    // The first account (`setup`, without an account) and new passwords (`reset`).
    await db.schema
      .createTable('links')
      .addColumn('hash', 'text', c => c.primaryKey())
      .addColumn('kind', 'text', c => c.notNull())
      .addColumn('account', 'integer', c => c.references('accounts.id'))
      .addColumn('expires_at', 'bigint', c => c.notNull())
      .execute()
    // Who tried in vain: `login:…` or `address:…`, also of logins that do not exist.
    await db.schema
      .createTable('tries')
      .addColumn('key', 'text', c => c.primaryKey())
      .addColumn('count', 'integer', c => c.notNull())
      .addColumn('last_at', 'bigint', c => c.notNull())
      .addColumn('until_at', 'bigint', c => c.notNull())
      .execute()
    // Whom an identity provider knows by which name.
    await db.schema
      .createTable('identities')
      .addColumn('issuer', 'text', c => c.notNull())
      .addColumn('subject', 'text', c => c.notNull())
      .addColumn('account', 'integer', c => c.notNull().references('accounts.id'))
      .addPrimaryKeyConstraint('identities_key', ['issuer', 'subject'])
      .execute()
  },
}
