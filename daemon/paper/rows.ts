// Rows of cells: the stuff of tables and boxes. A row higher than what is left of a page is parted, each cell where its own lines allow.
import type { Pen } from './line.ts'
import { fitting, heightOf, type Piece } from './piece.ts'

export interface RowCell {
  readonly x: number
  readonly width: number
  readonly pieces: readonly Piece[]
  readonly shade: boolean
}

export interface RowStyle {
  readonly border: boolean
  /** Around what stands in a cell, points. */
  readonly padding: { readonly x: number; readonly y: number }
}

/** Parts of a row lower than this look like a mistake. */
const LEAST = 32
/** A row lower than this goes to the next page whole. */
const WHOLE = 160

const THIN = 0.6
const SHADE = '#eeeeee'

export function row(pen: Pen, cells: readonly RowCell[], style: RowStyle, head?: Piece, least = 0): Piece {
  const { y: pad } = style.padding
  const height = Math.max(least, ...cells.map(({ pieces }) => heightOf(pieces) + 2 * pad))
  return {
    height,
    ...(head && { head }),
    draw: (x, y) => {
      for (const cell of cells) drawCell(pen, cell, { x: x + cell.x, y, height, style })
    },
    split: room => {
      if (height < WHOLE || room < LEAST) return null
      const counts = cells.map(({ pieces }) => fitting(pieces, room - 2 * pad))
      // A cell of which nothing fits would seem empty.
      if (cells.some(({ pieces }, i) => pieces.length > 0 && counts[i] === 0)) return null
      if (cells.every(({ pieces }, i) => counts[i] === pieces.length)) return null
      const part = (take: (pieces: readonly Piece[], count: number) => readonly Piece[]) =>
        cells.map((cell, i) => ({ ...cell, pieces: take(cell.pieces, counts[i] ?? 0) }))
      return [
        row(
          pen,
          part((pieces, count) => pieces.slice(0, count)),
          style,
        ),
        row(
          pen,
          part((pieces, count) => withoutLeading(pieces.slice(count))),
          style,
          head,
        ),
      ]
    },
  }
}

const withoutLeading = (pieces: readonly Piece[]): readonly Piece[] => {
  const first = pieces.findIndex(({ space }) => space !== true)
  return first === -1 ? [] : pieces.slice(first)
}

interface CellPlace {
  readonly x: number
  readonly y: number
  readonly height: number
  readonly style: RowStyle
}

function drawCell({ doc }: Pen, { width, pieces, shade }: RowCell, { x, y, height, style }: CellPlace): void {
  if (shade) doc.rect(x, y, width, height).fill(SHADE)
  if (style.border) doc.lineWidth(THIN).rect(x, y, width, height).stroke('#000000')
  let at = y + style.padding.y
  for (const piece of pieces) {
    piece.draw(x + style.padding.x, at)
    at += piece.height
  }
}

/** Rows bound by a cell that spans several: they stay on one page. `cells` know their own top and height. */
export function bound(pen: Pen, cells: readonly (RowCell & { readonly y: number; readonly height: number })[], style: RowStyle, head?: Piece): Piece {
  return {
    height: Math.max(0, ...cells.map(({ y, height }) => y + height)),
    ...(head && { head }),
    draw: (x, y) => {
      for (const cell of cells) drawCell(pen, cell, { x: x + cell.x, y: y + cell.y, height: cell.height, style })
    },
  }
}
