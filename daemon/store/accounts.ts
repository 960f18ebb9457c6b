// Accounts: who signs in under which name, and with what. Secrets are hashed by those who know how; the authenticator's secret is sealed here.
import type { Clock, Instant, Log } from '../domain/call.ts'
import { openListeners } from '../domain/listeners.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { layAside } from './aside.ts'
import { fault } from './fault.ts'
import { type Aside, nextId, type RegisterPage, type RegisterQuery, roll } from './register.ts'
import type { Db, Schema } from './schema.ts'
import type { Secrets } from './secrets.ts'

export interface Account {
  readonly id: number
  readonly person: number
  /** In small letters. */
  readonly login: string
  /** Its hash in full, with parameters; null: signs in another way. */
  readonly password: string | null
  readonly mustChange: boolean
  readonly secondFactor: boolean
  readonly language: 'id' | 'en'
  readonly createdAt: Instant
  readonly signedInAt: Instant | null
  readonly goneAt: Instant | null
}

export interface AccountStore {
  page(query: RegisterQuery): Promise<RegisterPage<Account>>
  count(): Promise<number>
  one(id: number): Promise<Account | null>
  byLogin(login: string): Promise<Account | null>
  ofPerson(person: number): Promise<Account | null>
  /** By person; only those that have not left. */
  logins(): Promise<ReadonlyMap<number, string>>
  /** Also those of accounts that have left. */
  everTaken(): Promise<ReadonlySet<string>>
  /** Grows with every write to who has which login. */
  writes(): number
  /** Told the ids that are being written, as of a register. */
  readonly onChange: (tell: (ids: readonly number[]) => void) => () => void
  /** Many at once, without a password, as those of a register are. */
  aside(given: readonly { readonly person: number; readonly login: string; readonly name: string }[]): Promise<Aside>
  /** `conflict` when the login is taken (also by one that has left: the trail must mean one person) or the person has an account. */
  add(given: Pick<Account, 'person' | 'login' | 'password' | 'mustChange'>): Promise<Outcome<Account>>
  set(
    id: number,
    change: Partial<Pick<Account, 'person' | 'login' | 'password' | 'mustChange' | 'language' | 'signedInAt' | 'goneAt'>>,
  ): Promise<Outcome<Account>>
  /** The authenticator's secret (base32) and the last time step used; null: none. */
  totp(id: number): Promise<{ readonly secret: string; readonly step: number } | null>
  setTotp(id: number, secret: string | null): Promise<void>
  /** True when the step is later than any used before: a code works once. */
  useStep(id: number, step: number): Promise<boolean>
}

type Row = Schema['accounts']

const of = (row: Row): Account => ({
  id: row.id,
  person: row.person,
  login: row.login,
  password: row.password,
  mustChange: row.must_change === 1,
  secondFactor: row.totp !== null,
  language: row.language === 'en' ? 'en' : 'id',
  createdAt: row.created_at,
  signedInAt: row.signed_in_at,
  goneAt: row.gone_at,
})

const searchedOf = (login: string, name: string): string => `${login}\n${name}`.toLowerCase()
const context = (id: number): string => `authenticator of account ${id}`

