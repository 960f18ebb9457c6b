// A file of the place: Suar's own, a table, or NetBox's. First what it would do, row by row; with one mistake in it nothing is done.
import { readCsv, textOf } from '../domain/csv.ts'
import { readDocument } from '../domain/document.ts'
import { Inventory, type Layout } from '../domain/inventory.ts'
import { done, type Outcome, refused } from '../domain/outcome.ts'
import { entryOf, sameEntry } from '../domain/overlay.ts'
import { ENTRY, type ImportFormat, type Make, type PlaceImport, type PlaceMistake, type SentEdit } from '../domain/place.ts'
import { PLACE_KINDS, type PlaceKind } from '../domain/place-kinds.ts'
import { columnsOf, type Table, tableOf } from './columns.ts'
import type { Changing, Layer } from './layer.ts'
import { readMakes } from './makes.ts'
import { readNetbox } from './netbox.ts'
import { equipmentOf, type Meant, type Row, rackOf } from './rows.ts'
import { openStands } from './stands.ts'

/** Octets of a document in YAML: reading it takes a second for each million. JSON and tables may be ten times that. */
const MOST_YAML = 3_000_000
const MOST = 20 * 1_048_576
/** Rows of one file, and mistakes told at once. */
const MOST_ROWS = 20_000
const MOST_MISTAKES = 500

export interface ImportInto {
  readonly place: Pick<Layer, 'inventory' | 'revision' | 'change' | 'preview'>
  makes(): Promise<readonly Make[]>
  saveMakes(makes: readonly Make[], how: Changing): Promise<Outcome<unknown>>
}

interface Sheet {
  readonly format: ImportFormat
  readonly rows: number
  readonly edits: readonly { readonly line: number; readonly edit: SentEdit }[]
  readonly same: number
  readonly mistakes: readonly PlaceMistake[]
  readonly remarks: PlaceImport['remarks']
}

const told = (line: number, id: string, en: string, column = ''): PlaceMistake => ({ line, column, reason: en, words: { id, en } })

/** `invalid`, `tooBig`: the file as a whole cannot be read; mistakes in rows are in the answer. */
export async function importPlace(bytes: Uint8Array, commit: boolean, how: Changing, into: ImportInto): Promise<Outcome<PlaceImport>> {
  if (bytes.length > MOST) return refused('tooBig', { id: 'Berkas paling besar 20 MB.', en: 'A file has at most 20 MB.' })
  const text = textOf(bytes).replace(/^\uFEFF/, '')
  const { place } = into
  const start = text.slice(0, 4000)
  if (/^\s*[[{]/.test(start)) {
    const json = jsonOf(text)
    if (json === null) return notReadable
    const netbox = readNetbox(json)
    if (netbox !== null) {
      const remarks = netbox.unracked === 0 ? [] : [unracked(netbox.unracked)]
      return await settle(await ofRows(netbox.table, netbox.rows, into, remarks), commit, how, into)
    }
    return Array.isArray(json)
      ? notReadable
      : await settle(ofInventory(text, Inventory.partial().safeParse(json), place.inventory), commit, how, into)
  }
  const isMake = /^manufacturer\s*:/m.test(start) && /^model\s*:/m.test(start)
  if (isMake || /^(site|sites|rooms|cages|rows|racks|equipment|doors|sensors|fixtures|power|networks|devices)\s*:/m.test(start)) {
    if (bytes.length > MOST_YAML)
      return refused('tooBig', { id: 'Berkas YAML paling besar 3 MB; kirim sebagai JSON.', en: 'A YAML file has at most 3 MB; send it as JSON.' })
    if (isMake) return await importMakes(text, commit, how, into)
    const read = readDocument('', text, Inventory.partial())
    if (read.ok) return await settle(ofInventory(text, { success: true, data: read.value }, place.inventory), commit, how, into)
    const mistakes = read.mistakes.map(({ line, key, reason, remedy }) => ({ line, column: key, reason: `${reason}. ${remedy}` }))
    return done(answer({ format: 'suar', rows: 0, edits: [], same: 0, mistakes, remarks: [] }, [], false, place.revision))
  }
  const sheet = readCsv(text)
  if (!sheet.ok) return sheet
  const table = tableOf(sheet.value.head)
  const columns = columnsOf(table, sheet.value.head)
  if (!columns.ok) return columns
  const { head } = sheet.value
  const netbox = ['device_type', 'device type', 'u_height', 'facility_id', 'facility id', 'outer_width'].some(name => head.includes(name))
  const wide: PlaceMistake[] = []
  const rows = sheet.value.rows.flatMap(({ line, cells }): Row[] => {
    if (cells.slice(head.length).some(each => each !== '')) {
      const [id, en] = [
        `berisi ${cells.length} sel, baris pertama ${head.length}`,
        `has ${cells.length} cells where the first row has ${head.length}`,
      ]
      wide.push(told(line, `${id}: adakah pemisah di dalam teks tanpa tanda kutip?`, `${en}: is there a separator in a text without quotes?`))
      return []
    }
    const given = [...columns.value].map(([field, index]) => [field, cells[index] ?? ''] as const)
    // Numbers of NetBox's own database name nothing here.
    const named = given.filter(([field, value]) => !(netbox && field === 'id' && /^\d*$/.test(value)))
    return [{ line, cells: { ...Object.fromEntries(named), ...(netbox ? { netbox: '1' } : {}) } }]
  })
  return await settle(await ofRows(table, rows, into, [], wide), commit, how, into)
}

const notReadable = refused('invalid', {
  id: 'Isi berkas ini tidak dikenal. Kirim YAML Suar, tabel CSV rak atau perangkat, tipe perangkat NetBox (YAML), atau ekspor NetBox (CSV, JSON).',
  en: 'The content of this file is not known. Send YAML of Suar, a CSV table of racks or equipment, device types of NetBox (YAML), or an export of NetBox (CSV, JSON).',
})

const unracked = (count: number) => ({
  id: `${count} perangkat tidak berada di rak dan dilewati.`,
  en: `${count} devices stand in no rack and were passed over.`,
})

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Told as a file that cannot be read.
    return null
  }
}

