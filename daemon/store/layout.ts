// The layout document (site, rooms, racks, power chain), kept whole, every version of it.
import type { Clock, Instant } from '../domain/call.ts'
import { Inventory, type Layout } from '../domain/inventory.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { Db, Schema } from './schema.ts'

const LayoutDocument = Inventory.omit({ devices: true })

interface LayoutRecord {
  /** From 1, growing by one. */
  readonly version: number
  readonly savedAt: Instant
  readonly savedBy: string
  readonly layout: Layout
}

export interface LayoutStore {
  current(): Promise<LayoutRecord | null>
  version(version: number): Promise<LayoutRecord | null>
  /**
   * Saves over version `over` (0: there is none yet) and gives the new one; the same document again gives the old version.
   * `conflict` when somebody saved in between.
   */
  save(layout: Layout, by: string, over: number): Promise<Outcome<LayoutRecord>>
}

export function layoutStore(db: Db, { clock }: { clock: Clock }): LayoutStore {
  const record = (row: Schema['layouts']): LayoutRecord => ({
    version: row.version,
    savedAt: row.saved_at,
    savedBy: row.saved_by,
    layout: LayoutDocument.parse(JSON.parse(row.document)),
  })
  const newest = db.selectFrom('layouts').selectAll().orderBy('version', 'desc').limit(1)

  return {
    async current() {
      const row = await newest.executeTakeFirst()
      return row === undefined ? null : record(row)
    },
    async version(version) {
      const row = await db.selectFrom('layouts').selectAll().where('version', '=', version).executeTakeFirst()
      return row === undefined ? null : record(row)
    },
    save: (layout, by, over) =>
      db.transaction().execute(async trx => {
        const was = await trx.selectFrom('layouts').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst()
        if ((was?.version ?? 0) !== over)
          return failed('conflict', `The layout was changed by ${was?.saved_by ?? 'somebody'} meanwhile; look at version ${was?.version ?? 0} first.`)
        const document = JSON.stringify(layout)
        if (was !== undefined && was.document === document) return done(record(was))
        const row = { version: over + 1, saved_at: clock(), saved_by: by, document }
        await trx.insertInto('layouts').values(row).execute()
        return done(record(row))
      }),
  }
}
