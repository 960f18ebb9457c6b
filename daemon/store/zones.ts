// Zones in the records: where they are written to and with which key, and what was changed in them.
import type { Instant } from '../domain/call.ts'
import type { PlanStep, State } from '../domain/change.ts'
import type { ZoneChangeView } from '../domain/hosting-view.ts'
import { fault } from './fault.ts'
import type { Db, Schema, Trx } from './schema.ts'
import type { Secrets } from './secrets.ts'

/** RFC 8945. */
type TsigAlgorithm = 'hmac-sha256' | 'hmac-sha384' | 'hmac-sha512'

interface ZoneBase {
  readonly name: string
  /** `host:port`; the first takes updates. */
  readonly servers: readonly string[]
  /** Organisations that may ask for owners of this pattern. */
  readonly rights: readonly { readonly organisation: number; readonly owners: string }[]
}
export type KeptZone =
  | (ZoneBase & { readonly kind: 'bind'; readonly key: { readonly name: string; readonly algorithm: TsigAlgorithm } })
  | (ZoneBase & { readonly kind: 'powerdns'; readonly url: string })

export interface ZoneStore {
  /** By name. */
  all(): Promise<readonly (KeptZone & { readonly revision: number })[]>
  find(name: string): Promise<(KeptZone & { readonly revision: number }) | null>
  /** The key's secret, or the API's key. Rejects when it does not open. */
  secretOf(name: string): Promise<string | null>
  /** False: there is one of that name. */
  add(zone: KeptZone, secret: string): Promise<boolean>
  remove(name: string): Promise<void>
  /** Newest first, those before `before`. */
  history(zone: string, before: number | null, size: number): Promise<readonly ZoneChangeView[]>
  entry(zone: string, id: number): Promise<ZoneChangeView | null>
  /** The change that wrote that name last; null: none did. */
  lastOf(zone: string, name: string): Promise<string | null>
}

const sealedAs = (name: string) => `zone ${name}`
const stateIn = (text: string | null) => (text === null ? null : (JSON.parse(text) as State))
const entryOf = ({ before, after, ...rest }: Omit<Schema['zone_history'], 'id'> & { readonly id: number }): ZoneChangeView => ({
  ...rest,
  before: stateIn(before),
  after: stateIn(after),
})

interface Settling {
  readonly number: string
  readonly steps: readonly PlanStep[]
  readonly at: Instant
  readonly by: string
  /** Undone: what it had written before is turned round; nothing where it came to nothing. */
  readonly isBack: boolean
}

/** Within the transaction that settles a change. */
export async function settleZones(trx: Trx, { number, steps, at, by, isBack }: Settling): Promise<void> {
  const text = (state: State | null) => (state === null ? null : JSON.stringify(state))
  const there = await trx.selectFrom('zone_history').selectAll().where('change', '=', number).orderBy('id').execute()
  if (!isBack) {
    const added = steps.filter(({ place }) => place.kind === 'zone')
    for (const { place, name, before, after } of added)
      await trx
        .insertInto('zone_history')
        .values({ zone: place.id, name, before: text(before), after: text(after), at, by, change: number })
        .execute()
    return
  }
  for (const { zone, name, before, after } of there.toReversed())
    await trx.insertInto('zone_history').values({ zone, name, before: after, after: before, at, by, change: number }).execute()
}

export function zoneStore(db: Db, { secrets }: { readonly secrets: Secrets }): ZoneStore {
  const zoneOf = ({ document, revision }: Pick<Schema['zones'], 'document' | 'revision'>) => ({ ...(JSON.parse(document) as KeptZone), revision })
  const history = () => db.selectFrom('zone_history').selectAll()
  return {
    all: async () => (await db.selectFrom('zones').select(['document', 'revision']).orderBy('name').execute()).map(zoneOf),
    async find(name) {
      const row = await db.selectFrom('zones').select(['document', 'revision']).where('name', '=', name).executeTakeFirst()
      return row === undefined ? null : zoneOf(row)
    },
    async secretOf(name) {
      const row = await db.selectFrom('zones').select('secret').where('name', '=', name).executeTakeFirst()
      if (row === undefined) return null
      const opened = secrets.unseal(row.secret, sealedAs(name))
      if (!opened.ok) throw fault(opened.failure.kind, opened.failure.message)
      return opened.value
    },
    async add(zone, secret) {
      const { numInsertedOrUpdatedRows = 0n } = await db
        .insertInto('zones')
        .values({ name: zone.name, secret: secrets.seal(secret, sealedAs(zone.name)), revision: 1, document: JSON.stringify(zone) })
        .onConflict(conflict => conflict.column('name').doNothing())
        .executeTakeFirst()
      return numInsertedOrUpdatedRows > 0n
    },
    async remove(name) {
      await db.deleteFrom('zones').where('name', '=', name).execute()
    },
    async history(zone, before, size) {
      let query = history().where('zone', '=', zone)
      if (before !== null) query = query.where('id', '<', before)
      return (await query.orderBy('id', 'desc').limit(size).execute()).map(entryOf)
    },
    async lastOf(zone, name) {
      const row = await history().where('zone', '=', zone).where('name', '=', name).orderBy('id', 'desc').limit(1).executeTakeFirst()
      return row?.change ?? null
    },
    async entry(zone, id) {
      const row = await history().where('zone', '=', zone).where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : entryOf(row)
    },
  }
}
