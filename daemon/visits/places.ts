// What of the site may be asked for, by its names: what a form's choices are made from.
import type { Places } from '../domain/form-place.ts'
import type { Layout } from '../domain/inventory.ts'

/** Rooms that have a door, and racks; `tenants`: only racks in which these (by their short names) have something. */
export function placesOf(
  layout: Pick<Layout, 'site' | 'sites' | 'rooms' | 'doors' | 'racks' | 'equipment'>,
  tenants: readonly string[] | 'all',
): Places {
  const sites = [layout.site, ...layout.sites].map(({ id, kind, name }) => ({ id, kind, name }))
  const rooms = layout.rooms.filter(({ id }) => layout.doors.some(({ room }) => room === id))
  const siteOf = (room: string): string => layout.rooms.find(({ id }) => id === room)?.site ?? layout.site.id
  const own = (short: string | undefined): boolean => tenants === 'all' || (short !== undefined && tenants.includes(short))
  const used = new Set(layout.equipment.flatMap(({ rack, tenant }) => (own(tenant) ? [rack] : [])))
  return {
    sites,
    rooms: rooms.map(({ id, name }) => ({ name, site: siteOf(id) })),
    racks: layout.racks
      .filter(({ id, tenant }) => own(tenant) || used.has(id))
      .map(({ name, room }) => ({ name, room: layout.rooms.find(({ id }) => id === room)?.name ?? room, site: siteOf(room) })),
  }
}
