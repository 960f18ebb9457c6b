// Rows laid aside: written piece by piece while others come in between, then put into their table in one short stroke.
import { sql } from 'kysely'
import type { Db, Schema } from './schema.ts'

type Table = 'organisations' | 'persons' | 'offices' | 'teams' | 'applications' | 'accounts'

/** Rows of one statement. */
const PIECE = 250

/** Lets whoever waits come in between. */
export const breath = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/**
 * Whole rows, in a table that only this connection sees and a crash takes with it. Gives what puts them where they belong, the new ones and those
 * whose `id` is there already, within the transaction around it. One at a time of each table.
 */
export async function layAside<K extends Table>(db: Db, table: K, rows: readonly Schema[K][]): Promise<() => Promise<void>> {
  const names = Object.keys(rows[0] ?? {})
  const columns = sql.join(names.map(name => sql.ref(name)))
  const aside = sql.table(`aside_${table}`)
  await sql`create temp table if not exists ${aside} as select * from ${sql.table(table)} where 0`.execute(db)
  await sql`delete from ${aside}`.execute(db)
  for (let from = 0; from < rows.length; from += PIECE) {
    const piece = rows.slice(from, from + PIECE).map(row => sql`(${sql.join(names.map(name => (row as Readonly<Record<string, unknown>>)[name]))})`)
    await sql`insert into ${aside} (${columns}) values ${sql.join(piece)}`.execute(db)
    await breath()
  }
  return async () => {
    if (rows.length === 0) return
    const newer = sql.join(names.filter(name => name !== 'id').map(name => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`))
    await sql`insert into ${sql.table(table)} (${columns}) select ${columns} from ${aside} where true on conflict (id) do update set ${newer}`.execute(
      db,
    )
  }
}
