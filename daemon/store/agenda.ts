// The agenda book (buku agenda): what came in and what went out, numbered without gaps in each year.
import { sql } from 'kysely'
import type { LetterMark } from '../domain/letter-mark.ts'
import type { AgendaEntry, AgendaPage } from '../domain/ticket-record.ts'
import type { Db, Schema, Trx } from './schema.ts'

export interface AgendaQuery {
  readonly year: number
  readonly direction?: 'in' | 'out' | undefined
  readonly search: string
  readonly page: number
  readonly size: number
}

export interface AgendaStore {
  page(query: AgendaQuery): Promise<AgendaPage>
  entry(of: Pick<AgendaEntry, 'year' | 'direction' | 'no'>): Promise<AgendaEntry | null>
  /** By which a ticket's letter came in. */
  incoming(ticket: number): Promise<AgendaEntry | null>
  /** A whole year of one side, in the order of its numbers: for printing. */
  year(year: number, direction: 'in' | 'out'): Promise<readonly AgendaEntry[]>
}

/** Number and date are kept a line each, so that a search finds both. */
const written = ({ number, date }: LetterMark): string => (date === '' ? number : `${number}\n${date}`)

const entryOf = ({ ticket_number, sender, receiver, direction, letter, ...row }: Schema['agenda']): AgendaEntry => ({
  ...row,
  letter: letter.split('\n')[0] ?? '',
  dated: letter.split('\n')[1] ?? '',
  direction: direction as AgendaEntry['direction'],
  ticketNumber: ticket_number,
  from: sender,
  to: receiver,
})

export async function insertAgenda(trx: Trx, { ticketNumber, from, to, letter, dated, ...entry }: AgendaEntry): Promise<void> {
  await trx
    .insertInto('agenda')
    .values({ ...entry, letter: written({ number: letter, date: dated }), ticket_number: ticketNumber, sender: from, receiver: to })
    .execute()
}

/** Of the line that the ticket came in by. */
export async function letterOfAgenda(trx: Trx, ticket: number, letter: LetterMark): Promise<void> {
  await trx
    .updateTable('agenda')
    .set({ letter: written(letter) })
    .where('ticket', '=', ticket)
    .where('direction', '=', 'in')
    .execute()
}

const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

export function agendaStore(db: Db): AgendaStore {
  return {
    async page({ year, direction, search, page, size }) {
      let query = db.selectFrom('agenda').where('year', '=', year)
      if (direction !== undefined) query = query.where('direction', '=', direction)
      if (search !== '') {
        const like = `%${escaped(search)}%`
        query = query.where(({ eb, or }) =>
          or(
            (['subject', 'sender', 'receiver', 'letter', 'ticket_number'] as const).map(
              column => sql<boolean>`${eb.ref(column)} like ${like} escape '\\'`,
            ),
          ),
        )
      }
      const { total } = await query.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
      const rows = await query
        .selectAll()
        .orderBy('at', 'desc')
        .orderBy('direction')
        .orderBy('no', 'desc')
        .limit(size)
        .offset((page - 1) * size)
        .execute()
      const years = await db.selectFrom('agenda').select('year').distinct().orderBy('year', 'desc').execute()
      return { items: rows.map(entryOf), total: Number(total), page, size, years: years.map(row => row.year) }
    },
    async entry({ year, direction, no }) {
      const row = db.selectFrom('agenda').selectAll().where('year', '=', year).where('direction', '=', direction).where('no', '=', no)
      const found = await row.executeTakeFirst()
      return found === undefined ? null : entryOf(found)
    },
    async incoming(ticket) {
      const row = await db.selectFrom('agenda').selectAll().where('ticket', '=', ticket).where('direction', '=', 'in').executeTakeFirst()
      return row === undefined ? null : entryOf(row)
    },
    year: async (year, direction) =>
      (await db.selectFrom('agenda').selectAll().where('year', '=', year).where('direction', '=', direction).orderBy('no').execute()).map(entryOf),
  }
}
