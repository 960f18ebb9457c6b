// What would be left in a rack, on its feeds, up the chain and in its room with new things in it: figures now and at the day's peak.
import type { Headroom, Obstacle, PlacementRequest, Unjudged } from '../domain/placement.ts'
import { spareBehind } from './capacity.ts'
import type { Fitted } from './fit.ts'
import type { Graph } from './graph.ts'
import type { Ground, RackGround } from './ground.ts'
import type { Moment } from './plant.ts'
import { breakerWatts } from './spare.ts'
import { runs, take, type UnitMap } from './units.ts'

type Margin = Headroom['weight']

/** With `added` more on what is `used`. */
const margin = (used: number, added: number, limit: number): Margin => ({ value: used + added, limit, left: limit - used - added })

export interface Needs {
  /** W of what has a cord. */
  readonly watts: number
  readonly weight: number
  readonly ports: number
  readonly addresses: number
}

export const needsOf = ({ items }: PlacementRequest): Needs => ({
  watts: items.reduce((sum, item) => sum + (item.psus > 0 ? item.watts : 0), 0),
  weight: items.reduce((sum, { weight }) => sum + weight, 0),
  ports: items.reduce((sum, { ports }) => sum + ports, 0),
  addresses: items.reduce((sum, { addresses }) => sum + addresses, 0),
})

/** `pool`: addresses a site has in all; null: nobody wrote it down. */
export function headroomOf(
  ground: Ground,
  on: RackGround,
  feeds: readonly number[],
  fitted: Fitted | null,
  needs: Needs,
  pool: number | null,
): Headroom {
  const { graph, now, peak } = ground.plant
  const nodes = feeds.map(f => graph.feeds[on.no]![f]!.node)
  const [warm, warmest] = [on.inlet.now, on.inlet.peak]
  const critical = on.site.inlet.critical
  return {
    inlet: warm === null ? null : { now: margin(warm, 0, critical), peak: warmest === null ? null : margin(warmest, 0, critical) },
    feeds: feeds.map((f, k) => ({
      feed: graph.feeds[on.no]![f]!.name,
      now: margin(on.legs.now[f]!, needs.watts, breakerWatts(graph, now.flow.ampere, nodes[k]!)),
      peak: margin(on.legs.peak[f]!, needs.watts, breakerWatts(graph, peak.flow.ampere, nodes[k]!)),
    })),
    upstream: upstream(ground, nodes, needs.watts),
    phases: nodes[0] === undefined ? null : balance(graph, now, nodes[0], needs.watts),
    units: freeAfter(on.units, fitted),
    weight: margin(on.weight.used, needs.weight, on.rack.maxWeight),
    ports: on.rack.ports === 0 ? null : margin(on.ports, needs.ports, on.rack.ports),
    addresses: pool === null ? null : margin(ground.addresses.get(on.site.id) ?? 0, needs.addresses, pool),
    cooling: cooling(ground, on.rack.room, needs.watts),
  }
}

/** The tightest of what lies above the feeds. Its load is reckoned back from what is left, so that both always agree. */
function upstream({ plant: { graph, now, peak } }: Ground, nodes: readonly number[], added: number): Headroom['upstream'] {
  const [a, b] = [spareBehind(graph, now.spare, nodes, true), spareBehind(graph, peak.spare, nodes, true)]
  const [tight, bound] = a.watts <= b.watts ? [a, a.bound] : [b, b.bound]
  if (!Number.isFinite(tight.watts)) return null
  const limit = Number.isNaN(graph.capacity[bound]!)
    ? breakerWatts(graph, now.flow.ampere, bound) * (graph.single[bound] === 1 ? 1 : 3)
    : graph.capacity[bound]!
  return { node: graph.nodes[bound]!.id, now: margin(limit - a.watts, added, limit), peak: margin(limit - b.watts, added, limit) }
}

/** At the first thing above the feed that has three phases. */
function balance(graph: Graph, { flow }: Moment, feed: number, added: number): Headroom['phases'] {
  let [at, phase] = [feed, -1]
  while (graph.single[at] === 1 || graph.kinds[at] === 'rackFeed' || graph.kinds[at] === 'pdu') {
    if (phase < 0) phase = graph.phase[at]!
    const source = graph.from.at[graph.from.start[at]!]
    if (graph.from.start[at] === graph.from.start[at + 1] || source === undefined) return null
    at = source
  }
  if (flow.phased[at] === 0) return null
  const before = [0, 1, 2].map(p => flow.all[3 * at + p]!)
  const after = before.map((value, p) => value + (phase < 0 ? added / 3 : p === phase ? added : 0))
  return { node: graph.nodes[at]!.id, before: unbalance(before), after: unbalance(after) }
}

