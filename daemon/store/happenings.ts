// What happened to devices that no alarm and no reading tells of: a restart.
import type { Instant } from '../domain/call.ts'
import type { Db } from './schema.ts'

export interface Happening {
  readonly id: number
  readonly at: Instant
  readonly kind: 'restart'
  readonly device: string
}

export interface HappeningStore {
  add(happening: Omit<Happening, 'id'>): Promise<void>
  /** Oldest first. */
  between(from: Instant, to: Instant): Promise<readonly Happening[]>
}

export function happeningStore(db: Db): HappeningStore {
  return {
    async add(happening) {
      await db.insertInto('happenings').values(happening).execute()
    },
    between: async (from, to) =>
      (await db.selectFrom('happenings').selectAll().where('at', '>=', from).where('at', '<=', to).orderBy('at').orderBy('id').execute()).map(
        row => ({
          ...row,
          kind: row.kind as Happening['kind'],
        }),
      ),
  }
}
