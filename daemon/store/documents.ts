// Documents in the records: rows with their states and signatures. The files lie beside, named by their hash.
import type { DocumentRow } from '../domain/ticket-record.ts'
import type { Db, Trx } from './schema.ts'
import { documentOf, rowOfDocument } from './ticket-rows.ts'

export interface DocumentStore {
  of(ticket: number): Promise<readonly DocumentRow[]>
  byId(id: number): Promise<DocumentRow | null>
  byCode(code: string): Promise<DocumentRow | null>
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
  }
}
