// Holidays of a table (CSV, also with semicolons or tabs): date, name and, where there are such columns, kind and source.
import type { Entries, Entry, Mistake } from './entry.ts'

interface Row {
  readonly line: number
  readonly cells: readonly string[]
}

/** RFC 4180: a cell in quotes may hold separators, doubled quotes and line ends. Null: a quote is never closed. */
function rowsOf(text: string, separator: string): Row[] | null {
  const rows: Row[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let line = 1
  let begun = 1
  const endCell = () => {
    cells.push(cell.trim())
    cell = ''
  }
  const endRow = () => {
    endCell()
    if (cells.some(one => one !== '')) rows.push({ line: begun, cells })
    cells = []
    begun = line
  }
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (c === '\n') line++
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') {
        cell += '"'
        i++
      } else if (c === '"') quoted = false
      else cell += c
    } else if (c === '"' && cell.trim() === '') {
      quoted = true
      cell = ''
    } else if (c === separator) endCell()
    else if (c === '\n') endRow()
    else if (c !== '\r') cell += c
  }
  if (quoted) return null
  endRow()
  return rows
}

const COLUMNS = {
  date: /^(date|tanggal|tgl)$/i,
  name: /^(name|nama|keterangan|hari libur|libur|peringatan|uraian)$/i,
  kind: /^(kind|jenis|type|tipe)$/i,
  source: /^(source|sumber|dasar)$/i,
} as const

export function readTable(text: string): Entries {
  const head = text.slice(0, text.indexOf('\n') < 0 ? undefined : text.indexOf('\n'))
  const separator = ['\t', ';', ','].find(mark => head.includes(mark)) ?? ','
  const rows = rowsOf(text, separator)
  if (rows === null) return { entries: [], mistakes: [{ line: 1, reason: 'a quotation mark is never closed' }] }
  const first = rows[0]
  const titled = first?.cells.some(cell => COLUMNS.date.test(cell)) === true
  const place = (column: keyof typeof COLUMNS, otherwise: number): number =>
    titled ? first.cells.findIndex(cell => COLUMNS[column].test(cell)) : otherwise
  const [date, name, kind, source] = [place('date', 0), place('name', 1), place('kind', 2), place('source', 3)]
  if (name < 0) return { entries: [], mistakes: [{ line: 1, reason: 'there is no column with names; call it "nama" or "name"' }] }
  const entries: Entry[] = []
  const mistakes: Mistake[] = []
  for (const { line, cells } of titled ? rows.slice(1) : rows) {
    const cell = (at: number) => cells[at] ?? ''
    if (cell(date) === '' || cell(name) === '') mistakes.push({ line, reason: 'a row has a date and a name' })
    else entries.push({ line, date: cell(date), name: cell(name), kind: cell(kind), source: cell(source) })
  }
  return { entries, mistakes }
}
