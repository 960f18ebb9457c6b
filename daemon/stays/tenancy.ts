// The tenant's view made: from the stays in custody and the readings of their own outlets. Field by field, so that nothing else goes out by accident.
import type { Instant } from '../domain/call.ts'
import type { Equipment, Layout, PointRef } from '../domain/inventory.ts'
import type { FeedName } from '../domain/plant.ts'
import { isKept, type StayView } from '../domain/stay.ts'
import type { TenancyRack, TenancyView } from '../domain/tenancy.ts'
import type { OpenAlarm, Reading } from './sources.ts'

export interface TenancyGiven {
  readonly stays: readonly StayView[]
  readonly organisations: readonly number[]
  readonly layout: Layout
  /** While it tells of now. */
  readonly current: (ref: PointRef) => Reading | null
  readonly alarms: readonly OpenAlarm[]
}

export function tenancyOf({ stays, organisations, layout, current, alarms }: TenancyGiven): TenancyView {
  const own = stays.filter(({ organisation, items }) => organisations.includes(organisation.id) && items.some(isKept))
  const read = (ref: PointRef | undefined): { readonly value: number; readonly at: Instant } | null => {
    const reading = ref === undefined ? null : current(ref)
    return reading === null || reading.value === null ? null : { value: reading.value, at: reading.at }
  }
  const standing = new Map(layout.equipment.map(one => [one.id, one]))
  const pieces = own.flatMap(({ id, items, organisation }) =>
    items.flatMap(item => {
      const there = item.equipment === null ? undefined : standing.get(item.equipment)
      // Whose it is the stay and the inventory must agree on.
      if (!isKept(item) || item.rack === null || item.u === null || item.face === null) return []
      return [{ stay: id, item, rack: item.rack, u: item.u, face: item.face, there: there?.tenant === organisation.short ? there : undefined }]
    }),
  )

  const wattsOf = (psus: Equipment['psus']): { readonly watts: number | null; readonly at: Instant | null } => {
    const readings = psus.map(({ power }) => read(power))
    if (readings.length === 0 || readings.includes(null)) return { watts: null, at: null }
    const known = readings.filter(one => one !== null)
    return { watts: Math.round(known.reduce((sum, { value }) => sum + value, 0)), at: Math.min(...known.map(({ at }) => at)) }
  }

  function rackOf(id: string): TenancyRack[] {
    const rack = layout.racks.find(one => one.id === id)
    if (rack === undefined) return []
    const room = layout.rooms.find(one => one.id === rack.room)
    const site = [layout.site, ...layout.sites].find(one => one.id === (room?.site ?? layout.site.id)) ?? layout.site
    const here = pieces.filter(piece => piece.rack === id)
    const sensors = layout.sensors.filter(one => one.rack === id && one.side === 'inlet')
    const warmest = sensors
      .map(({ point }) => read(point))
      .filter(one => one !== null)
      .toSorted((one, other) => other.value - one.value)[0]
    const devices = new Set(here.flatMap(({ there }) => there?.device ?? []))
    const codes = new Set(here.map(({ stay }) => `stay.over.${stay}`))
    const ofAir = (ref: PointRef | null): boolean => ref !== null && sensors.some(({ point }) => point.device === ref.device && point.key === ref.key)
    return [
      {
        id,
        name: rack.name,
        site: site.name,
        units: rack.units,
        items: here
          .map(({ stay, item, u, face, there }) => {
            const feeds = [...new Set(there?.psus.map(({ feed }): FeedName => feed))].toSorted()
            return {
              stay,
              item: item.id,
              name: item.name,
              u,
              height: item.height,
              face,
              agreed: item.agreed,
              ...wattsOf(there?.psus ?? []),
              feeds: feeds.map(feed => ({ feed, watts: wattsOf(there?.psus.filter(psu => psu.feed === feed) ?? []).watts })),
            }
          })
          .toSorted((one, other) => other.u - one.u),
        inlet: warmest === undefined ? null : { ...warmest, warning: site.inlet.warning, critical: site.inlet.critical },
        alarms: alarms
          .filter(({ code, device, point }) => (code !== null && codes.has(code)) || (device !== null && devices.has(device)) || ofAir(point))
          .map(({ severity, since, text }) => ({ severity, since, text })),
      },
    ]
  }

  const racks = [...new Set(pieces.map(({ rack }) => rack))]
  return {
    racks: racks.flatMap(rackOf).toSorted((one, other) => one.name.localeCompare(other.name, 'id', { numeric: true })),
    stays: own.map(({ id, ticket, until, minutes }) => ({ id, ticket, until, minutes: minutes.in })),
  }
}
