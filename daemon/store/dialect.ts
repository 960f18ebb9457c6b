// The one place that knows which database the records live in. SQLite today; a PostgreSQL dialect would be opened beside it.
import Database from 'better-sqlite3'
import { type Dialect, SqliteDialect, type SqliteStatement } from 'kysely'
import { failed, type Outcome } from '../domain/outcome.ts'
import { failureOf, translating } from './fault.ts'
import { joining, type Within } from './unit.ts'

export interface OpenDialect {
  readonly dialect: Dialect
  /** Copies the whole database into a new file; null where the server does its own backups. */
  readonly copyTo: ((file: string) => void) | null
  /** Runs work within the transaction that is open around it. */
  readonly within: Within
  close(): void
}

/** Statements kept prepared. The house has a few dozen; the bound is for chunked inserts of odd sizes. */
const PREPARED = 300

/** Opens or creates the file: WAL, every commit on disk before it returns (synchronous=FULL), foreign keys on. */
export function openSqlite(file: string): Outcome<OpenDialect> {
  let db: Database.Database | null = null
  try {
    db = new Database(file, { timeout: 5_000 })
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    // KiB. The library's own 16 MB would fill at the check below and never be given back.
    db.pragma('cache_size = -4096')
    const check = db.pragma('quick_check(1)', { simple: true })
    if (check !== 'ok') {
      db.close()
      return failed('garbage', damaged(file, String(check)))
    }
    const opened = db
    return {
      ok: true,
      value: {
        ...joining(new SqliteDialect({ database: { prepare: preparing(opened), close: () => opened.close() } })),
        copyTo: to => translating(() => opened.prepare('VACUUM INTO ?').run(to)),
        close: () => opened.close(),
      },
    }
  } catch (error) {
    db?.close()
    const failure = failureOf(error)
    if (failure === null) throw error
    return failure.kind === 'garbage' ? failed('garbage', damaged(file, failure.message)) : { ok: false, failure }
  }
}

const damaged = (file: string, why: string): string =>
  `${file} is damaged or is not a SQLite database (${why.split('\n')[0]}). Keep it aside, put the newest copy from the backup folder in its place, start again.`

/** Driver errors become StoreFault here, for every query of the house. */
function preparing(db: Database.Database): (sql: string) => SqliteStatement {
  const kept = new Map<string, SqliteStatement>()
  const make = (sql: string): SqliteStatement => {
    const statement = translating(() => db.prepare<unknown[]>(sql))
    return {
      reader: statement.reader,
      all: parameters => translating(() => statement.all(...parameters)),
      run: parameters => {
        // SQLite rolls back by itself when the disk is full; the rollback that follows must not hide that.
        if (/^(rollback|release)/.test(sql) && !db.inTransaction) return { changes: 0, lastInsertRowid: 0 }
        return translating(() => statement.run(...parameters))
      },
      iterate: parameters => statement.iterate(...parameters),
    }
  }
  return sql => {
    const found = kept.get(sql)
    if (found !== undefined) return found
    if (kept.size >= PREPARED) kept.clear()
    const statement = make(sql)
    // Schema statements are run once and would go stale.
    if (/^(select|insert|update|delete|begin|commit|rollback)/i.test(sql)) kept.set(sql, statement)
    return statement
  }
}
