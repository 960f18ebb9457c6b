// Devices in the records: a dense number that never changes hands, the definition, and the way in under lock.

import type { Clock, Instant } from '../domain/call.ts'
import { Access, Device, type Identity } from '../domain/device.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { fault } from './fault.ts'
import type { Db, Schema, Trx } from './schema.ts'
import type { Secrets } from './secrets.ts'

/** `inventory`: from the site's file, which rules over it; `adopted`: by a person on the page. */
type DeviceSource = 'inventory' | 'adopted'

interface DeviceRecord {
  /** Dense from 1; stays with the id for good, also over removal and return. */
  readonly no: number
  readonly device: Device
  readonly identity: Identity | null
  readonly source: DeviceSource
  readonly addedAt: Instant
  readonly removedAt: Instant | null
}

export interface DeviceStore {
  /** In order of numbers; removed ones only when asked for. */
  list(options?: { readonly removed?: boolean }): Promise<DeviceRecord[]>
  /** `conflict` when the id is taken; a removed one comes back under its old number. */
  add(device: Device, source: DeviceSource): Promise<Outcome<DeviceRecord>>
  /** `notFound`, or `conflict` when the new id is another device's. */
  update(no: number, device: Device): Promise<Outcome<DeviceRecord>>
  /** The number and its history remain. */
  remove(no: number): Promise<Outcome<void>>
  setIdentity(no: number, identity: Identity): Promise<Outcome<void>>
  /** Makes the devices of source `inventory` exactly these, in one transaction; adopted ones are left alone unless named here. */
  reconcile(devices: readonly Device[]): Promise<DeviceRecord[]>
}

type Row = Schema['devices']

export function deviceStore(db: Db, { secrets, clock }: { secrets: Secrets; clock: Clock }): DeviceStore {
  const context = (id: string): string => `device ${id}`

  const columns = ({ access, ...rest }: Device): Pick<Row, 'id' | 'definition' | 'access'> => ({
    id: rest.id,
    definition: JSON.stringify(rest),
    access: secrets.seal(JSON.stringify(access), context(rest.id)),
  })

  const record = (row: Row): DeviceRecord => {
    const access = secrets.unseal(row.access, context(row.id))
    if (!access.ok) throw fault(access.failure.kind, access.failure.message)
    const definition: unknown = JSON.parse(row.definition)
    return {
      no: row.no,
      device: Device.parse({ ...(definition as object), access: Access.parse(JSON.parse(access.value)) }),
      identity: row.identity === null ? null : (JSON.parse(row.identity) as Identity),
      source: row.source === 'adopted' ? 'adopted' : 'inventory',
      addedAt: row.added_at,
      removedAt: row.removed_at,
    }
  }

  const byId = (trx: Db | Trx, id: string) => trx.selectFrom('devices').selectAll().where('id', '=', id).executeTakeFirst()
  const byNo = (trx: Db | Trx, no: number) => trx.selectFrom('devices').selectAll().where('no', '=', no).executeTakeFirst()

  const nextNo = async (trx: Trx): Promise<number> => {
    const row = await trx
      .selectFrom('devices')
      .select(({ fn }) => fn.max('no').as('no'))
      .executeTakeFirst()
    return (row?.no ?? 0) + 1
  }

  /** Inserts, or brings back under its old number. */
  const enter = async (trx: Trx, device: Device, source: DeviceSource, was: Row | undefined): Promise<Row> => {
    const written = { ...columns(device), source, added_at: clock(), removed_at: null }
    if (was !== undefined) {
      await trx.updateTable('devices').set(written).where('no', '=', was.no).execute()
      return { ...was, ...written }
    }
    const row: Row = { no: await nextNo(trx), identity: null, ...written }
    await trx.insertInto('devices').values(row).execute()
    return row
  }

  const list: DeviceStore['list'] = async ({ removed = false } = {}) => {
    const query = db.selectFrom('devices').selectAll().orderBy('no')
    return (await (removed ? query : query.where('removed_at', 'is', null)).execute()).map(record)
  }

  return {
    list,

    add: (device, source) =>
      db.transaction().execute(async trx => {
        const was = await byId(trx, device.id)
        if (was !== undefined && was.removed_at === null) return failed('conflict', `There is already a device ${device.id}.`)
        return done(record(await enter(trx, device, source, was)))
      }),

    update: (no, device) =>
      db.transaction().execute(async trx => {
        const was = await byNo(trx, no)
        if (was === undefined || was.removed_at !== null) return failed('notFound', `There is no device number ${no}.`)
        const other = await byId(trx, device.id)
        if (other !== undefined && other.no !== no) return failed('conflict', `The name ${device.id} belongs to another device.`)
        const written = columns(device)
        await trx.updateTable('devices').set(written).where('no', '=', no).execute()
        return done(record({ ...was, ...written }))
      }),

    async remove(no) {
      const { numUpdatedRows } = await db
        .updateTable('devices')
        .set({ removed_at: clock() })
        .where('no', '=', no)
        .where('removed_at', 'is', null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 0n ? failed('notFound', `There is no device number ${no}.`) : done(undefined)
    },

    async setIdentity(no, identity) {
      const { numUpdatedRows } = await db
        .updateTable('devices')
        .set({ identity: JSON.stringify(identity) })
        .where('no', '=', no)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 0n ? failed('notFound', `There is no device number ${no}.`) : done(undefined)
    },

    async reconcile(devices) {
      await db.transaction().execute(async trx => {
        const known = new Map((await trx.selectFrom('devices').selectAll().execute()).map(row => [row.id, row]))
        const wanted = new Set(devices.map(({ id }) => id))
        for (const device of devices) {
          const was = known.get(device.id)
          if (was === undefined || was.removed_at !== null) await enter(trx, device, 'inventory', was)
          else if (was.source !== 'inventory' || !same(record(was).device, device))
            await trx
              .updateTable('devices')
              .set({ ...columns(device), source: 'inventory' })
              .where('no', '=', was.no)
              .execute()
        }
        for (const row of known.values())
          if (row.source === 'inventory' && row.removed_at === null && !wanted.has(row.id))
            await trx.updateTable('devices').set({ removed_at: clock() }).where('no', '=', row.no).execute()
      })
      return list()
    },
  }
}

const same = (one: Device, other: Device): boolean => JSON.stringify(Device.parse(one)) === JSON.stringify(Device.parse(other))
