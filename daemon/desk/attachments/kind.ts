// What a file is by its content, whatever it is called; and whether it may come in. Nothing that runs, nothing that lies.
import { open } from 'node:fs/promises'
import type { FileKind } from '../../domain/form.ts'
import { done, type Outcome, refused } from '../../domain/outcome.ts'

export interface Known {
  readonly type: string
  readonly kind: FileKind
}

interface Sort {
  readonly kind: FileKind
  /** How such a file may be called. */
  readonly extensions: readonly string[]
}

const OFFICE = 'application/vnd.openxmlformats-officedocument'
const sort = (kind: FileKind, ...extensions: readonly string[]): Sort => ({ kind, extensions })

/** What may come in, by what its content says. */
const SORTS: Readonly<Record<string, Sort>> = {
  'application/pdf': sort('pdf', 'pdf'),
  'image/png': sort('image', 'png'),
  'image/jpeg': sort('image', 'jpg', 'jpeg', 'jfif'),
  'image/webp': sort('image', 'webp'),
  'image/gif': sort('image', 'gif'),
  'image/tiff': sort('image', 'tif', 'tiff'),
  'image/bmp': sort('image', 'bmp'),
  'image/heic': sort('image', 'heic', 'heif'),
  [`${OFFICE}.wordprocessingml.document`]: sort('office', 'docx'),
  [`${OFFICE}.spreadsheetml.sheet`]: sort('office', 'xlsx'),
  [`${OFFICE}.presentationml.presentation`]: sort('office', 'pptx'),
  'application/vnd.oasis.opendocument.text': sort('office', 'odt'),
  'application/vnd.oasis.opendocument.spreadsheet': sort('office', 'ods'),
  'application/vnd.oasis.opendocument.presentation': sort('office', 'odp'),
  // Word, Excel and PowerPoint before 2007 share one container.
  'application/x-cfb': sort('office', 'doc', 'xls', 'ppt', 'vsd', 'msg'),
  'application/rtf': sort('office', 'rtf', 'doc'),
  'application/zip': sort('archive', 'zip', 'docx', 'xlsx', 'pptx', 'odt', 'ods'),
  'application/x-7z-compressed': sort('archive', '7z'),
  'application/gzip': sort('archive', 'gz', 'tgz'),
  'application/x-tar': sort('archive', 'tar'),
  'text/plain': sort('text', 'txt', 'csv', 'tsv', 'md', 'log', 'json', 'yaml', 'yml', 'sql', 'xml', 'eml', 'pub', 'conf', 'ini', 'pem', 'crt'),
}

/** Of a type that came in; what a table was called tells nothing else of it than that it is text. */
export const kindOfType = (type: string): FileKind => SORTS[type]?.kind ?? 'text'

/** Names under which systems run things, whatever is in them. */
const RUNS = new Set(
  'exe dll com scr bat cmd ps1 vbs vbe js jse mjs wsf wsh hta msi msp jar apk app sh bash py pl php phtml cgi lnk url reg iso img vhd html htm xhtml shtml svg svgz mht mhtml swf docm xlsm pptm xlam'.split(
    ' ',
  ),
)

const extensionOf = (name: string): string => /\.([^.]{1,12})$/.exec(name)?.[1]?.toLowerCase() ?? ''

/** Octets of a text that are looked through for what would run in a browser. */
const LOOKED = 262_144

/** `invalid`: refused, and why. */
export async function kindOf(path: string, name: string, size: number): Promise<Outcome<Known>> {
  const extension = extensionOf(name)
  if (size === 0) return refused('invalid', { id: `Berkas "${name}" kosong.`, en: `"${name}" is empty.` })
  if (RUNS.has(extension)) return runs(name, `.${extension}`)
  const { fileTypeFromFile } = await import('file-type')
  const found = await fileTypeFromFile(path)
  const type = found?.mime ?? (await textType(path))
  if (type === 'unknown')
    return refused('invalid', {
      id: `Isi berkas "${name}" tidak dikenali. Kirim sebagai PDF, gambar, dokumen, teks atau ZIP.`,
      en: `What is in "${name}" is not known. Send PDF, images, office documents, text or ZIP.`,
    })
  if (type === 'markup') return runs(name, 'HTML/SVG')
  const known = SORTS[type]
  if (known === undefined) return runs(name, type)
  const claims = Object.entries(SORTS).find(([, { extensions }]) => extensions.includes(extension))
  if (claims !== undefined && !known.extensions.includes(extension))
    return refused('invalid', {
      id: `"${name}" bukan berkas ${extension.toUpperCase()}: isinya ${type}. Simpan ulang dengan jenis yang benar.`,
      en: `"${name}" is not a ${extension.toUpperCase()} file: its content is ${type}. Save it again as what it is.`,
    })
  return done({ type: type === 'text/plain' && extension === 'csv' ? 'text/csv' : type, kind: known.kind })
}

const runs = (name: string, what: string) =>
  refused('invalid', {
    id: `"${name}" tidak diterima: ${what} dapat dijalankan. Kirim sebagai PDF, gambar, dokumen, teks atau ZIP.`,
    en: `"${name}" is not taken: ${what} can run. Send PDF, images, office documents, text or ZIP.`,
  })

/** Plain text without anything a browser would run; else what it is. */
async function textType(path: string): Promise<'text/plain' | 'markup' | 'unknown'> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOKED), 0, LOOKED, 0)
    const bytes = buffer.subarray(0, bytesRead)
    let text: string
    try {
      // The last character may have been cut in two.
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    } catch {
      text = new TextDecoder('windows-1252').decode(bytes)
    }
    if ([...text.slice(0, 65_536)].some(sign => sign < ' ' && !'\t\n\r\f'.includes(sign))) return 'unknown'
    if (/^\uFEFF?\s*#!/.test(text)) return 'markup'
    return /<\s*(?:!doctype\s+html|html|head|body|script|svg|iframe|object|embed|math|xsl:stylesheet)\b/i.test(text) ? 'markup' : 'text/plain'
  } finally {
    await file.close()
  }
}

/** Shown in the browser, in a sandbox; everything else is only saved. */
export const SHOWN: ReadonlySet<string> = new Set(['application/pdf', 'image/png', 'image/jpeg', 'image/webp', 'image/gif'])

/** No folders, no control or direction signs, bounded; what is left of a name from outside. */
export function cleanName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const clean = last
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '')
    .trim()
    .slice(-150)
  return clean === '' || /^\.+$/.test(clean) ? 'berkas' : clean
}
