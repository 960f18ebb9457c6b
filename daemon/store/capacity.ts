// The racks day by day: how many units were taken in each site, the last count of a day standing for it.
import type { Instant } from '../domain/call.ts'
import type { Db } from './schema.ts'

export interface UnitsDay {
  readonly site: string
  /** Midnight UTC. */
  readonly day: Instant
  readonly used: number
  readonly total: number
}

export interface CapacityStore {
  /** A later count of the same day takes the place of the earlier. */
  put(days: readonly UnitsDay[]): Promise<void>
  /** From that day on, oldest first. */
  since(day: Instant): Promise<readonly UnitsDay[]>
}

export const capacityStore = (db: Db): CapacityStore => ({
  async put(days) {
    if (days.length === 0) return
    await db
      .insertInto('capacity_days')
      .values(days.map(({ site, day, used, total }) => ({ site, day, used, total })))
      .onConflict(conflict =>
        conflict.columns(['site', 'day']).doUpdateSet(row => ({ used: row.ref('excluded.used'), total: row.ref('excluded.total') })),
      )
      .execute()
  },
  since: day => db.selectFrom('capacity_days').selectAll().where('day', '>=', day).orderBy('day').orderBy('site').execute(),
})
