// Organisations, persons and accounts from a table: first what it would do, line by line; with one mistake in it nothing is done.

import { readCsv, type Sheet } from '../domain/csv.ts'
import { done, type Outcome, refused } from '../domain/outcome.ts'
import type { ImportAnswer, ImportMistake } from '../domain/signin.ts'
import { accountTable, type Cells, type ImportInto, organisationTable, personTable, type Step, type Table } from './import-rows.ts'

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

const sameAs = (line: number) => {
  const words = { id: `sama dengan baris ${line}`, en: `the same as in line ${line}` }
  return { reason: words.en, words }
}

/** Milliseconds of looking at rows before others come in between. */
const SPELL = 20
/** Lines that the trail tells in one entry. */
const TOLD_TOGETHER = 20
/** Of a table that meets others who write to the registers. */
const TRIES = 5
const MOVED = refused('conflict', {
  id: 'Daftar terus diubah orang lain selama tabel ini diperiksa. Tidak ada yang disimpan; kirim lagi.',
  en: 'The registers kept being changed by others while this table was looked at. Nothing was taken in; send it again.',
})

/**
 * `invalid` when the table as a whole cannot be read; mistakes in rows are in the answer. What is taken in is one transaction: all of the table, or
 * nothing of it. It is looked at and laid aside before, while others work; whatever its length, the transaction is short.
 */
export async function importTable(what: Import, text: string, commit: boolean, into: ImportInto): Promise<Outcome<ImportAnswer>> {
  const sheet = readCsv(text)
  if (!sheet.ok) return sheet
  const columns = columnsOf(what, sheet.value.head)
  if (!columns.ok) return columns
  for (let tries = 1; tries <= TRIES; tries++) {
    const answer =
      what === 'organisations'
        ? await takeIn(await organisationTable(into), sheet.value, columns.value, commit, into)
        : what === 'people'
          ? await takeIn(await personTable(into), sheet.value, columns.value, commit, into)
          : await takeIn(await accountTable(into), sheet.value, columns.value, commit, into)
    if (answer !== null) return answer
  }
  return MOVED
}

/** Null: somebody wrote to the registers meanwhile, and what was looked at may no longer stand. */
async function takeIn<V>(
  table: Table<V>,
  { head, rows }: Sheet,
  columns: ReadonlyMap<string, number>,
  commit: boolean,
  into: ImportInto,
): Promise<Outcome<ImportAnswer> | null> {
  const stand = into.writes()
  const mistakes: ImportMistake[] = []
  const steps: { line: number; step: Step<V> }[] = []
  const seen = new Map<string, number>()
  let same = 0
  let since = performance.now()
  for (const { line, cells } of rows) {
    if (performance.now() - since > SPELL) {
      await new Promise(resolve => setImmediate(resolve))
      since = performance.now()
    }
    if (cells.slice(head.length).some(each => each !== '')) {
      const en = `has ${cells.length} cells where the first row has ${head.length}: is there a separator in a text without quotes?`
      const id = `berisi ${cells.length} sel, baris pertama ${head.length}: adakah pemisah di dalam teks tanpa tanda kutip?`
      mistakes.push({ line, column: '', reason: en, words: { id, en } })
      continue
    }
    const given: Cells = Object.fromEntries([...columns].map(([field, index]) => [field, cells[index] ?? '']))
    const { keys, told } = table.read(given)
    // The same thing twice in one file: which of the two is meant?
    const again = keys.find(([column, key]) => seen.has(`${column} ${key}`))
    for (const [column, key] of keys) if (!seen.has(`${column} ${key}`)) seen.set(`${column} ${key}`, line)
    if (again !== undefined) mistakes.push({ line, column: again[0], ...sameAs(seen.get(again.join(' ')) ?? 0) })
    else if (told.kind === 'wrong') for (const wrong of told.wrong) mistakes.push({ line, ...wrong })
    else if (told.kind === 'same') same++
    else steps.push({ line, step: told })
  }

  const committed = commit && mistakes.length === 0
  const ids = committed && steps.length > 0 ? await write(table, steps, stand, into) : []
  if (ids === null) return null
  const links = committed && table.what === 'account' ? await into.links(ids) : []
  return done({
    rows: rows.length,
    added: steps.flatMap(({ line, step }) => (step.fields === null ? [{ line, name: step.name }] : [])),
    changed: steps.flatMap(({ line, step }) => (step.fields === null ? [] : [{ line, name: step.name, fields: step.fields }])),
    same,
    mistakes,
    committed,
    links: links.map((link, i) => ({ login: steps[i]?.step.name.split(':')[0] ?? '', link })),
  })
}

/** All of them, in one short transaction; null: the registers are no longer as they were read. */
async function write<V>(
  table: Table<V>,
  steps: readonly { readonly line: number; readonly step: Step<V> }[],
  stand: number,
  into: ImportInto,
): Promise<readonly number[] | null> {
  const laid = await table.aside(steps.map(({ step }) => step.value))
  const entries = []
  for (let from = 0; from < steps.length; from += TOLD_TOGETHER) {
    const some = steps
      .slice(from, from + TOLD_TOGETHER)
      .map(({ line, step }, i) => ({ line, fields: step.fields, detail: { id: laid.ids[from + i], ...step.detail } }))
    const detail = {
      lines: [some[0]?.line, some.at(-1)?.line],
      added: some.filter(({ fields }) => fields === null).map(one => one.detail),
      changed: some.filter(({ fields }) => fields !== null).map(one => one.detail),
    }
    entries.push({ action: `${table.what}.import`, subject: steps[from]?.step.name ?? '', detail })
  }
  const tell = await into.trail(entries)
  const written = await into.together(async () => {
    if (into.writes() !== stand) return MOVED
    await laid.write()
    await tell()
    return done(undefined)
  })
  return written.ok ? laid.ids : null
}
