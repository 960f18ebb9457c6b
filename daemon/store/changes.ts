// Changes of hosts and zones in the records: each as a whole with its journal, the places it has, and what it left there.
import type { Instant } from '../domain/call.ts'
import {
  type Change,
  type ChangePlace,
  type ChangeState,
  type Hand,
  type JournalEntry,
  type PlanStep,
  placeKey,
  type State,
  type ThingRef,
} from '../domain/change.ts'
import { nextNumber } from './numbers.ts'
import type { Db, Schema, Trx } from './schema.ts'
import { settleWebsite } from './websites.ts'
import { settleZones } from './zones.ts'

interface KeptChange {
  readonly change: Change
  readonly revision: number
}

/** With what lists tell of it besides. */
export interface ListedChange extends KeptChange {
  /** Steps that were done and not undone. */
  readonly done: number
  /** Grows with each writing and each line of the journal. */
  readonly touched: number
}

interface Holding extends ThingRef {
  readonly state: State
  readonly website: string | null
  readonly organisation: number | null
}

interface Stop extends Hand {
  readonly reason: string
}

type Settled = ThingRef & { readonly state: State | null; readonly website: string | null }

export interface ChangeStore {
  draw(at: Instant): Promise<{ readonly id: number; readonly number: string }>
  find(number: string): Promise<ListedChange | null>
  some(numbers: readonly string[]): Promise<readonly ListedChange[]>
  /** Of these tickets, oldest first. */
  ofTickets(tickets: readonly string[]): Promise<readonly ListedChange[]>
  /** Newest first. */
  page(query: {
    readonly state?: ChangeState | undefined
    readonly website?: string | undefined
    readonly ticket?: string | undefined
    readonly page: number
    readonly size: number
  }): Promise<{ readonly items: readonly ListedChange[]; readonly total: number }>
  /** New with revision 0, or over that very revision. False: it is another by now. */
  put(change: Change, revision: number): Promise<boolean>
  journal(id: number): Promise<readonly JournalEntry[]>
  append(id: number, entry: JournalEntry): Promise<void>
  underWay(): Promise<readonly KeptChange[]>
  /** Also those that were asked for and not begun. */
  unfinished(): Promise<readonly KeptChange[]>
  /** All or none. The number of the change that has one of them; null: they are this change's now. */
  take(places: readonly ChangePlace[], change: string): Promise<string | null>
  letGo(change: string): Promise<void>
  /** At a start: places whose change was not under way belong to nobody; the others stay taken. */
  release(): Promise<void>
  held(place: ChangePlace): Promise<readonly Holding[]>
  heldBy(website: string): Promise<readonly Holding[]>
  /** Its time is over: it is neither there any more nor missed. */
  forget(thing: ThingRef): Promise<void>
  /** The change, what it left, the website it makes and the zone's history: one transaction. */
  settle(kept: KeptChange, things: readonly Settled[]): Promise<boolean>
  failures(place: ChangePlace): Promise<number>
  countFailure(place: ChangePlace, failed: boolean): Promise<void>
  stopped(): Promise<Stop | null>
  stop(stop: Stop | null): Promise<void>
}

const STOP = 'provisioning.stop'
/** What is taken up again after a restart: begun, or through and not yet looked at. */
const UNDER_WAY: readonly ChangeState[] = ['applying', 'applied']
const WAITING: readonly ChangeState[] = ['requested', 'approved', 'planned']

/** Values of one query. */
const AT_ONCE = 500

const placeOf = (key: string): ChangePlace => {
  const cut = key.indexOf('/')
  return { kind: key.slice(0, cut) as ChangePlace['kind'], id: key.slice(cut + 1) }
}
type Listed = Pick<Schema['changes'], 'document' | 'revision' | 'done' | 'touched'>
const listedOf = ({ document, revision, done, touched }: Listed): ListedChange => ({
  change: JSON.parse(document) as Change,
  revision,
  done,
  touched,
})
const holdingOf = ({ place, resource, name, website, organisation, document }: Omit<Schema['holdings'], 'change'>): Holding => ({
  ...{ resource, name, website, organisation },
  place: placeOf(place),
  state: JSON.parse(document) as State,
})

