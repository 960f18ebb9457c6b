// Faces: Tinos in four styles, measured and drawn in a document; a sign the Latin file lacks is looked for in its other files.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type PDFDocument from 'pdfkit'
import { unpackWoff } from './woff.ts'

export type Style = 'regular' | 'bold' | 'italic' | 'bold-italic'

/** Part of a text that one font can draw. */
export interface Stretch {
  readonly font: string
  readonly text: string
}

export interface Faces {
  /** Parts a text into what each font can draw. What none can is shown as a question mark; what must not be printed is dropped. */
  stretches(text: string, style: Style): readonly Stretch[]
  /** Points. */
  width(stretch: Stretch, size: number): number
}

const FILES: Readonly<Record<Style, string>> = { regular: '400-normal', bold: '700-normal', italic: '400-italic', 'bold-italic': '700-italic' }
/** In the order they are asked. Indonesian is written with the first alone. */
const PARTS = ['latin', 'latin-ext', 'vietnamese', 'greek', 'cyrillic'] as const
const HOME = dirname(createRequire(import.meta.url).resolve('@fontsource/tinos/files/tinos-latin-400-normal.woff'))

/** Controls, marks that turn the direction of writing, zero widths: a name on paper must read as it is stored. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu
const UNKNOWN = '?'

/** Read and unpacked once: what pdfkit makes of a file belongs to one document, the file does not. */
const files = new Map<string, Buffer>()
function fileOf(name: string): Buffer {
  let file = files.get(name)
  if (file === undefined) {
    file = unpackWoff(readFileSync(join(HOME, `tinos-${name}.woff`)))
    files.set(name, file)
  }
  return file
}

/** What is not in pdfkit's published types: the font behind the one that was chosen last. */
interface Chosen {
  readonly _font: { readonly font: { hasGlyphForCodePoint(code: number): boolean } }
}

export function openFaces(doc: typeof PDFDocument.prototype): Faces {
  const registered = new Set<string>()
  const known = new Map<string, string | null>()
  const widths = new Map<string, number>()
  const parted = new Map<string, readonly Stretch[]>()

  const choose = (font: string): boolean => {
    if (!registered.has(font)) {
      if (!files.has(font) && !existsSync(join(HOME, `tinos-${font}.woff`))) return false
      doc.registerFont(font, fileOf(font))
      registered.add(font)
    }
    doc.font(font)
    return true
  }
  const fontOf = (sign: string, style: Style): string | null => {
    const key = `${style} ${sign}`
    const found = known.get(key)
    if (found !== undefined) return found
    const code = sign.codePointAt(0) ?? 0
    const font =
      PARTS.map(part => `${part}-${FILES[style]}`).find(name => choose(name) && (doc as unknown as Chosen)._font.font.hasGlyphForCodePoint(code)) ??
      null
    known.set(key, font)
    return font
  }

  const part = (text: string, style: Style): readonly Stretch[] => {
    const parts: { font: string; text: string }[] = []
    for (const raw of text.normalize('NFC').replaceAll('\t', ' ').replaceAll(UNPRINTABLE, '')) {
      const there = fontOf(raw, style)
      const sign = there === null ? UNKNOWN : raw
      const font = there ?? `latin-${FILES[style]}`
      const last = parts.at(-1)
      if (last?.font === font) last.text += sign
      else parts.push({ font, text: sign })
    }
    return parts
  }

  return {
    stretches(text, style) {
      const key = `${style} ${text}`
      const found = parted.get(key) ?? part(text, style)
      parted.set(key, found)
      return found
    },
    width({ font, text }, size) {
      const key = `${font} ${text}`
      let unit = widths.get(key)
      if (unit === undefined) {
        choose(font)
        unit = doc.fontSize(1000).widthOfString(text) / 1000
        widths.set(key, unit)
      }
      return unit * size
    },
  }
}
