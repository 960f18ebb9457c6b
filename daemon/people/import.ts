// Organisations, persons and accounts from a table: first what it would do, line by line; with one mistake in it nothing is done.

import { readCsv } from '../domain/csv.ts'
import { done, type Failure, type Outcome, refused } from '../domain/outcome.ts'
import type { ImportAnswer, ImportMistake } from '../domain/signin.ts'
import { accountRows, type Cells, type ImportInto, organisationRows, personRows, type Told } from './import-rows.ts'

export const IMPORTS = ['organisations', 'people', 'accounts'] as const
export type Import = (typeof IMPORTS)[number]

/** Columns by the names that people give them, Indonesian or English; the first is the field's own. */
const COLUMNS: Readonly<Record<Import, readonly (readonly [field: string, ...names: readonly string[]])[]>> = {
  organisations: [
    ['name', 'nama'],
    ['short', 'singkatan', 'nama singkat'],
    ['kind', 'jenis'],
    ['address', 'alamat'],
    ['phone', 'telepon'],
    ['email', 'e-mail'],
  ],
  people: [
    ['name', 'nama'],
    ['nip'],
    ['position', 'jabatan'],
    ['echelon', 'eselon'],
    ['rank', 'pangkat', 'pangkat/golongan'],
    ['organisation', 'organization', 'organisasi', 'pd', 'perangkat daerah', 'instansi'],
    ['unit', 'unit kerja'],
    ['email', 'e-mail'],
    ['mobile', 'hp', 'telepon seluler'],
    ['extension', 'internal'],
    ['skills', 'kompetensi'],
  ],
  accounts: [
    ['login', 'nama masuk', 'username'],
    ['person', 'nip', 'email', 'e-mail', 'orang'],
  ],
}
const NEEDED: Readonly<Record<Import, readonly string[]>> = {
  organisations: ['name', 'short'],
  people: ['name', 'organisation'],
  accounts: ['login', 'person'],
}

/** Where each field stands; or what is wrong with the first row. */
function columnsOf(what: Import, head: readonly string[]): Outcome<ReadonlyMap<string, number>> {
  const columns = new Map<string, number>()
  const unknown: string[] = []
  for (const [index, name] of head.entries()) {
    const field = COLUMNS[what].find(names => names.includes(name))?.[0]
    if (field === undefined || columns.has(field)) unknown.push(name)
    else columns.set(field, index)
  }
  const missing = NEEDED[what].filter(field => !columns.has(field))
  const odd = unknown.filter(name => name !== '').join(', ')
  if (missing.length === 0 && odd === '') return done(columns)
  const lacks = missing.join(', ')
  const known = COLUMNS[what].map(([field]) => field).join(', ')
  const said = (lack: string, strange: string, and: string) => [lacks === '' ? '' : lack, odd === '' ? '' : strange].filter(Boolean).join(and)
  return refused('invalid', {
    id: `Baris pertama ${said(`tidak memuat ${lacks}`, `memuat kolom yang tidak dikenal atau dua kali: ${odd}`, ' dan ')}. Kolomnya: ${known}.`,
    en: `The first row ${said(`lacks ${lacks}`, `has columns that are unknown or there twice: ${odd}`, ' and ')}. Columns are: ${known}.`,
  })
}

const refusedAt = (line: number, { kind, message, words }: Failure) =>
  refused(kind, {
    id: `Baris ${line}: ${words?.id ?? message} Tidak ada yang disimpan; perbaiki berkasnya, lalu kirim lagi.`,
    en: `Line ${line}: ${words?.en ?? message} Nothing was taken in; correct the file and send it again.`,
  })

const sameAs = (line: number) => {
  const words = { id: `sama dengan baris ${line}`, en: `the same as in line ${line}` }
  return { reason: words.en, words }
}

/**
 * `invalid` when the table as a whole cannot be read; mistakes in rows are in the answer. What is taken in is one transaction, looked at and
 * written: all of the table, or nothing of it.
 */
export const importTable = (what: Import, text: string, commit: boolean, into: ImportInto): Promise<Outcome<ImportAnswer>> =>
  commit ? into.together(() => takeIn(what, text, true, into)) : takeIn(what, text, false, into)

async function takeIn(what: Import, text: string, commit: boolean, into: ImportInto): Promise<Outcome<ImportAnswer>> {
  const sheet = readCsv(text)
  if (!sheet.ok) return sheet
  const { head, rows } = sheet.value
  const columns = columnsOf(what, head)
  if (!columns.ok) return columns
  const links: { login: string; link: string }[] = []
  const read =
    what === 'organisations'
      ? await organisationRows(into)
      : what === 'people'
        ? await personRows(into)
        : await accountRows(into, (login, link) => void links.push({ login, link }))

  const mistakes: ImportMistake[] = []
  const steps: { line: number; step: Extract<Told, { kind: 'step' }> }[] = []
  const seen = new Map<string, number>()
  let same = 0
  for (const { line, cells } of rows) {
    if (cells.slice(head.length).some(each => each !== '')) {
      const en = `has ${cells.length} cells where the first row has ${head.length}: is there a separator in a text without quotes?`
      const id = `berisi ${cells.length} sel, baris pertama ${head.length}: adakah pemisah di dalam teks tanpa tanda kutip?`
      mistakes.push({ line, column: '', reason: en, words: { id, en } })
      continue
    }
    const given: Cells = Object.fromEntries([...columns.value].map(([field, index]) => [field, cells[index] ?? '']))
    const { keys, told } = read(given)
    // The same thing twice in one file: which of the two is meant?
    const again = keys.find(([column, key]) => seen.has(`${column} ${key}`))
    for (const [column, key] of keys) if (!seen.has(`${column} ${key}`)) seen.set(`${column} ${key}`, line)
    if (again !== undefined) mistakes.push({ line, column: again[0], ...sameAs(seen.get(again.join(' ')) ?? 0) })
    else if (told.kind === 'wrong') for (const wrong of told.wrong) mistakes.push({ line, ...wrong })
    else if (told.kind === 'same') same++
    else steps.push({ line, step: told })
  }

  const committed = commit && mistakes.length === 0
  for (const { line, step } of committed ? steps : []) {
    const ran = await step.run()
    // The registers have rules of their own, beside what a line says by itself.
    if (!ran.ok) return refusedAt(line, ran.failure)
  }
  return done({
    rows: rows.length,
    added: steps.flatMap(({ line, step }) => (step.fields === null ? [{ line, name: step.name }] : [])),
    changed: steps.flatMap(({ line, step }) => (step.fields === null ? [] : [{ line, name: step.name, fields: step.fields }])),
    same,
    mistakes,
    committed,
    links,
  })
}
