// A text in several styles broken into lines at a width. pdfkit sets one style at a time and cannot justify a line of two.
import type { Align, Inline, Run } from '../domain/paper.ts'
import type { Style } from './faces.ts'
import { type Atom, drawLine, type Line, type Pen, type Word } from './line.ts'
import { type Piece, shifted } from './piece.ts'

export interface TextOptions {
  readonly size: number
  readonly width: number
  readonly align?: Align
  /** Of the first line, points. */
  readonly indent?: number
  /** All of it, whatever its runs say. */
  readonly bold?: boolean
  readonly grey?: boolean
  /** Line to line, in sizes. */
  readonly leading?: number
}

const LEADING = 1.24
const CHECK = 0.78
/** Written as signs, they are drawn too. */
const BOXES = /([☐☑☒])/

const styleOf = (bold: boolean, italic: boolean): Style => (bold ? (italic ? 'bold-italic' : 'bold') : italic ? 'italic' : 'regular')

const runsOf = (content: Inline): readonly Run[] => (typeof content === 'string' ? [{ text: content }] : content)

/** The words of a text as it would be read aloud, without its styles. */
export const plain = (content: Inline): string =>
  runsOf(content)
    .map(run => ('check' in run ? '' : run.text))
    .join('')

/** One piece a line; the first two and the last two stay together. */
export function lines(pen: Pen, content: Inline, options: TextOptions): Piece[] {
  const { size, width, align = 'left', indent = 0, grey = false, leading = LEADING } = options
  const height = size * leading
  const broken = wordsOf(pen, content, options).flatMap(words => breakLines(pen, words, width, indent, size))
  return broken.map((line, i) => {
    const inset = i === 0 ? indent : 0
    return {
      height,
      keep: broken.length > 1 && (i === 0 || i === broken.length - 2),
      draw: (x, y) => drawLine(pen, line, { x: x + inset, y, size, room: width - inset, align, grey, height }),
    }
  })
}

/** Centred lines of about the same length, no more of them than the width asks for. */
export function balanced(pen: Pen, content: Inline, options: TextOptions): Piece[] {
  const set = (width: number) => lines(pen, content, { ...options, width, align: 'center' })
  const count = set(options.width).length
  let { width } = options
  while (count > 1 && width > options.width / 2 && set(width - STEP).length === count) width -= STEP
  return shifted(set(width), (options.width - width) / 2)
}
const STEP = 8

/** Of the longest of its lines, unbroken, in points. */
export const widthOf = (pen: Pen, content: Inline, size: number, bold = false): number =>
  Math.max(0, ...wordsOf(pen, content, { size, bold }).map(words => lengthOf(words)))

const lengthOf = (words: readonly Word[]): number => words.reduce((sum, { width, space }, i) => sum + width + (i < words.length - 1 ? space : 0), 0)

/** Words by line feed. */
function wordsOf({ faces }: Pen, content: Inline, { size, bold: all = false }: { size: number; bold?: boolean }): Word[][] {
  const paragraphs: Word[][] = [[]]
  /** Whether the next text goes on in the last word. */
  let joined = false
  const add = (atom: Atom) => {
    const words = paragraphs.at(-1) ?? []
    const last = words.at(-1)
    if (joined && last !== undefined) {
      last.atoms.push(atom)
      last.width += atom.width
    } else words.push({ atoms: [atom], width: atom.width, space: 0 })
    joined = true
  }
  for (const run of runsOf(content)) {
    if ('check' in run) {
      add({ kind: 'check', on: run.check, width: size * CHECK })
      continue
    }
    const style = styleOf(all || run.bold === true, run.italic === true)
    const white = faces.width({ font: faces.stretches(' ', style)[0]?.font ?? '', text: ' ' }, size)
    for (const part of run.text.replaceAll('\r\n', '\n').split(/(\n|[ \t]+)/)) {
      if (part === '\n') {
        paragraphs.push([])
        joined = false
      } else if (/^[ \t]+$/.test(part)) {
        const last = paragraphs.at(-1)?.at(-1)
        if (last) last.space = white * part.length
        joined = false
      } else
        for (const sign of part.split(BOXES))
          if (BOXES.test(sign)) add({ kind: 'check', on: sign !== '☐', width: size * CHECK })
          else
            for (const stretch of faces.stretches(sign, style))
              add({ kind: 'text', stretch, width: faces.width(stretch, size), underline: run.underline === true })
    }
  }
  return paragraphs
}

function breakLines(pen: Pen, words: readonly Word[], width: number, indent: number, size: number): Line[] {
  const found: Line[] = []
  let line: Word[] = []
  let used = 0
  const room = () => width - (found.length === 0 ? indent : 0)
  const close = (ends: boolean) => {
    found.push({ words: line, width: lengthOf(line), ends })
    line = []
    used = 0
  }
  const queue = [...words]
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (used + word.width > room() + 0.01 && line.length > 0) close(false)
    if (word.width > room() + 0.01) {
      // Longer than a line: a hash, an address. It is cut where the line ends.
      const [front, back] = cut(pen, word, room(), size)
      if (back !== null) queue.unshift(back)
      word = front
    }
    line.push(word)
    used += word.width + word.space
  }
  close(true)
  return found
}

/** Numbers and addresses are cut behind one of their own marks, when there is one near the end. */
function betterPlace(signs: readonly string[], count: number): number {
  if (count >= signs.length) return count
  for (let i = count; i > count / 2; i--) if (/[/\-_.@:]/.test(signs[i - 1] ?? '')) return i
  return count
}

/** Cuts a word so that the front is at most `room` wide, but at least one sign. */
function cut({ faces }: Pen, word: Word, room: number, size: number): [Word, Word | null] {
  const front: Atom[] = []
  const back: Atom[] = []
  let used = 0
  for (const atom of word.atoms) {
    if (back.length > 0 || used + atom.width <= room || atom.kind === 'check') {
      ;(back.length > 0 ? back : front).push(atom)
      if (back.length === 0) used += atom.width
      continue
    }
    const signs = [...atom.stretch.text]
    let count = 0
    let taken = 0
    while (count < signs.length) {
      const more = faces.width({ font: atom.stretch.font, text: signs[count] ?? '' }, size)
      if (used + taken + more > room && (count > 0 || front.length > 0)) break
      taken += more
      count++
    }
    count = betterPlace(signs, count)
    const part = (text: string): Atom => {
      const stretch = { font: atom.stretch.font, text }
      return { ...atom, stretch, width: faces.width(stretch, size) }
    }
    if (count > 0) front.push(part(signs.slice(0, count).join('')))
    if (count < signs.length) back.push(part(signs.slice(count).join('')))
  }
  const total = (atoms: readonly Atom[]) => atoms.reduce((sum, atom) => sum + atom.width, 0)
  if (back.length === 0) return [word, null]
  return [
    { atoms: front, width: total(front), space: 0 },
    { atoms: back, width: total(back), space: word.space },
  ]
}
