// A PDF with a plain reference table: its objects found, and changed ones appended behind it (ISO 32000-1, 7.5.6). What was signed before stays untouched.
import { createHash } from 'node:crypto'
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import { type Dictionary, readDictionary, referred, writeDictionary } from './dictionary.ts'

export interface Pdf {
  readonly bytes: Buffer
  /** Where the newest reference table stands. */
  readonly start: number
  readonly trailer: Dictionary
  /** Byte at which each object stands. */
  readonly offsets: ReadonlyMap<number, number>
  /** The first number no object has. */
  readonly size: number
}

const broken = (what: string) => failed('invalid', `the PDF cannot be appended to: ${what}`)

/** How many revisions are followed: a circle must end. */
const MOST_REVISIONS = 256

/** `invalid`: no PDF, broken, encrypted, or with a packed reference table. */
export function openPdf(given: Uint8Array): Outcome<Pdf> {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  if (!bytes.subarray(0, 5).equals(Buffer.from('%PDF-'))) return broken('it does not begin as one')
  const tail = bytes.subarray(-1024).toString('latin1')
  const found = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(tail)
  if (found === null) return broken('its end is missing')
  const start = Number(found[1])
  const offsets = new Map<number, number>()
  let trailer: Dictionary | null = null
  let at: number | null = start
  for (let revision = 0; at !== null; revision++) {
    if (revision >= MOST_REVISIONS) return broken('its revisions do not end')
    const table = readTable(bytes, at)
    if (table === null) return broken('it has no plain reference table')
    // The newest revision is read first: what it says of an object holds.
    for (const [no, offset] of table.offsets) if (!offsets.has(no)) offsets.set(no, offset)
    trailer ??= table.trailer
    const before = table.trailer.get('Prev')
    at = before === undefined ? null : Number(before)
    if (at !== null && !Number.isInteger(at)) return broken('its revisions are not linked')
  }
  if (trailer === null || trailer.has('Encrypt')) return broken('it is encrypted')
  const size = Number(trailer.get('Size'))
  if (!Number.isInteger(size) || size < 1) return broken('it does not say how many objects it has')
  return done({ bytes, start, trailer, offsets, size })
}

function readTable(bytes: Buffer, at: number): { readonly offsets: Map<number, number>; readonly trailer: Dictionary } | null {
  if (at < 0 || at >= bytes.length) return null
  const end = bytes.indexOf('startxref', at)
  const text = bytes.toString('latin1', at, end < 0 ? bytes.length : end)
  if (!text.startsWith('xref')) return null
  const behind = text.indexOf('trailer')
  const trailer = behind < 0 ? null : readDictionary(text.slice(behind))
  if (trailer === null) return null
  const offsets = new Map<number, number>()
  const lines = text
    .slice(4, behind)
    .trim()
    .split(/\s*[\r\n]+\s*/)
  for (let i = 0; i < lines.length; ) {
    const section = /^(\d+)\s+(\d+)$/.exec(lines[i] ?? '')
    if (section === null) return null
    const [first, count] = [Number(section[1]), Number(section[2])]
    for (let k = 1; k <= count; k++) {
      const entry = /^(\d{10}) (\d{5}) ([nf])$/.exec(lines[i + k] ?? '')
      if (entry === null) return null
      if (entry[3] === 'n') offsets.set(first + k - 1, Number(entry[1]))
    }
    i += count + 1
  }
  return { offsets, trailer }
}

/** The dictionary that is object `no`; null: there is no such object, or it is none. */
export function objectOf(pdf: Pdf, no: number | null): Dictionary | null {
  const at = no === null ? undefined : pdf.offsets.get(no)
  if (at === undefined) return null
  const end = pdf.bytes.indexOf('endobj', at)
  return end < 0 ? null : readDictionary(pdf.bytes.toString('latin1', at, end))
}

/** The first page, by way of the tree of pages. */
export function firstPage(pdf: Pdf): { readonly no: number; readonly page: Dictionary } | null {
  let no = referred(objectOf(pdf, referred(pdf.trailer.get('Root')))?.get('Pages'))
  for (let depth = 0; depth < 32 && no !== null; depth++) {
    const node = objectOf(pdf, no)
    if (node === null) return null
    if (node.get('Type') === '/Page') return { no, page: node }
    const first = /^\[\s*(\d+)\s+\d+\s+R/.exec(node.get('Kids') ?? '')
    no = first === null ? null : Number(first[1])
  }
  return null
}

/** What is appended: objects by number, as text, each without `obj` around it. */
export function append(pdf: Pdf, objects: ReadonlyMap<number, string>): Buffer {
  const chunks: Buffer[] = [pdf.bytes]
  let length = pdf.bytes.length
  const put = (text: string) => {
    const chunk = Buffer.from(text, 'latin1')
    chunks.push(chunk)
    length += chunk.length
  }
  if (pdf.bytes.at(-1) !== 0x0a) put('\n')
  const numbers = [...objects.keys()].sort((a, b) => a - b)
  const entries = new Map<number, number>()
  for (const no of numbers) {
    entries.set(no, length)
    put(`${no} 0 obj\n${objects.get(no) ?? 'null'}\nendobj\n`)
  }
  const start = length
  const table = ['xref\n']
  for (let i = 0; i < numbers.length; ) {
    let end = i + 1
    while (numbers[end] === (numbers[end - 1] ?? 0) + 1) end++
    table.push(`${numbers[i]} ${end - i}\n`)
    // Twenty bytes each, by the standard.
    for (const no of numbers.slice(i, end)) table.push(`${String(entries.get(no) ?? 0).padStart(10, '0')} 00000 n \n`)
    i = end
  }
  const trailer: Dictionary = new Map(pdf.trailer)
  trailer.set('Size', String(Math.max(pdf.size, (numbers.at(-1) ?? 0) + 1)))
  trailer.set('Prev', String(pdf.start))
  const first = /<[0-9A-Fa-f]*>/.exec(pdf.trailer.get('ID') ?? '')?.[0]
  // The first half names the file for ever, the second this revision of it.
  if (first !== undefined) trailer.set('ID', `[${first} <${createHash('md5').update(Buffer.concat(chunks)).digest('hex')}>]`)
  put(`${table.join('')}trailer\n${writeDictionary(trailer)}\nstartxref\n${start}\n%%EOF\n`)
  return Buffer.concat(chunks)
}
