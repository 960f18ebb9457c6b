// Walls: the outlines of the rooms, each side broken where a door stands in it.
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { PX } from './scale.ts'

type Room = Layout['rooms'][number]
type Door = Pick<Layout['doors'][number], 'x' | 'y' | 'toX' | 'toY'>

/** A door counts as standing in a wall when both its ends are this near, m. */
const NEAR = 0.12

interface Side {
  readonly across: 'x' | 'y'
  /** Where the side lies on the other axis. */
  readonly at: number
  readonly from: number
  readonly to: number
}

const sides = (room: Room): readonly Side[] => [
  { across: 'x', at: room.y, from: room.x, to: room.x + room.width },
  { across: 'x', at: room.y + room.depth, from: room.x, to: room.x + room.width },
  { across: 'y', at: room.x, from: room.y, to: room.y + room.depth },
  { across: 'y', at: room.x + room.width, from: room.y, to: room.y + room.depth },
]

function gap(side: Side, door: Door): readonly [number, number] | null {
  const [along, alongTo, off, offTo] = side.across === 'x' ? [door.x, door.toX, door.y, door.toY] : [door.y, door.toY, door.x, door.toX]
  if (Math.abs(off - side.at) > NEAR || Math.abs(offTo - side.at) > NEAR) return null
  return [Math.min(along, alongTo), Math.max(along, alongTo)]
}

/** What is left of `from…to` when the gaps are taken out, in order. */
export function without(from: number, to: number, gaps: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const left: [number, number][] = []
  let at = from
  for (const [open, close] of [...gaps].sort((one, other) => one[0] - other[0])) {
    if (close <= at || open >= to) continue
    if (open > at) left.push([at, open])
    at = close
  }
  if (at < to) left.push([at, to])
  return left
}

const px = (metres: number) => Math.round(metres * PX * 10) / 10

/** One SVG path for all walls. */
export function wallsOf(rooms: readonly Room[], doors: readonly Door[]): string {
  const strokes = new Set<string>()
  for (const room of rooms)
    for (const side of sides(room)) {
      const gaps = doors.map(door => gap(side, door)).filter(found => found !== null)
      for (const [from, to] of without(side.from, side.to, gaps))
        strokes.add(side.across === 'x' ? `M${px(from)} ${px(side.at)}H${px(to)}` : `M${px(side.at)} ${px(from)}V${px(to)}`)
    }
  return [...strokes].join('')
}
