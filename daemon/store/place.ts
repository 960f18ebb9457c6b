// What is laid over the site's file, an entry a row; and the makes of equipment that forms fill in.

import type { OverlayChange } from '../domain/overlay.ts'
import { ENTRY, type Laid, Make } from '../domain/place.ts'
import { PLACE_KINDS, type PlaceKind } from '../domain/place-kinds.ts'
import type { Db, Schema } from './schema.ts'

export interface PlaceStore {
  /** A row that a newer schema no longer reads comes without its entry: `unread`. */
  entries(): Promise<{ readonly laid: Laid[]; readonly unread: readonly { readonly kind: string; readonly id: string }[] }>
  write(changes: readonly OverlayChange[], stamp: Pick<Laid, 'revision' | 'at' | 'by'>): Promise<void>
  makes(): Promise<Make[]>
  /** New ones, and others in place of those of the same id. */
  writeMakes(makes: readonly Make[]): Promise<void>
}

const isKind = (kind: string): kind is PlaceKind => PLACE_KINDS.some(known => known === kind)

export function placeStore(db: Db): PlaceStore {
  const read = (row: Schema['place_entries']): Laid | null => {
    if (!isKind(row.kind)) return null
    const head = { kind: row.kind, id: row.id, revision: row.revision, at: row.at, by: row.by }
    if (row.document === null) return { ...head, entry: null }
    const entry = ENTRY[row.kind].safeParse(JSON.parse(row.document))
    return entry.success ? { ...head, entry: entry.data } : null
  }

  return {
    async entries() {
      const rows = await db.selectFrom('place_entries').selectAll().orderBy('kind').orderBy('id').execute()
      const laid: Laid[] = []
      const unread: { kind: string; id: string }[] = []
      for (const row of rows) {
        const one = read(row)
        if (one === null) unread.push({ kind: row.kind, id: row.id })
        else laid.push(one)
      }
      return { laid, unread }
    },
    write: (changes, { revision, at, by }) =>
      db.transaction().execute(async trx => {
        for (const change of changes) {
          const { kind, id } = 'put' in change ? change.put : change.drop
          await trx.deleteFrom('place_entries').where('kind', '=', kind).where('id', '=', id).execute()
          if (!('put' in change)) continue
          const document = change.put.entry === null ? null : JSON.stringify(change.put.entry)
          await trx.insertInto('place_entries').values({ kind, id, document, revision, at, by }).execute()
        }
      }),
    async makes() {
      const rows = await db.selectFrom('makes').select('document').orderBy('id').execute()
      return rows.map(({ document }) => Make.parse(JSON.parse(document)))
    },
    writeMakes: makes =>
      db.transaction().execute(async trx => {
        for (const make of makes) {
          await trx.deleteFrom('makes').where('id', '=', make.id).execute()
          await trx
            .insertInto('makes')
            .values({ id: make.id, document: JSON.stringify(make) })
            .execute()
        }
      }),
  }
}
