// Settings a person changes on the page, by key. Who reads one parses it with the schema of its own room.
import type { Db } from './schema.ts'

export interface SettingStore {
  /** Undefined when never set. */
  get(key: string): Promise<unknown>
  all(): Promise<ReadonlyMap<string, unknown>>
  /** `value` must survive JSON. Undefined removes the key. */
  set(key: string, value: unknown): Promise<void>
}

export function settingStore(db: Db): SettingStore {
  return {
    async get(key) {
      const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst()
      return row === undefined ? undefined : JSON.parse(row.value)
    },
    async all() {
      const rows = await db.selectFrom('settings').selectAll().orderBy('key').execute()
      return new Map(rows.map(({ key, value }): [string, unknown] => [key, JSON.parse(value)]))
    },
    async set(key, value) {
      if (value === undefined) {
        await db.deleteFrom('settings').where('key', '=', key).execute()
        return
      }
      const text = JSON.stringify(value)
      await db
        .insertInto('settings')
        .values({ key, value: text })
        .onConflict(conflict => conflict.column('key').doUpdateSet({ value: text }))
        .execute()
    },
  }
}
