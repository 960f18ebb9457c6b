// What somebody scanned and uploaded: what it is by its content, how many pages, its hash. Nothing in it is run or shown.
import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { done, failed, type Outcome } from '../domain/outcome.ts'

export interface Scan {
  readonly type: 'application/pdf' | 'image/jpeg' | 'image/png' | 'image/tiff'
  /** Null: a PDF that does not say so plainly. */
  readonly pages: number | null
  readonly bytes: number
  readonly sha256: string
}

const IMAGES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/tiff'])

/** `invalid`: neither PDF nor image by its content, encrypted, or with things that act when it is opened. */
export async function inspectScan(given: Uint8Array): Promise<Outcome<Scan>> {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  const { fileTypeFromBuffer } = await import('file-type')
  const type = (await fileTypeFromBuffer(bytes))?.mime
  const facts = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
  if (type === 'application/pdf') {
    const pdf = lookInto(bytes)
    if (pdf.encrypted) return failed('invalid', 'the PDF is encrypted; scan it without a password')
    if (pdf.active) return failed('invalid', 'the PDF has scripts or attachments; upload a plain scan')
    if (pdf.pages === 0) return failed('invalid', 'the PDF has no page')
    return done({ type, pages: pdf.pages, ...facts })
  }
  if (type === undefined || !isImage(type)) return failed('invalid', 'a scan is a PDF, JPEG, PNG or TIFF file; this is none, whatever it is called')
  const pages = type === 'image/tiff' ? tiffPages(bytes) : 1
  return pages === 0 ? failed('invalid', 'the TIFF file has no page') : done({ type, pages, ...facts })
}

const isImage = (type: string): type is 'image/jpeg' | 'image/png' | 'image/tiff' => IMAGES.has(type)

/** What packed objects may grow to, together: a small file must not fill the memory. */
const MOST_UNPACKED = 16 * 1024 * 1024
const ACTIVE = /\/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b/

function lookInto(bytes: Buffer): { readonly pages: number | null; readonly encrypted: boolean; readonly active: boolean } {
  const outside = bytes.toString('latin1')
  const texts = [withoutStreams(outside), ...packedObjects(bytes, outside)].map(spelledOut)
  return {
    pages: pagesOf(texts),
    encrypted: /\/Encrypt\s+\d+\s+\d+\s+R/.test(texts[0] ?? ''),
    active: texts.some(text => ACTIVE.test(text)),
  }
}

/** `/J#61vaScript` is `/JavaScript`: signs of a name may stand as numbers. */
const spelledOut = (text: string): string =>
  text.replaceAll(/#([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

/** What is in pictures and fonts is no PDF syntax, even when it looks like it. */
function withoutStreams(text: string): string {
  const parts: string[] = []
  let from = 0
  for (const begin of text.matchAll(/\bstream\r?\n/g)) {
    if (begin.index < from) continue
    parts.push(text.slice(from, begin.index))
    const end = text.indexOf('endstream', begin.index + begin[0].length)
    if (end < 0) return parts.join('')
    from = end
  }
  return [...parts, text.slice(from)].join('')
}

/** Newer files keep their objects in packed streams (/ObjStm). */
function packedObjects(bytes: Buffer, text: string): string[] {
  const found: string[] = []
  let left = MOST_UNPACKED
  for (const begin of text.matchAll(/\/Type\s{0,9}\/ObjStm\b/g)) {
    const stream = /\bstream\r?\n/.exec(text.slice(begin.index, begin.index + 400))
    const from = begin.index + (stream === null ? 0 : stream.index + stream[0].length)
    const to = stream === null ? -1 : text.indexOf('endstream', from)
    if (to < 0) continue
    if (left <= 0) break
    try {
      const unpacked = inflateSync(bytes.subarray(from, to), { maxOutputLength: left })
      left -= unpacked.length
      found.push(unpacked.toString('latin1'))
    } catch {
      // Broken, or packed in another way: what cannot be read is not counted, but it has cost as much as was allowed.
      left -= MOST_UNPACKED / 64
    }
  }
  return found
}

/** Characters on each side of a name in which its dictionary is looked for; nodes looked at. Beyond it nobody scans a letter. */
const AROUND = 64 * 1024
const MOST_NODES = 1000

/** The count of the topmost node of pages; the newest one, for a file that was appended to. Null: none says so. */
function pagesOf(texts: readonly string[]): number | null {
  let pages: number | null = null
  let nodes = 0
  for (const text of texts)
    for (const { index } of text.matchAll(/\/Type\s{0,9}\/Pages\b/g)) {
      if (++nodes > MOST_NODES) return pages
      const node = around(text, index)
      if (/\/Parent\s/.test(node)) continue
      const count = /\/Count\s{1,9}(\d{1,7})\b/.exec(node)
      if (count) pages = Number(count[1])
    }
  return pages
}

/** The text of the dictionary around a place in it, without those within it. */
function around(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - AROUND), at)
  const behind = text.slice(at, at + AROUND)
  let begin = before.length
  for (let depth = 0; begin > 0; begin--) {
    const two = before.slice(begin - 2, begin)
    if (two === '>>') depth++
    else if (two === '<<' && depth-- === 0) break
    if (two === '>>' || two === '<<') begin--
  }
  let end = 0
  for (let depth = 0; end < behind.length; end++) {
    const two = behind.slice(end, end + 2)
    if (two === '<<') depth++
    else if (two === '>>' && depth-- === 0) break
    if (two === '>>' || two === '<<') end++
  }
  return before.slice(begin) + behind.slice(0, end)
}

/** Pictures in a TIFF file: its directories, followed from one to the next. */
function tiffPages(bytes: Buffer): number {
  const little = bytes.toString('latin1', 0, 2) === 'II'
  const u16 = (at: number) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at))
  const u32 = (at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
  const seen = new Set<number>()
  if (bytes.length < 8) return 0
  for (let at = u32(4); at > 0 && at + 2 <= bytes.length && !seen.has(at); ) {
    const next = at + 2 + u16(at) * 12
    if (next + 4 > bytes.length) break
    seen.add(at)
    at = u32(next)
  }
  return seen.size
}
