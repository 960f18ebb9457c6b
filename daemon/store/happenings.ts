// What happened to devices that no alarm and no reading tells of: a restart.
import type { Instant, Log } from '../domain/call.ts'
import { openListeners } from '../domain/listeners.ts'
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
  onChange(tell: () => void): () => void
}

export function happeningStore(db: Db, { log }: { log: Log }): HappeningStore {
  const { tell, onChange } = openListeners(log)
  return {
    async add(happening) {
      await db.insertInto('happenings').values(happening).execute()
      tell()
    },
    onChange,
    between: async (from, to) =>
      (await db.selectFrom('happenings').selectAll().where('at', '>=', from).where('at', '<=', to).orderBy('at').orderBy('id').execute()).map(
        row => ({
          ...row,
          kind: row.kind as Happening['kind'],
        }),
      ),
  }
}