export function accountStore(db: Db, { secrets, clock, log }: { secrets: Secrets; clock: Clock; log: Log }): AccountStore {
  const list = roll<'accounts', Account>(db, { table: 'accounts', sorts: ['login', 'created_at', 'signed_in_at', 'id'], of })
  const taken = async (login: string, but: number): Promise<boolean> =>
    (await db.selectFrom('accounts').select('id').where('login', '=', login).where('id', '!=', but).executeTakeFirst()) !== undefined
  const row = (id: number) => db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst()
  const searched = async (login: string, person: number): Promise<string> => {
    const found = await db.selectFrom('persons').select('name').where('id', '=', person).executeTakeFirst()
    return searchedOf(login, found?.name ?? '')
  }
  const ofPerson = async (person: number): Promise<Account | null> => {
    const found = await db.selectFrom('accounts').selectAll().where('person', '=', person).where('gone_at', 'is', null).executeTakeFirst()
    return found === undefined ? null : of(found)
  }

  const { tell, onChange } = openListeners<[ids: readonly number[]]>(log)
  let writes = 0
  const wrote = (ids: readonly number[]): void => {
    writes++
    tell(ids)
  }
  const fresh = (id: number, given: Pick<Row, 'person' | 'login' | 'password' | 'must_change' | 'search'>): Row => ({
    id,
    ...given,
    totp: null,
    totp_step: 0,
    language: 'id',
    created_at: clock(),
    signed_in_at: null,
    gone_at: null,
  })

  return {
    page: query => list.page(query),
    one: id => list.one(id),
    async count() {
      const { total } = await db
        .selectFrom('accounts')
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .where('gone_at', 'is', null)
        .executeTakeFirstOrThrow()
      return Number(total)
    },
    async byLogin(login) {
      const found = await db
        .selectFrom('accounts')
        .selectAll()
        .where('login', '=', login.toLowerCase())
        .where('gone_at', 'is', null)
        .executeTakeFirst()
      return found === undefined ? null : of(found)
    },
    ofPerson,
    async logins() {
      const rows = await db.selectFrom('accounts').select(['person', 'login']).where('gone_at', 'is', null).execute()
      return new Map(rows.map(({ person, login }) => [person, login]))
    },
    async everTaken() {
      return new Set((await db.selectFrom('accounts').select('login').execute()).map(({ login }) => login))
    },
    writes: () => writes,
    onChange,
    async aside(given) {
      const first = await nextId(db, 'accounts')
      const rows = given.map(({ person, login, name }, i) =>
        fresh(first + i, { person, login, password: null, must_change: 0, search: searchedOf(login, name) }),
      )
      const write = await layAside(db, 'accounts', rows)
      const ids = rows.map(({ id }) => id)
      return {
        ids,
        write() {
          wrote(ids)
          return write()
        },
      }
    },
    async add({ person, login: given, password, mustChange }) {
      const login = given.toLowerCase()
      if (await taken(login, 0)) return failed('conflict', `The login "${login}" is taken, or was somebody's before.`)
      if ((await ofPerson(person)) !== null) return failed('conflict', 'This person has an account already.')
      const search = await searched(login, person)
      return done(
        await db.transaction().execute(async trx => {
          const made = fresh(await nextId(trx, 'accounts'), { person, login, password, must_change: mustChange ? 1 : 0, search })
          wrote([made.id])
          await trx.insertInto('accounts').values(made).execute()
          return of(made)
        }),
      )
    },
    async set(id, { person, login, password, mustChange, language, signedInAt, goneAt }) {
      const was = await row(id)
      if (was === undefined) return failed('notFound', `There is no account ${id}.`)
      if (login !== undefined && (await taken(login.toLowerCase(), id))) return failed('conflict', `The login "${login}" is taken.`)
      const now: Row = {
        ...was,
        person: person ?? was.person,
        login: login?.toLowerCase() ?? was.login,
        password: password === undefined ? was.password : password,
        must_change: mustChange === undefined ? was.must_change : mustChange ? 1 : 0,
        language: language ?? was.language,
        signed_in_at: signedInAt === undefined ? was.signed_in_at : signedInAt,
        gone_at: goneAt === undefined ? was.gone_at : goneAt,
      }
      const { id: _, ...written } = { ...now, search: await searched(now.login, now.person) }
      await db.updateTable('accounts').set(written).where('id', '=', id).execute()
      wrote([id])
      return done(of(now))
    },
    async totp(id) {
      const found = await row(id)
      if (found === undefined || found.totp === null) return null
      const secret = secrets.unseal(found.totp, context(id))
      if (!secret.ok) throw fault(secret.failure.kind, secret.failure.message)
      return { secret: secret.value, step: found.totp_step }
    },
    async setTotp(id, secret) {
      const totp = secret === null ? null : secrets.seal(secret, context(id))
      await db.updateTable('accounts').set({ totp, totp_step: 0 }).where('id', '=', id).execute()
      tell([id])
    },
    async useStep(id, step) {
      const { numUpdatedRows } = await db
        .updateTable('accounts')
        .set({ totp_step: step })
        .where('id', '=', id)
        .where('totp_step', '<', step)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
  }
}
