// The desk's messages that are to go out. A row leaves `queued` only when it was sent or given up; nobody's flood delays another's letter.
import { sql } from 'kysely'
import type { Clock, Instant } from '../domain/call.ts'
import type { Db, Schema, Trx } from './schema.ts'
import type { Secrets } from './secrets.ts'

export interface NewMailing {
  /** Chosen by who writes it, the same however often it is queued. */
  readonly id: string
  readonly channel: string
  readonly to: string
  readonly ticket: string | null
  /** Must survive JSON. */
  readonly payload: unknown
  readonly dueAt: Instant
  /** What it says is nobody's but its recipient's: under lock while it waits, gone once it went out or was given up. */
  readonly sealed?: true
}

interface Mailing extends Omit<NewMailing, 'sealed'> {
  readonly createdAt: Instant
  /** Tries so far. */
  readonly tries: number
  readonly state: 'queued' | 'sent' | 'read' | 'failed'
  readonly lastError: string | null
}

const mailingOf = (row: Schema['messages_out']): Mailing => ({
  id: row.id,
  channel: row.channel,
  to: row.recipient,
  ticket: row.ticket,
  payload: JSON.parse(row.payload),
  dueAt: row.due_at,
  createdAt: row.created_at,
  tries: row.tries,
  state: row.state as Mailing['state'],
  lastError: row.last_error,
})

/** Queues within the caller's transaction, so that what is told is told exactly when what it tells of was written. */
export async function enqueueMailing(trx: Db | Trx, mailings: readonly NewMailing[], createdAt: Instant): Promise<void> {
  for (const { id, channel, to, ticket, payload, dueAt } of mailings)
    await trx
      .insertInto('messages_out')
      .values({
        id,
        channel,
        recipient: to,
        ticket,
        payload: JSON.stringify(payload),
        created_at: createdAt,
        due_at: dueAt,
        tries: 0,
        state: 'queued',
        remote_id: null,
        last_error: null,
      })
      .onConflict(conflict => conflict.column('id').doNothing())
      .execute()
}

/** How a sealed payload stands in its row. */
const SEALED = '{"sealed":'
const contextOf = (id: string): string => `message ${id}`

export function mailingStore(db: Db, { secrets, clock }: { secrets: Secrets; clock: Clock }) {
  const seal = ({ sealed, ...mailing }: NewMailing): NewMailing =>
    sealed === true ? { ...mailing, payload: { sealed: secrets.seal(JSON.stringify(mailing.payload), contextOf(mailing.id)) } } : mailing
  /** One that does not open cannot be read, and is given up as such. */
  const unseal = (mailing: Mailing): Mailing => {
    const { payload } = mailing
    if (typeof payload !== 'object' || payload === null || !('sealed' in payload) || typeof payload.sealed !== 'string') return mailing
    const opened = secrets.unseal(payload.sealed, contextOf(mailing.id))
    return { ...mailing, payload: opened.ok ? JSON.parse(opened.value) : null }
  }
  /** The payload of what is over: nothing where it was sealed. */
  const spent = sql<string>`case when substr(payload, 1, ${SEALED.length}) = ${SEALED} then '{}' else payload end`
  const change = async (id: string, set: Partial<Omit<Schema['messages_out'], 'payload'>>): Promise<void> => {
    await db
      .updateTable('messages_out')
      .set(({ eb }) => ({ ...set, ...(set.state === undefined ? {} : { payload: spent }), tries: eb('tries', '+', 1) }))
      .where('id', '=', id)
      .where('state', '=', 'queued')
      .execute()
  }

  return {
    add: (mailings: readonly NewMailing[]): Promise<void> => db.transaction().execute(trx => enqueueMailing(trx, mailings.map(seal), clock())),

    /** Queued and due: first the oldest of every recipient, then the second of each, and so on. */
    async due(now: Instant, limit = 100): Promise<readonly Mailing[]> {
      const rows = await db
        .with('turns', with_ =>
          with_
            .selectFrom('messages_out')
            .selectAll()
            .select(sql<number>`row_number() over (partition by channel, recipient order by due_at, created_at, id)`.as('turn'))
            .where('state', '=', 'queued')
            .where('due_at', '<=', now),
        )
        .selectFrom('turns')
        .selectAll()
        .orderBy('turn')
        .orderBy('due_at')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(row => unseal(mailingOf(row)))
    },

    /** The other side took it, and calls it `remoteId` from now on. */
    sent: (id: string, remoteId: string | null): Promise<void> => change(id, { state: 'sent', remote_id: remoteId, last_error: null }),
    again: (id: string, at: Instant, error: string): Promise<void> => change(id, { due_at: at, last_error: error }),
    failed: (id: string, error: string): Promise<void> => change(id, { state: 'failed', last_error: error }),

    /** The other side's later word about a message it had taken: read, or not delivered after all. Null: no message of ours. */
    async later(
      remoteId: string,
      state: 'sent' | 'read' | 'failed',
      error: string | null,
    ): Promise<{ readonly ticket: string | null; readonly to: string } | null> {
      const row = await db.selectFrom('messages_out').select(['id', 'ticket', 'recipient']).where('remote_id', '=', remoteId).executeTakeFirst()
      if (row === undefined) return null
      await db
        .updateTable('messages_out')
        .set({ state, last_error: error })
        .where('id', '=', row.id)
        // Words come in any order: `delivered` after `read` takes nothing back.
        .where('state', '!=', 'read')
        .execute()
      return { ticket: row.ticket, to: row.recipient }
    },

    /** The ticket and recipient of a message the other side calls by this name. */
    async ofRemote(remoteId: string): Promise<{ readonly ticket: string | null; readonly to: string } | null> {
      const row = await db.selectFrom('messages_out').select(['ticket', 'recipient']).where('remote_id', '=', remoteId).executeTakeFirst()
      return row === undefined ? null : { ticket: row.ticket, to: row.recipient }
    },

    async ofTicket(ticket: string): Promise<readonly Mailing[]> {
      const rows = await db.selectFrom('messages_out').selectAll().where('ticket', '=', ticket).orderBy('created_at').orderBy('id').execute()
      return rows.map(mailingOf)
    },

    /** Forgets what is no longer queued and was written before: letters are about people. How many. */
    async prune(before: Instant): Promise<number> {
      const { numDeletedRows } = await db
        .deleteFrom('messages_out')
        .where('state', '!=', 'queued')
        .where('created_at', '<', before)
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },

    async counts(): Promise<Readonly<Record<Mailing['state'], number>>> {
      const rows = await db
        .selectFrom('messages_out')
        .select(({ fn }) => ['state', fn.countAll<number>().as('n')])
        .groupBy('state')
        .execute()
      const of = (state: string): number => Number(rows.find(row => row.state === state)?.n ?? 0)
      return { queued: of('queued'), sent: of('sent'), read: of('read'), failed: of('failed') }
    },
  }
}
export type MailingStore = ReturnType<typeof mailingStore>
