// Moving, turning, resizing, bringing in and taking out: each gives a new layout. What belongs to a thing goes with it. Pure.
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { afterEdits, entryOf } from '../../../daemon/domain/overlay.ts'
import type { Edit, PlaceEntries, PlaceEntry } from '../../../daemon/domain/place.ts'
import type { PlaceKind } from '../../../daemon/domain/place-kinds.ts'

/** Kinds that stand on the plan. */
export const DRAWN = ['rooms', 'cages', 'racks', 'fixtures', 'doors', 'sensors'] as const satisfies readonly PlaceKind[]
export type Drawn = (typeof DRAWN)[number]
export const isDrawn = (kind: PlaceKind): kind is Drawn => DRAWN.some(known => known === kind)

export interface Picked {
  readonly kind: PlaceKind
  readonly id: string
}

/** Millimetres are enough for a plan, and keep sums of tiles from growing tails. */
const round = (metres: number): number => Math.round(metres * 1000) / 1000

export const put = (layout: Layout, kind: PlaceKind, entry: PlaceEntry): Layout => afterEdits(layout, [{ put: kind, entry } as Edit])

const shifted = <T extends { readonly x: number; readonly y: number }>(box: T, dx: number, dy: number): T => ({
  ...box,
  x: round(box.x + dx),
  y: round(box.y + dy),
  ...('toX' in box && 'toY' in box ? { toX: round(Number(box.toX) + dx), toY: round(Number(box.toY) + dy) } : {}),
})

export function moved(layout: Layout, { kind, id }: Picked, dx: number, dy: number): Layout {
  if (!isDrawn(kind) || (dx === 0 && dy === 0)) return layout
  const isIt = (each: { readonly id: string }) => each.id === id
  const shift = <T extends { readonly x: number; readonly y: number }>(list: readonly T[], which: (each: T) => boolean): T[] =>
    list.map(each => (which(each) ? shifted(each, dx, dy) : each))
  if (kind === 'rooms') {
    const within = (each: { readonly room: string }) => each.room === id
    return {
      ...layout,
      rooms: shift(layout.rooms, isIt),
      cages: shift(layout.cages, within),
      racks: shift(layout.racks, within),
      fixtures: shift(layout.fixtures, within),
      doors: shift(layout.doors, within),
      sensors: shift(layout.sensors, within),
    }
  }
  // Sensors hang on the doors of their rack.
  if (kind === 'racks') return { ...layout, racks: shift(layout.racks, isIt), sensors: shift(layout.sensors, each => each.rack === id) }
  return { ...layout, [kind]: shift(layout[kind] as readonly { id: string; x: number; y: number }[], isIt) }
}

/** Of a room's grid: its own, counted from its corner. */
export function snapped(layout: Layout, room: string | undefined, x: number, y: number): { readonly x: number; readonly y: number } {
  const found = layout.rooms.find(each => each.id === room)
  const tile = found?.tile ?? 0.6
  const [left, top] = found === undefined ? [0, 0] : [found.x, found.y]
  return { x: round(left + Math.round((x - left) / tile) * tile), y: round(top + Math.round((y - top) / tile) * tile) }
}

export const tileOf = (layout: Layout, room: string | undefined): number => layout.rooms.find(each => each.id === room)?.tile ?? 0.6

export const roomOf = (entry: PlaceEntry, kind: PlaceKind): string | undefined =>
  kind === 'rooms' ? entry.id : 'room' in entry && typeof entry.room === 'string' ? entry.room : undefined

/** Things at least so large, m. */
const LEAST = 0.1

export function resized(layout: Layout, { kind, id }: Picked, dw: number, dd: number): Layout {
  const entry = entryOf(layout, kind, id)
  if (entry === null || !('width' in entry) || !('depth' in entry)) return layout
  const [width, depth] = [Math.max(LEAST, round(entry.width + dw)), Math.max(LEAST, round(entry.depth + dd))]
  return width === entry.width && depth === entry.depth ? layout : put(layout, kind, { ...entry, width, depth } as PlaceEntry)
}

