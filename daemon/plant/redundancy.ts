// What the site is built for against what stands there: redundant capacity components of tier II, and from tier III on paths that can be maintained.
// Uptime Institute, Tier Standard: Topology: tier II asks redundant capacity components (N+1 engine generators, UPS modules, cooling) and one path;
// tier III that every component and path can be taken out without touching what runs.
import type { Site } from '../domain/inventory.ts'
import type { Finding, NodeId, Redundancy } from '../domain/plant.ts'
import { siteOfRoom } from './capacity.ts'
import { coolingOf } from './cooling.ts'
import { during, type Failover, LIVE } from './failover.ts'
import { watts } from './flow.ts'
import type { Graph } from './graph.ts'
import { meetingOf } from './meeting.ts'
import { reached } from './trace.ts'

/** What feeds a site, as numbers of nodes. */
interface Fed {
  readonly racks: readonly number[]
  readonly chain: readonly number[]
  readonly rooms: ReadonlySet<string>
}

export function redundancyOf(failover: Failover): Redundancy[] {
  const { layout } = failover.flow.graph
  return [layout.site, ...layout.sites].map(site => siteRedundancy(failover, site)).filter(found => found !== null)
}

/** Null: nothing of the site is fed or cooled. */
function siteRedundancy(failover: Failover, site: Site): Redundancy | null {
  const fed = fedOf(failover.flow.graph, site)
  if (fed.racks.length === 0 && fed.rooms.size === 0) return null
  // A site whose power nobody wrote down lacks nothing that could be told.
  const known = fed.chain.some(i => failover.flow.graph.kinds[i] !== 'rackFeed')
  const findings: Finding[] = known ? findingsOf(failover, fed, site.tier) : [{ code: 'powerUnknown', says: 'unknown' }]
  const says = new Set(findings.map(finding => finding.says))
  return { site: site.id, tier: site.tier, verdict: says.has('lacking') ? 'lacking' : says.has('unknown') ? 'unknown' : 'met', findings }
}

const findingsOf = (failover: Failover, fed: Fed, tier: number): Finding[] => [
  ...(tier >= 2 ? [...upsFindings(failover, fed), ...gensetFindings(failover, fed), ...coolingFindings(failover, fed)] : []),
  ...pathFindings(failover, fed, tier),
]

function fedOf(graph: Graph, site: Site): Fed {
  const { layout } = graph
  const siteOf = siteOfRoom(layout)
  const racks = [...layout.racks.keys()].filter(no => siteOf(layout.racks[no]!.room).id === site.id)
  const feeds = racks.flatMap(no => graph.feeds[no]!.map(({ node }) => node))
  const cooled = layout.power.filter(node => node.kind === 'cooling' && node.room !== undefined && siteOf(node.room).id === site.id)
  return {
    racks,
    chain: reached(graph.from, [...feeds, ...cooled.map(({ id }) => graph.index.get(id)!)]),
    rooms: new Set([...cooled.map(({ room }) => room ?? ''), ...racks.map(no => layout.racks[no]!.room)]),
  }
}

const ofKind = ({ kinds }: Graph, { chain }: Fed, kind: string): number[] => chain.filter(i => kinds[i] === kind)

function upsFindings(failover: Failover, fed: Fed): Finding[] {
  const { graph } = failover.flow
  if (fed.racks.length === 0) return []
  const units = ofKind(graph, fed, 'ups')
  const id = (i: number): NodeId => graph.nodes[i]!.id
  if (units.length === 0) return [{ code: 'upsNone', says: 'lacking' }]
  if (units.length === 1) return [{ code: 'upsSingle', says: 'lacking', node: id(units[0]!) }]
  const found: Finding[] = units.filter(i => Number.isNaN(graph.capacity[i]!)).map(i => ({ code: 'upsUnrated', says: 'unknown', node: id(i) }))
  for (const failed of units)
    during(failover, [id(failed)], ({ touched }) => {
      for (const i of touched) {
        if (!units.includes(i) || i === failed) continue
        const [load, capacity] = [watts(failover.load, i), graph.capacity[i]!]
        if (load > capacity * (1 + 1e-9)) found.push({ code: 'upsOver', says: 'lacking', node: id(i), failed: id(failed), load, capacity })
      }
    })
  return found.length > 0 ? found : [{ code: 'upsMet', says: 'met', units: units.length }]
}

