// Doors in the records: what was told of them, once each, and the openings it came to.
import { sql } from 'kysely'
import type { Instant } from '../domain/call.ts'
import type { DoorEvent, DoorVia, Explanation } from '../domain/opening.ts'
import { appendAudit } from './audit.ts'
import type { Db, Schema } from './schema.ts'

export interface OpeningRecord {
  readonly id: number
  /** What its door is known by: the inventory's id, or controller and reader. */
  readonly key: string
  readonly door: string | null
  readonly name: string
  readonly openedAt: Instant
  readonly closedAt: Instant | null
  readonly card: string | null
  readonly forced: boolean
  readonly heldSince: Instant | null
  readonly tailgating: boolean
  readonly bare: boolean
  readonly explanation: Explanation
  readonly via: DoorVia
  readonly skew: number | null
}

export interface EventRecord extends DoorEvent {
  /** On our clock. */
  readonly at: Instant
  /** Told again it is the same: from the controller's number of it, or from all that it says. */
  readonly identity: string
}

export interface OpeningQuery {
  readonly door?: string | undefined
  readonly kind?: Explanation['kind'] | undefined
  readonly search: string
  readonly from?: Instant | undefined
  readonly to?: Instant | undefined
  /** Left out: the newest first. */
  readonly sort?: 'openedAt' | 'door' | 'kind' | undefined
  readonly down?: boolean | undefined
  readonly page: number
  readonly size: number
}

export interface DoorStore {
  /** Those of the identities that are in the records already. */
  known(identities: readonly string[]): Promise<ReadonlySet<string>>
  /** Events and what they came to, as one; openings by their id, new or changed. */
  put(events: readonly EventRecord[], openings: readonly OpeningRecord[]): Promise<void>
  /** The same with an entry of the trail. */
  noted(opening: OpeningRecord, by: string, at: Instant): Promise<void>
  /** Open, unexplained, or opened since; oldest first. */
  standing(since: Instant): Promise<readonly OpeningRecord[]>
  page(query: OpeningQuery): Promise<{ readonly items: readonly OpeningRecord[]; readonly total: number }>
  nextId(): Promise<number>
  /** How many events and openings went. */
  prune(before: Instant): Promise<number>
}

/** Rows an INSERT, and names an IN: far under the limits of parameters. */
const AT_ONCE = 500

const chunks = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, i) => all.slice(i * AT_ONCE, (i + 1) * AT_ONCE))

const recordOf = (row: Schema['door_openings']): OpeningRecord => ({
  id: row.id,
  key: row.door_key,
  door: row.door,
  name: row.name,
  openedAt: row.opened_at,
  closedAt: row.closed_at,
  card: row.card,
  forced: row.forced === 1,
  heldSince: row.held_since,
  tailgating: row.tailgating === 1,
  bare: row.bare === 1,
  explanation: JSON.parse(row.explanation) as Explanation,
  via: row.via as DoorVia,
  skew: row.skew,
})

const rowOf = (one: OpeningRecord): Schema['door_openings'] => ({
  id: one.id,
  door_key: one.key,
  door: one.door,
  name: one.name,
  opened_at: one.openedAt,
  closed_at: one.closedAt,
  card: one.card,
  forced: one.forced ? 1 : 0,
  held_since: one.heldSince,
  tailgating: one.tailgating ? 1 : 0,
  bare: one.bare ? 1 : 0,
  kind: one.explanation.kind,
  explanation: JSON.stringify(one.explanation),
  via: one.via,
  skew: one.skew,
})

const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

