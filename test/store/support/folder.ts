// A data folder of its own for each test, gone afterwards; and records opened in it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Log } from '../../../daemon/domain/call.ts'
import type { Outcome } from '../../../daemon/domain/outcome.ts'
import { openRecords, type Records } from '../../../daemon/store/records.ts'

export const quiet: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => quiet }

const made: string[] = []

export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'suar-store-'))
  made.push(folder)
  return folder
}

after(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.kind}: ${outcome.failure.message}`)
  return outcome.value
}

export const NOON = Date.UTC(2026, 10, 20, 12)

export const recordsIn = async (folder: string, clock = () => NOON): Promise<Records> => must(await openRecords({ folder, log: quiet, clock }))
