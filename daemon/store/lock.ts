// One daemon for one data folder. The lock belongs to the kernel, so it dies with its process, also by kill -9.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { failureOf } from './fault.ts'

const FILE = 'suar.pid'

export interface FolderLock {
  /** Where the holder listens; a second line beside its process number, written anew with it, so that a dead one's address is never believed. */
  announce(url: string): Outcome<void>
  release(): void
}

/** Who holds it, for the sentence only: the lock itself is what decides. */
function holder(folder: string): string {
  try {
    const pid = readFileSync(join(folder, FILE), 'utf8').split('\n')[0] ?? ''
    return /^\d+$/.test(pid) ? pid : 'unknown'
  } catch (error) {
    if (failureOf(error) === null && !(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    return 'unknown'
  }
}

/**
 * Takes the folder for this process. `conflict` when another process (or another part of this one) has it.
 * SQLite's exclusive transaction holds an fcntl lock on `lock.db`; nothing else may open that file, because closing
 * any descriptor of it would give the lock away (fcntl(2), "Advisory record locking").
 */
export function lockFolder(folder: string): Outcome<FolderLock> {
  let db: Database.Database | null = null
  try {
    db = new Database(join(folder, 'lock.db'), { timeout: 0 })
    db.pragma('journal_mode = DELETE')
    db.exec('BEGIN EXCLUSIVE')
    const file = join(folder, FILE)
    writeFileSync(file, `${process.pid}\n`)
    const held = db
    return {
      ok: true,
      value: {
        announce: url => {
          try {
            writeFileSync(file, `${process.pid}\n${url}\n`)
            return done(undefined)
          } catch (error) {
            const failure = failureOf(error)
            if (failure === null) throw error
            return { ok: false, failure }
          }
        },
        release: () => {
          rmSync(file, { force: true })
          held.close()
        },
      },
    }
  } catch (error) {
    db?.close()
    const failure = failureOf(error)
    if (failure === null) throw error
    if (failure.kind !== 'busy') return { ok: false, failure }
    const pid = holder(folder)
    const stop = pid === 'unknown' ? 'Stop it first' : `Stop it first (systemctl stop suar, or kill ${pid})`
    return failed('conflict', `Another Suar (process ${pid}) already works in ${folder}. ${stop}, or give this one a data folder of its own.`, false)
  }
}
