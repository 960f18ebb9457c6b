// Where boxes of each column stand and how wires run between them, in pixels of the wall at 1080p. Pure.

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export type Column = 'source' | 'transfer' | 'ups' | 'dist' | 'row'

interface Slot {
  readonly x: number
  readonly width: number
  readonly height: number
  /** Edges that boxes keep inside. */
  readonly top: number
  readonly bottom: number
}

const SLOTS: Readonly<Record<Column, Slot>> = {
  source: { x: 20, width: 210, height: 176, top: 36, bottom: 514 },
  transfer: { x: 286, width: 132, height: 160, top: 36, bottom: 514 },
  ups: { x: 478, width: 250, height: 176, top: 36, bottom: 514 },
  dist: { x: 788, width: 136, height: 116, top: 66, bottom: 484 },
  row: { x: 990, width: 206, height: 234, top: 28, bottom: 524 },
}

/** Boxes of one column: alone in the middle, else from edge to edge, lower when there are many. */
export function spread(column: Column, count: number): Box[] {
  const { x, width, height: most, top, bottom } = SLOTS[column]
  const gap = 14
  const height = Math.min(most, (bottom - top - gap * (count - 1)) / Math.max(1, count))
  return Array.from({ length: count }, (_, i) => ({
    x,
    y: count === 1 ? Math.round((top + bottom - height) / 2) : Math.round(top + (i * (bottom - top - height)) / (count - 1)),
    width,
    height: Math.round(height),
  }))
}

interface Taken {
  readonly x: number
  readonly from: number
  readonly to: number
  readonly net: string
}

/** An elbow from the right of one box to the left of another; vertical runs of different nets never lie on each other. */
export function wire(x1: number, y1: number, x2: number, y2: number, taken: Taken[], net: string): string {
  if (Math.abs(y1 - y2) < 1) return `M${x1} ${y1}H${x2}`
  // Beside the target when columns between are skipped, else in the middle of the gap.
  const middle = x2 - x1 > 90 ? x2 - 30 : x1 + Math.round((x2 - x1) / 2)
  const [from, to] = [Math.min(y1, y2), Math.max(y1, y2)]
  const free = (x: number): boolean => taken.every(one => one.net === net || one.x !== x || one.to < from || one.from > to)
  const x = [0, 12, -12, 20, -20].map(shift => middle + shift).find(free) ?? middle
  taken.push({ x, from, to, net })
  return `M${x1} ${y1}H${x}V${y2}H${x2}`
}
