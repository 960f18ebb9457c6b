// Where racks stand that a table names without a place: in their room, side by side in rows with an aisle between, never over another.
import type { Layout, Rack, Room, Row, Site } from '../domain/inventory.ts'
import type { Edit } from '../domain/place.ts'
import { slug } from './makes.ts'

/** Usual frame, m; aisle between rows of imported racks. */
const WIDTH = 0.6
const DEPTH = 1.2
const AISLE = 1.2

interface Asked {
  readonly was: Rack | undefined
  readonly cells: Readonly<Record<string, string>>
  readonly x: unknown
  readonly y: unknown
  readonly width: unknown
  readonly depth: unknown
  readonly facing: unknown
}

/** Fields of a rack that place it; what is told already is left out. */
export type Stands = (asked: Asked) => Readonly<Record<string, unknown>>

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly depth: number
}
const meets = (one: Box, other: Box) =>
  one.x < other.x + other.width - 1e-6 &&
  other.x < one.x + one.width - 1e-6 &&
  one.y < other.y + other.depth - 1e-6 &&
  other.y < one.y + one.depth - 1e-6

/** `made` gathers the sites, rooms and rows that had to be made; `placed` counts racks that were given a place. */
export function openStands(layout: Layout): { readonly stands: Stands; made(): readonly Extract<Edit, { put: unknown }>[]; placed(): number } {
  const sites = [layout.site, ...layout.sites]
  const rooms = [...layout.rooms]
  const rows = [...layout.rows]
  const boxes = new Map<string, Box[]>()
  for (const each of [...layout.racks, ...layout.fixtures]) boxes.set(each.room, [...(boxes.get(each.room) ?? []), each])
  const made: Extract<Edit, { put: unknown }>[] = []
  let placed = 0
  const find = <T extends { readonly id: string; readonly name: string }>(list: readonly T[], text: string): T | undefined => {
    const wanted = text.toLowerCase()
    return list.find(({ id }) => id === wanted || id === slug(text)) ?? list.find(({ name }) => name.toLowerCase() === wanted)
  }

  const siteOf = (text: string): Site => {
    const found = text === '' ? layout.site : find(sites, text)
    if (found !== undefined) return found
    const site: Site = { ...layout.site, id: slug(text), name: text, kind: /drc/i.test(text) ? 'drc' : 'dc' }
    sites.push(site)
    made.push({ put: 'sites', entry: site })
    return site
  }
  const roomOf = (text: string, site: Site): Room => {
    const isHere = (room: Room) => (room.site ?? layout.site.id) === site.id
    const found = text === '' ? rooms.find(room => isHere(room) && room.kind === 'server') : find(rooms.filter(isHere), text)
    if (found !== undefined) return found
    const east = Math.max(0, ...rooms.filter(isHere).map(({ x, width }) => x + width))
    const name = text === '' ? site.name : text
    const taken = new Set(rooms.map(({ id }) => id))
    const id = [slug(name), slug(`${site.id} ${name}`)].find(each => !taken.has(each)) ?? `${slug(name)}-${rooms.length}`
    const room: Room = {
      id,
      name,
      kind: 'server',
      x: east,
      y: 0,
      width: 9,
      depth: 7.2,
      tile: 0.6,
      ...(site.id === layout.site.id ? {} : { site: site.id }),
    }
    rooms.push(room)
    made.push({ put: 'rooms', entry: room })
    return room
  }
  const rowOf = (text: string, room: Room): Row => {
    const here = rows.filter(row => row.room === room.id)
    const found = text === '' ? here.at(-1) : find(here, text)
    if (found !== undefined) return found
    const name = text === '' ? 'A' : text
    const taken = new Set(rows.map(({ id }) => id))
    const id = [slug(name), slug(`${room.id} ${name}`)].find(each => !taken.has(each)) ?? `${slug(name)}-${rows.length}`
    const row: Row = { id, name, room: room.id }
    rows.push(row)
    made.push({ put: 'rows', entry: row })
    return row
  }
  const free = (room: Room, width: number, depth: number): { readonly x: number; readonly y: number } => {
    const there = boxes.get(room.id) ?? []
    const step = room.tile
    for (let y = room.y + AISLE; y + depth <= room.y + room.depth + 1e-6; y += depth + AISLE)
      for (let x = room.x + AISLE; x + width <= room.x + room.width - AISLE + 1e-6; x += Math.min(step, width)) {
        const box = { x: round(x), y: round(y), width, depth }
        if (!there.some(other => meets(box, other))) return box
      }
    // No room left: beyond the wall, where everybody sees it.
    const east = Math.max(room.x + room.width, ...there.map(box => box.x + box.width))
    return { x: round(east), y: round(room.y) }
  }

  return {
    made: () => made,
    placed: () => placed,
    stands({ was, cells, x, y, width, depth, facing }) {
      if (was !== undefined && cells['room'] === undefined && cells['row'] === undefined && cells['site'] === undefined) return {}
      const own = was === undefined ? undefined : rooms.find(({ id }) => id === was.room)
      const site =
        cells['site'] !== undefined && cells['site'] !== '' ? siteOf(cells['site']) : (sites.find(({ id }) => id === own?.site) ?? layout.site)
      const room = own !== undefined && (cells['room'] ?? '') === '' ? own : roomOf(cells['room'] ?? '', site)
      const row = was !== undefined && was.room === room.id && (cells['row'] ?? '') === '' ? was.row : rowOf(cells['row'] ?? '', room).id
      if (was !== undefined) return { room: room.id, row }
      const size = { width: typeof width === 'number' ? width : WIDTH, depth: typeof depth === 'number' ? depth : DEPTH }
      const told = typeof x === 'number' && typeof y === 'number'
      const at = told ? { x, y } : free(room, size.width, size.depth)
      if (!told) placed++
      boxes.set(room.id, [...(boxes.get(room.id) ?? []), { ...at, ...size }])
      return { room: room.id, row, ...at, ...size, facing: typeof facing === 'string' ? facing : 'south' }
    },
  }
}

const round = (metres: number): number => Math.round(metres * 1000) / 1000
