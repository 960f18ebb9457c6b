// Notes that people wrote on a place, as they wrote them; withdrawn ones say so and stay.
import type { Instant, Log } from '../domain/call.ts'
import { openListeners } from '../domain/listeners.ts'
import type { PlaceNote } from '../domain/timeline.ts'
import type { Db } from './schema.ts'

export type PlaceNoteStore = ReturnType<typeof placeNoteStore>

export function placeNoteStore(db: Db, { log }: { log: Log }) {
  const { tell, onChange } = openListeners(log)
  const noteOf = ({ id, at, document }: { readonly id: number; readonly at: number; readonly document: string }): PlaceNote => ({
    ...(JSON.parse(document) as PlaceNote),
    ...{ id, at },
  })
  return {
    async add({ id: _, at, ...rest }: PlaceNote): Promise<PlaceNote> {
      const { id } = await db
        .insertInto('place_notes')
        .values({ at, document: JSON.stringify(rest) })
        .returning('id')
        .executeTakeFirstOrThrow()
      return { ...rest, id, at }
    },
    async one(id: number): Promise<PlaceNote | null> {
      const row = await db.selectFrom('place_notes').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : noteOf(row)
    },
    async withdraw({ id, at: _, ...rest }: PlaceNote): Promise<void> {
      await db
        .updateTable('place_notes')
        .set({ document: JSON.stringify(rest) })
        .where('id', '=', id)
        .execute()
    },
    /** Written within the span, or withdrawn since it began. Oldest first. */
    async between(from: Instant, to: Instant): Promise<readonly PlaceNote[]> {
      const rows = await db.selectFrom('place_notes').selectAll().where('at', '<=', to).orderBy('at').orderBy('id').execute()
      return rows.map(noteOf).filter(({ at, withdrawn }) => at >= from || (withdrawn !== null && withdrawn.at >= from))
    },
    /** Told once what was written is written. */
    tell,
    onChange,
  }
}
