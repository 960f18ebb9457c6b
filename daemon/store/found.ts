// How rooms were found and left by visits: one row a visit, the whole of it as a document.
import type { AsFound } from '../domain/found.ts'
import type { Db } from './schema.ts'

export interface FoundStore {
  find(visit: number): Promise<AsFound | null>
  /** Not passed yet: somebody is inside, or something is amiss. */
  pending(): Promise<readonly AsFound[]>
  put(found: AsFound): Promise<void>
}

export function foundStore(db: Db): FoundStore {
  const parsed = (document: string) => JSON.parse(document) as AsFound
  return {
    async find(visit) {
      const row = await db.selectFrom('rooms_found').select('document').where('visit', '=', visit).executeTakeFirst()
      return row === undefined ? null : parsed(row.document)
    },
    pending: async () =>
      (await db.selectFrom('rooms_found').select('document').where('passed_at', 'is', null).orderBy('visit').execute()).map(row =>
        parsed(row.document),
      ),
    async put(found) {
      const row = { visit: found.visit, passed_at: found.passedAt, document: JSON.stringify(found) }
      await db
        .insertInto('rooms_found')
        .values(row)
        .onConflict(conflict => conflict.column('visit').doUpdateSet({ passed_at: row.passed_at, document: row.document }))
        .execute()
    },
  }
}
