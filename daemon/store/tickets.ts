// Tickets in the records: an action is one transaction of events, head, numbers, agenda, documents, messages and the trail, or nothing of it.
import type { Instant } from '../domain/call.ts'
import { done, type Outcome, refused } from '../domain/outcome.ts'
import { draftNumber, type TicketEvent, type TicketFact } from '../domain/ticket.ts'
import type {
  AttachmentRow,
  DeskCommit,
  Draw,
  EnteredApplication,
  Ledger,
  Place,
  TicketFrame,
  TicketRecord,
  TicketRow,
  TicketWrite,
  WantedApplication,
} from '../domain/ticket-record.ts'
import { insertAgenda, letterOfAgenda } from './agenda.ts'
import { enterApplication } from './applications.ts'
import { appendAudit } from './audit.ts'
import { putDocument, standsAs } from './documents.ts'
import { fault, StoreFault } from './fault.ts'
import { enqueueMailing } from './mailing.ts'
import { takeMessage } from './messages.ts'
import { nextNumber } from './numbers.ts'
import type { Db, Schema, Trx } from './schema.ts'
import { attachmentOf, draftOf, frameOf, isOpen, marksOf, rowOf } from './ticket-rows.ts'
import type { TicketSearch } from './ticket-search.ts'

export interface Drawn {
  readonly numbers: readonly number[]
  readonly ledger: Ledger
  readonly applications: readonly EnteredApplication[]
}

export interface TicketStore {
  /** By number of the register, or `D-<id>` of a draft. */
  find(number: string): Promise<TicketRecord | null>
  byId(id: number): Promise<TicketRecord | null>
  frames(ids: readonly number[]): Promise<ReadonlyMap<number, TicketFrame>>
  row(id: number): Promise<TicketRow | null>
  attachments(ticket: number): Promise<readonly AttachmentRow[]>
  attachment(id: number): Promise<AttachmentRow | null>
  /** Of these contents, those that are attached to something. */
  referred(hashes: readonly string[]): Promise<ReadonlySet<string>>
  /** Tickets that are about this one, or this one is about. */
  about(id: number): Promise<readonly TicketFrame[]>
  /** Open tickets whose time has come to tell somebody. */
  due(now: Instant, limit: number): Promise<readonly number[]>
  /**
   * Draws the numbers, asks `write` what is to be, and writes it, all in one transaction. `conflict`: somebody wrote to one of the tickets in
   * between, or another open ticket has the claim. A number that was drawn for nothing was not drawn.
   */
  commit(
    needs: {
      readonly draws: readonly Draw[]
      readonly ledger?: { readonly service: string; readonly from: string }
      readonly applications?: readonly WantedApplication[]
    },
    write: (drawn: Drawn) => DeskCommit,
  ): Promise<Outcome<DeskCommit>>
  /** A draft goes without a trace but for `audit`; false when it was handed in meanwhile: that stays. */
  removeDraft(id: number, audit?: DeskCommit['audit'][number]): Promise<boolean>
}

const CHANGED = {
  id: 'Tiket ini baru saja diubah orang lain. Lihat perubahannya, lalu ulangi.',
  en: 'Somebody else has just changed this ticket. Look at what changed, then try again.',
}

