// What else opens an account: passkeys, recovery codes, one-time links, names at identity providers; and who tried in vain.
import type { Instant } from '../domain/call.ts'
import { breath } from './aside.ts'
import type { Db, Schema } from './schema.ts'
import { freshId } from './sessions.ts'

export interface Passkey {
  readonly id: number
  readonly account: number
  /** base64url, as WebAuthn has it. */
  readonly credential: string
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
  readonly name: string
  readonly createdAt: Instant
  readonly usedAt: Instant | null
}

/** Rows of one statement. */
const LINKS_AT_ONCE = 250

export interface KeyStore {
  passkeys(account: number): Promise<readonly Passkey[]>
  passkey(credential: string): Promise<Passkey | null>
  addPasskey(given: Omit<Passkey, 'id' | 'usedAt'>): Promise<Passkey>
  usePasskey(id: number, counter: number, at: Instant): Promise<void>
  endPasskey(account: number, id: number): Promise<boolean>
  /** The old ones are void. */
  setRecovery(account: number, hashes: readonly string[]): Promise<void>
  /** True once. */
  useRecovery(account: number, hash: string, at: Instant): Promise<boolean>
  recoveryLeft(account: number): Promise<number>
  /** Replaces the open links of the same kind and account. */
  addLink(hash: string, link: { readonly kind: 'setup' | 'reset'; readonly account: number | null; readonly expiresAt: Instant }): Promise<void>
  /** Many at once, of accounts that have none yet. */
  addLinks(links: readonly { readonly hash: string; readonly account: number }[], expiresAt: Instant): Promise<void>
  link(hash: string, now: Instant): Promise<{ readonly kind: 'setup' | 'reset'; readonly account: number | null } | null>
  /** True once. */
  useLink(hash: string): Promise<boolean>
  identity(issuer: string, subject: string): Promise<number | null>
  addIdentity(issuer: string, subject: string, account: number): Promise<void>
  /** Everything but the password: of an account that is given up or made anew. */
  forget(account: number): Promise<void>
}

export interface Tries {
  readonly count: number
  readonly lastAt: Instant
  /** No try before this. */
  readonly until: Instant
}

export interface TryStore {
  of(key: string): Promise<Tries | null>
  set(key: string, tries: Tries): Promise<void>
  clear(key: string): Promise<void>
  prune(before: Instant): Promise<void>
  blocked(now: Instant): Promise<readonly { readonly key: string; readonly until: Instant }[]>
}

const passkeyOf = ({ public_key, transports, created_at, used_at, ...row }: Schema['passkeys']): Passkey => ({
  ...row,
  publicKey: public_key,
  transports: JSON.parse(transports) as string[],
  createdAt: created_at,
  usedAt: used_at,
})

export function keyStore(db: Db): KeyStore {
  return {
    async passkeys(account) {
      return (await db.selectFrom('passkeys').selectAll().where('account', '=', account).orderBy('created_at').execute()).map(passkeyOf)
    },
    async passkey(credential) {
      const row = await db.selectFrom('passkeys').selectAll().where('credential', '=', credential).executeTakeFirst()
      return row === undefined ? null : passkeyOf(row)
    },
    async addPasskey({ account, credential, publicKey, counter, transports, name, createdAt }) {
      const row = {
        id: freshId(),
        account,
        credential,
        public_key: publicKey,
        counter,
        transports: JSON.stringify(transports),
        name,
        created_at: createdAt,
        used_at: null,
      }
      await db.insertInto('passkeys').values(row).execute()
      return passkeyOf(row)
    },
    async usePasskey(id, counter, at) {
      await db.updateTable('passkeys').set({ counter, used_at: at }).where('id', '=', id).execute()
    },
    async endPasskey(account, id) {
      const { numDeletedRows } = await db.deleteFrom('passkeys').where('account', '=', account).where('id', '=', id).executeTakeFirst()
      return numDeletedRows > 0n
    },
    async setRecovery(account, hashes) {
      await db.transaction().execute(async trx => {
        await trx.deleteFrom('recovery_codes').where('account', '=', account).execute()
        for (const hash of hashes) await trx.insertInto('recovery_codes').values({ hash, account, used_at: null }).execute()
      })
    },
    async useRecovery(account, hash, at) {
      const { numUpdatedRows } = await db
        .updateTable('recovery_codes')
        .set({ used_at: at })
        .where('account', '=', account)
        .where('hash', '=', hash)
        .where('used_at', 'is', null)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    async recoveryLeft(account) {
      const { left } = await db
        .selectFrom('recovery_codes')
        .select(({ fn }) => fn.countAll<number>().as('left'))
        .where('account', '=', account)
        .where('used_at', 'is', null)
        .executeTakeFirstOrThrow()
      return Number(left)
    },
    async addLink(hash, { kind, account, expiresAt }) {
      await db.transaction().execute(async trx => {
        await trx
          .deleteFrom('links')
          .where('kind', '=', kind)
          .where('account', account === null ? 'is' : '=', account)
          .execute()
        await trx.insertInto('links').values({ hash, kind, account, expires_at: expiresAt }).execute()
      })
    },
    async addLinks(links, expires_at) {
      for (let from = 0; from < links.length; from += LINKS_AT_ONCE) {
        const rows = links.slice(from, from + LINKS_AT_ONCE).map(({ hash, account }) => ({ hash, kind: 'reset', account, expires_at }))
        await db.insertInto('links').values(rows).execute()
        await breath()
      }
    },
    async link(hash, now) {
      const row = await db.selectFrom('links').selectAll().where('hash', '=', hash).where('expires_at', '>', now).executeTakeFirst()
      return row === undefined ? null : { kind: row.kind === 'setup' ? 'setup' : 'reset', account: row.account }
    },
    async useLink(hash) {
      const { numDeletedRows } = await db.deleteFrom('links').where('hash', '=', hash).executeTakeFirst()
      return numDeletedRows > 0n
    },
    async identity(issuer, subject) {
      const row = await db.selectFrom('identities').select('account').where('issuer', '=', issuer).where('subject', '=', subject).executeTakeFirst()
      return row?.account ?? null
    },
    async addIdentity(issuer, subject, account) {
      await db
        .insertInto('identities')
        .values({ issuer, subject, account })
        .onConflict(conflict => conflict.columns(['issuer', 'subject']).doUpdateSet({ account }))
        .execute()
    },
    async forget(account) {
      await db.transaction().execute(async trx => {
        for (const table of ['passkeys', 'recovery_codes', 'links', 'identities'] as const)
          await trx.deleteFrom(table).where('account', '=', account).execute()
      })
    },
  }
}

export function tryStore(db: Db): TryStore {
  return {
    async of(key) {
      const row = await db.selectFrom('tries').selectAll().where('key', '=', key).executeTakeFirst()
      return row === undefined ? null : { count: row.count, lastAt: row.last_at, until: row.until_at }
    },
    async set(key, { count, lastAt, until }) {
      const values = { count, last_at: lastAt, until_at: until }
      await db
        .insertInto('tries')
        .values({ key, ...values })
        .onConflict(conflict => conflict.column('key').doUpdateSet(values))
        .execute()
    },
    async clear(key) {
      await db.deleteFrom('tries').where('key', '=', key).execute()
    },
    async prune(before) {
      await db.deleteFrom('tries').where('last_at', '<', before).execute()
    },
    async blocked(now) {
      return (await db.selectFrom('tries').select(['key', 'until_at']).where('until_at', '>', now).execute()).map(({ key, until_at }) => ({
        key,
        until: until_at,
      }))
    },
  }
}
