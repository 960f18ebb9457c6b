// Brings the records forward, one numbered step and one transaction after the other, after a copy has been put aside.
import type { Kysely } from 'kysely'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { failureOf } from './fault.ts'
import type { Migration } from './migration.ts'
import { inventory } from './migrations/0001-inventory.ts'
import { alarms } from './migrations/0002-alarms.ts'
import { audit } from './migrations/0003-audit.ts'
import { people } from './migrations/0004-people.ts'
import { tickets } from './migrations/0005-tickets.ts'
import { catalogue } from './migrations/0006-catalogue.ts'
import { calendars } from './migrations/0007-calendars.ts'
import { messages } from './migrations/0008-messages.ts'
import { documents } from './migrations/0009-documents.ts'
import { signin } from './migrations/0010-signin.ts'
import { registers } from './migrations/0011-registers.ts'
import { place } from './migrations/0012-place.ts'
import { visits } from './migrations/0013-visits.ts'
import { doors } from './migrations/0014-doors.ts'
import { happenings } from './migrations/0015-happenings.ts'
import { stays } from './migrations/0016-stays.ts'
import { found } from './migrations/0017-found.ts'
import { care } from './migrations/0018-care.ts'
import { upkeep } from './migrations/0019-upkeep.ts'
import { indexes } from './migrations/0020-indexes.ts'
import { capacity } from './migrations/0021-capacity.ts'
import { hosting } from './migrations/0022-hosting.ts'
import { terms } from './migrations/0023-terms.ts'
import type { Db } from './schema.ts'

/** In order, without gaps. Never change one that was released; add another. */
export const MIGRATIONS: readonly Migration[] = [
  inventory,
  alarms,
  audit,
  people,
  tickets,
  catalogue,
  calendars,
  messages,
  documents,
  signin,
  registers,
  place,
  visits,
  doors,
  happenings,
  stays,
  found,
  care,
  upkeep,
  indexes,
  capacity,
  hosting,
  terms,
]

export interface Migrated {
  readonly from: number
  readonly to: number
}

export interface MigrateOptions {
  /** Puts a copy of version `from` aside; called once, only when there is something to migrate. Null where the server has its own backups. */
  readonly copy: ((from: number) => void) | null
  readonly now: number
  readonly migrations?: readonly Migration[]
}

/** `conflict` for a database of a newer Suar, `full` when the disk is; in both cases nothing was changed. */
export async function migrate(db: Db, { copy, now, migrations = MIGRATIONS }: MigrateOptions): Promise<Outcome<Migrated>> {
  try {
    await db.schema
      .createTable('migrations')
      .ifNotExists()
      .addColumn('version', 'integer', c => c.primaryKey())
      .addColumn('name', 'text', c => c.notNull())
      .addColumn('applied_at', 'bigint', c => c.notNull())
      .execute()
    const row = await db
      .selectFrom('migrations')
      .select(({ fn }) => fn.max('version').as('version'))
      .executeTakeFirst()
    const from = row?.version ?? 0
    const to = migrations.at(-1)?.version ?? 0
    if (from > to)
      return failed(
        'conflict',
        `The records are of version ${from}, this Suar knows versions up to ${to}: they were opened by a newer Suar. Start that one, or put back a copy from the backup folder whose name begins with records-${to}-.`,
        false,
      )
    const todo = migrations.filter(({ version }) => version > from)
    if (todo.length > 0 && from > 0) copy?.(from)
    for (const step of todo) {
      await db.transaction().execute(async trx => {
        await step.up(trx as unknown as Kysely<unknown>)
        await trx.insertInto('migrations').values({ version: step.version, name: step.name, applied_at: now }).execute()
      })
    }
    return done({ from, to })
  } catch (error) {
    const failure = failureOf(error)
    if (failure === null) throw error
    return { ok: false, failure }
  }
}