export function ticketStore(db: Db, { search, clock }: { search: TicketSearch; clock: () => Instant }): TicketStore {
  const eventsOf = async (ticket: number): Promise<TicketEvent[]> => {
    const rows = await db.selectFrom('ticket_events').selectAll().where('ticket', '=', ticket).orderBy('seq').execute()
    return rows.map(({ seq, at, actor, fact }) => ({ ...(JSON.parse(fact) as TicketFact), seq, at, by: JSON.parse(actor) }))
  }
  const recordOf = async (row: Schema['tickets'] | undefined): Promise<TicketRecord | null> =>
    row === undefined ? null : { frame: frameOf(row), draft: draftOf(row), events: await eventsOf(row.id) }
  const rowBy = (id: number) => db.selectFrom('tickets').selectAll().where('id', '=', id).executeTakeFirst()

  return {
    async find(number) {
      const draft = /^D-(\d{1,15})$/.exec(number)?.[1]
      const query = db.selectFrom('tickets').selectAll()
      const found = draft === undefined ? query.where('number', '=', number) : query.where('id', '=', Number(draft)).where('number', 'is', null)
      return recordOf(await found.executeTakeFirst())
    },
    byId: async id => recordOf(await rowBy(id)),
    async frames(ids) {
      const rows = ids.length === 0 ? [] : await db.selectFrom('tickets').select(['id', 'frame']).where('id', 'in', ids).execute()
      return new Map(rows.map(row => [row.id, frameOf(row)]))
    },
    async row(id) {
      const row = await rowBy(id)
      return row === undefined ? null : marksOf(row, clock())
    },
    attachments: async ticket =>
      (await db.selectFrom('attachments').selectAll().where('ticket', '=', ticket).orderBy('id').execute()).map(attachmentOf),
    async attachment(id) {
      const row = await db.selectFrom('attachments').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : attachmentOf(row)
    },
    async referred(hashes) {
      const rows = hashes.length === 0 ? [] : await db.selectFrom('attachments').select('sha256').distinct().where('sha256', 'in', hashes).execute()
      return new Set(rows.map(({ sha256 }) => sha256))
    },
    async about(id) {
      const rows = await db.selectFrom('tickets').select('frame').where('about', '=', id).where('number', 'is not', null).orderBy('id').execute()
      return rows.map(frameOf)
    },
    async due(now, limit) {
      const rows = await db
        .selectFrom('tickets')
        .select('id')
        .where('check_at', '<=', now)
        .where('open', '=', 1)
        .orderBy('check_at')
        .limit(limit)
        .execute()
      return rows.map(({ id }) => id)
    },

    async commit({ draws, ledger, applications = [] }, write) {
      try {
        return done(
          await db.transaction().execute(async trx => {
            const numbers: number[] = []
            for (const draw of draws) numbers.push(await nextNumber(trx, draw))
            const entered: EnteredApplication[] = []
            for (const wanted of applications) entered.push(await enterApplication(trx, wanted))
            const commit = write({ numbers, ledger: ledger === undefined ? new Map() : await ledgerOf(trx, ledger), applications: entered })
            if (commit.incoming !== undefined) {
              const before = await takeMessage(trx, commit.incoming)
              if (before !== null) throw fault('conflict', `This message became ticket ${before} already.`, false)
            }
            for (const ticket of commit.tickets) await writeTicket(trx, ticket, search)
            for (const was of commit.over ?? []) if (!(await standsAs(trx, was))) throw new StoreFault(refused('conflict', CHANGED).failure)
            for (const document of commit.documents ?? []) await putDocument(trx, document)
            for (const entry of commit.agenda ?? []) await insertAgenda(trx, entry)
            if (commit.relettered) await letterOfAgenda(trx, commit.relettered.ticket, commit.relettered.letter)
            if (commit.slot) await takeSlot(trx, commit.slot)
            if (commit.freed) await giveSlot(trx, commit.freed)
            await enqueueMailing(trx, commit.messages ?? [], clock())
            for (const entry of commit.audit) await appendAudit(trx, entry)
            return commit
          }),
        )
      } catch (error) {
        if (error instanceof StoreFault && error.failure.kind === 'conflict') return { ok: false, failure: error.failure }
        throw error
      }
    },

    removeDraft: (id, audit) =>
      db.transaction().execute(async trx => {
        const there = await trx.selectFrom('tickets').select('id').where('id', '=', id).where('number', 'is', null).executeTakeFirst()
        if (there === undefined) return false
        for (const table of ['attachments', 'ticket_events', 'ticket_watchers', 'ticket_claims'] as const)
          await trx.deleteFrom(table).where('ticket', '=', id).execute()
        await search.remove(trx, id)
        await trx.deleteFrom('tickets').where('id', '=', id).execute()
        if (audit !== undefined) await appendAudit(trx, audit)
        return true
      }),
  }
}

