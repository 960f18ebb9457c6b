// A small desk over real records: tickets are rows beside the messages, written in one transaction with them, as the house's own desk does it.

import { join } from 'node:path'
import { Kysely } from 'kysely'
import type { Desk, Incoming } from '../../../daemon/channels/incoming.ts'
import type { Log } from '../../../daemon/domain/call.ts'
import type { ChannelTrouble } from '../../../daemon/domain/channel-trouble.ts'
import { done, failed, type Outcome } from '../../../daemon/domain/outcome.ts'
import { troubleText } from '../../../daemon/domain/words/channel-words.ts'
import { openSqlite } from '../../../daemon/store/dialect.ts'
import { mailingStore } from '../../../daemon/store/mailing.ts'
import { messageStore, takeMessage } from '../../../daemon/store/messages.ts'
import { migrate } from '../../../daemon/store/migrate.ts'
import type { Schema } from '../../../daemon/store/schema.ts'
import { openSecrets } from '../../../daemon/store/secrets.ts'

export const quiet: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => quiet }

export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.kind}: ${outcome.failure.message}`)
  return outcome.value
}

/** Real records in a folder: one file, opened again after a fall. */
export async function openBooks(folder: string, clock: () => number = Date.now) {
  const opened = must(openSqlite(join(folder, 'records.db')))
  const db = new Kysely<Schema>({ dialect: opened.dialect })
  must(await migrate(db, { copy: null, now: clock() }))
  const secrets = must(openSecrets({ folder, environmentKey: undefined, mustExist: false }))
  await db.schema
    .createTable('test_tickets')
    .ifNotExists()
    .addColumn('no', 'integer', c => c.primaryKey())
    .addColumn('subject', 'text')
    .execute()
  return { db, messages: messageStore(db, { secrets, clock }), mailings: mailingStore(db, { secrets, clock }), close: () => db.destroy() }
}
export type Books = Awaited<ReturnType<typeof openBooks>>

export interface TestDesk extends Desk {
  readonly got: Incoming[]
  /** Tickets that were ever written, by subject. */
  tickets(): Promise<readonly string[]>
  /** What `deliver` says next instead of doing its work. */
  refuse: Outcome<never> | null
  /** address → tickets it takes part in. */
  readonly members: Map<string, string[]>
  readonly statuses: Map<string, string>
  readonly open: { number: string; title: string }[]
}

export function openDesk({ db }: Books): TestDesk {
  const table = db as unknown as Kysely<{ test_tickets: { no: number; subject: string } }>
  const desk: TestDesk = {
    got: [],
    refuse: null,
    members: new Map(),
    statuses: new Map(),
    open: [],
    async deliver(incoming) {
      if (desk.refuse !== null) return desk.refuse
      const delivered = await db.transaction().execute(async trx => {
        const tickets = trx as unknown as typeof table
        const count = await tickets
          .selectFrom('test_tickets')
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow()
        const known = incoming.thread.ticketNumber
        const ticket = known ?? `T-2026-${String(Number(count.n) + 1).padStart(4, '0')}`
        const before = await takeMessage(trx, {
          source: incoming.source,
          externalId: incoming.externalId,
          sender: incoming.from.address,
          subject: incoming.subject,
          at: incoming.receivedAt,
          messageId: incoming.messageId,
          ticket,
        })
        if (before !== null) return { ticket: before, created: false }
        if (known === null)
          await tickets
            .insertInto('test_tickets')
            .values({ subject: incoming.subject } as { no: number; subject: string })
            .execute()
        return { ticket, created: known === null }
      })
      desk.got.push(incoming)
      return done(delivered)
    },
    knows: async (_source, address, ticket) => desk.members.get(address)?.includes(ticket) ?? false,
    openTickets: async () => desk.open,
    status: async (_person, ticket) => {
      const text = desk.statuses.get(ticket)
      return text === undefined ? failed('notFound', 'No such ticket.') : done(text)
    },
    tickets: async () => (await table.selectFrom('test_tickets').select('subject').orderBy('no').execute()).map(({ subject }) => subject),
  }
  return desk
}

/** What is wrong with a channel, as English pages say it; empty when nothing is. */
export function said(status: { view(): { readonly trouble: ChannelTrouble | null } }): string {
  const { trouble } = status.view()
  return trouble === null ? '' : troubleText(trouble).en
}

/** Waits for a condition, looking every 20 ms; after the deadline it is an error that says what was waited for. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, ms = 15_000): Promise<void> {
  for (const deadline = Date.now() + ms; !(await holds()); await new Promise(resolve => setTimeout(resolve, 20)))
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`)
}
