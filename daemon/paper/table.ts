// Tables: columns by shares, cells that span, heads set again on every page.
import type { Block, Cell, Inline, Table } from '../domain/paper.ts'
import type { Pen } from './line.ts'
import { lines, plain, widthOf } from './lines.ts'
import { heightOf, type Piece } from './piece.ts'
import { bound, type RowCell, type RowStyle, row } from './rows.ts'

/** Sets blocks at a width. */
export type Lay = (blocks: readonly Block[], width: number, size: number) => Piece[]

export interface Setting {
  readonly pen: Pen
  readonly width: number
  readonly size: number
  readonly lay: Lay
}

const LEADING = 1.16

export function table(block: Table, { pen, width, size: given, lay }: Setting): Piece[] {
  const size = block.size ?? given - 1
  const style: RowStyle = {
    border: (block.borders ?? 'all') === 'all',
    padding: { x: block.borders === 'none' ? 0 : 4, y: block.borders === 'none' ? 0 : 3 },
  }
  const edges = edgesOf(widthsOf(block, pen, { width, size, padding: style.padding.x }))

  const set = (cell: Cell, column: number, bold: boolean): RowCell => {
    const x = edges[column] ?? 0
    const right = edges[Math.min(column + (cell.columns ?? 1), edges.length - 1)] ?? width
    const room = right - x - 2 * style.padding.x
    const align = cell.align ?? (bold ? 'center' : (block.columns[column]?.align ?? 'left'))
    const strong = bold || cell.bold === true
    const pieces = isBlocks(cell.content)
      ? lay(cell.content, room, size)
      : lines(pen, cell.content, { size, width: room, align, bold: strong, leading: LEADING })
    return { x, width: right - x, pieces, shade: cell.shade === true || bold }
  }

  const rows = (given: readonly (readonly Cell[])[], bold: boolean, head?: Piece): Piece[] => {
    const made: Piece[] = []
    for (const group of groups(place(given, block.columns.length))) {
      const cells = group.map(({ cell, column, ...where }) => ({ ...set(cell, column, bold), ...where }))
      if (cells.every(({ span }) => span === 1)) made.push(row(pen, cells, style, head))
      else made.push(spanning(pen, cells, style, head))
    }
    return made
  }

  const heads = rows(block.head, true)
  const head: Piece | undefined =
    heads.length === 0
      ? undefined
      : {
          height: heightOf(heads),
          draw: (x, y) => {
            let at = y
            for (const piece of heads) {
              piece.draw(x, at)
              at += piece.height
            }
          },
        }
  const body = rows(block.rows, false, head)
  // A head alone at the foot of a page announces nothing.
  return head ? [{ ...head, keep: body.length > 0 }, ...body] : body
}

/** Columns by their shares, but none so narrow that a word of its head would be cut: the others make room. */
function widthsOf(block: Table, pen: Pen, { width, size, padding }: { width: number; size: number; padding: number }): number[] {
  const total = block.columns.reduce((sum, column) => sum + column.width, 0)
  const shares = block.columns.map(column => (column.width / total) * width)
  const heads = place(block.head, block.columns.length).flat()
  const least = block.columns
    .map((_, column) => Math.max(0, ...heads.filter(head => head.column === column).map(({ cell }) => headWord(pen, cell, size))))
    .map(word => word + 2 * padding + 1)
  const fixed = shares.map((share, i) => share < (least[i] ?? 0))
  const taken = fixed.reduce((sum, is, i) => sum + (is ? (least[i] ?? 0) : 0), 0)
  const free = shares.reduce((sum, share, i) => sum + (fixed[i] ? 0 : share), 0)
  // With hardly anything left for the rest, cut words are the lesser evil.
  if (free === 0 || taken > width * 0.6) return shares
  return shares.map((share, i) => (fixed[i] ? (least[i] ?? share) : (share / free) * (width - taken)))
}

/** Points of the longest word of a head's cell that stands in one column. */
function headWord(pen: Pen, { content, columns = 1 }: Cell, size: number): number {
  if (columns > 1 || isBlocks(content)) return 0
  return Math.max(
    0,
    ...plain(content)
      .split(/\s+/)
      .map(word => widthOf(pen, word, size, true)),
  )
}

function edgesOf(widths: readonly number[]): number[] {
  const edges = [0]
  for (const width of widths) edges.push((edges.at(-1) ?? 0) + width)
  return edges
}

const isBlocks = (content: Cell['content']): content is readonly Block[] =>
  typeof content !== 'string' && content.length > 0 && content.every(part => 'kind' in part)

interface Standing {
  readonly cell: Cell
  readonly column: number
  readonly row: number
  /** Rows it spans. */
  readonly span: number
}

/** Finds the column of every cell: where one from above reaches down, the next goes beside it. */
function place(rows: readonly (readonly Cell[])[], columns: number): Standing[][] {
  const taken = rows.map(() => new Set<number>())
  return rows.map((cells, r) => {
    let column = 0
    return cells.map(cell => {
      while (taken[r]?.has(column)) column++
      const span = Math.min(cell.rows ?? 1, rows.length - r)
      for (let down = 0; down < span; down++)
        for (let right = 0; right < (cell.columns ?? 1) && column + right < columns; right++) taken[r + down]?.add(column + right)
      const standing = { cell, column, row: r, span }
      column += cell.columns ?? 1
      return standing
    })
  })
}

/** Rows that cells bind together. */
function groups(rows: readonly (readonly Standing[])[]): Standing[][] {
  const found: Standing[][] = []
  let until = 0
  for (const [r, cells] of rows.entries()) {
    if (r >= until) found.push([])
    found.at(-1)?.push(...cells)
    until = Math.max(until, r + 1, ...cells.map(({ span }) => r + span))
  }
  return found
}

function spanning(pen: Pen, cells: readonly (RowCell & { readonly row: number; readonly span: number })[], style: RowStyle, head?: Piece): Piece {
  const first = Math.min(...cells.map(({ row: r }) => r))
  const count = Math.max(...cells.map(({ row: r, span }) => r + span)) - first
  const heights = new Array<number>(count).fill(0)
  const needs = (cell: RowCell) => heightOf(cell.pieces) + 2 * style.padding.y
  const sum = (from: number, to: number) => heights.slice(from, to).reduce((a, b) => a + b, 0)
  for (const cell of cells.toSorted((a, b) => a.span - b.span)) {
    const from = cell.row - first
    const lack = needs(cell) - sum(from, from + cell.span)
    // What a spanning cell needs beyond its rows goes to the last of them.
    if (lack > 0) heights[from + cell.span - 1] = (heights[from + cell.span - 1] ?? 0) + lack
  }
  return bound(
    pen,
    cells.map(cell => ({ ...cell, y: sum(0, cell.row - first), height: sum(cell.row - first, cell.row - first + cell.span) })),
    style,
    head,
  )
}

/** Whether a list item or a cell is one text. */
export const isInline = (content: Inline | readonly Block[]): content is Inline => !isBlocks(content)
