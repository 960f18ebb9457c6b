// Credentials in the records, under lock, and the links behind which each is told once to the person it is for.
import { randomInt } from 'node:crypto'
import type { Instant } from '../domain/call.ts'
import type { Words } from '../domain/form.ts'
import { fault } from './fault.ts'
import type { Db, Schema } from './schema.ts'
import type { Secrets } from './secrets.ts'

export interface HandoverRecord {
  readonly id: number
  readonly website: string
  readonly what: Words
  /** Which credential is told; and what stands beside it, in order. */
  readonly credential: string
  readonly beside: readonly { readonly label: Words; readonly value: string }[]
  readonly person: number
  readonly to: string
  readonly by: string
  readonly madeAt: Instant
  readonly until: Instant
  readonly openedAt: Instant | null
}

export interface HandoverStore {
  /** Makes one of 32 letters and digits, or gives the one that is there: also after a crash it is the same. */
  make(name: string): Promise<string>
  find(name: string): Promise<string | null>
  forget(name: string): Promise<void>
  /** The same under another name too; of what is not there nothing comes. */
  copy(name: string, to: string): Promise<void>
  /** `hash` of the link's secret, which is kept nowhere. */
  add(hash: string, handover: Omit<HandoverRecord, 'id' | 'openedAt'>): Promise<HandoverRecord>
  byHash(hash: string): Promise<HandoverRecord | null>
  ofWebsite(website: string): Promise<readonly HandoverRecord[]>
  /** False: it was opened before. */
  opened(id: number, at: Instant): Promise<boolean>
}

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const LENGTH = 32
const sealedAs = (name: string) => `credential ${name}`

const recordOf = ({ document, id, opened_at }: Omit<Schema['handovers'], 'id'> & { readonly id: number }): HandoverRecord => ({
  ...(JSON.parse(document) as Omit<HandoverRecord, 'id' | 'openedAt'>),
  id,
  openedAt: opened_at,
})

export function handoverStore(db: Db, { secrets }: { readonly secrets: Secrets }): HandoverStore {
  const unsealed = (sealed: string, name: string): string => {
    const opened = secrets.unseal(sealed, sealedAs(name))
    if (!opened.ok) throw fault(opened.failure.kind, opened.failure.message)
    return opened.value
  }
  return {
    make: name =>
      db.transaction().execute(async trx => {
        const row = await trx.selectFrom('credentials').select('sealed').where('name', '=', name).executeTakeFirst()
        if (row !== undefined) return unsealed(row.sealed, name)
        const made = Array.from({ length: LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join('')
        await trx
          .insertInto('credentials')
          .values({ name, sealed: secrets.seal(made, sealedAs(name)) })
          .execute()
        return made
      }),
    async find(name) {
      const row = await db.selectFrom('credentials').select('sealed').where('name', '=', name).executeTakeFirst()
      return row === undefined ? null : unsealed(row.sealed, name)
    },
    async forget(name) {
      await db.deleteFrom('credentials').where('name', '=', name).execute()
    },
    async copy(name, to) {
      const row = await db.selectFrom('credentials').select('sealed').where('name', '=', name).executeTakeFirst()
      if (row === undefined) return
      const sealed = secrets.seal(unsealed(row.sealed, name), sealedAs(to))
      await db
        .insertInto('credentials')
        .values({ name: to, sealed })
        .onConflict(one => one.column('name').doUpdateSet({ sealed }))
        .execute()
    },
    async add(hash, handover) {
      const { website, person, until } = handover
      const row = await db
        .insertInto('handovers')
        .values({ hash, website, person, until, opened_at: null, document: JSON.stringify(handover) })
        .returningAll()
        .executeTakeFirstOrThrow()
      return recordOf(row)
    },
    async byHash(hash) {
      const row = await db.selectFrom('handovers').selectAll().where('hash', '=', hash).executeTakeFirst()
      return row === undefined ? null : recordOf(row)
    },
    async ofWebsite(website) {
      const rows = await db.selectFrom('handovers').selectAll().where('website', '=', website).orderBy('id', 'desc').execute()
      return rows.map(recordOf)
    },
    async opened(id, at) {
      const { numUpdatedRows } = await db
        .updateTable('handovers')
        .set({ opened_at: at })
        .where('id', '=', id)
        .where('opened_at', 'is', null)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
  }
}
