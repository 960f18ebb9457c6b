// A register: things with a number, a text to look for, and a way out that leaves them readable. One way for all the registers of people.
import { sql } from 'kysely'
import type { Clock, Log } from '../domain/call.ts'
import { openListeners } from '../domain/listeners.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { layAside } from './aside.ts'
import type { Db, Schema, Trx } from './schema.ts'

type Table = 'organisations' | 'persons' | 'offices' | 'teams' | 'applications' | 'accounts'

export interface RegisterQuery {
  /** Words that must all occur, in any case. */
  readonly search?: string | undefined
  /** A column, with `-` before it for the other direction. */
  readonly sort?: string | undefined
  /** From 1. */
  readonly page: number
  readonly size: number
  /** Also those that have left. */
  readonly gone?: boolean | undefined
  /** Columns that must have this value; undefined: any. */
  readonly only?: Readonly<Record<string, string | number | undefined>> | undefined
}

export interface RegisterPage<T> {
  readonly items: readonly T[]
  readonly total: number
  readonly page: number
  readonly size: number
}

/** What can be read of it. */
export interface Roll<T> {
  page(query: RegisterQuery): Promise<RegisterPage<T>>
  /** Also one that has left. */
  one(id: number): Promise<T | null>
  /** Also those that have left. */
  some(ids: readonly number[]): Promise<{ readonly value: T; readonly left: boolean }[]>
  /** Those that have not left, in order of numbers. */
  all(): Promise<T[]>
}

export interface Register<T extends { readonly id: number }> extends Roll<T> {
  add(value: Omit<T, 'id'>): Promise<T>
  /** `notFound` also for one that has left. */
  change(id: number, value: Omit<T, 'id'>): Promise<Outcome<T>>
  /** Out of the register; what refers to it stays readable. */
  remove(id: number): Promise<Outcome<T>>
  /** Grows with every write: whoever judged by what was read before can tell whether it still stands. */
  writes(): number
  /** Told the ids that are being written. Who looks at them then waits for the end of the transaction. Returns how to stop. */
  readonly onChange: (tell: (ids: readonly number[]) => void) => () => void
  /**
   * Many at once, new ones with `id` null: laid aside, their numbers drawn. `write` puts all of them into the register within the transaction
   * around it, quickly; good only while `writes` is what it was.
   */
  aside(values: readonly (Omit<T, 'id'> & { readonly id: number | null })[]): Promise<Aside>
}

export interface Aside {
  readonly ids: readonly number[]
  write(): Promise<void>
}

interface RollShape<K extends Table, T> {
  readonly table: K
  readonly sorts: readonly (keyof Schema[K] & string)[]
  of(row: Schema[K]): T
}

interface Shape<K extends Table, T> extends RollShape<K, T> {
  /** For sentences: "There is no person 7." */
  readonly what: string
  columns(value: Omit<T, 'id'>): Omit<Schema[K], 'id' | 'search' | 'gone_at'>
  searched(value: Omit<T, 'id'>): string
}

/** Words looked for at once: each is looked for in every row. */
const MOST_WORDS = 8
const likeWord = (word: string): string => `%${word.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

// All of these tables have `id`, `search` and `gone_at`; Kysely's types cannot say "one of them" in one query, so one stands for all.
type Any = 'organisations'

/** Numbers are never given again: nobody is deleted. */
export async function nextId(db: Db, table: Table): Promise<number> {
  const last = await db
    .selectFrom(table as Any)
    .select(({ fn }) => fn.max('id').as('id'))
    .executeTakeFirst()
  return (last?.id ?? 0) + 1
}

export function roll<K extends Table, T>(db: Db, { table: given, sorts, of: made }: RollShape<K, T>): Roll<T> {
  const table = given as Any
  const of = (row: unknown): T => made(row as Schema[K])
  return {
    async page({ search = '', sort, page, size, gone = false, only = {} }) {
      let found = db.selectFrom(table)
      if (!gone) found = found.where('gone_at', 'is', null)
      for (const [column, value] of Object.entries(only)) if (value !== undefined) found = found.where(sql.ref(column), '=', value)
      for (const word of search.split(/\s+/).filter(Boolean).slice(0, MOST_WORDS))
        found = found.where(sql<boolean>`search like ${likeWord(word)} escape '\\'`)
      const { total } = await found.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
      const by = sort?.replace(/^-/, '') ?? sorts[0] ?? 'id'
      const direction = sort?.startsWith('-') === true ? 'desc' : 'asc'
      const column = sorts.find(name => name === by) ?? 'id'
      const rows = await found
        .selectAll()
        .orderBy(sql.ref(column), direction)
        .orderBy('id', direction)
        .limit(size)
        .offset((page - 1) * size)
        .execute()
      return { items: rows.map(of), total: Number(total), page, size }
    },
    async one(id) {
      const row = await db.selectFrom(table).selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : of(row)
    },
    async some(ids) {
      const rows = ids.length === 0 ? [] : await db.selectFrom(table).selectAll().where('id', 'in', ids).execute()
      return rows.map(row => ({ value: of(row), left: row.gone_at !== null }))
    },
    async all() {
      return (await db.selectFrom(table).selectAll().where('gone_at', 'is', null).orderBy('id').execute()).map(of)
    },
  }
}

export function register<K extends Table, T extends { readonly id: number }>(
  db: Db,
  { clock, log }: { clock: Clock; log: Log },
  shape: Shape<K, T>,
): Register<T> {
  const table = shape.table as Any
  const of = (row: unknown): T => shape.of(row as Schema[K])
  const columns = (value: Omit<T, 'id'>) =>
    ({ ...shape.columns(value), search: shape.searched(value).toLowerCase() }) as unknown as Partial<Schema[Any]>
  const missing = (id: number) => failed('notFound', `There is no ${shape.what} ${id}.`)
  const find = (trx: Trx, id: number) => trx.selectFrom(table).selectAll().where('id', '=', id).executeTakeFirst()
  const { tell, onChange } = openListeners<[ids: readonly number[]]>(log)
  let writes = 0
  const wrote = (ids: readonly number[]): void => {
    writes++
    tell(ids)
  }

  return {
    ...roll<K, T>(db, shape),
    writes: () => writes,
    onChange,
    async aside(values) {
      let next = await nextId(db, shape.table)
      const ids = values.map(({ id }) => id ?? next++)
      const rows = values.map((value, i) => ({ id: ids[i], gone_at: null, ...columns(value) }) as unknown as Schema[K] & Schema[Table])
      const write = await layAside<Table>(db, shape.table, rows)
      return {
        ids,
        write() {
          wrote(ids)
          return write()
        },
      }
    },
    add: value =>
      db.transaction().execute(async trx => {
        const row = { id: await nextId(trx, shape.table), gone_at: null, ...columns(value) } as Schema['organisations']
        wrote([row.id])
        await trx.insertInto(table).values(row).execute()
        return of(row)
      }),
    change: (id, value) =>
      db.transaction().execute(async trx => {
        wrote([id])
        const was = await find(trx, id)
        if (was === undefined || was.gone_at !== null) return missing(id)
        await trx.updateTable(table).set(columns(value)).where('id', '=', id).execute()
        return done(of({ ...was, ...columns(value) }))
      }),
    remove: id =>
      db.transaction().execute(async trx => {
        wrote([id])
        const was = await find(trx, id)
        if (was === undefined || was.gone_at !== null) return missing(id)
        const gone_at = clock()
        await trx.updateTable(table).set({ gone_at }).where('id', '=', id).execute()
        return done(of({ ...was, gone_at }))
      }),
  }
}
