// All that is asked of every rack when something is to be placed, found once: its U, who stands there and beside, its air, its feeds.
import type { Rack } from '../domain/inventory.ts'
import type { RoomCooling } from '../domain/plant.ts'
import { siteOfRoom } from './capacity.ts'
import { coolingOf } from './cooling.ts'
import { inletsOf } from './inlet.ts'
import { type Meeting, meetingOf } from './meeting.ts'
import { besides, tenantsOf } from './neighbours.ts'
import type { Plant } from './plant.ts'
import { rackWatts } from './spare.ts'
import { type UnitMap, unitsOf } from './units.ts'

export interface RackGround {
  readonly rack: Rack
  readonly no: number
  readonly site: ReturnType<ReturnType<typeof siteOfRoom>>
  readonly units: UnitMap
  readonly tenants: ReadonlySet<string>
  readonly beside: readonly number[]
  readonly inlet: { readonly now: number | null; readonly peak: number | null }
  readonly weight: { readonly used: number; readonly unknown: number }
  readonly ports: number
  /** W drawn, promised things with it. */
  readonly drawn: { readonly now: number; readonly peak: number }
  /** Of each feed of the rack, the most W with any one component gone. */
  readonly legs: { readonly now: readonly number[]; readonly peak: readonly number[] }
}

export interface Ground {
  readonly plant: Plant
  readonly meeting: Meeting
  readonly racks: readonly RackGround[]
  readonly cooling: { readonly now: ReadonlyMap<string, RoomCooling>; readonly peak: ReadonlyMap<string, RoomCooling> }
  /** Addresses taken, by site. */
  readonly addresses: ReadonlyMap<string, number>
}

export function groundOf(plant: Plant): Ground {
  const { graph, now, peak } = plant
  const { layout, inRack, feeds } = graph
  const [sites, inlets, beside] = [siteOfRoom(layout), inletsOf(layout), besides(layout.racks)]
  const addresses = new Map<string, number>()
  const racks = layout.racks.map((rack, no): RackGround => {
    const things = inRack[no]!.map(({ standing }) => standing)
    const [site, warmest] = [sites(rack.room), inlets(rack.id)]
    addresses.set(
      site.id,
      things.reduce((sum, thing) => sum + thing.addresses, addresses.get(site.id) ?? 0),
    )
    return {
      rack,
      no,
      site,
      units: unitsOf(rack, things),
      tenants: tenantsOf(graph, no),
      beside: beside[no]!,
      inlet: { now: warmest(now.flow.readings), peak: warmest(peak.flow.readings) },
      weight: { used: things.reduce((sum, { weight }) => sum + (weight ?? 0), 0), unknown: things.filter(({ weight }) => weight === null).length },
      ports: things.reduce((sum, { ports }) => sum + ports, 0),
      drawn: { now: rackWatts(now.flow, no), peak: rackWatts(peak.flow, no) },
      legs: { now: feeds[no]!.map(({ node }) => now.most.total[node]!), peak: feeds[no]!.map(({ node }) => peak.most.total[node]!) },
    }
  })
  const byRoom = (moment: Plant['now']) => new Map(coolingOf(moment.flow, undefined, moment.flow.all).map(room => [room.room, room]))
  return { plant, meeting: meetingOf(graph), racks, cooling: { now: byRoom(now), peak: byRoom(peak) }, addresses }
}
