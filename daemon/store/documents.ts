// Documents in the records: rows with their states and signatures. The files lie beside, named by their hash.
import type { DocumentRow } from '../domain/ticket-record.ts'
import type { Db, Trx } from './schema.ts'
import { documentOf, rowOfDocument } from './ticket-rows.ts'

export interface DocumentStore {
  of(ticket: number): Promise<readonly DocumentRow[]>
  byId(id: number): Promise<DocumentRow | null>
  byCode(code: string): Promise<DocumentRow | null>
  /** Of these contents, those that some document is, or has been. */
  referred(hashes: readonly string[]): Promise<ReadonlySet<string>>
}

/** New, or as it is from now on; within the transaction of what made it so. */
export async function putDocument(trx: Trx, document: DocumentRow): Promise<void> {
  const row = rowOfDocument(document)
  await trx
    .insertInto('documents')
    .values(row)
    .onConflict(conflict => conflict.column('id').doUpdateSet(row))
    .execute()
}

/** Whether it is still the same in the records, but for its words. */
export async function standsAs(trx: Trx, was: DocumentRow): Promise<boolean> {
  const { state, sha256, signatures, history } = rowOfDocument(was)
  const is = await trx.selectFrom('documents').select(['state', 'sha256', 'signatures', 'history']).where('id', '=', was.id).executeTakeFirst()
  return is !== undefined && is.state === state && is.sha256 === sha256 && is.signatures === signatures && is.history === history
}

export function documentStore(db: Db): DocumentStore {
  return {
    of: async ticket => (await db.selectFrom('documents').selectAll().where('ticket', '=', ticket).orderBy('id').execute()).map(documentOf),
    async byId(id) {
      const row = await db.selectFrom('documents').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : documentOf(row)
    },
    async byCode(code) {
      const row = await db.selectFrom('documents').selectAll().where('code', '=', code).executeTakeFirst()
      return row === undefined ? null : documentOf(row)
    },
    async referred(hashes) {
      const rows = hashes.length === 0 ? [] : await db.selectFrom('documents').select(['sha256', 'history']).execute()
      const found = new Set(
        rows.flatMap(({ sha256, history }) => [sha256, ...(JSON.parse(history) as DocumentRow['history']).map(one => one.sha256)]),
      )
      return new Set(hashes.filter(hash => found.has(hash)))
    },
  }
}