const CLOCKWISE = { north: 'east', east: 'south', south: 'west', west: 'north' } as const

/** A quarter turn clockwise about its middle. */
export function rotated(layout: Layout, { kind, id }: Picked): Layout {
  const entry = entryOf(layout, kind, id)
  if (entry === null || !('width' in entry) || !('depth' in entry)) return layout
  const { x, y, width, depth } = entry
  const turned = { x: round(x + (width - depth) / 2), y: round(y + (depth - width) / 2), width: depth, depth: width }
  const facing = 'facing' in entry ? { facing: CLOCKWISE[entry.facing] } : {}
  return put(layout, kind, { ...entry, ...turned, ...facing } as PlaceEntry)
}

/** What goes when this goes. */
export function contentsOf(layout: Layout, { kind, id }: Picked): readonly Picked[] {
  const of = <K extends PlaceKind>(kind: K, which: (each: PlaceEntries[K]) => boolean): Picked[] =>
    (layout[kind as keyof Layout] as unknown as readonly PlaceEntries[K][]).filter(which).map(each => ({ kind, id: each.id }))
  const ofRack = (rack: string) => [
    ...of('equipment', each => each.rack === rack),
    ...of('sensors', each => each.rack === rack),
    ...of('doors', each => each.rack === rack),
  ]
  const once = (list: readonly Picked[]) => [...new Map(list.map(each => [`${each.kind} ${each.id}`, each])).values()]
  switch (kind) {
    case 'racks':
      return ofRack(id)
    case 'rows':
      return once(layout.racks.filter(each => each.row === id).flatMap(each => [{ kind: 'racks' as const, id: each.id }, ...ofRack(each.id)]))
    case 'rooms':
      return once([
        ...of('rows', each => each.room === id),
        ...of('cages', each => each.room === id),
        ...layout.racks.filter(each => each.room === id).flatMap(each => [{ kind: 'racks' as const, id: each.id }, ...ofRack(each.id)]),
        ...of('fixtures', each => each.room === id),
        ...of('doors', each => each.room === id),
        ...of('sensors', each => each.room === id),
      ])
    case 'sites':
      return once(
        layout.rooms
          .filter(each => each.site === id)
          .flatMap(each => [{ kind: 'rooms' as const, id: each.id }, ...contentsOf(layout, { kind: 'rooms', id: each.id })]),
      )
    default:
      return []
  }
}

export function removed(layout: Layout, picked: Picked): Layout {
  const gone = afterEdits(
    layout,
    [picked, ...contentsOf(layout, picked)].map(({ kind, id }): Edit => ({ remove: kind, id })),
  )
  // A rack outlives the fence around it.
  return picked.kind === 'cages'
    ? {
        ...gone,
        racks: gone.racks.map(rack => {
          if (rack.cage !== picked.id) return rack
          const { cage: _, ...rest } = rack
          return rest
        }),
      }
    : gone
}

/** An id that nothing of this kind has, readable from the name. */
export function newId(layout: Layout, kind: PlaceKind, name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50)
  const stem = plain === '' ? kind : plain
  for (let n = 1; ; n++) {
    const id = n === 1 ? stem : `${stem}-${n}`
    if (entryOf(layout, kind, id) === null) return id
  }
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly depth: number
}
const EPSILON = 1e-6
export const isOver = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width - EPSILON &&
  other.x < one.x + one.width - EPSILON &&
  one.y < other.y + other.depth - EPSILON &&
  other.y < one.y + one.depth - EPSILON
export const isInside = (one: Box, room: Box): boolean =>
  one.x >= room.x - EPSILON &&
  one.y >= room.y - EPSILON &&
  one.x + one.width <= room.x + room.width + EPSILON &&
  one.y + one.depth <= room.y + room.depth + EPSILON
