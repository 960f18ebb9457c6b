// Who was last seen at the other end of each port of a device: one row a device, all its ports in it.
import type { Sighting } from '../domain/collector.ts'
import type { Db } from './schema.ts'

export interface NeighbourStore {
  /** By the number of the device. */
  all(): Promise<ReadonlyMap<number, readonly Sighting[]>>
  put(device: number, seen: readonly Sighting[]): Promise<void>
}

export const neighbourStore = (db: Db): NeighbourStore => ({
  async all() {
    const rows = await db.selectFrom('neighbours').selectAll().execute()
    return new Map(rows.map(({ device, document }) => [device, JSON.parse(document) as Sighting[]]))
  },
  async put(device, seen) {
    const document = JSON.stringify(seen)
    await db
      .insertInto('neighbours')
      .values({ device, document })
      .onConflict(conflict => conflict.column('device').doUpdateSet({ document }))
      .execute()
  },
})
