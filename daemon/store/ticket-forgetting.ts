// Takes people out of what a ticket keeps once their time is over: its answers, what a search looks through, papers that show them and nobody signed.
import { sql } from 'kysely'
import type { Answers } from '../domain/form.ts'
import { formText } from '../domain/form-plain.ts'
import type { TicketFact } from '../domain/ticket.ts'
import type { TicketDraft } from '../domain/ticket-record.ts'
import type { Db } from './schema.ts'
import { documentOf } from './ticket-rows.ts'

/** `without`: the answers as they are to be; the same object where there is nothing in them to take out. How much was changed. */
export type TicketForgetting = (
  ticket: number,
  without: (answers: Answers) => Answers,
) => Promise<{ readonly answers: number; readonly papers: number }>

/** Papers that show the answers. */
const SHOWING = ['form', 'report', 'letter']

export const ticketForgetting =
  (db: Db): TicketForgetting =>
  (ticket, without) =>
    db.transaction().execute(async trx => {
      const changes: (readonly [Answers, Answers])[] = []
      const taken = (answers: Answers): Answers => {
        const is = without(answers)
        if (is !== answers) changes.push([answers, is])
        return is
      }
      for (const { seq, fact } of await trx.selectFrom('ticket_events').select(['seq', 'fact']).where('ticket', '=', ticket).execute()) {
        const was = JSON.parse(fact) as TicketFact
        if (was.kind !== 'amended') continue
        const answers = taken(was.answers)
        if (answers !== was.answers)
          await trx
            .updateTable('ticket_events')
            .set({ fact: JSON.stringify({ ...was, answers }) })
            .where('ticket', '=', ticket)
            .where('seq', '=', seq)
            .execute()
      }
      const row = await trx.selectFrom('tickets').select('draft').where('id', '=', ticket).executeTakeFirst()
      if (row?.draft != null) {
        const draft = JSON.parse(row.draft) as TicketDraft
        const next = { ...draft, answers: taken(draft.answers) }
        await trx
          .updateTable('tickets')
          .set({ draft: JSON.stringify(next) })
          .where('id', '=', ticket)
          .execute()
      }
      const { rows } = await sql<{ body: string }>`select body from ticket_search where rowid = ${ticket}`.execute(trx)
      for (const { body } of rows) {
        const next = changes.reduce((text, [was, is]) => text.replaceAll(formText(was), formText(is)), body)
        await sql`update ticket_search set body = ${withoutWords(next, changes)} where rowid = ${ticket}`.execute(trx)
      }

      if (changes.length === 0) return { answers: 0, papers: 0 }
      const shown = await trx.selectFrom('documents').selectAll().where('ticket', '=', ticket).where('kind', 'in', SHOWING).execute()
      const papers = shown
        .map(documentOf)
        .filter(
          ({ sha256, signatures, history }) =>
            sha256 !== '' && signatures.every(({ at }) => at === null) && history.every(({ what }) => what === 'drawn'),
        )
      // Set on pages anew, from the answers as they are then, when somebody asks for it; the file that nothing refers to is swept.
      for (const { id } of papers) await trx.updateTable('documents').set({ sha256: '', pages: 0, history: '[]' }).where('id', '=', id).execute()
      return { answers: changes.length, papers: papers.length }
    })

/** A text that was cut holds its last answers in part: lines that no answer has any more go one by one. */
function withoutWords(text: string, changes: readonly (readonly [Answers, Answers])[]): string {
  const gone = new Set(
    changes.flatMap(([was, is]) => {
      const stays = new Set(formText(is).split('\n'))
      return formText(was)
        .split('\n')
        .filter(line => !stays.has(line))
    }),
  )
  const lines = text.split('\n')
  const cut = lines.at(-1) ?? ''
  return lines
    .filter((line, i) => !gone.has(line) && !(i === lines.length - 1 && cut !== '' && [...gone].some(one => one.startsWith(cut))))
    .join('\n')
}
