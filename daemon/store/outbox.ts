// Notices that wait to be sent. A row outlives restarts; it leaves `queued` only when it was sent or given up.
import type { Clock, Instant } from '../domain/call.ts'
import type { Db, Schema, Trx } from './schema.ts'

export interface NewNotice {
  /** Chosen by the sender, the same for every try: receivers know duplicates by it. */
  readonly id: string
  readonly channel: string
  readonly to: string
  /** Must survive JSON. */
  readonly payload: unknown
  readonly dueAt: Instant
}

interface Notice extends NewNotice {
  readonly createdAt: Instant
  /** Tries so far. */
  readonly tries: number
  readonly state: 'queued' | 'sent' | 'failed'
  readonly lastError: string | null
}

export interface Outbox {
  /** Ids that are there already are left as they are. */
  add(notices: readonly NewNotice[]): Promise<void>
  /** Queued and due, of every channel those longest due first, at most `each` (default 100): one that is slow holds up no other. */
  due(now: Instant, each?: number): Promise<Notice[]>
  /** When the next one falls due; null when none waits. */
  nextDue(): Promise<Instant | null>
  sent(id: string): Promise<void>
  /** Not sent this time; due again at `at`. */
  again(id: string, at: Instant, error: string): Promise<void>
  /** Given up. */
  failed(id: string, error: string): Promise<void>
  counts(): Promise<Readonly<Record<Notice['state'], number>>>
  /** Removes sent and failed ones created before `before`; the alarm's timeline keeps what became of them. */
  prune(before: Instant): Promise<number>
}

type Row = Schema['outbox']

/** Inserts within the caller's transaction. */
export async function enqueue(trx: Db | Trx, notices: readonly NewNotice[], createdAt?: Instant): Promise<void> {
  for (const { id, channel, to, payload, dueAt } of notices)
    await trx
      .insertInto('outbox')
      .values({
        id,
        channel,
        recipient: to,
        payload: JSON.stringify(payload),
        created_at: createdAt ?? dueAt,
        due_at: dueAt,
        tries: 0,
        state: 'queued',
        last_error: null,
      })
      .onConflict(conflict => conflict.column('id').doNothing())
      .execute()
}

const noticeOf = (row: Row): Notice => ({
  id: row.id,
  channel: row.channel,
  to: row.recipient,
  payload: JSON.parse(row.payload),
  createdAt: row.created_at,
  dueAt: row.due_at,
  tries: row.tries,
  state: row.state as Notice['state'],
  lastError: row.last_error,
})

export function outbox(db: Db, { clock }: { clock: Clock }): Outbox {
  const change = async (id: string, set: Partial<Row>): Promise<void> => {
    await db
      .updateTable('outbox')
      .set(({ eb }) => ({ ...set, tries: eb('tries', '+', 1) }))
      .where('id', '=', id)
      .where('state', '=', 'queued')
      .execute()
  }

  return {
    add: notices => db.transaction().execute(trx => enqueue(trx, notices, clock())),

    async due(now, each = 100) {
      const waiting = db.selectFrom('outbox').where('state', '=', 'queued').where('due_at', '<=', now)
      const found: Notice[] = []
      for (const { channel } of await waiting.select('channel').distinct().orderBy('channel').execute()) {
        const rows = await waiting.selectAll().where('channel', '=', channel).orderBy('due_at').orderBy('id').limit(each).execute()
        found.push(...rows.map(noticeOf))
      }
      return found
    },

    async nextDue() {
      const row = await db
        .selectFrom('outbox')
        .select(({ fn }) => fn.min('due_at').as('due'))
        .where('state', '=', 'queued')
        .executeTakeFirst()
      return row?.due ?? null
    },

    sent: id => change(id, { state: 'sent', last_error: null }),
    again: (id, at, error) => change(id, { due_at: at, last_error: error }),
    failed: (id, error) => change(id, { state: 'failed', last_error: error }),

    async counts() {
      const rows = await db
        .selectFrom('outbox')
        .select(({ fn }) => ['state', fn.countAll<number>().as('n')])
        .groupBy('state')
        .execute()
      const of = (state: string): number => Number(rows.find(row => row.state === state)?.n ?? 0)
      return { queued: of('queued'), sent: of('sent'), failed: of('failed') }
    },

    async prune(before) {
      const { numDeletedRows } = await db
        .deleteFrom('outbox')
        .where('state', '!=', 'queued')
        .where('created_at', '<', before)
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },
  }
}