/** All gensets of a site are taken to stand behind the same load: what comes in from the public supply. */
function gensetFindings(failover: Failover, fed: Fed): Finding[] {
  const { flow } = failover
  const { graph } = flow
  const units = ofKind(graph, fed, 'genset')
  const id = (i: number): NodeId => graph.nodes[i]!.id
  if (units.length === 0) return [{ code: 'gensetNone', says: 'lacking' }]
  const found: Finding[] = ofKind(graph, fed, 'ats').length === 0 ? [{ code: 'transferNone', says: 'lacking' }] : []
  if (units.length === 1) found.push({ code: 'gensetSingle', says: 'lacking', node: id(units[0]!) })
  const unrated = units.filter(i => Number.isNaN(graph.capacity[i]!))
  for (const i of unrated) found.push({ code: 'gensetUnrated', says: 'unknown', node: id(i) })
  if (unrated.length > 0) return found
  const load = ofKind(graph, fed, 'utility').reduce((sum, i) => sum + watts(flow.all, i), 0)
  const all = units.reduce((sum, i) => sum + graph.capacity[i]!, 0)
  for (const failed of units) {
    const capacity = units.length === 1 ? all : all - graph.capacity[failed]!
    if (load > capacity) found.push({ code: 'gensetOver', says: 'lacking', failed: id(failed), load, capacity })
  }
  return found.length > 0 ? found : [{ code: 'gensetMet', says: 'met', units: units.length }]
}

function coolingFindings({ flow }: Failover, { rooms }: Fed): Finding[] {
  const { graph } = flow
  return coolingOf(flow, undefined, flow.all)
    .filter(({ room }) => rooms.has(room))
    .flatMap(({ room, heat, units, spare }): Finding[] => {
      const here = graph.layout.power.filter(node => node.kind === 'cooling' && node.room === room)
      if (units === 0) return [{ code: 'coolingNone', says: 'lacking', room }]
      if (units === 1) return [{ code: 'coolingSingle', says: 'lacking', room, node: here[0]!.id }]
      const unrated = here.filter(node => node.capacity === undefined)
      if (unrated.length > 0 || spare === null) return unrated.map(node => ({ code: 'coolingUnrated', says: 'unknown', room, node: node.id }))
      if (heat.value !== null && heat.value > spare) return [{ code: 'coolingOver', says: 'lacking', room, heat: heat.value, spare }]
      return [{ code: 'coolingMet', says: 'met', room, units }]
    })
}

function pathFindings(failover: Failover, fed: Fed, tier: number): Finding[] {
  const { graph } = failover.flow
  const found: Finding[] = []
  const meeting = meetingOf(graph)
  const met = new Map<NodeId, string[]>()
  for (const no of fed.racks) {
    const [a, b] = graph.feeds[no]!
    if (a === undefined || b === undefined) continue
    const node = meeting(a.node, b.node)
    if (node === null) continue
    const id = graph.nodes[node]!.id
    met.set(id, [...(met.get(id) ?? []), graph.layout.racks[no]!.id])
  }
  for (const [node, racks] of met) found.push({ code: 'feedsMeet', says: tier >= 3 ? 'lacking' : 'remark', racks, node })
  const here = new Set(fed.racks.map(no => graph.layout.racks[no]!.id))
  const single = graph.items.filter(({ standing, legs }) => !standing.planned && here.has(standing.rack) && new Set(legs).size === 1)
  if (single.length > 0) found.push({ code: 'singleCord', says: 'remark', equipment: single.map(({ standing }) => standing.id) })
  if (tier >= 3)
    for (const i of fed.chain) {
      // Work on it lasts longer than a battery.
      if (graph.kinds[i] === 'rackFeed' || graph.kinds[i] === 'genset') continue
      const node = graph.nodes[i]!.id
      const dark = during(
        failover,
        [node],
        ({ items }) => items.map(no => graph.items[no]!).filter(item => new Set(item.legs).size > 1 && failover.supply[item.node] !== LIVE).length,
      )
      if (dark > 0) found.push({ code: 'notMaintainable', says: 'lacking', node, dark })
    }
  return found
}
