// Sessions and API tokens: what a browser or a program brings is looked up by its hash; the secret itself is kept nowhere.
import { randomInt } from 'node:crypto'
import type { Instant, Log } from '../domain/call.ts'
import { openListeners } from '../domain/listeners.ts'
import type { Scope } from '../domain/policy.ts'
import type { Db, Schema } from './schema.ts'

export interface Session {
  readonly id: number
  readonly account: number
  /** `wall`: a screen that only watches. */
  readonly kind: 'person' | 'wall'
  readonly createdAt: Instant
  readonly seenAt: Instant
  /** The absolute end. */
  readonly until: Instant
  readonly provenAt: Instant
  readonly address: string
  readonly agent: string
}

export interface Token {
  readonly id: number
  readonly account: number
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly createdAt: Instant
  readonly expiresAt: Instant | null
  readonly usedAt: Instant | null
}

export interface SessionStore {
  add(hash: string, session: Omit<Session, 'id'>): Promise<Session>
  byHash(hash: string): Promise<Session | null>
  ofAccount(account: number): Promise<readonly Session[]>
  seen(id: number, at: Instant): Promise<void>
  prove(id: number, at: Instant): Promise<void>
  end(id: number): Promise<void>
  /** All of an account but one; how many. */
  endOthers(account: number, but: number | null): Promise<number>
  /** Those whose absolute end is past, or that were not seen since. */
  prune(now: Instant, idleSince: Instant): Promise<void>
  /** Told the ids of those that begin or end. */
  readonly onChange: (tell: (ids: readonly number[]) => void) => () => void
}

export interface TokenStore {
  add(hash: string, token: Omit<Token, 'id' | 'usedAt'>): Promise<Token>
  byHash(hash: string): Promise<Token | null>
  ofAccount(account: number): Promise<readonly Token[]>
  used(id: number, at: Instant): Promise<void>
  /** False when the account has no such token. */
  end(account: number, id: number): Promise<boolean>
  endAll(account: number): Promise<void>
}

/** Never used twice, and nothing to count by. */
export const freshId = (): number => randomInt(1, 2 ** 47)

const sessionOf = ({ hash: _, kind, created_at, seen_at, until_at, proven_at, ...row }: Schema['sessions']): Session => ({
  ...row,
  kind: kind === 'wall' ? 'wall' : 'person',
  createdAt: created_at,
  seenAt: seen_at,
  until: until_at,
  provenAt: proven_at,
})

const tokenOf = ({ id, account, name, scopes, created_at, expires_at, used_at }: Schema['tokens']): Token => ({
  id,
  account,
  name,
  scopes: JSON.parse(scopes) as Scope[],
  createdAt: created_at,
  expiresAt: expires_at,
  usedAt: used_at,
})

export function sessionStore(db: Db, { log }: { log: Log }): SessionStore {
  const { tell, onChange } = openListeners<[ids: readonly number[]]>(log)
  const ended = (rows: readonly { readonly id: number }[]): number => {
    if (rows.length > 0) tell(rows.map(({ id }) => id))
    return rows.length
  }
  return {
    onChange,
    async add(hash, { account, kind, createdAt, seenAt, until, provenAt, address, agent }) {
      const row = {
        id: freshId(),
        hash,
        account,
        kind,
        created_at: createdAt,
        seen_at: seenAt,
        until_at: until,
        proven_at: provenAt,
        address,
        agent,
      }
      await db.insertInto('sessions').values(row).execute()
      tell([row.id])
      return sessionOf(row)
    },
    async byHash(hash) {
      const row = await db.selectFrom('sessions').selectAll().where('hash', '=', hash).executeTakeFirst()
      return row === undefined ? null : sessionOf(row)
    },
    async ofAccount(account) {
      return (await db.selectFrom('sessions').selectAll().where('account', '=', account).orderBy('seen_at', 'desc').execute()).map(sessionOf)
    },
    async seen(id, at) {
      await db.updateTable('sessions').set({ seen_at: at }).where('id', '=', id).execute()
    },
    async prove(id, at) {
      await db.updateTable('sessions').set({ proven_at: at }).where('id', '=', id).execute()
    },
    async end(id) {
      ended(await db.deleteFrom('sessions').where('id', '=', id).returning('id').execute())
    },
    async endOthers(account, but) {
      const mine = db.deleteFrom('sessions').where('account', '=', account)
      return ended(await (but === null ? mine : mine.where('id', '!=', but)).returning('id').execute())
    },
    async prune(now, idleSince) {
      const past = db
        .deleteFrom('sessions')
        .where(({ eb, or, and }) => or([eb('until_at', '<=', now), and([eb('kind', '=', 'person'), eb('seen_at', '<=', idleSince)])]))
      ended(await past.returning('id').execute())
    },
  }
}

export function tokenStore(db: Db): TokenStore {
  return {
    async add(hash, { account, name, scopes, createdAt, expiresAt }) {
      const row = {
        id: freshId(),
        hash,
        account,
        name,
        scopes: JSON.stringify(scopes),
        created_at: createdAt,
        expires_at: expiresAt,
        used_at: null,
      }
      await db.insertInto('tokens').values(row).execute()
      return tokenOf(row)
    },
    async byHash(hash) {
      const row = await db.selectFrom('tokens').selectAll().where('hash', '=', hash).executeTakeFirst()
      return row === undefined ? null : tokenOf(row)
    },
    async ofAccount(account) {
      return (await db.selectFrom('tokens').selectAll().where('account', '=', account).orderBy('created_at', 'desc').execute()).map(tokenOf)
    },
    async used(id, at) {
      await db.updateTable('tokens').set({ used_at: at }).where('id', '=', id).execute()
    },
    async end(account, id) {
      const { numDeletedRows } = await db.deleteFrom('tokens').where('account', '=', account).where('id', '=', id).executeTakeFirst()
      return numDeletedRows > 0n
    },
    async endAll(account) {
      await db.deleteFrom('tokens').where('account', '=', account).execute()
    },
  }
}
