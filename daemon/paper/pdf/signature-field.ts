// Room for a signature in a PDF: a field with a signature dictionary whose contents are filled in when the rest of the bytes is known.
import { done, failed, type Outcome } from '../../domain/outcome.ts'
import { appended, type Dictionary, referred, writeDictionary } from './dictionary.ts'
import { append, firstPage, objectOf, openPdf } from './revision.ts'

export interface SignatureFacts {
  /** Unique in the file: `Pihak1`. */
  readonly field: string
  readonly name: string
  readonly reason: string
  readonly place: string
  /** When it is signed, milliseconds since 1970; written in the wall time of `offset`. */
  readonly at: number
  /** Minutes east of Greenwich. */
  readonly offset: number
}

export interface Prepared {
  readonly bytes: Buffer
  /** The bytes to sign: all but what stands between < and > of Contents. */
  readonly covered: readonly [before: number, after: number]
}

const RANGE_WIDTH = 48

/** Appends a revision with an empty signature that has room for `room` bytes. `conflict`: the field is signed already. `invalid`: see openPdf. */
export function prepare(given: Uint8Array, facts: SignatureFacts, room: number): Outcome<Prepared> {
  const opened = openPdf(given)
  if (!opened.ok) return opened
  const pdf = opened.value
  const rootNo = referred(pdf.trailer.get('Root'))
  const root = objectOf(pdf, rootNo)
  const first = firstPage(pdf)
  if (rootNo === null || root === null || first === null) return failed('invalid', 'the PDF cannot be signed: it has no catalogue or no page')
  if (root.has('AcroForm') && referred(root.get('AcroForm')) === null)
    return failed('invalid', 'the PDF cannot be signed: its form stands in the catalogue itself')
  const [signatureNo, fieldNo] = [pdf.size, pdf.size + 1]
  const formNo = referred(root.get('AcroForm')) ?? pdf.size + 2
  const form: Dictionary = objectOf(pdf, referred(root.get('AcroForm'))) ?? new Map()
  for (const no of references(form.get('Fields')))
    if (objectOf(pdf, no)?.get('T') === text(facts.field)) return failed('conflict', `the document already has the signature "${facts.field}"`)

  form.set('Fields', appended(form.get('Fields'), `${fieldNo} 0 R`))
  // Signatures exist; only append.
  form.set('SigFlags', '3')
  const page: Dictionary = new Map(first.page)
  const annotations = page.get('Annots')
  if (annotations !== undefined && !annotations.startsWith('['))
    return failed('invalid', 'the PDF cannot be signed: its annotations stand apart from the page')
  page.set('Annots', appended(annotations, `${fieldNo} 0 R`))

  const hole = '0'.repeat(room * 2)
  const objects = new Map<number, string>([
    [
      signatureNo,
      `<<\n/Type /Sig\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.CAdES.detached\n/Name ${text(facts.name)}\n/Reason ${text(facts.reason)}\n/Location ${text(facts.place)}\n/M (${moment(facts.at, facts.offset)})\n/ByteRange [${' '.repeat(RANGE_WIDTH)}]\n/Contents <${hole}>\n>>`,
    ],
    [
      fieldNo,
      `<<\n/Type /Annot\n/Subtype /Widget\n/FT /Sig\n/T ${text(facts.field)}\n/V ${signatureNo} 0 R\n/P ${first.no} 0 R\n/Rect [0 0 0 0]\n/F 132\n>>`,
    ],
    [formNo, writeDictionary(form)],
    [first.no, writeDictionary(page)],
  ])
  if (!root.has('AcroForm')) objects.set(rootNo, writeDictionary(new Map(root).set('AcroForm', `${formNo} 0 R`)))
  const bytes = append(pdf, objects)

  // Looked for behind what was there, where nothing but the new revision can be found.
  const contents = bytes.indexOf(`/Contents <${hole}`, pdf.bytes.length) + '/Contents '.length
  const end = contents + hole.length + 2
  const range = `0 ${contents} ${end} ${bytes.length - end}`
  bytes.write(range.padEnd(RANGE_WIDTH), bytes.indexOf('/ByteRange [', pdf.bytes.length) + '/ByteRange ['.length, 'latin1')
  return done({ bytes, covered: [contents, end] })
}

/** The bytes a signature is made of. */
export const coveredBytes = ({ bytes, covered: [before, after] }: Prepared): readonly [Buffer, Buffer] => [
  bytes.subarray(0, before),
  bytes.subarray(after),
]

/** Puts the signature in its place. `tooBig`: there is not room enough. */
export function fill({ bytes, covered: [before, after] }: Prepared, signature: Buffer): Outcome<Uint8Array> {
  const hex = signature.toString('hex')
  if (hex.length > after - before - 2) return failed('tooBig', 'the signature needs more room than was kept for it')
  const signed = new Uint8Array(bytes)
  signed.set(Buffer.from(hex, 'latin1'), before + 1)
  return done(signed)
}

const references = (array: string | undefined): number[] => [...(array ?? '').matchAll(/(\d+)\s+\d+\s+R/g)].map(found => Number(found[1]))

/** A text string in UTF-16, in hexadecimal: no sign of it can end it. */
const text = (value: string): string => `<FEFF${Buffer.from(value, 'utf16le').swap16().toString('hex').toUpperCase()}>`

/** D:20261120140532+07'00' */
function moment(at: number, offset: number): string {
  const wall = new Date(at + offset * 60_000).toISOString().replace(/\D/g, '').slice(0, 14)
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0')
  const east = Math.abs(offset)
  return `D:${wall}${offset < 0 ? '-' : '+'}${two(east / 60)}'${two(east % 60)}'`
}
