// Websites in the records: as they are wanted, and as each change makes them when it is through.
import type { Instant } from '../domain/call.ts'
import type { WebsiteState } from '../domain/hosting-view.ts'
import type { Website } from '../domain/website.ts'
import type { Db, Schema, Trx } from './schema.ts'

/** What a person decided; trouble is seen from elsewhere. */
export type KeptWebsiteState = Exclude<WebsiteState, 'troubled'>

/** What a change is about: the website before and after it. */
export interface WebsiteAim {
  readonly organisation: number
  readonly wanted: Website
  readonly state: KeptWebsiteState
  readonly removedAt: Instant | null
  readonly graceUntil: Instant | null
}

export interface WebsiteRecord extends WebsiteAim {
  readonly name: string
  readonly madeAt: Instant
  /** MiB on disk and in the database; null: not measured. */
  readonly used: number | null
  readonly databaseUsed: number | null
  readonly measuredAt: Instant | null
  readonly revision: number
}

export interface WebsiteStore {
  /** By name. */
  all(): Promise<readonly WebsiteRecord[]>
  find(name: string): Promise<WebsiteRecord | null>
  some(names: readonly string[]): Promise<readonly WebsiteRecord[]>
  /** Takes the name for good; false: it is taken. */
  add(name: string, aim: WebsiteAim, at: Instant): Promise<boolean>
  /** The website after that change, and before it: taken over when the change is settled. Null: none. */
  aim(change: string, website: string, before: WebsiteAim | null, after: WebsiteAim | null): Promise<void>
  aimOf(change: string): Promise<{ readonly website: string; readonly before: WebsiteAim | null; readonly after: WebsiteAim | null } | null>
  measured(name: string, used: { readonly files: number | null; readonly database: number | null }, at: Instant): Promise<void>
  /** After its days of grace, or when its first change came to nothing. */
  remove(name: string): Promise<void>
}

type Row = Schema['websites']

const recordOf = (row: Row): WebsiteRecord => ({
  name: row.name,
  organisation: row.organisation,
  wanted: JSON.parse(row.document) as Website,
  state: row.state as KeptWebsiteState,
  madeAt: row.made_at,
  removedAt: row.removed_at,
  graceUntil: row.grace_until,
  used: row.used,
  databaseUsed: row.database_used,
  measuredAt: row.measured_at,
  revision: row.revision,
})

const columns = ({ organisation, wanted, state, removedAt, graceUntil }: WebsiteAim) => ({
  ...{ organisation, state },
  host: wanted.host,
  removed_at: removedAt,
  grace_until: graceUntil,
  document: JSON.stringify(wanted),
})

/** Within the transaction that settles a change: the website is what the change made of it, or what it was before. */
export async function settleWebsite(trx: Trx, change: string, isBack: boolean): Promise<void> {
  const row = await trx.selectFrom('change_websites').selectAll().where('change', '=', change).executeTakeFirst()
  if (row === undefined) return
  const document = isBack ? row.before : row.after
  if (document === null) {
    await trx.deleteFrom('websites').where('name', '=', row.website).execute()
    return
  }
  const now = columns(JSON.parse(document) as WebsiteAim)
  const { numUpdatedRows } = await trx
    .updateTable('websites')
    .set(({ eb }) => ({ ...now, revision: eb('revision', '+', 1) }))
    .where('name', '=', row.website)
    .executeTakeFirst()
  if (numUpdatedRows > 0n) return
  const { requested } = JSON.parse(
    (await trx.selectFrom('changes').select('document').where('number', '=', change).executeTakeFirstOrThrow()).document,
  ) as {
    readonly requested: { readonly at: Instant }
  }
  const unmeasured = { used: null, database_used: null, measured_at: null }
  await trx
    .insertInto('websites')
    .values({ name: row.website, made_at: requested.at, ...unmeasured, revision: 1, ...now })
    .execute()
}

export function websiteStore(db: Db): WebsiteStore {
  const websites = () => db.selectFrom('websites').selectAll().orderBy('name')
  const aimIn = (document: string | null) => (document === null ? null : (JSON.parse(document) as WebsiteAim))
  return {
    all: async () => (await websites().execute()).map(recordOf),
    async find(name) {
      const row = await websites().where('name', '=', name).executeTakeFirst()
      return row === undefined ? null : recordOf(row)
    },
    some: async names => (names.length === 0 ? [] : (await websites().where('name', 'in', names).execute()).map(recordOf)),
    async add(name, aim, at) {
      const { numInsertedOrUpdatedRows = 0n } = await db
        .insertInto('websites')
        .values({ name, made_at: at, used: null, database_used: null, measured_at: null, revision: 1, ...columns(aim) })
        .onConflict(conflict => conflict.column('name').doNothing())
        .executeTakeFirst()
      return numInsertedOrUpdatedRows > 0n
    },
    async aim(change, website, before, after) {
      const text = (aim: WebsiteAim | null) => (aim === null ? null : JSON.stringify(aim))
      await db
        .insertInto('change_websites')
        .values({ change, website, before: text(before), after: text(after) })
        .execute()
    },
    async aimOf(change) {
      const row = await db.selectFrom('change_websites').selectAll().where('change', '=', change).executeTakeFirst()
      return row === undefined ? null : { website: row.website, before: aimIn(row.before), after: aimIn(row.after) }
    },
    async measured(name, { files, database }, at) {
      await db
        .updateTable('websites')
        .set(({ eb }) => ({ used: files, database_used: database, measured_at: at, revision: eb('revision', '+', 1) }))
        .where('name', '=', name)
        .execute()
    },
    async remove(name) {
      await db.deleteFrom('websites').where('name', '=', name).execute()
    },
  }
}
