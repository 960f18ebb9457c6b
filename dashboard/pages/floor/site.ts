// One site of the layout: its rooms and what stands in them, on a plan of its own.
import type { Layout } from '../../../daemon/domain/inventory.ts'

export const sitesOf = (layout: Layout): readonly Layout['site'][] => [layout.site, ...layout.sites]

/** By the id in the address of the page; an unknown one is the first. */
export const siteNamed = (layout: Layout, id: string | null): Layout['site'] => sitesOf(layout).find(site => site.id === id) ?? layout.site

/** The layout with only this site's rooms, racks, doors, sensors …; the power chain is one over all sites. */
export function ofSite(layout: Layout, id: string): Layout {
  if (layout.sites.length === 0) return layout
  const site = siteNamed(layout, id)
  const rooms = layout.rooms.filter(room => (room.site ?? layout.site.id) === site.id)
  const here = new Set(rooms.map(room => room.id))
  const within = <T extends { readonly room: string }>(list: readonly T[]): T[] => list.filter(each => here.has(each.room))
  const racks = within(layout.racks)
  const rackIds = new Set(racks.map(rack => rack.id))
  return {
    ...layout,
    site,
    sites: [],
    rooms,
    racks,
    rows: within(layout.rows),
    cages: within(layout.cages),
    doors: within(layout.doors),
    sensors: within(layout.sensors),
    fixtures: within(layout.fixtures),
    equipment: layout.equipment.filter(item => rackIds.has(item.rack)),
  }
}
