// From blocks to pieces: every kind of block and how it is set.
import type { Block, Fields, Heading, List, Qr } from '../domain/paper.ts'
import { dateOpening } from '../domain/words/terbilang.ts'
import type { Pen } from './line.ts'
import { balanced, lines, plain, widthOf } from './lines.ts'
import { markerOf } from './marker.ts'
import { gap, heightOf, kept, type Piece, shifted } from './piece.ts'
import { drawQr } from './qr.ts'
import { row } from './rows.ts'
import { signatures } from './signatures.ts'
import { isInline, type Lay, table } from './table.ts'

/** Told of every heading when it is drawn: bookmarks. */
export type Mark = (level: Heading['level'], text: string) => void

/** Points below a block. */
const GAP = 6

/** What sets blocks, in a document. */
export function layer(pen: Pen, mark: Mark): Lay {
  const lay: Lay = (blocks, width, size) => {
    const pieces: Piece[] = []
    for (const [i, block] of blocks.entries()) {
      // Nobody signs a page on which nothing stands but signatures.
      if (block.kind === 'signatures') keepLast(pieces)
      pieces.push(...layBlock(block, width, size), ...(i < blocks.length - 1 ? below(block) : []))
    }
    return pieces
  }

  const layBlock = (block: Block, width: number, size: number): Piece[] => {
    switch (block.kind) {
      case 'heading':
        return heading(pen, mark, block, width, size)
      case 'paragraph': {
        const { content, align = 'justify', indent = 0, inset = 0, keep = false } = block
        const set = shifted(lines(pen, content, { size: block.size ?? size, width: width - inset, align, indent }), inset)
        return keep ? kept(set) : set
      }
      case 'date-opening': {
        const rest = typeof block.rest === 'string' ? [{ text: block.rest }] : block.rest
        return lines(pen, [{ text: dateOpening(block.date) }, ...rest], { size, width, align: 'justify' })
      }
      case 'list':
        return list(pen, lay, block, width, size)
      case 'fields':
        return block.keep === true ? kept(fields(pen, block, width, size)) : fields(pen, block, width, size)
      case 'table':
        return table(block, { pen, width, size, lay })
      case 'signatures':
        return [gap(10), ...signatures(block, pen, width, size)]
      case 'box': {
        const wide = width * (block.width ?? 1)
        const x = block.align === 'right' ? width - wide : block.align === 'center' ? (width - wide) / 2 : 0
        const pieces = lay(block.blocks, wide - 16, size)
        return [row(pen, [{ x, width: wide, pieces, shade: false }], { border: true, padding: { x: 8, y: 6 } })]
      }
      case 'qr':
        return qr(pen, block, width)
      case 'page-break':
        return [{ height: 0, breaks: true, draw: () => undefined }]
      case 'rule':
        return [{ height: 6, draw: (x, y) => void rule(pen, x, y + 3, width, 0.6) }]
      case 'space':
        return [gap(block.height)]
    }
  }
  return lay
}

function below(block: Block): Piece[] {
  const height = block.kind === 'paragraph' || block.kind === 'list' || block.kind === 'fields' ? (block.gap ?? GAP) : NONE.has(block.kind) ? 0 : GAP
  return height > 0 ? [gap(height)] : []
}

const NONE: ReadonlySet<Block['kind']> = new Set(['page-break', 'space', 'heading'])

function keepLast(pieces: Piece[]): void {
  const last = pieces.findLastIndex(({ space }) => space !== true)
  const piece = pieces[last]
  if (piece !== undefined && piece.breaks !== true) pieces[last] = { ...piece, keep: true }
}

export function rule({ doc }: Pen, x: number, y: number, width: number, thick: number): void {
  doc
    .lineWidth(thick)
    .moveTo(x, y)
    .lineTo(x + width, y)
    .stroke('#000000')
}

function heading(pen: Pen, mark: Mark, block: Heading, width: number, given: number): Piece[] {
  const size = block.level === 1 ? given + 2 : block.level === 2 ? given + 0.5 : given
  const align = block.align ?? (block.level === 1 ? 'center' : 'left')
  const options = { size, width, align, bold: true, leading: 1.2 }
  const set = kept(align === 'center' ? balanced(pen, block.content, options) : lines(pen, block.content, options))
  const [first, ...others] = set
  if (first === undefined) return []
  const marking: Piece = {
    ...first,
    draw: (x, y) => {
      mark(block.level, plain(block.content).replaceAll('\n', ' '))
      first.draw(x, y)
    },
  }
  return [...(block.level === 1 ? [] : [gap(5)]), marking, ...others, { ...gap(block.level === 1 ? 7 : 4), keep: true }]
}

/** White between a marker and its text, and between items. */
const MARKER = 6
const ITEM = 2

function list(pen: Pen, lay: Lay, block: List, width: number, size: number): Piece[] {
  const texts = block.items.map((_, i) => markerOf(block.marker, (block.start ?? 1) + i))
  const inset = Math.max(0, ...texts.map(text => widthOf(pen, text, size))) + MARKER
  return block.items.flatMap((item, i) => {
    const set = isInline(item) ? lines(pen, item, { size, width: width - inset, align: 'justify' }) : lay(item, width - inset, size)
    const [marker] = lines(pen, texts[i] ?? '', { size, width: inset, align: 'left' })
    const pieces = shifted(set, inset, (x, y) => marker?.draw(x, y))
    return i < block.items.length - 1 ? [...pieces, gap(isInline(item) ? ITEM : GAP)] : pieces
  })
}

/** A colon, the white before and behind it. */
const COLON = { before: 4, width: 10 }

function fields(pen: Pen, block: Fields, width: number, size: number): Piece[] {
  const inset = block.inset ?? 0
  const longest = Math.max(0, ...block.rows.map(({ label }) => widthOf(pen, label, size)))
  const label = block.label ?? Math.min(longest + COLON.before, width * 0.55)
  const room = width - inset - label - COLON.width
  const [colon] = lines(pen, ':', { size, width: COLON.width })
  return block.rows.flatMap(({ label: text, value }) => {
    const left = lines(pen, text, { size, width: label })
    const right = value === null ? dotted(pen, room, size) : lines(pen, value, { size, width: room, align: 'left' })
    const count = Math.max(left.length, right.length)
    return Array.from({ length: count }, (_, i): Piece => {
      const [l, r] = [left[i], right[i]]
      return {
        height: Math.max(l?.height ?? 0, r?.height ?? 0),
        // Its label is not torn from its value, and no line of a few is left alone.
        keep: i < left.length - 1 || (count > 1 && (i === 0 || i === count - 2)),
        draw: (x, y) => {
          l?.draw(x + inset, y)
          if (i === 0) colon?.draw(x + inset + label, y)
          r?.draw(x + inset + label + COLON.width, y)
        },
      }
    })
  })
}

function dotted(pen: Pen, room: number, size: number): Piece[] {
  const one = widthOf(pen, '..........', size) / 10
  return lines(pen, '.'.repeat(Math.max(1, Math.floor(room / one) - 1)), { size, width: room })
}

function qr(pen: Pen, { text, size = 90, caption, align = 'left' }: Qr, width: number): Piece[] {
  const x = align === 'right' ? width - size : align === 'center' ? (width - size) / 2 : 0
  const below = caption === undefined ? [] : lines(pen, caption, { size: 8, width, align })
  return [
    {
      height: size + heightOf(below),
      draw: (left, y) => {
        drawQr(pen, text, left + x, y, size)
        let at = y + size
        for (const line of below) {
          line.draw(left, at)
          at += line.height
        }
      },
    },
  ]
}
