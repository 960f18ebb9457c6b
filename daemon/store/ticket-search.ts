// Full text over tickets. SQLite: FTS5; elsewhere every word is looked for with LIKE. Callers see only `matching`.
import { type RawBuilder, SqliteAdapter, sql } from 'kysely'
import type { TicketTexts } from '../domain/ticket-record.ts'
import type { Db, Trx } from './schema.ts'

/** Words looked for at once; more make the search slower, not better. */
const MOST_WORDS = 8
/** From so many hits on a search is broad. */
const FEW = 300

export interface TicketSearch {
  put(trx: Trx, id: number, number: string, texts: TicketTexts): Promise<void>
  remove(trx: Trx, id: number): Promise<void>
  /** A condition on `tickets.id`; null when there is nothing to look for. `internal`: also in what the requester does not see. */
  matching(text: string, internal: boolean): Promise<RawBuilder<boolean> | null>
}

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '')
    .slice(0, MOST_WORDS)

export function ticketSearch(db: Db): TicketSearch {
  const indexed = db.getExecutor().adapter instanceof SqliteAdapter
  const remove = async (trx: Trx, id: number) => {
    await sql`delete from ticket_search where rowid = ${id}`.execute(trx)
  }
  return {
    remove,
    async put(trx, id, number, { title, body, internal }) {
      await remove(trx, id)
      await sql`insert into ticket_search (rowid, number, title, body, internal) values (${id}, ${number}, ${title}, ${body}, ${internal})`.execute(
        trx,
      )
    },
    async matching(text, internal) {
      const words = wordsOf(text)
      if (words.length === 0) return null
      if (indexed) {
        // Words hold letters and digits only: nothing of FTS5's own language gets through.
        const all = words.map(word => `"${word}"*`).join(' AND ')
        const wanted = internal ? all : `{number title body} : (${all})`
        const found = sql`select rowid from ticket_search where ticket_search match ${wanted}`
        const { rows } = await sql`${found} limit ${FEW}`.execute(db)
        // A few are fetched by their ids. Of many the row of each would be read: the plus keeps SQLite to an index it walks and asks what was found.
        return rows.length < FEW ? sql<boolean>`tickets.id in (${found})` : sql<boolean>`+tickets.id in (${found})`
      }
      const looked = internal
        ? sql`lower(number || ' ' || title || ' ' || body || ' ' || internal)`
        : sql`lower(number || ' ' || title || ' ' || body)`
      const each = words.map(word => sql`${looked} like ${`%${word.toLowerCase()}%`}`)
      return sql<boolean>`tickets.id in (select rowid from ticket_search where ${sql.join(each, sql` and `)})`
    },
  }
}