export function doorStore(db: Db): DoorStore {
  const putOpenings = async (trx: Db, openings: readonly OpeningRecord[]): Promise<void> => {
    for (const some of chunks(openings))
      await trx
        .insertInto('door_openings')
        .values(some.map(rowOf))
        .onConflict(conflict =>
          conflict.column('id').doUpdateSet(({ ref }) => ({
            opened_at: ref('excluded.opened_at'),
            closed_at: ref('excluded.closed_at'),
            card: ref('excluded.card'),
            forced: ref('excluded.forced'),
            held_since: ref('excluded.held_since'),
            tailgating: ref('excluded.tailgating'),
            bare: ref('excluded.bare'),
            kind: ref('excluded.kind'),
            explanation: ref('excluded.explanation'),
          })),
        )
        .execute()
  }
  return {
    async known(identities) {
      const found = new Set<string>()
      for (const some of chunks(identities))
        for (const { identity } of await db.selectFrom('door_events').select('identity').where('identity', 'in', some).execute()) found.add(identity)
      return found
    },
    put: (events, openings) =>
      db.transaction().execute(async trx => {
        for (const some of chunks(events))
          await trx
            .insertInto('door_events')
            .values(
              some.map(({ identity, controller, reader, kind, card, leaving, told, received, at, via }) => ({
                identity,
                controller,
                reader,
                kind,
                card,
                leaving: leaving ? 1 : 0,
                told_at: told,
                received_at: received,
                at,
                via,
              })),
            )
            .onConflict(conflict => conflict.column('identity').doNothing())
            .execute()
        await putOpenings(trx, openings)
      }),
    noted: (opening, by, at) =>
      db.transaction().execute(async trx => {
        await putOpenings(trx, [opening])
        const reason = opening.explanation.kind === 'noted' ? opening.explanation.reason : ''
        await appendAudit(trx, {
          at,
          actor: by,
          action: 'opening.explain',
          subject: `${opening.name} ${new Date(opening.openedAt).toISOString()}`,
          detail: { opening: opening.id, reason },
        })
      }),
    standing: async since =>
      (
        await db
          .selectFrom('door_openings')
          .selectAll()
          .where(({ eb, or }) => or([eb('closed_at', 'is', null), eb('kind', 'in', ['unexplained', 'pending']), eb('opened_at', '>=', since)]))
          .orderBy('opened_at')
          .orderBy('id')
          .execute()
      ).map(recordOf),
    async page({ door, kind, search, from, to, sort = 'openedAt', down = true, page, size }) {
      let query = db.selectFrom('door_openings')
      if (door !== undefined) query = query.where('door', '=', door)
      if (kind !== undefined) query = query.where('kind', '=', kind)
      if (from !== undefined) query = query.where('opened_at', '>=', from)
      if (to !== undefined) query = query.where('opened_at', '<', to)
      if (search !== '') {
        const like = `%${escaped(search)}%`
        query = query.where(({ eb, or }) =>
          or((['name', 'card', 'explanation'] as const).map(column => sql<boolean>`${eb.ref(column)} like ${like} escape '\\'`)),
        )
      }
      const { total } = await query.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
      const way = down ? 'desc' : 'asc'
      const ordered = sort === 'openedAt' ? query : query.orderBy(sort === 'door' ? 'name' : 'kind', way)
      const rows = await ordered
        .selectAll()
        .orderBy('opened_at', sort === 'openedAt' ? way : 'desc')
        .orderBy('id', sort === 'openedAt' ? way : 'desc')
        .limit(size)
        .offset((page - 1) * size)
        .execute()
      return { items: rows.map(recordOf), total: Number(total) }
    },
    async nextId() {
      const row = await db
        .selectFrom('door_openings')
        .select(({ fn }) => fn.max('id').as('id'))
        .executeTakeFirst()
      return Number(row?.id ?? 0) + 1
    },
    prune: before =>
      db.transaction().execute(async trx => {
        const events = await trx.deleteFrom('door_events').where('received_at', '<', before).executeTakeFirstOrThrow()
        const openings = await trx
          .deleteFrom('door_openings')
          .where('opened_at', '<', before)
          .where('closed_at', 'is not', null)
          .executeTakeFirstOrThrow()
        return Number(events.numDeletedRows) + Number(openings.numDeletedRows)
      }),
  }
}
