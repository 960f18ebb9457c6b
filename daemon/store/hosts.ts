// Managed hosts in the records: the way in under lock, what each said of itself, what was found changed there, and things of our own books.
import type { Instant } from '../domain/call.ts'
import { type ChangePlace, type Found, placeKey, type State } from '../domain/change.ts'
import type { DriftReport } from '../domain/hosting-view.ts'
import { canonical } from '../domain/json.ts'
import type { Failure } from '../domain/outcome.ts'
import { fault } from './fault.ts'
import type { Db, Schema } from './schema.ts'
import type { Secrets } from './secrets.ts'

export interface HostRecord {
  readonly id: string
  readonly name: string
  readonly address: string
  readonly port: number
  /** Trusted by a person: `SHA256:…`; null: not yet. */
  readonly hostKey: string | null
  /** Shown by the host and not (yet) trusted. */
  readonly shownKey: string | null
  readonly broker: string | null
  readonly facts: State | null
  readonly seenAt: Instant | null
  /** Why the last look failed; null: it went well, or there was none. */
  readonly trouble: Failure | null
  readonly addedAt: Instant
  readonly revision: number
}

export interface HostStore {
  /** By id. */
  all(): Promise<readonly HostRecord[]>
  find(id: string): Promise<HostRecord | null>
  /** `keys`: private and public ones, JSON, kept under lock. False: there is one of that id. */
  add(host: Omit<HostRecord, 'revision'>, keys: string): Promise<boolean>
  keysOf(id: string): Promise<string | null>
  /** Over that very revision. False: it is another by now. */
  put(host: HostRecord): Promise<boolean>
  remove(id: string): Promise<void>
  drift(place: ChangePlace): Promise<DriftReport | null>
  drifts(): Promise<readonly DriftReport[]>
  putDrift(report: DriftReport): Promise<void>
  /** Addresses, checks, backup policies: by name. */
  things(resource: string, names?: readonly string[]): Promise<ReadonlyMap<string, Found>>
  /** Compare and swap; false: it is neither as before nor as after. */
  putThing(resource: string, name: string, before: State | null, after: State | null): Promise<boolean>
}

const sealedAs = (id: string) => `host ${id}`
const hostOf = ({ document, revision }: Pick<Schema['hosts'], 'document' | 'revision'>): HostRecord => ({
  ...(JSON.parse(document) as Omit<HostRecord, 'revision'>),
  revision,
})

export function hostStore(db: Db, { secrets }: { readonly secrets: Secrets }): HostStore {
  const hosts = () => db.selectFrom('hosts').select(['document', 'revision'])
  return {
    all: async () => (await hosts().orderBy('id').execute()).map(hostOf),
    async find(id) {
      const row = await hosts().where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : hostOf(row)
    },
    async add(host, keys) {
      const { numInsertedOrUpdatedRows = 0n } = await db
        .insertInto('hosts')
        .values({ id: host.id, keys: secrets.seal(keys, sealedAs(host.id)), revision: 1, document: JSON.stringify(host) })
        .onConflict(conflict => conflict.column('id').doNothing())
        .executeTakeFirst()
      return numInsertedOrUpdatedRows > 0n
    },
    async keysOf(id) {
      const row = await db.selectFrom('hosts').select('keys').where('id', '=', id).executeTakeFirst()
      if (row === undefined) return null
      const opened = secrets.unseal(row.keys, sealedAs(id))
      if (!opened.ok) throw fault(opened.failure.kind, opened.failure.message)
      return opened.value
    },
    async put({ revision, ...host }) {
      const { numUpdatedRows } = await db
        .updateTable('hosts')
        .set({ revision: revision + 1, document: JSON.stringify(host) })
        .where('id', '=', host.id)
        .where('revision', '=', revision)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    remove: id =>
      db.transaction().execute(async trx => {
        await trx.deleteFrom('hosts').where('id', '=', id).execute()
        const place = placeKey({ kind: 'host', id })
        await trx.deleteFrom('drifts').where('place', '=', place).execute()
        await trx.deleteFrom('change_failures').where('place', '=', place).execute()
      }),

    async drift(place) {
      const row = await db.selectFrom('drifts').select('document').where('place', '=', placeKey(place)).executeTakeFirst()
      return row === undefined ? null : (JSON.parse(row.document) as DriftReport)
    },
    drifts: async () => (await db.selectFrom('drifts').select('document').execute()).map(({ document }) => JSON.parse(document) as DriftReport),
    async putDrift(report) {
      const row = { at: report.at, document: JSON.stringify(report) }
      await db
        .insertInto('drifts')
        .values({ place: placeKey(report.place), ...row })
        .onConflict(conflict => conflict.column('place').doUpdateSet(row))
        .execute()
    },

    async things(resource, names) {
      const kept = db.selectFrom('book_things').select(['name', 'document']).where('resource', '=', resource)
      const rows = names?.length === 0 ? [] : await (names === undefined ? kept : kept.where('name', 'in', names)).orderBy('name').execute()
      const found = new Map<string, Found>((names ?? []).map(name => [name, { kind: 'absent' }]))
      for (const { name, document } of rows) found.set(name, { kind: 'ours', state: JSON.parse(document) as State })
      return found
    },
    putThing: (resource, name, before, after) =>
      db.transaction().execute(async trx => {
        const row = await trx
          .selectFrom('book_things')
          .select('document')
          .where('resource', '=', resource)
          .where('name', '=', name)
          .executeTakeFirst()
        const now = canonical(row === undefined ? null : (JSON.parse(row.document) as State))
        if (now === canonical(after)) return true
        if (now !== canonical(before)) return false
        await trx.deleteFrom('book_things').where('resource', '=', resource).where('name', '=', name).execute()
        if (after !== null)
          await trx
            .insertInto('book_things')
            .values({ resource, name, document: JSON.stringify(after) })
            .execute()
        return true
      }),
  }
}