async function writeTicket(trx: Trx, ticket: TicketWrite, search: TicketSearch): Promise<void> {
  const { frame, events, expected, attachments = [], detached = [], claims } = ticket
  const row = rowOf(ticket)
  const was = await trx.selectFrom('tickets').select(['seq', 'draft']).where('id', '=', frame.id).executeTakeFirst()
  if ((was?.seq ?? 0) !== expected) throw new StoreFault(refused('conflict', CHANGED).failure)
  if (was !== undefined && ticket.draft !== undefined && ticket.over !== undefined && (draftOf(was)?.savedAt ?? null) !== ticket.over)
    throw new StoreFault(refused('conflict', CHANGED).failure)
  if (was === undefined) await trx.insertInto('tickets').values(row).execute()
  else {
    const { draft, ...rest } = row
    await trx
      .updateTable('tickets')
      .set(ticket.draft === undefined ? rest : { ...rest, draft })
      .where('id', '=', frame.id)
      .execute()
  }
  for (const { seq, at, by, ...fact } of events)
    await trx
      .insertInto('ticket_events')
      .values({ ticket: frame.id, seq, at, actor: JSON.stringify(by), fact: JSON.stringify(fact) })
      .execute()
  for (const attachment of attachments) await trx.insertInto('attachments').values(attachment).execute()
  if (detached.length > 0) await trx.deleteFrom('attachments').where('ticket', '=', frame.id).where('id', 'in', detached).execute()
  for (const event of events) if (event.kind === 'watched') await watch(trx, frame.id, event.person, event.on)
  await claim(trx, frame, isOpen(ticket.row.head.status) ? claims : [])
  await search.put(trx, frame.id, frame.number ?? draftNumber(frame.id), ticket.texts)
}

async function watch(trx: Trx, ticket: number, person: number, on: boolean): Promise<void> {
  if (on)
    await trx
      .insertInto('ticket_watchers')
      .values({ ticket, person })
      .onConflict(conflict => conflict.doNothing())
      .execute()
  else await trx.deleteFrom('ticket_watchers').where('ticket', '=', ticket).where('person', '=', person).execute()
}

async function claim(trx: Trx, { id, service }: TicketFrame, claims: readonly string[]): Promise<void> {
  await trx.deleteFrom('ticket_claims').where('ticket', '=', id).execute()
  for (const one of claims) {
    const held = await trx
      .selectFrom('ticket_claims')
      .innerJoin('tickets', 'tickets.id', 'ticket_claims.ticket')
      .select('tickets.number')
      .where('ticket_claims.service', '=', service)
      .where('claim', '=', one)
      .executeTakeFirst()
    if (held !== undefined)
      throw new StoreFault(
        refused('conflict', {
          id: `Sudah ada tiket terbuka untuk isian yang sama: ${held.number ?? ''}. Satu formulir berlaku untuk satu aplikasi.`,
          en: `There is an open ticket with the same answer already: ${held.number ?? ''}. One form is for one application.`,
        }).failure,
      )
    await trx.insertInto('ticket_claims').values({ service, claim: one, ticket: id }).execute()
  }
}

async function ledgerOf(trx: Trx, { service, from }: { readonly service: string; readonly from: string }): Promise<Ledger> {
  const rows = await trx.selectFrom('ticket_slots').select(['day', 'taken']).where('service', '=', service).where('day', '>=', from).execute()
  return new Map(rows.map(({ day, taken }) => [day, taken]))
}

async function takeSlot(trx: Trx, { service, day }: Place): Promise<void> {
  await trx
    .insertInto('ticket_slots')
    .values({ service, day, taken: 1 })
    .onConflict(conflict => conflict.columns(['service', 'day']).doUpdateSet(({ eb, ref }) => ({ taken: eb(ref('ticket_slots.taken'), '+', 1) })))
    .execute()
}

async function giveSlot(trx: Trx, { service, day }: Place): Promise<void> {
  await trx
    .updateTable('ticket_slots')
    .set(({ eb, ref }) => ({ taken: eb(ref('taken'), '-', 1) }))
    .where('service', '=', service)
    .where('day', '=', day)
    .where('taken', '>', 0)
    .execute()
}
