// The desk's messages: which came in and what became of them, which are to go out, how far each channel has read, whose chat is whose.
import { createHash, randomBytes } from 'node:crypto'
import type { Clock, Instant } from '../domain/call.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { Db, Schema, Trx } from './schema.ts'
import type { Secrets } from './secrets.ts'

/** `held` waits for a person's word, `released` has it. */
export type MessageState = 'delivered' | 'ignored' | 'held' | 'released' | 'failed'

export interface MessageRecord {
  readonly source: string
  readonly externalId: string
  readonly sender: string
  readonly subject: string
  readonly at: Instant
  readonly state: MessageState
  readonly ticket: string | null
  readonly messageId: string | null
  readonly place: string | null
  readonly note: string
}

export interface StoredMessage extends MessageRecord {
  readonly id: number
}

export interface WaitingMessage {
  readonly id: number
  readonly source: string
  readonly externalId: string
  readonly address: string
  readonly payload: unknown
  readonly at: Instant
}

const recordOf = (row: Schema['messages_in']): StoredMessage => ({
  id: row.id,
  source: row.source,
  externalId: row.external_id,
  sender: row.sender,
  subject: row.subject,
  at: row.at,
  state: row.state as MessageState,
  ticket: row.ticket,
  messageId: row.message_id,
  place: row.place,
  note: row.note,
})

/**
 * Notes that a message became a ticket (or a note on one), within the transaction that writes that ticket: then neither a crash nor a second
 * bringing can double it. Gives the ticket it became earlier, null when this is the first time.
 */
export async function takeMessage(
  trx: Db | Trx,
  message: Omit<MessageRecord, 'state' | 'place' | 'note'> & { readonly ticket: string },
): Promise<string | null> {
  const was = await trx
    .selectFrom('messages_in')
    .select(['state', 'ticket'])
    .where('source', '=', message.source)
    .where('external_id', '=', message.externalId)
    .executeTakeFirst()
  if (was?.state === 'delivered') return was.ticket
  await keep(trx, { ...message, state: 'delivered', place: null, note: '' })
  return null
}

async function keep(db: Db | Trx, message: MessageRecord): Promise<void> {
  const { source, externalId, messageId, sender, subject, at, state, ticket, place, note } = message
  await db
    .insertInto('messages_in')
    // The database numbers the rows.
    .values({ source, external_id: externalId, message_id: messageId, sender, subject, at, state, ticket, place, note } as Schema['messages_in'])
    // What was delivered stays delivered.
    .onConflict(conflict =>
      conflict.columns(['source', 'external_id']).doUpdateSet({ state, ticket, place, note }).where('messages_in.state', '!=', 'delivered'),
    )
    .execute()
}

const codeHash = (code: string): string => createHash('sha256').update(code).digest('hex')

/** A code lives this long, ms. */
const CODE_LIVES = 15 * 60_000

