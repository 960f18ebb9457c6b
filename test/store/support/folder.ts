// A data folder of its own for each test, gone afterwards; and records opened in it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRecords, type Records } from '../../../daemon/store/records.ts'
import { must, NOON, quiet } from './must.ts'

const made: string[] = []

export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'suar-store-'))
  made.push(folder)
  return folder
}

after(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

export const recordsIn = async (folder: string, clock = () => NOON): Promise<Records> => must(await openRecords({ folder, log: quiet, clock }))
