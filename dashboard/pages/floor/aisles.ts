// Aisles: cold between two rows that look at each other, hot behind a row.
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { PX } from './scale.ts'

type Facing = Layout['racks'][number]['facing']

/** Rows further apart than this do not share an aisle, m. */
export const WIDEST = 3

export interface Aisle {
  readonly kind: 'cold' | 'hot'
  readonly room: string
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
  /** Where its name stands: at the far side of a hot aisle, away from the sensors behind the racks. */
  readonly label?: { readonly x: number; readonly y: number }
}

export interface RowBox {
  readonly row: string
  readonly room: string
  readonly facing: Facing
  readonly x: number
  readonly y: number
  readonly right: number
  readonly bottom: number
}

/** Each row as one box; a row whose racks look both ways counts as two. */
export function rowBoxes(layout: Layout): readonly RowBox[] {
  const boxes = new Map<string, RowBox>()
  for (const rack of layout.racks) {
    const key = `${rack.row} ${rack.facing}`
    const was = boxes.get(key)
    const [x, y, right, bottom] = [rack.x, rack.y, rack.x + rack.width, rack.y + rack.depth]
    boxes.set(key, {
      row: rack.row,
      room: rack.room,
      facing: rack.facing,
      x: Math.min(was?.x ?? x, x),
      y: Math.min(was?.y ?? y, y),
      right: Math.max(was?.right ?? right, right),
      bottom: Math.max(was?.bottom ?? bottom, bottom),
    })
  }
  return [...boxes.values()]
}

const box = (kind: Aisle['kind'], room: string, x: number, y: number, right: number, bottom: number): Aisle => ({
  kind,
  room,
  x: Math.round(x * PX),
  y: Math.round(y * PX),
  w: Math.round((right - x) * PX),
  h: Math.round((bottom - y) * PX),
})

function between(one: RowBox, other: RowBox): Aisle | null {
  if (one.room !== other.room) return null
  if (one.facing === 'south' && other.facing === 'north') {
    const [x, right] = [Math.min(one.x, other.x), Math.max(one.right, other.right)]
    const overlap = Math.min(one.right, other.right) - Math.max(one.x, other.x)
    const gap = other.y - one.bottom
    return overlap > 0 && gap > 0 && gap <= WIDEST ? box('cold', one.room, x, one.bottom, right, other.y) : null
  }
  if (one.facing === 'east' && other.facing === 'west') {
    const [y, bottom] = [Math.min(one.y, other.y), Math.max(one.bottom, other.bottom)]
    const overlap = Math.min(one.bottom, other.bottom) - Math.max(one.y, other.y)
    const gap = other.x - one.right
    return overlap > 0 && gap > 0 && gap <= WIDEST ? box('cold', one.room, one.right, y, other.x, bottom) : null
  }
  return null
}

/** The strip of one metre behind a row, as far as the room goes. */
function behind(row: RowBox, layout: Layout): Aisle | null {
  const room = layout.rooms.find(each => each.id === row.room)
  if (!room) return null
  const top = Math.max(room.y, row.y - 1)
  const bottom = Math.min(room.y + room.depth, row.bottom + 1)
  const left = Math.max(room.x, row.x - 1)
  const right = Math.min(room.x + room.width, row.right + 1)
  const strip = {
    south: box('hot', row.room, row.x, top, row.right, row.y),
    north: box('hot', row.room, row.x, row.bottom, row.right, bottom),
    east: box('hot', row.room, left, row.y, row.x, row.bottom),
    west: box('hot', row.room, row.right, row.y, right, row.bottom),
  }[row.facing]
  if (Math.min(strip.w, strip.h) < 0.5 * PX) return null
  const middle = { x: strip.x + strip.w / 2, y: strip.y + strip.h / 2 + 4 }
  const label = row.facing === 'south' ? { ...middle, y: strip.y + 12 } : row.facing === 'north' ? { ...middle, y: strip.y + strip.h - 4 } : middle
  return { ...strip, label }
}

export function aislesOf(layout: Layout): readonly Aisle[] {
  const rows = rowBoxes(layout)
  const cold = rows.flatMap(one => rows.map(other => between(one, other))).filter(aisle => aisle !== null)
  const hot = rows.map(row => behind(row, layout)).filter(aisle => aisle !== null)
  // Two rows back to back share one hot aisle.
  const apart = hot.filter(
    (aisle, index) =>
      !hot
        .slice(0, index)
        .some(other => other.x < aisle.x + aisle.w && aisle.x < other.x + other.w && other.y < aisle.y + aisle.h && aisle.y < other.y + other.h),
  )
  return [...cold, ...apart]
}
