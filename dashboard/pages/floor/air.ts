// The air before and behind the racks: one region for each side of an aisle, cut at walls and rows, and the sensors that tell of it. Pure.
import type { Layout, PointRef } from '../../../daemon/domain/inventory.ts'
import { type RowBox, rowBoxes, WIDEST } from './aisles.ts'

/** A rectangle, m. */
export interface Region {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly depth: number
}

/** Where the air is measured; several heights at one place are told by the hottest. */
export interface AirPlace {
  readonly x: number
  readonly y: number
  readonly refs: readonly PointRef[]
}

export interface Air extends Region {
  readonly side: 'cold' | 'hot'
  readonly places: readonly AirPlace[]
}

/** How far a strip reaches before or behind a row that has no other over against it, m. */
const STRIP = 1.2
/** A strip narrower than this is no aisle, m. */
const LEAST = 0.25
/** Lengths that differ by less are the same, m. */
const SAME = 1e-6

type Facing = RowBox['facing']
interface Edges {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const BACK: Readonly<Record<Facing, Facing>> = { north: 'south', south: 'north', east: 'west', west: 'east' }
const edgesOf = ({ x, y, right, bottom }: RowBox): Edges => ({ left: x, top: y, right, bottom })
const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high)

/** Turned so that the way from the row is always south: one reckoning does for the four. */
const TURNS: Readonly<Record<Facing, (edges: Edges) => Edges>> = {
  south: edges => edges,
  north: ({ left, top, right, bottom }) => ({ left, top: -bottom, right, bottom: -top }),
  east: ({ left, top, right, bottom }) => ({ left: top, top: left, right: bottom, bottom: right }),
  west: ({ left, top, right, bottom }) => ({ left: top, top: -right, right: bottom, bottom: -left }),
}
/** The way back. */
const BACK_TURNS: Readonly<Record<Facing, (edges: Edges) => Edges>> = {
  ...TURNS,
  west: ({ left, top, right, bottom }) => ({ left: -bottom, top: left, right: -top, bottom: right }),
}

interface Side {
  readonly row: RowBox
  readonly air: Air['side']
  /** Where this side of the row looks. */
  readonly way: Facing
}

/** The region on one side of a row: up to the row that looks back at it, halfway to one that does not, or a strip; never through a wall. */
function before(
  side: Side,
  sides: readonly Side[],
  room: Layout['rooms'][number],
): { readonly edges: Edges; readonly mates: readonly Side[] } | null {
  const turn = TURNS[side.way]
  const mine = turn(edgesOf(side.row))
  const walls = turn({ left: room.x, top: room.y, right: room.x + room.width, bottom: room.y + room.depth })
  const ahead = sides
    .filter(other => other.row !== side.row && other.row.room === side.row.room && other.way === BACK[side.way])
    .map(other => ({ other, theirs: turn(edgesOf(other.row)) }))
    .filter(({ theirs }) => theirs.top > mine.bottom - SAME && Math.min(mine.right, theirs.right) > Math.max(mine.left, theirs.left) + SAME)
  const near = Math.min(...ahead.map(({ theirs }) => theirs.top)) - mine.bottom
  const mates = near > WIDEST ? [] : ahead.filter(({ other, theirs }) => other.air === side.air && theirs.top < mine.bottom + near + SAME)
  const reach = Math.min(mates.length > 0 ? near : Math.min(STRIP, near / 2), walls.bottom - mine.bottom)
  if (reach < LEAST) return null
  const all = [mine, ...mates.map(({ theirs }) => theirs)]
  const edges = {
    left: Math.max(walls.left, Math.min(...all.map(({ left }) => left))),
    top: Math.max(walls.top, mine.bottom),
    right: Math.min(walls.right, Math.max(...all.map(({ right }) => right))),
    bottom: mine.bottom + reach,
  }
  return { edges: BACK_TURNS[side.way](edges), mates: mates.map(({ other }) => other) }
}

const isWarmth = (sensor: Layout['sensors'][number]): boolean =>
  sensor.rack === undefined ? /temperature/.test(sensor.point.key) && (sensor.height ?? 0) >= 0 : !/humid|state|dew/i.test(sensor.point.key)

/** Places nearer to each other than this are one, m. */
const ONE_PLACE = 0.05

function placesIn(region: Region, sensors: readonly Layout['sensors'][number][]): readonly AirPlace[] {
  const places = new Map<string, AirPlace>()
  for (const sensor of sensors) {
    const x = clamp(sensor.x, region.x, region.x + region.width)
    const y = clamp(sensor.y, region.y, region.y + region.depth)
    const key = `${Math.round(x / ONE_PLACE)} ${Math.round(y / ONE_PLACE)}`
    const was = places.get(key)
    places.set(key, was === undefined ? { x, y, refs: [sensor.point] } : { ...was, refs: [...was.refs, sensor.point] })
  }
  return [...places.values()]
}

/** Sensors of racks belong to the side they hang on, wherever exactly the plan has them; those in the room to the region they stand in. */
export function airOf(layout: Layout): readonly Air[] {
  const rooms = new Map(layout.rooms.map(room => [room.id, room]))
  const sides = rowBoxes(layout).flatMap((row): Side[] => [
    { row, air: 'cold', way: row.facing },
    { row, air: 'hot', way: BACK[row.facing] },
  ])
  const warmth = layout.sensors.filter(isWarmth)
  const ofRack = Map.groupBy(
    warmth.filter(sensor => sensor.rack !== undefined && sensor.side !== undefined),
    sensor => `${sensor.rack} ${sensor.side}`,
  )
  const free = Map.groupBy(
    warmth.filter(sensor => sensor.rack === undefined),
    sensor => sensor.room,
  )
  const racksOf = Map.groupBy(layout.racks, rack => `${rack.row} ${rack.facing}`)
  const done = new Set<Side>()
  const found: Air[] = []
  for (const side of sides) {
    const room = rooms.get(side.row.room)
    if (done.has(side) || room === undefined) continue
    const here = before(side, sides, room)
    if (here === null) continue
    const members = [side, ...here.mates]
    for (const each of members) done.add(each)
    const { left, top, right, bottom } = here.edges
    const region = { x: left, y: top, width: right - left, depth: bottom - top }
    const of = side.air === 'cold' ? 'inlet' : 'outlet'
    const sensors = [
      ...members.flatMap(({ row }) => (racksOf.get(`${row.row} ${row.facing}`) ?? []).flatMap(({ id }) => ofRack.get(`${id} ${of}`) ?? [])),
      ...(free.get(room.id) ?? []).filter(({ x, y }) => x >= left && x <= right && y >= top && y <= bottom),
    ]
    const places = placesIn(region, sensors)
    if (places.length > 0) found.push({ ...region, side: side.air, places })
  }
  return found
}
