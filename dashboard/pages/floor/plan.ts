// The floor plan as shapes: from metres of the inventory to pixels, walls broken by doors, aisles found between rows.
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { type Aisle, aislesOf } from './aisles.ts'
import { type DoorShape, doorShape } from './doors.ts'
import { PX } from './scale.ts'
import { type SensorMark, sensorMarks } from './sensors.ts'
import { wallsOf } from './walls.ts'

/** A rectangle in pixels. */
export interface Rect {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

export interface RoomShape extends Rect {
  readonly id: string
  readonly name: string
  readonly kind: Layout['rooms'][number]['kind']
  /** Metres, for the caption. */
  readonly width: number
  readonly depth: number
}

export interface RackShape extends Rect {
  readonly id: string
  readonly name: string
  readonly room: string
  /** The line along its front. */
  readonly front: string
}

export interface FixtureShape extends Rect {
  readonly fixture: Layout['fixtures'][number]
}

export interface Plan {
  readonly view: Rect
  readonly rooms: readonly RoomShape[]
  readonly walls: string
  readonly aisles: readonly Aisle[]
  readonly racks: readonly RackShape[]
  readonly fixtures: readonly FixtureShape[]
  readonly doors: readonly DoorShape[]
  readonly sensors: readonly SensorMark[]
}

interface Metres {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly depth: number
}

const round = (metres: number) => Math.round(metres * PX * 10) / 10

const toPixels = (box: Metres): Rect => ({ x: round(box.x), y: round(box.y), w: round(box.width), h: round(box.depth) })

/** A stroke 3 px inside the side its equipment looks out of. */
function frontEdge(rack: Layout['racks'][number]): string {
  const { x, y, w, h } = toPixels(rack)
  switch (rack.facing) {
    case 'north':
      return `M${x + 3} ${y + 3}H${x + w - 3}`
    case 'south':
      return `M${x + 3} ${y + h - 3}H${x + w - 3}`
    case 'west':
      return `M${x + 3} ${y + 3}V${y + h - 3}`
    case 'east':
      return `M${x + w - 3} ${y + 3}V${y + h - 3}`
  }
}

/** What the view must hold: every box, with a margin for walls and labels. Pixels. */
function viewOf(boxes: readonly Metres[], margin = 14): Rect {
  if (boxes.length === 0) return { x: 0, y: 0, w: 874, h: 548 }
  const left = round(Math.min(...boxes.map(box => box.x)))
  const top = round(Math.min(...boxes.map(box => box.y)))
  const right = round(Math.max(...boxes.map(box => box.x + box.width)))
  const bottom = round(Math.max(...boxes.map(box => box.y + box.depth)))
  return { x: left - margin, y: top - margin, w: right - left + 2 * margin, h: bottom - top + 2 * margin }
}

export function planOf(layout: Layout): Plan {
  return {
    view: viewOf([...layout.rooms, ...layout.racks, ...layout.fixtures]),
    rooms: layout.rooms.map(room => ({ ...toPixels(room), id: room.id, name: room.name, kind: room.kind, width: room.width, depth: room.depth })),
    walls: wallsOf(layout.rooms, layout.doors),
    aisles: aislesOf(layout),
    racks: layout.racks.map(rack => ({ ...toPixels(rack), id: rack.id, name: rack.name, room: rack.room, front: frontEdge(rack) })),
    fixtures: layout.fixtures.map(fixture => ({ ...toPixels(fixture), fixture })),
    doors: layout.doors.map(door => doorShape(door, layout.rooms)),
    sensors: sensorMarks(layout),
  }
}