const unbalance = (phases: readonly number[]): number => {
  const mean = phases.reduce((sum, value) => sum + value, 0) / 3
  return mean === 0 ? 0 : (100 * (Math.max(...phases) - mean)) / mean
}

function freeAfter(units: UnitMap, fitted: Fitted | null): Headroom['units'] {
  const map = { front: units.front.slice(), rear: units.rear.slice() }
  for (const { u, height, face } of fitted?.places ?? []) take(map, u, height, face)
  const left = runs(map, 'both').map(({ length }) => length)
  return { free: left.reduce((sum, length) => sum + length, 0), longest: Math.max(0, ...left) }
}

function cooling({ cooling: { now, peak } }: Ground, room: string, added: number): Headroom['cooling'] {
  const [at, top] = [now.get(room), peak.get(room)]
  if (at?.spare == null || at.heat.value === null || top?.spare == null || top.heat.value === null) return null
  return { now: margin(at.heat.value, added, at.spare), peak: margin(top.heat.value, added, top.spare) }
}

const SLACK = 1e-6
const short = ({ left }: Margin): boolean => left < -SLACK

/** What the figures forbid, each now and, where only then, at the peak. */
export function obstaclesOf(room: Headroom, on: RackGround, needs: Needs): Obstacle[] {
  const found: Obstacle[] = []
  const twice = (now: Margin, peak: Margin | null, say: (margin: Margin, when: 'now' | 'peak') => Obstacle) => {
    if (short(now)) found.push(say(now, 'now'))
    else if (peak !== null && short(peak)) found.push(say(peak, 'peak'))
  }
  const left = (margin: Margin, need: number) => Math.max(0, margin.left + need)
  for (const { feed, now, peak } of room.feeds)
    twice(now, peak, (margin, when) => ({ code: 'feed', feed, need: needs.watts, left: left(margin, needs.watts), when }))
  const { upstream: up, cooling: cool, inlet } = room
  if (up !== null)
    twice(up.now, up.peak, (margin, when) => ({ code: 'upstream', node: up.node, need: needs.watts, left: left(margin, needs.watts), when }))
  if (cool !== null && needs.watts > 0)
    twice(cool.now, cool.peak, (margin, when) => ({ code: 'cooling', room: on.rack.room, need: needs.watts, left: left(margin, needs.watts), when }))
  if (inlet !== null) twice(inlet.now, inlet.peak, (margin, when) => ({ code: 'inlet', celsius: margin.value, limit: margin.limit, when }))
  if (short(room.weight)) found.push({ code: 'weight', need: needs.weight, left: left(room.weight, needs.weight) })
  const drawn = Math.max(on.drawn.now, on.drawn.peak)
  const most = on.rack.maxPower
  if (most !== undefined && needs.watts > 0 && drawn + needs.watts > most + SLACK)
    found.push({ code: 'rackPower', need: needs.watts, left: Math.max(0, most - drawn) })
  if (needs.ports > 0 && room.ports !== null && short(room.ports))
    found.push({ code: 'ports', need: needs.ports, left: left(room.ports, needs.ports) })
  if (needs.addresses > 0 && room.addresses !== null && short(room.addresses))
    found.push({ code: 'addresses', need: needs.addresses, left: left(room.addresses, needs.addresses) })
  return found
}

export function unjudgedOf(room: Headroom, on: RackGround, needs: Needs, { now }: Ground['plant']): Unjudged[] {
  const unread = now.flow.graph.feeds[on.no]!.some(({ node }) => now.flow.missing[node]! > 0)
  const found: (Unjudged | false)[] = [
    room.inlet === null && 'inlet',
    room.cooling === null && 'cooling',
    room.upstream === null && needs.watts > 0 && 'upstream',
    on.weight.unknown > 0 && 'weights',
    room.ports === null && needs.ports > 0 && 'ports',
    room.addresses === null && needs.addresses > 0 && 'addresses',
    unread && 'load',
  ]
  return found.filter(one => one !== false)
}