export function messageStore(db: Db, { secrets, clock }: { secrets: Pick<Secrets, 'seal' | 'unseal'>; clock: Clock }) {
  const markOf = async (name: string): Promise<unknown> => {
    const row = await db.selectFrom('channel_marks').select('value').where('name', '=', name).executeTakeFirst()
    return row === undefined ? null : JSON.parse(row.value)
  }
  const setMark = async (name: string, value: unknown): Promise<void> => {
    const text = JSON.stringify(value)
    await db
      .insertInto('channel_marks')
      .values({ name, value: text })
      .onConflict(conflict => conflict.column('name').doUpdateSet({ value: text }))
      .execute()
  }

  return {
    async find(source: string, externalId: string): Promise<StoredMessage | null> {
      const row = await db.selectFrom('messages_in').selectAll().where('source', '=', source).where('external_id', '=', externalId).executeTakeFirst()
      return row === undefined ? null : recordOf(row)
    },

    record: (message: MessageRecord): Promise<void> => keep(db, message),

    /** How many this sender brought since; for the loop guard. Those that are held count too. */
    async countSince(source: string, sender: string, since: Instant): Promise<number> {
      const row = await db
        .selectFrom('messages_in')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .where('source', '=', source)
        .where('sender', '=', sender)
        .where('at', '>=', since)
        .executeTakeFirst()
      return Number(row?.n ?? 0)
    },

    /** When this sender last wrote; null: never. */
    async lastFrom(source: string, sender: string): Promise<Instant | null> {
      const row = await db
        .selectFrom('messages_in')
        .select(({ fn }) => fn.max('at').as('at'))
        .where('source', '=', source)
        .where('sender', '=', sender)
        .executeTakeFirst()
      return row?.at ?? null
    },

    /** The ticket that a letter with one of these Message-IDs went to, and who had written it. */
    async ticketOf(messageIds: readonly string[]): Promise<{ readonly ticket: string; readonly sender: string } | null> {
      if (messageIds.length === 0) return null
      const row = await db
        .selectFrom('messages_in')
        .select(['ticket', 'sender'])
        .where('message_id', 'in', messageIds.slice(0, 100))
        .where('state', '=', 'delivered')
        .where('ticket', 'is not', null)
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row === undefined || row.ticket === null ? null : { ticket: row.ticket, sender: row.sender }
    },

    async inState(state: MessageState, limit = 100): Promise<readonly StoredMessage[]> {
      const rows = await db.selectFrom('messages_in').selectAll().where('state', '=', state).orderBy('id').limit(limit).execute()
      return rows.map(recordOf)
    },

    async countIn(state: MessageState): Promise<number> {
      const row = await db
        .selectFrom('messages_in')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .where('state', '=', state)
        .executeTakeFirst()
      return Number(row?.n ?? 0)
    },

    /** A person lets a message through that is held, or was not taken. `notFound`: none such under this number. */
    async release(id: number): Promise<Outcome<void>> {
      const { numUpdatedRows } = await db
        .updateTable('messages_in')
        .set({ state: 'released' })
        .where('id', '=', id)
        .where('state', 'in', ['held', 'failed'])
        .executeTakeFirstOrThrow()
      return numUpdatedRows > 0 ? done(undefined) : failed('notFound', `No message is held under ${id}.`)
    },

    /** Forgets letters of machines that came before; what became a ticket is never forgotten. */
    async prune(before: Instant): Promise<number> {
      const { numDeletedRows } = await db.deleteFrom('messages_in').where('state', '=', 'ignored').where('at', '<', before).executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },

    /** Puts aside what cannot be worked on yet; the same again is left as it is. False: it was there already. */
    async wait(message: Omit<WaitingMessage, 'id'>): Promise<boolean> {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('messages_waiting')
        .values({
          source: message.source,
          external_id: message.externalId,
          address: message.address,
          payload: JSON.stringify(message.payload),
          at: message.at,
        } as Schema['messages_waiting'])
        .onConflict(conflict => conflict.columns(['source', 'external_id']).doNothing())
        .executeTakeFirstOrThrow()
      return (numInsertedOrUpdatedRows ?? 0n) > 0n
    },

    /** Oldest first. */
    async waiting(source: string, address: string | null = null, limit = 1_000): Promise<readonly WaitingMessage[]> {
      const query = db.selectFrom('messages_waiting').selectAll().where('source', '=', source).orderBy('id').limit(limit)
      const rows = await (address === null ? query : query.where('address', '=', address)).execute()
      return rows.map(row => ({
        id: row.id,
        source: row.source,
        externalId: row.external_id,
        address: row.address,
        payload: JSON.parse(row.payload),
        at: row.at,
      }))
    },

    async worked(id: number): Promise<void> {
      await db.deleteFrom('messages_waiting').where('id', '=', id).execute()
    },

    mark: markOf,
    setMark,

    /** 32 random octets under this name, the same for ever; sealed at rest. */
    async key(name: string): Promise<Outcome<Uint8Array>> {
      const sealed = await markOf(name)
      if (typeof sealed === 'string') {
        const opened = secrets.unseal(sealed, name)
        return opened.ok ? done(Buffer.from(opened.value, 'hex')) : opened
      }
      const made = randomBytes(32)
      await setMark(name, secrets.seal(made.toString('hex'), name))
      return done(made)
    },

    /** A code by which a person's chat shows, once and within a quarter of an hour, whose it is. */
    async newCode(person: number): Promise<{ readonly code: string; readonly expiresAt: Instant; readonly lives: number }> {
      const code = randomBytes(18).toString('base64url')
      const expiresAt = clock() + CODE_LIVES
      await db.deleteFrom('chat_codes').where('expires_at', '<', clock()).execute()
      await db
        .insertInto('chat_codes')
        .values({ hash: codeHash(code), person, expires_at: expiresAt })
        .execute()
      return { code, expiresAt, lives: CODE_LIVES }
    },

    /** Binds a chat to the person of the code. `forbidden`: unknown, used or too late; which of them is not said. */
    bindChat: (code: string, source: string, address: string): Promise<Outcome<number>> =>
      db.transaction().execute(async trx => {
        const hash = codeHash(code)
        const row = await trx.selectFrom('chat_codes').selectAll().where('hash', '=', hash).executeTakeFirst()
        await trx.deleteFrom('chat_codes').where('hash', '=', hash).execute()
        if (row === undefined || row.expires_at < clock()) return failed('forbidden', 'This code is not, or no longer, valid.')
        const bound = { person: row.person, bound_at: clock() }
        await trx
          .insertInto('chats')
          .values({ source, address, ...bound })
          .onConflict(conflict => conflict.columns(['source', 'address']).doUpdateSet(bound))
          .execute()
        return done(row.person)
      }),

    async personOf(source: string, address: string): Promise<number | null> {
      const row = await db.selectFrom('chats').select('person').where('source', '=', source).where('address', '=', address).executeTakeFirst()
      return row?.person ?? null
    },

    /** Chats of a person, for what is told to them. */
    async chatsOf(person: number): Promise<readonly { readonly source: string; readonly address: string; readonly boundAt: Instant }[]> {
      const rows = await db.selectFrom('chats').selectAll().where('person', '=', person).orderBy('source').orderBy('address').execute()
      return rows.map(({ source, address, bound_at }) => ({ source, address, boundAt: bound_at }))
    },

    /** The one bound last first: where a person is told what no letter can tell. */
    async chatsOfAll(people: readonly number[]): Promise<ReadonlyMap<number, readonly { readonly source: string; readonly address: string }[]>> {
      if (people.length === 0) return new Map()
      const rows = await db.selectFrom('chats').selectAll().where('person', 'in', people).orderBy('bound_at', 'desc').orderBy('source').execute()
      return Map.groupBy(rows, ({ person }) => person)
    },

    async unbind(source: string, address: string): Promise<void> {
      await db.deleteFrom('chats').where('source', '=', source).where('address', '=', address).execute()
    },
  }
}
export type MessageStore = ReturnType<typeof messageStore>