async function write(trx: Db | Trx, change: Change, revision: number): Promise<boolean> {
  const { id, number, state, website, ticket, requested } = change
  const row = { state, website, ticket, document: JSON.stringify(change) }
  if (revision === 0) {
    await trx
      .insertInto('changes')
      .values({ id, number, at: requested.at, ...row, revision: 1, touched: 1, done: 0 })
      .execute()
    return true
  }
  const { numUpdatedRows } = await trx
    .updateTable('changes')
    .set(({ eb }) => ({ ...row, revision: revision + 1, touched: eb('touched', '+', 1) }))
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Steps that were done and not undone: one that was cut off is undone without ever having been done. */
async function doneOf(trx: Trx, id: number): Promise<number> {
  const done = new Set<number>()
  for (const { document } of await trx.selectFrom('change_journal').select('document').where('change', '=', id).orderBy('seq').execute()) {
    const entry = JSON.parse(document) as JournalEntry
    if (entry.kind === 'did') done.add(entry.step)
    if (entry.kind === 'undid') done.delete(entry.step)
  }
  return done.size
}

export function changeStore(db: Db): ChangeStore {
  const changes = () => db.selectFrom('changes').select(['document', 'revision', 'done', 'touched'])
  const holdings = () => db.selectFrom('holdings').select(['place', 'resource', 'name', 'website', 'organisation', 'document'])

  return {
    draw: at =>
      db.transaction().execute(async trx => {
        const year = new Date(at).getUTCFullYear()
        const of = await nextNumber(trx, { pattern: 'change', year })
        return { id: await nextNumber(trx, { pattern: 'change', year: 0 }), number: `C-${year}-${String(of).padStart(4, '0')}` }
      }),
    async find(number) {
      const row = await changes().where('number', '=', number).executeTakeFirst()
      return row === undefined ? null : listedOf(row)
    },
    async some(numbers) {
      return numbers.length === 0 ? [] : (await changes().where('number', 'in', numbers).execute()).map(listedOf)
    },
    async ofTickets(tickets) {
      const found: ListedChange[] = []
      for (let from = 0; from < tickets.length; from += AT_ONCE)
        found.push(
          ...(
            await changes()
              .where('ticket', 'in', tickets.slice(from, from + AT_ONCE))
              .orderBy('id')
              .execute()
          ).map(listedOf),
        )
      return found
    },
    async page({ state, website, ticket, page, size }) {
      let query = changes()
      let count = db.selectFrom('changes').select(({ fn }) => fn.countAll<number>().as('total'))
      for (const [column, value] of [
        ['state', state],
        ['website', website],
        ['ticket', ticket],
      ] as const)
        if (value !== undefined) {
          query = query.where(column, '=', value)
          count = count.where(column, '=', value)
        }
      const { total } = await count.executeTakeFirstOrThrow()
      const rows = await query
        .orderBy('id', 'desc')
        .limit(size)
        .offset((page - 1) * size)
        .execute()
      return { items: rows.map(listedOf), total: Number(total) }
    },
    put: (change, revision) => write(db, change, revision),
    async journal(id) {
      const rows = await db.selectFrom('change_journal').select('document').where('change', '=', id).orderBy('seq').execute()
      return rows.map(({ document }) => JSON.parse(document) as JournalEntry)
    },
    append: (id, entry) =>
      db.transaction().execute(async trx => {
        const { seq } = await trx
          .selectFrom('change_journal')
          .select(({ fn }) => fn.max('seq').as('seq'))
          .where('change', '=', id)
          .executeTakeFirstOrThrow()
        await trx
          .insertInto('change_journal')
          .values({ change: id, seq: (seq ?? 0) + 1, at: entry.at, document: JSON.stringify(entry) })
          .execute()
        const done = entry.kind === 'did' || entry.kind === 'undid' ? { done: await doneOf(trx, id) } : {}
        await trx
          .updateTable('changes')
          .set(({ eb }) => ({ ...done, touched: eb('touched', '+', 1) }))
          .where('id', '=', id)
          .execute()
      }),
    async underWay() {
      const rows = await changes().where('state', 'in', UNDER_WAY).orderBy('id').execute()
      return rows.map(listedOf)
    },

    unfinished: async () =>
      (
        await changes()
          .where('state', 'in', [...WAITING, ...UNDER_WAY])
          .orderBy('id')
          .execute()
      ).map(listedOf),

    take: (places, change) =>
      db.transaction().execute(async trx => {
        const keys = places.map(placeKey)
        if (keys.length === 0) return null
        const other = await trx
          .selectFrom('change_places')
          .select('change')
          .where('place', 'in', keys)
          .where('change', '!=', change)
          .limit(1)
          .executeTakeFirst()
        if (other !== undefined) return other.change
        await trx
          .insertInto('change_places')
          .values(keys.map(place => ({ place, change })))
          .onConflict(conflict => conflict.column('place').doNothing())
          .execute()
        return null
      }),
    async letGo(change) {
      await db.deleteFrom('change_places').where('change', '=', change).execute()
    },
    async release() {
      await db
        .deleteFrom('change_places')
        .where('change', 'not in', trx => trx.selectFrom('changes').select('number').where('state', 'in', UNDER_WAY))
        .execute()
    },

    async held(place) {
      const rows = await holdings().where('place', '=', placeKey(place)).orderBy('resource').orderBy('name').execute()
      return rows.map(holdingOf)
    },
    async heldBy(website) {
      const rows = await holdings().where('website', '=', website).orderBy('place').orderBy('resource').orderBy('name').execute()
      return rows.map(holdingOf)
    },
    async forget({ resource, place, name }) {
      await db.deleteFrom('holdings').where('place', '=', placeKey(place)).where('resource', '=', resource).where('name', '=', name).execute()
    },
    settle: ({ change, revision }, things) =>
      db.transaction().execute(async trx => {
        if (!(await write(trx, change, revision))) return false
        for (const { resource, place, name, state, website } of things) {
          const key = placeKey(place)
          await trx.deleteFrom('holdings').where('place', '=', key).where('resource', '=', resource).where('name', '=', name).execute()
          if (state === null) continue
          const { organisation, number } = change
          await trx
            .insertInto('holdings')
            .values({ place: key, resource, name, website, organisation, change: number, document: JSON.stringify(state) })
            .execute()
        }
        const [at, by] =
          'endedAt' in change ? [change.endedAt, change.applier.name] : 'applied' in change ? [change.applied.endedAt, change.applied.name] : [0, '']
        const steps: readonly PlanStep[] = 'plan' in change ? change.plan.steps : []
        const isBack = change.state === 'undone'
        await settleZones(trx, { number: change.number, steps, at, by, isBack })
        await settleWebsite(trx, change.number, isBack)
        return true
      }),

    async failures(place) {
      const row = await db.selectFrom('change_failures').select('failures').where('place', '=', placeKey(place)).executeTakeFirst()
      return row?.failures ?? 0
    },
    async countFailure(place, failed) {
      const key = placeKey(place)
      if (!failed) {
        await db.deleteFrom('change_failures').where('place', '=', key).execute()
        return
      }
      await db
        .insertInto('change_failures')
        .values({ place: key, failures: 1 })
        .onConflict(conflict => conflict.column('place').doUpdateSet(({ eb, ref }) => ({ failures: eb(ref('change_failures.failures'), '+', 1) })))
        .execute()
    },
    async stopped() {
      const row = await db.selectFrom('settings').select('value').where('key', '=', STOP).executeTakeFirst()
      return row === undefined ? null : (JSON.parse(row.value) as Stop)
    },
    async stop(stop) {
      await db.deleteFrom('settings').where('key', '=', STOP).execute()
      if (stop !== null)
        await db
          .insertInto('settings')
          .values({ key: STOP, value: JSON.stringify(stop) })
          .execute()
    },
  }
}
