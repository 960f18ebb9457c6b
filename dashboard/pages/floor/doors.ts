// A door on the plan: a leaf in its gap when shut, swung into its room when open, and the arc it sweeps.
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { PX } from './scale.ts'

type Door = Layout['doors'][number]
type Room = Layout['rooms'][number]

/** How far an open leaf is drawn from its gap. */
const OPEN = (58 * Math.PI) / 180

export interface DoorShape {
  readonly door: Door
  readonly shut: string
  readonly open: string
  readonly swing: string
  readonly gap: string
  /** The gap as a box. */
  readonly box: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  /** Where its caption begins, and on which side it grows. */
  readonly label: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'end' }
}

const n = (value: number) => Math.round(value * 10) / 10

export function doorShape(door: Door, rooms: readonly Room[]): DoorShape {
  const hinge = { x: door.x * PX, y: door.y * PX }
  const end = { x: door.toX * PX, y: door.toY * PX }
  const along = { x: end.x - hinge.x, y: end.y - hinge.y }
  const length = Math.hypot(along.x, along.y)
  const room = rooms.find(each => each.id === door.room)
  const heart = room ? { x: (room.x + room.width / 2) * PX, y: (room.y + room.depth / 2) * PX } : { x: hinge.x + 1, y: hinge.y + 1 }
  // Turn towards the room the door belongs to: the sign of the cross product says on which side its heart lies.
  const turn = along.x * (heart.y - hinge.y) - along.y * (heart.x - hinge.x) >= 0 ? 1 : -1
  const at = (angle: number) => ({
    x: hinge.x + along.x * Math.cos(angle * turn) - along.y * Math.sin(angle * turn),
    y: hinge.y + along.x * Math.sin(angle * turn) + along.y * Math.cos(angle * turn),
  })
  const leaf = at(OPEN)
  const inwards = {
    x: (leaf.x - (hinge.x + along.x * Math.cos(OPEN))) / (length || 1),
    y: (leaf.y - (hinge.y + along.y * Math.cos(OPEN))) / (length || 1),
  }
  const upright = Math.abs(along.y) > Math.abs(along.x)
  return {
    door,
    shut: `M${n(hinge.x)} ${n(hinge.y)}L${n(end.x)} ${n(end.y)}`,
    gap: `M${n(hinge.x)} ${n(hinge.y)}L${n(end.x)} ${n(end.y)}`,
    open: `M${n(hinge.x)} ${n(hinge.y)}L${n(leaf.x)} ${n(leaf.y)}`,
    swing: `M${n(leaf.x)} ${n(leaf.y)}A${n(length)} ${n(length)} 0 0 ${turn > 0 ? 0 : 1} ${n(end.x)} ${n(end.y)}`,
    box: { x: n(Math.min(hinge.x, end.x)), y: n(Math.min(hinge.y, end.y)), w: n(Math.abs(along.x)), h: n(Math.abs(along.y)) },
    label: upright
      ? { x: n(hinge.x + Math.sign(inwards.x) * 10), y: n(Math.max(hinge.y, end.y) + 16), anchor: inwards.x >= 0 ? 'start' : 'end' }
      : { x: n(Math.min(hinge.x, end.x) - 8), y: n(hinge.y + (inwards.y >= 0 ? 18 : -10)), anchor: 'end' },
  }
}
