// What is free: U, power with a feed gone, weight, ports by rack, and in sum by row, room and site; cooling by room.

import type { Capacity, CapacityTotal, FeedRoom, RackCapacity } from '../domain/capacity.ts'
import type { Layout, Rack } from '../domain/inventory.ts'
import type { Amount, NodeId } from '../domain/plant.ts'
import { added, coolingOf, NO_LOAD, unfed } from './cooling.ts'
import { type Flow, watts } from './flow.ts'
import { type Graph, sourcesOf } from './graph.ts'
import { inletsOf } from './inlet.ts'
import { amountOf } from './load.ts'
import type { Plant } from './plant.ts'
import { breakerWatts, rackWatts, type Spare, wayOf, waysUp } from './spare.ts'
import { freeUnits, unitsOf } from './units.ts'

export function capacityOf(plant: Plant): Capacity {
  const { graph, now, peak } = plant
  const { layout } = graph
  const sites = siteOfRoom(layout)
  const inlets = inletsOf(layout)
  const racks = layout.racks.map((rack, no): RackCapacity => {
    const things = graph.inRack[no]!.map(({ standing }) => standing)
    const site = sites(rack.room)
    const warmest = inlets(rack.id)
    const feeds = feedRooms(plant, no)
    return {
      rack: rack.id,
      row: rack.row,
      room: rack.room,
      site: site.id,
      units: freeUnits(unitsOf(rack, things)),
      power: rackPower(now.flow, no),
      committed: things.reduce((sum, { agreed, nameplate }) => sum + (agreed ?? nameplate ?? 0), 0),
      feeds,
      ...freePower(plant, rack, no),
      weight: {
        used: things.reduce((sum, { weight }) => sum + (weight ?? 0), 0),
        max: rack.maxWeight,
        unknown: things.filter(({ weight }) => weight === null).length,
      },
      ports: { used: things.reduce((sum, { ports }) => sum + ports, 0), total: rack.ports },
      addresses: things.reduce((sum, { addresses }) => sum + addresses, 0),
      inlet: { now: warmest(now.flow.readings), peak: warmest(peak.flow.readings), ...site.inlet },
    }
  })
  const sums = (key: (rack: RackCapacity) => string) => [...Map.groupBy(racks, key)].map(([id, of]) => totalOf(plant, id, of))
  return {
    racks,
    rows: sums(rack => rack.row),
    rooms: sums(rack => rack.room),
    sites: sums(rack => rack.site),
    cooling: coolingOf(now.flow),
  }
}

export function siteOfRoom(layout: Layout): (room: string) => Layout['site'] {
  const sites = new Map([layout.site, ...layout.sites].map(site => [site.id, site]))
  const rooms = new Map(layout.rooms.map(room => [room.id, sites.get(room.site ?? '') ?? layout.site]))
  return room => rooms.get(room) ?? layout.site
}

const rackPower = (flow: Flow, rackNo: number): Amount => {
  const { feeds, inRack } = flow.graph
  const own = feeds[rackNo]!
  return own.length === 0 ? unfed(inRack[rackNo]!.length) : own.reduce((sum, { node }) => added(sum, amountOf(flow, node)), NO_LOAD)
}

function feedRooms({ graph, now, peak }: Plant, no: number): FeedRoom[] {
  return graph.feeds[no]!.map(({ name, node }) => {
    const limit = breakerWatts(graph, now.flow.ampere, node)
    const [failover, failoverPeak] = [now.most.total[node]!, peak.most.total[node]!]
    return {
      feed: name,
      node: graph.nodes[node]!.id,
      now: watts(now.flow.all, node),
      peak: watts(peak.flow.all, node),
      failover,
      failoverPeak,
      limit,
      free: limit - Math.max(failover, failoverPeak),
    }
  })
}

/** Two of a rack's feeds between which a thing with two cords hangs, or its only one; as places among the rack's feeds. */
export function feedPairs(feeds: Graph['feeds'][number]): readonly (readonly number[])[] {
  if (feeds.length < 2) return feeds.map((_, f) => [f])
  return feeds.flatMap((_, f) => feeds.slice(f + 1).map((_, g) => [f, f + 1 + g]))
}

/** W that may be added behind all of these feeds, each carrying it alone when the others are gone; and which node allows no more. `above`: their own breakers left out. */
export function spareBehind(graph: Graph, spare: Spare, nodes: readonly number[], above = false): { readonly watts: number; readonly bound: number } {
  let [least, bound] = [Number.POSITIVE_INFINITY, -1]
  const look = (node: number, way: number) => {
    const at = 4 * node + way
    if (spare.watts[at]! < least) [least, bound] = [spare.watts[at]!, spare.bound[at]!]
  }
  for (const node of nodes) {
    if (!above) look(node, wayOf(graph, node))
    else for (const source of sourcesOf(graph, node)) for (const way of waysUp(graph, node, wayOf(graph, node))) look(source, way)
  }
  return { watts: least, bound }
}

function freePower(
  { graph, now, peak }: Plant,
  rack: Rack,
  no: number,
): { readonly freePower: number | null; readonly bound: NodeId | 'rack' | null } {
  const feeds = graph.feeds[no]!
  if (feeds.length === 0) return { freePower: null, bound: null }
  const pairs = feedPairs(feeds).map(pair => {
    const nodes = pair.map(f => feeds[f]!.node)
    const [a, b] = [spareBehind(graph, now.spare, nodes), spareBehind(graph, peak.spare, nodes)]
    return a.watts <= b.watts ? a : b
  })
  const best = pairs.reduce((most, pair) => (pair.watts > most.watts ? pair : most))
  const own = rackLimit(rack) - Math.max(rackWatts(now.flow, no), rackWatts(peak.flow, no))
  if (own < best.watts) return { freePower: own, bound: 'rack' }
  return Number.isFinite(best.watts) ? { freePower: best.watts, bound: graph.nodes[best.bound]?.id ?? null } : { freePower: null, bound: null }
}

const rackLimit = ({ maxPower }: Rack): number => maxPower ?? Number.POSITIVE_INFINITY

function totalOf(plant: Plant, id: string, racks: readonly RackCapacity[]): CapacityTotal {
  const sum = (of: (rack: RackCapacity) => number) => racks.reduce((all, rack) => all + of(rack), 0)
  return {
    id,
    racks: racks.length,
    units: { total: sum(rack => rack.units.total), free: sum(rack => rack.units.both) },
    power: racks.reduce((all, rack) => added(all, rack.power), NO_LOAD),
    freePower: sharedFree(plant, racks),
    committed: sum(rack => rack.committed),
    weight: { used: sum(rack => rack.weight.used), max: sum(rack => rack.weight.max) },
    ports: { used: sum(rack => rack.ports.used), total: sum(rack => rack.ports.total) },
  }
}

/** Racks that the same node holds back have its spare watts once between them. */
function sharedFree({ graph }: Plant, racks: readonly RackCapacity[]): number | null {
  let sum = 0
  let known = false
  const shared = new Map<NodeId, number>()
  for (const { freePower, bound, feeds } of racks) {
    if (freePower === null) continue
    known = true
    if (bound === null || bound === 'rack' || feeds.some(feed => feed.node === bound)) sum += Math.max(0, freePower)
    else shared.set(bound, Math.max(shared.get(bound) ?? 0, freePower))
  }
  for (const [bound, watts] of shared) if (graph.index.has(bound)) sum += Math.max(0, watts)
  return known ? sum : null
}
