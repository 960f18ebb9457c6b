// Pieces: what a page is filled with from top to bottom, and how a long row of them is parted into pages. Pure but for the drawing they carry.

/** Something of a height that is drawn with its upper left corner at (x, y), in points. */
export interface Piece {
  readonly height: number
  draw(x: number, y: number): void
  /** Stays on the page of the next. */
  readonly keep?: boolean
  /** Empty room between two others: falls away at the top of a page. */
  readonly space?: boolean
  /** Goes before it again when it comes to stand at the top of a page. */
  readonly head?: Piece
  /** Begins a new page. */
  readonly breaks?: boolean
  /** Parts it so that the first part is at most `room` high; null: it cannot be. */
  split?(room: number): readonly [Piece, Piece] | null
}

export interface Placed {
  readonly piece: Piece
  /** From the top of the page's body. */
  readonly y: number
}

export const gap = (height: number): Piece => ({ height, space: true, draw: () => undefined })

export const heightOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, { height }) => sum + height, 0)

/** The same pieces, further to the right. With `first`, something is drawn beside the first of them. */
export function shifted(pieces: readonly Piece[], by: number, first?: (x: number, y: number) => void): Piece[] {
  return pieces.map((piece, i) => ({
    ...piece,
    draw: (x, y) => {
      if (i === 0) first?.(x, y)
      piece.draw(x + by, y)
    },
    ...(piece.split && {
      split: (room: number) => {
        const parts = piece.split?.(room) ?? null
        if (parts === null) return null
        const [one] = shifted([parts[0]], by, i === 0 ? first : undefined)
        const [two] = shifted([parts[1]], by)
        return one && two ? ([one, two] as const) : null
      },
    }),
  }))
}

/** All of them stay on one page, and on that of what follows. */
export const kept = (pieces: readonly Piece[]): Piece[] => pieces.map(piece => ({ ...piece, keep: true }))

/** How many from the front go into `room` without tearing apart what stays together. */
export function fitting(pieces: readonly Piece[], room: number): number {
  let used = 0
  let good = 0
  for (const [i, piece] of pieces.entries()) {
    used += piece.height
    if (used > room + TOLERANCE) break
    if (piece.keep !== true) good = i + 1
  }
  return used <= room + TOLERANCE ? pieces.length : good
}

/** Sums of many heights are not exact. */
const TOLERANCE = 0.01

/** Parts a row of pieces into pages `room` high. What is higher than a page and cannot be parted runs over its foot rather than be lost. */
export function paginate(pieces: readonly Piece[], room: number): Placed[][] {
  const left = [...pieces]
  const pages: Placed[][] = []
  let page: Placed[] = []
  let used = 0
  const put = (piece: Piece) => {
    page.push({ piece, y: used })
    used += piece.height
  }
  const turn = () => {
    pages.push(page)
    page = []
    used = 0
  }

  for (let next = left[0]; next !== undefined; next = left[0]) {
    if (next.breaks === true) {
      left.shift()
      if (page.length > 0) turn()
      continue
    }
    if (next.space === true && (page.length === 0 || used + next.height > room)) {
      left.shift()
      continue
    }
    const head = page.length === 0 ? next.head : undefined
    const before = used + (head?.height ?? 0)
    const together = group(left)
    const height = heightOf(together)
    if (before + height <= room + TOLERANCE) {
      if (head) put(head)
      for (const piece of left.splice(0, together.length)) put(piece)
      continue
    }
    const last = together.at(-1)
    const leading = heightOf(together.slice(0, -1))
    const parts = last?.split?.(room - before - leading) ?? null
    if (parts !== null) {
      if (head) put(head)
      for (const piece of left.splice(0, together.length).slice(0, -1)) put(piece)
      put(parts[0])
      left.unshift(parts[1])
      turn()
    } else if (page.length > 0) turn()
    else {
      if (head) put(head)
      left.shift()
      put(next)
    }
  }
  if (page.length > 0 || pages.length === 0) pages.push(page)
  return pages
}

/** What must stand on one page: from the front, as long as each stays with the next. Room at its end does not count. */
function group(pieces: readonly Piece[]): readonly Piece[] {
  let end = 0
  for (let piece = pieces[end]; piece?.keep === true || piece?.space === true; piece = pieces[end]) {
    if (end + 1 >= pieces.length) break
    end++
  }
  return pieces.slice(0, end + 1)
}
