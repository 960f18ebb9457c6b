// The layout (site, rooms, racks, power chain), every version of it: the newest whole, each older one as the edits that lead back to it.
import type { Clock, Instant } from '../domain/call.ts'
import { Inventory, type Layout } from '../domain/inventory.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { afterEdits, editsBetween, toldBetween } from '../domain/overlay.ts'
import type { Edit, PlaceVersion, Told } from '../domain/place.ts'
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
  /** Newest first, those before a version. */
  versions(query: { readonly before?: number | undefined; readonly size: number }): Promise<PlaceVersion[]>
  /** What came with versions after this one: who did what to which entry, oldest first. */
  since(version: number): Promise<readonly { readonly version: number; readonly at: Instant; readonly by: string; readonly told: readonly Told[] }[]>
  /**
   * Saves over version `over` (0: there is none yet) and gives the new one; the same document again gives the old version.
   * `conflict` when somebody saved in between.
   */
  save(layout: Layout, by: string, over: number): Promise<Outcome<LayoutRecord>>
}

/** Versions told at once to somebody whose own is old. */
const MOST_SINCE = 100
/** Entries of a version that a list names. */
const MOST_TOLD = 20

/** What lies in a row: a whole layout, or `back`: the edits from the next version to this one. */
type Kept = { readonly back: readonly Edit[] } | Layout

export function layoutStore(db: Db, { clock }: { clock: Clock }): LayoutStore {
  type Row = Schema['layouts']
  const record = (row: Omit<Row, 'document' | 'told'>, layout: Layout): LayoutRecord => ({
    version: row.version,
    savedAt: row.saved_at,
    savedBy: row.saved_by,
    layout,
  })
  const told = ({ told }: Pick<Row, 'told'>) => JSON.parse(told) as Told[]
  const newest = db.selectFrom('layouts').selectAll().orderBy('version', 'desc').limit(1)

  return {
    async current() {
      const row = await newest.executeTakeFirst()
      return row === undefined ? null : record(row, LayoutDocument.parse(JSON.parse(row.document)))
    },
    async version(version) {
      const rows = db.selectFrom('layouts').select(['version', 'document']).where('version', '>=', version).orderBy('version', 'desc').execute()
      let layout: Layout | null = null
      for (const row of await rows) {
        const kept = JSON.parse(row.document) as Kept
        layout = 'back' in kept ? layout && afterEdits(layout, kept.back) : LayoutDocument.parse(kept)
      }
      const row = await db.selectFrom('layouts').selectAll().where('version', '=', version).executeTakeFirst()
      return row === undefined || layout === null ? null : record(row, layout)
    },
    async versions({ before, size }) {
      const query = db.selectFrom('layouts').select(['version', 'saved_at', 'saved_by', 'told']).orderBy('version', 'desc').limit(size)
      const rows = await (before === undefined ? query : query.where('version', '<', before)).execute()
      return rows.map(row => {
        const all = told(row)
        return { version: row.version, at: row.saved_at, by: row.saved_by, changes: all.length, told: all.slice(0, MOST_TOLD) }
      })
    },
    async since(version) {
      const rows = await db
        .selectFrom('layouts')
        .select(['version', 'saved_at', 'saved_by', 'told'])
        .where('version', '>', version)
        .orderBy('version')
        .limit(MOST_SINCE)
        .execute()
      return rows.map(row => ({ version: row.version, at: row.saved_at, by: row.saved_by, told: told(row) }))
    },
    save: (layout, by, over) =>
      db.transaction().execute(async trx => {
        const was = await trx.selectFrom('layouts').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst()
        if ((was?.version ?? 0) !== over)
          return failed('conflict', `The layout was changed by ${was?.saved_by ?? 'somebody'} meanwhile; look at version ${was?.version ?? 0} first.`)
        const document = JSON.stringify(layout)
        if (was !== undefined && was.document === document) return done(record(was, layout))
        const before = was === undefined ? null : LayoutDocument.parse(JSON.parse(was.document))
        if (was !== undefined && before !== null)
          await trx
            .updateTable('layouts')
            .set({ document: JSON.stringify({ back: editsBetween(layout, before) } satisfies Kept) })
            .where('version', '=', was.version)
            .execute()
        const changes = before === null ? [] : toldBetween(before, layout)
        const row = { version: over + 1, saved_at: clock(), saved_by: by, document, told: JSON.stringify(changes) }
        await trx.insertInto('layouts').values(row).execute()
        return done(record(row, layout))
      }),
  }
}
