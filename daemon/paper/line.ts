// One line: words in several styles, drawn where it is told, spread to its room when it is justified.
import type PDFDocument from 'pdfkit'
import type { Align } from '../domain/paper.ts'
import type { Faces, Stretch } from './faces.ts'

/** The pen: a document with its faces. */
export interface Pen {
  readonly doc: typeof PDFDocument.prototype
  readonly faces: Faces
}

/** A stretch of one style, or a box to tick. */
export type Atom =
  | { readonly kind: 'text'; readonly stretch: Stretch; readonly width: number; readonly underline: boolean }
  | { readonly kind: 'check'; readonly on: boolean; readonly width: number }

export interface Word {
  readonly atoms: Atom[]
  width: number
  /** Points of white behind it; what it is drawn with is the style of the word. */
  space: number
}

export interface Line {
  readonly words: readonly Word[]
  readonly width: number
  /** Ended by the text, not by the width. */
  readonly ends: boolean
}

/** Of Tinos, in sizes: from the top of a line to what letters stand on. */
const ASCENT = 0.89

export interface Place {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly room: number
  readonly align: Align
  readonly grey: boolean
  readonly height: number
}

export function drawLine(pen: Pen, { words, width, ends }: Line, { x, y, size, room, align, grey, height }: Place): void {
  const spare = Math.max(0, room - width)
  const extra = align === 'justify' && !ends && words.length > 1 ? spare / (words.length - 1) : 0
  let at = x + (align === 'center' ? spare / 2 : align === 'right' ? spare : 0)
  const base = y + (height - size) / 2 + size * ASCENT
  const { doc, faces } = pen
  doc.fillColor(grey ? '#555555' : '#000000')
  // What stands in one font goes out at once, unless the line is spread.
  const waiting = { font: '', x: 0, text: '' }
  const flush = () => {
    if (waiting.text !== '') doc.font(waiting.font).fontSize(size).text(waiting.text, waiting.x, base, { lineBreak: false, baseline: 'alphabetic' })
    waiting.text = ''
  }
  for (const [i, word] of words.entries()) {
    for (const [j, atom] of word.atoms.entries()) {
      if (atom.kind === 'check') {
        flush()
        drawCheck(doc, at, base, size, atom.on)
      } else {
        const { font, text } = atom.stretch
        if (waiting.font !== font) flush()
        if (waiting.text === '') Object.assign(waiting, { font, x: at })
        // The white between words is drawn too: what is read aloud or copied must not run together.
        waiting.text += i < words.length - 1 && j === word.atoms.length - 1 ? `${text} ` : text
        if (atom.underline) underline(doc, at, base, size, atom.width + (underlinedOn(words, i, j) ? word.space + extra : 0))
      }
      at += atom.width
    }
    at += word.space + extra
    if (extra > 0 || (waiting.text !== '' && word.space !== faces.width({ font: waiting.font, text: ' ' }, size))) flush()
  }
  flush()
}

/** Whether the underline of the last atom of a word goes on under the white behind it. */
const underlinedOn = (words: readonly Word[], i: number, j: number): boolean => {
  const next = words[i + 1]?.atoms[0]
  return j === (words[i]?.atoms.length ?? 0) - 1 && next?.kind === 'text' && next.underline
}

function underline(doc: Pen['doc'], x: number, base: number, size: number, width: number): void {
  const y = base + size * 0.12
  doc
    .lineWidth(size * 0.055)
    .moveTo(x, y)
    .lineTo(x + width, y)
    .stroke('#000000')
}

function drawCheck(doc: Pen['doc'], x: number, base: number, size: number, on: boolean): void {
  const edge = size * 0.66
  const [left, top] = [x + size * 0.04, base - edge + size * 0.02]
  doc.lineWidth(0.7).rect(left, top, edge, edge).stroke('#000000')
  if (!on) return
  doc
    .lineWidth(1.2)
    .moveTo(left + edge * 0.2, top + edge * 0.52)
    .lineTo(left + edge * 0.42, top + edge * 0.78)
    .lineTo(left + edge * 0.82, top + edge * 0.2)
  doc.stroke('#000000')
}
