// New things for the plan: in the middle of what is looked at, with the usual measures. Pure.
import type { Layout } from '../../../../daemon/domain/inventory.ts'
import type { PlaceEntry } from '../../../../daemon/domain/place.ts'
import type { PlaceKind } from '../../../../daemon/domain/place-kinds.ts'
import { newId, snapped } from '../../place/moves.ts'

/** What can be brought in on the plan; equipment comes in at its rack, nodes of the power chain by file. */
export const ADDED = ['rooms', 'rows', 'racks', 'cages', 'doors', 'fixtures', 'sensors', 'sites', 'networks'] as const satisfies readonly PlaceKind[]
export type Added = (typeof ADDED)[number]

/** Null: there is no room yet for it to stand in. `point`: of a sensor, which is nothing without one. */
export function fresh(
  layout: Layout,
  kind: Added,
  given: {
    readonly name: string
    readonly room: string | null
    readonly site: string
    readonly point: { readonly device: string; readonly key: string } | null
  },
): PlaceEntry | null {
  const name = numbered(layout, kind, given.name)
  const id = newId(layout, kind, name)
  const isFirst = given.site === layout.site.id
  if (kind === 'sites') return { ...layout.site, id, name, kind: 'drc' }
  if (kind === 'networks') return { id, name, cidr: freeSubnet(layout), reserved: [], ...(isFirst ? {} : { site: given.site }) }
  if (kind === 'rooms') {
    const east = Math.max(0, ...layout.rooms.filter(room => (room.site ?? layout.site.id) === given.site).map(room => room.x + room.width))
    return { id, name, kind: 'server', x: east, y: 0, width: 6, depth: 4.8, tile: 0.6, ...(isFirst ? {} : { site: given.site }) }
  }
  const room = layout.rooms.find(each => each.id === given.room) ?? layout.rooms.find(each => (each.site ?? layout.site.id) === given.site)
  if (room === undefined) return null
  const heart = snapped(layout, room.id, room.x + room.width / 2, room.y + room.depth / 2)
  switch (kind) {
    case 'rows':
      return { id, name, room: room.id }
    case 'cages':
      return { id, name, room: room.id, ...heart, width: 2 * room.tile, depth: 2 * room.tile }
    case 'racks': {
      const row = layout.rows.find(each => each.room === room.id)
      const last = layout.racks.filter(each => each.row === row?.id).at(-1)
      const at = last === undefined ? heart : { x: Math.round((last.x + last.width) * 1000) / 1000, y: last.y }
      return {
        id,
        name,
        row: row?.id ?? '',
        room: room.id,
        ...at,
        width: last?.width ?? 0.6,
        depth: last?.depth ?? 1.2,
        facing: last?.facing ?? 'south',
        units: last?.units ?? 42,
        maxWeight: last?.maxWeight ?? 900,
        ports: 0,
        feeds: [],
      }
    }
    case 'doors':
      return {
        id,
        name,
        room: room.id,
        x: room.x + 0.6,
        y: room.y + room.depth,
        toX: room.x + 1.6,
        toY: room.y + room.depth,
        zone: room.kind === 'power' ? 'power' : 'server',
        readers: [],
      }
    case 'fixtures':
      return { id, name, room: room.id, kind: 'other', ...heart, width: 1, depth: 0.8, shows: [] }
    case 'sensors':
      return given.point === null ? null : { id, name, room: room.id, ...heart, height: 1.5, point: given.point }
  }
}

/** The first /24 of 10.0.0.0/8 that no network has yet: a beginning to be corrected. */
function freeSubnet(layout: Layout): string {
  const taken = new Set(layout.networks.map(({ cidr }) => cidr))
  for (let n = 0; ; n++) {
    const cidr = `10.${Math.floor(n / 256)}.${n % 256}.0/24`
    if (!taken.has(cidr)) return cidr
  }
}

/** "Rak 3": the next number that no other of this kind has in its name. */
function numbered(layout: Layout, kind: Added, stem: string): string {
  const lists = { ...layout, sites: [layout.site, ...layout.sites] }
  const taken = new Set(lists[kind].map(each => each.name))
  for (let n = lists[kind].length + 1; ; n++) if (!taken.has(`${stem} ${n}`)) return `${stem} ${n}`
}
