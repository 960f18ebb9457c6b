// Points in the records: the dense number that readings, histories and streams carry for each key of a device.
import type { Clock, Instant } from '../domain/call.ts'
import type { Point, PointNo } from '../domain/point.ts'
import type { Db } from './schema.ts'

interface PointRecord {
  readonly no: PointNo
  /** Device number. */
  readonly device: number
  readonly point: Point
  /** When the device no longer offered it; null while it does. */
  readonly goneAt: Instant | null
}

export interface PointStore {
  /**
   * Makes these the points of the device, in one transaction. A key keeps its number for good; one that is missing is
   * marked gone, one that returns is taken up again. Numbers come back parallel to `points`.
   */
  register(device: number, points: readonly Point[]): Promise<Uint32Array>
  /** Every point in order of numbers; gone ones only when asked for. */
  all(options?: { readonly gone?: boolean }): Promise<PointRecord[]>
}

/** Rows an INSERT: far under SQLite's 32,766 and PostgreSQL's 65,535 parameters. */
const CHUNK = 500

export function pointStore(db: Db, { clock }: { clock: Clock }): PointStore {
  return {
    register: (device, points) =>
      db.transaction().execute(async trx => {
        const known = new Map((await trx.selectFrom('points').selectAll().where('device', '=', device).execute()).map(row => [row.key, row]))
        const highest = await trx
          .selectFrom('points')
          .select(({ fn }) => fn.max('no').as('no'))
          .executeTakeFirst()
        let next = (highest?.no ?? 0) + 1
        const numbers = new Map<string, number>()
        const fresh = []
        for (const point of points) {
          if (numbers.has(point.key)) continue
          const definition = JSON.stringify(point)
          const was = known.get(point.key)
          numbers.set(point.key, was?.no ?? next)
          if (was === undefined) fresh.push({ no: next++, device, key: point.key, definition, gone_at: null })
          else if (was.definition !== definition || was.gone_at !== null)
            await trx.updateTable('points').set({ definition, gone_at: null }).where('no', '=', was.no).execute()
        }
        for (let at = 0; at < fresh.length; at += CHUNK)
          await trx
            .insertInto('points')
            .values(fresh.slice(at, at + CHUNK))
            .execute()
        const now = clock()
        for (const row of known.values())
          if (row.gone_at === null && !numbers.has(row.key)) await trx.updateTable('points').set({ gone_at: now }).where('no', '=', row.no).execute()
        return Uint32Array.from(points, ({ key }) => numbers.get(key) ?? 0)
      }),

    async all({ gone = false } = {}) {
      const query = db.selectFrom('points').select(['no', 'device', 'definition', 'gone_at']).orderBy('no')
      const rows = await (gone ? query : query.where('gone_at', 'is', null)).execute()
      return rows.map(row => ({ no: row.no, device: row.device, point: JSON.parse(row.definition) as Point, goneAt: row.gone_at }))
    },
  }
}
