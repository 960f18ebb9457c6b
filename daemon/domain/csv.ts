// Tables as people's spreadsheets write them: comma, semicolon or tab, quotes, a byte order mark, Windows' own letters. RFC 4180, forgivingly.
import { done, type Outcome, refused } from './outcome.ts'

export interface Sheet {
  readonly head: readonly string[]
  /** `line`: where the row begins, counted from 1. */
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[]
}

/** UTF-8 with or without its mark, UTF-16 by its mark, else Windows-1252, which Excel still writes. */
export function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Not UTF-8: that is the answer.
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The sign that stands most often in the first line, outside quotes. */
function separatorOf(text: string): string {
  const first = text.split(/\r?\n/, 1)[0]?.replace(/"[^"]*"/g, '') ?? ''
  const count = (sign: string) => first.split(sign).length
  return [';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ',')
}

/**
 * A cell that a spreadsheet would run as a formula was written with a mark before it ('=1+1, '+62…): the mark is taken away again. What begins
 * like a formula without one is a text like any other here, since nothing here runs it; `cell` marks it when it is written.
 */
const unmarked = (cell: string): string => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)

const MOST_ROWS = 20_000

export function readCsv(given: string): Outcome<Sheet> {
  const text = given.replace(/^\uFEFF/, '')
  const separator = separatorOf(text)
  const rows: { line: number; cells: string[] }[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let line = 1
  let began = 1
  const endCell = () => {
    cells.push(unmarked(cell.trim()))
    cell = ''
  }
  const endRow = () => {
    endCell()
    if (cells.some(each => each !== '')) rows.push({ line: began, cells })
    cells = []
    began = line
  }
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]
    if (sign === '\n') line++
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (text[i + 1] === '"') {
        cell += '"'
        i++
      } else quoted = false
    } else if (sign === '"' && cell.trim() === '') {
      quoted = true
      cell = ''
    } else if (sign === separator) endCell()
    else if (sign === '\n') endRow()
    else if (sign !== '\r') cell += sign
    if (rows.length > MOST_ROWS)
      return refused('tooBig', { id: `Paling banyak ${MOST_ROWS} baris sekali kirim.`, en: `At most ${MOST_ROWS} rows at a time.` })
  }
  if (quoted)
    return refused('invalid', {
      id: `Tanda kutip yang dibuka di baris ${began} tidak pernah ditutup.`,
      en: `A quotation mark that opens in the row of line ${began} is never closed.`,
    })
  endRow()
  const [head, ...body] = rows
  if (head === undefined)
    return refused('invalid', {
      id: 'Berkasnya kosong. Baris pertama harus memuat nama kolom.',
      en: 'The file is empty. Its first row must name the columns.',
    })
  return done({ head: head.cells.map(name => name.toLowerCase()), rows: body })
}

/** For writing: what a spreadsheet would take for a formula gets a mark before it (OWASP, CSV injection). */
export function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",;\n\r\t']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const writeCsv = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `\uFEFF${[head, ...rows].map(row => row.map(cell).join(',')).join('\r\n')}\r\n`