/** An id stands near the beginning of its line. */
const LINE_LOOKED_AT = 200

/** Entries of Suar's own document; devices and their ways in are not the page's to change. */
function ofInventory(text: string, read: ReturnType<ReturnType<typeof Inventory.partial>['safeParse']>, layout: Layout): Sheet {
  const empty = { format: 'suar' as const, rows: 0, edits: [], same: 0, remarks: [] }
  if (!read.success)
    return {
      ...empty,
      mistakes: read.error.issues.slice(0, MOST_MISTAKES).map(({ path, message }) => ({ line: 0, column: path.join('.'), reason: message })),
    }
  const lines = new Map<string, number>()
  for (const [index, line] of text.split('\n').entries()) {
    const id = /^\s*(?:-\s*)?(?:\{\s*)?"?id"?\s*:\s*"?([a-z0-9][a-z0-9.-]*)/.exec(line.slice(0, LINE_LOOKED_AT))?.[1]
    if (id !== undefined && !lines.has(id)) lines.set(id, index + 1)
  }
  const { site, devices, ...lists } = read.data
  const given = { ...lists, sites: [...(site === undefined ? [] : [site]), ...(lists.sites ?? [])] }
  const edits: { line: number; edit: SentEdit }[] = []
  let same = 0
  for (const kind of PLACE_KINDS)
    for (const entry of given[kind] ?? []) {
      const was = entryOf(layout, kind, entry.id)
      if (was !== null && sameEntry(was, entry)) same++
      else edits.push({ line: lines.get(entry.id) ?? 0, edit: { put: kind, entry } })
    }
  const remarks =
    (devices ?? []).length === 0
      ? []
      : [
          {
            id: 'Daftar perangkat terpantau di berkas ini tidak diambil; kelola di halaman Perangkat.',
            en: 'The watched devices of this file are not taken; manage them on the page Devices.',
          },
        ]
  return { format: 'suar', rows: edits.length + same, edits, same, mistakes: [], remarks }
}

async function ofRows(
  table: Table,
  rows: readonly Row[],
  into: ImportInto,
  remarks: Sheet['remarks'],
  before: readonly PlaceMistake[] = [],
): Promise<Sheet | Outcome<never>> {
  if (rows.length > MOST_ROWS)
    return refused('tooBig', { id: `Paling banyak ${MOST_ROWS} baris sekali kirim.`, en: `At most ${MOST_ROWS} rows at a time.` })
  const layout = into.place.inventory
  const mistakes: PlaceMistake[] = [...before]
  const { stands, made, placed } = openStands(layout)
  const makes = new Map((await into.makes()).map(make => [make.id, make]))
  const reading = { layout, makes, stands }
  const seen = new Map<string, number>()
  const edits: { line: number; edit: SentEdit }[] = []
  let same = 0
  const twins = new Map<string, number>()
  for (const row of rows) {
    const twin = JSON.stringify(row.cells)
    const other = twins.get(twin)
    if (other !== undefined) {
      mistakes.push(told(row.line, `sama dengan baris ${other}`, `the same as in line ${other}`, 'name'))
      continue
    }
    twins.set(twin, row.line)
    const meant: Meant = table === 'racks' ? rackOf(row, reading, mistakes) : equipmentOf(row, reading, layout.racks, seen, mistakes)
    const { id } = meant.edit.entry
    const first = seen.get(id)
    if (first !== undefined) {
      mistakes.push(told(row.line, `"${id}" sama dengan baris ${first}`, `"${id}" is the same as in line ${first}`, 'id'))
      continue
    }
    seen.set(id, row.line)
    const read = ENTRY[meant.edit.put].safeParse(meant.edit.entry)
    if (meant.was !== undefined && read.success && sameEntry(meant.was, read.data)) same++
    else edits.push({ line: row.line, edit: meant.edit })
  }
  const more =
    placed() === 0
      ? []
      : [
          {
            id: `${placed()} rak tanpa koordinat ditempatkan berurutan di ruangnya; geser di denah.`,
            en: `${placed()} racks without coordinates were put side by side in their room; move them on the plan.`,
          },
        ]
  return {
    format: table,
    rows: rows.length,
    edits: [...made().map(edit => ({ line: 0, edit: edit as SentEdit })), ...edits],
    same,
    mistakes,
    remarks: [...remarks, ...more],
  }
}

const isSheet = (given: Sheet | Outcome<never>): given is Sheet => 'format' in given

/** Checked as a whole, and taken when that is asked for and nothing is wrong. */
async function settle(given: Sheet | Outcome<never>, commit: boolean, how: Changing, { place }: ImportInto): Promise<Outcome<PlaceImport>> {
  if (!isSheet(given)) return given
  const edits = given.edits.map(({ edit }) => edit)
  const lineOf = new Map(given.edits.map(({ line, edit }) => ['put' in edit ? `${edit.put}.${edit.entry.id}` : '', line]))
  const layout = place.inventory
  if (edits.length === 0) return done(answer(given, [], commit && given.mistakes.length === 0, place.revision))
  const tried = commit && given.mistakes.length === 0 ? await place.change(edits, how) : await place.preview(edits)
  if (tried.ok) return done(answer(given, steps(given, layout), commit && given.mistakes.length === 0, place.revision))
  if (tried.failure.kind !== 'invalid') return tried
  const mistakes = [...given.mistakes]
  for (const { field, reason, words } of tried.failure.errors ?? []) {
    const [kind = '', rest = ''] = [field.split('.')[0], field.slice(field.indexOf('.') + 1)]
    // Ids have dots of their own: the longest that is known.
    const id = [...lineOf.keys()].filter(key => `${kind}.${rest}.`.startsWith(`${key}.`)).sort((a, b) => b.length - a.length)[0]
    const line = id === undefined ? 0 : (lineOf.get(id) ?? 0)
    const column = id === undefined ? field : field.slice(id.length + 1)
    if (!mistakes.some(one => one.line === line && one.column === column))
      mistakes.push({ line, column, reason, ...(words === undefined ? {} : { words }) })
  }
  return done(answer({ ...given, mistakes }, steps(given, layout), false, place.revision))
}

const steps = ({ edits }: Sheet, layout: Layout): PlaceImport['done'] =>
  edits.flatMap(({ line, edit }) => {
    if (!('put' in edit)) return []
    const name = typeof edit.entry['name'] === 'string' ? edit.entry['name'] : edit.entry.id
    const kind: PlaceKind = edit.put
    return [{ line, kind, id: edit.entry.id, name, what: entryOf(layout, kind, edit.entry.id) === null ? ('added' as const) : ('changed' as const) }]
  })

const answer = ({ format, rows, same, mistakes, remarks }: Sheet, steps: PlaceImport['done'], committed: boolean, revision: number): PlaceImport => ({
  format,
  rows,
  done: steps,
  same,
  mistakes: mistakes.slice(0, MOST_MISTAKES),
  remarks,
  committed,
  revision,
})

async function importMakes(text: string, commit: boolean, how: Changing, into: ImportInto): Promise<Outcome<PlaceImport>> {
  const read = readMakes(text)
  if (!read.ok) return read
  const { makes, mistakes } = read.value
  const known = new Map((await into.makes()).map(make => [make.id, JSON.stringify(make)]))
  const news = makes.filter(({ make }) => known.get(make.id) !== JSON.stringify(make))
  const committed = commit && mistakes.length === 0
  if (committed && news.length > 0) {
    const saved = await into.saveMakes(
      news.map(({ make }) => make),
      how,
    )
    if (!saved.ok) return saved
  }
  const steps = news.map(({ line, make }) => {
    const what = known.has(make.id) ? ('changed' as const) : ('added' as const)
    return { line, kind: 'makes' as const, id: make.id, name: `${make.manufacturer} ${make.model}`, what }
  })
  const sheet: Sheet = { format: 'makes', rows: makes.length + mistakes.length, edits: [], same: makes.length - news.length, mistakes, remarks: [] }
  return done(answer(sheet, steps, committed, into.place.revision))
}
