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
  const { widths, size: headSize } = measure(block, pen, width, size, style.padding.x)
  const edges = edgesOf(widths)

  const set = (cell: Cell, column: number, bold: boolean): RowCell => {
    const x = edges[column] ?? 0
    const right = edges[Math.min(column + (cell.columns ?? 1), edges.length - 1)] ?? width
    const room = right - x - 2 * style.padding.x
    const align = cell.align ?? (bold ? 'center' : (block.columns[column]?.align ?? 'left'))
    const strong = bold || cell.bold === true
    const pieces = isBlocks(cell.content)
      ? lay(cell.content, room, size)
      : lines(pen, cell.content, { size: bold ? headSize : size, width: room, align, bold: strong, leading: LEADING })
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

interface Measure {
  readonly widths: readonly number[]
  /** Of the type of the head, points. */
  readonly size: number
}

/** Type smaller than this is not read. */
const SMALLEST = 6

/**
 * Columns by their shares, but none so narrow that a word of its head would be cut: the others make room. Where all heads together are wider
 * than the table, they are set smaller.
 */
function measure(block: Table, pen: Pen, width: number, size: number, padding: number): Measure {
  const total = block.columns.reduce((sum, column) => sum + column.width, 0)
  const shares = block.columns.map(column => (column.width / total) * width)
  const heads = place(block.head, block.columns.length).flat()
  const least = (type: number) => shares.map((_, column) => headWord(pen, heads, column, type) + 2 * padding + 1)
  const sum = (widths: readonly number[]) => widths.reduce((a, b) => a + b, 0)
  const text = sum(least(size)) - block.columns.length * (2 * padding + 1)
  const fitted = (size * 0.97 * (width - block.columns.length * (2 * padding + 1))) / Math.max(1, text)
  const type = Math.max(Math.min(size, fitted), SMALLEST)
  const needed = least(type)
  const wanted = shares.map((share, i) => Math.max(share, needed[i] ?? 0))
  const excess = sum(wanted) - width
  const slack = wanted.map((want, i) => want - (needed[i] ?? 0))
  // With no room left anywhere, cut words are the lesser evil.
  if (excess > sum(slack)) return { widths: shares, size: type }
  return { widths: wanted.map((want, i) => want - (excess <= 0 ? 0 : ((slack[i] ?? 0) * excess) / sum(slack))), size: type }
}

/** Points of the longest word of the heads that stand in one column alone. */
function headWord(pen: Pen, heads: readonly Standing[], column: number, size: number): number {
  const words = heads.flatMap(({ cell, column: at }) =>
    at !== column || (cell.columns ?? 1) > 1 || isBlocks(cell.content) ? [] : plain(cell.content).split(/\s+/),
  )
  return Math.max(0, ...words.map(word => widthOf(pen, word, size, true)))
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
