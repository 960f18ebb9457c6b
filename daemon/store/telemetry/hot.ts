// The file of sealed blocks. Keys put time first, so blocks are appended, found by computing their key, and cut off at the front.
import { statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import { failureOf } from '../fault.ts'

/** Kinds of rollup blocks; `level` of the rows that say which of them are to be made anew. */
export type Level = 'minutes' | 'quarters'

interface RawBlock {
  readonly n: number
  /** Last journal record whose readings are in it. */
  readonly upto: number
  readonly bytes: Uint8Array
}

interface LastReading {
  readonly series: number
  readonly at: number
  readonly value: number
}

export interface Hot {
  raw(key: number): RawBlock | undefined
  /** Readings in a block and its last journal record, without its bytes. */
  rawHead(key: number): { n: number; upto: number } | undefined
  putRaw(key: number, block: RawBlock): void
  rows(level: Level, key: number): Uint8Array | undefined
  putRows(level: Level, key: number, bytes: Uint8Array | null): void
  /** A rollup block must be made again from what is below it, not before `due`. */
  mark(level: Level, key: number, due: number): void
  isMarked(level: Level, key: number): boolean
  unmark(level: Level, key: number): void
  marked(level: Level, now: number, limit: number): number[]
  /** When the oldest marked block is due; null when none is. */
  oldestMark(level: Level): number | null
  /** Smallest key from `key` on that is there (marked); Infinity when none is. */
  next(table: 'raw' | Level, key: number): number
  nextMark(level: Level, key: number): number
  putLast(last: LastReading): void
  allLast(): LastReading[]
  number(name: string): number
  putNumber(name: string, value: number): void
  /** Deletes up to `limit` of the oldest blocks with a key below; gives how many. */
  cut(table: 'raw' | Level, below: number, limit: number): number
  /** All or nothing, on the disk when it returns. */
  transaction<T>(work: () => T): T
  bytes(): number
  close(): void
}

const VERSION = 1

const TABLES = `
  CREATE TABLE raw (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, upto INTEGER NOT NULL, bytes BLOB NOT NULL);
  CREATE TABLE minutes (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
  CREATE TABLE quarters (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
  CREATE TABLE marks (level TEXT NOT NULL, id INTEGER NOT NULL, due INTEGER NOT NULL, PRIMARY KEY (level, id)) WITHOUT ROWID;
  CREATE INDEX marks_due ON marks (level, due);
  CREATE TABLE last (series INTEGER PRIMARY KEY, at REAL NOT NULL, value REAL);
  CREATE TABLE numbers (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
`

/** `conflict`: of a newer Suar; `garbage`: damaged; `full`, `forbidden`: the disk. */
export function openHot(file: string): Outcome<Hot> {
  let db: Database.Database | null = null
  try {
    db = new Database(file, { timeout: 5_000 })
    db.pragma('page_size = 8192')
    db.pragma('journal_mode = WAL')
    // Sealed readings leave the journal: they must be on the disk before.
    db.pragma('synchronous = FULL')
    db.pragma('journal_size_limit = 67108864')
    db.pragma('cache_size = -4096')
    const version = Number(db.pragma('user_version', { simple: true }))
    if (version > VERSION) {
      db.close()
      return failed('conflict', `${file} was written by a newer Suar (version ${version}, this one knows ${VERSION}). Start that one.`, false)
    }
    if (version === 0) {
      const fresh = db
      fresh.transaction(() => {
        fresh.exec(TABLES)
        fresh.pragma(`user_version = ${VERSION}`)
      })()
    }
    return done(over(db, file))
  } catch (error) {
    db?.close()
    const failure = failureOf(error)
    if (failure === null) throw error
    return { ok: false, failure: { ...failure, message: `${file}: ${failure.message}` } }
  }
}

function over(db: Database.Database, file: string): Hot {
  const levels = <T>(make: (level: Level) => T): Record<Level, T> => ({ minutes: make('minutes'), quarters: make('quarters') })
  const rows = levels(level => db.prepare<[number], Uint8Array>(`SELECT bytes FROM ${level} WHERE id = ?`).pluck())
  const put = levels(level => db.prepare<[number, Uint8Array]>(`INSERT OR REPLACE INTO ${level} (id, bytes) VALUES (?, ?)`))
  const drop = levels(level => db.prepare<[number]>(`DELETE FROM ${level} WHERE id = ?`))
  const cutting = (table: 'raw' | Level) =>
    db.prepare<[number, number]>(`DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE id < ? ORDER BY id LIMIT ?)`)
  const cut = { raw: cutting('raw'), ...levels(cutting) }
  const following = (table: 'raw' | Level) => db.prepare<[number], number | null>(`SELECT min(id) FROM ${table} WHERE id >= ?`).pluck()
  const next = { raw: following('raw'), ...levels(following) }
  const nextMark = db.prepare<[string, number], number | null>('SELECT min(id) FROM marks WHERE level = ? AND id >= ?').pluck()
  const raw = db.prepare<[number], RawBlock>('SELECT n, upto, bytes FROM raw WHERE id = ?')
  const rawHead = db.prepare<[number], { n: number; upto: number }>('SELECT n, upto FROM raw WHERE id = ?')
  const putRaw = db.prepare<[number, number, number, Uint8Array]>('INSERT OR REPLACE INTO raw (id, n, upto, bytes) VALUES (?, ?, ?, ?)')
  const mark = db.prepare<[string, number, number]>('INSERT OR IGNORE INTO marks (level, id, due) VALUES (?, ?, ?)')
  const isMarked = db.prepare<[string, number]>('SELECT 1 FROM marks WHERE level = ? AND id = ?')
  const unmark = db.prepare<[string, number]>('DELETE FROM marks WHERE level = ? AND id = ?')
  const marked = db.prepare<[string, number, number], number>('SELECT id FROM marks WHERE level = ? AND due <= ? ORDER BY due LIMIT ?').pluck()
  const oldest = db.prepare<[string], number | null>('SELECT min(due) FROM marks WHERE level = ?').pluck()
  const putLast = db.prepare<[number, number, number | null]>(
    'INSERT INTO last (series, at, value) VALUES (?, ?, ?) ON CONFLICT (series) DO UPDATE SET at = excluded.at, value = excluded.value WHERE excluded.at >= at',
  )
  const allLast = db.prepare<[], { series: number; at: number; value: number | null }>('SELECT series, at, value FROM last ORDER BY series')
  const number = db.prepare<[string], number>('SELECT value FROM numbers WHERE name = ?').pluck()
  const putNumber = db.prepare<[string, number]>('INSERT OR REPLACE INTO numbers (name, value) VALUES (?, ?)')

  return {
    raw: key => raw.get(key),
    rawHead: key => rawHead.get(key),
    putRaw: (key, { n, upto, bytes }) => {
      putRaw.run(key, n, upto, bytes)
    },
    rows: (level, key) => rows[level].get(key),
    putRows: (level, key, bytes) => {
      if (bytes === null) drop[level].run(key)
      else put[level].run(key, bytes)
    },
    mark: (level, key, due) => {
      mark.run(level, key, due)
    },
    isMarked: (level, key) => isMarked.get(level, key) !== undefined,
    unmark: (level, key) => {
      unmark.run(level, key)
    },
    marked: (level, now, limit) => marked.all(level, now, limit),
    oldestMark: level => oldest.get(level) ?? null,
    next: (table, key) => next[table].get(key) ?? Infinity,
    nextMark: (level, key) => nextMark.get(level, key) ?? Infinity,
    // SQLite keeps NaN as NULL.
    putLast: ({ series, at, value }) => {
      putLast.run(series, at, Number.isNaN(value) ? null : value)
    },
    allLast: () => allLast.all().map(({ series, at, value }) => ({ series, at, value: value ?? Number.NaN })),
    number: name => number.get(name) ?? 0,
    putNumber: (name, value) => {
      putNumber.run(name, value)
    },
    cut: (table, below, limit) => cut[table].run(below, limit).changes,
    transaction: work => db.transaction(work).immediate(),
    bytes: () => [file, `${file}-wal`].reduce((sum, part) => sum + (statSync(part, { throwIfNoEntry: false })?.size ?? 0), 0),
    close: () => {
      db.close()
    },
  }
}
