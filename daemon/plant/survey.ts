// One component gone at a time: what each loss would cost, and the most that every node would ever carry.
import type { Loss, NodeId, Survey } from '../domain/plant.ts'
import { coolingOf } from './cooling.ts'
import { during, type Failover, onOneLeg, overAt } from './failover.ts'
import { type Flow, type PhaseWatts, watts } from './flow.ts'

const SURVEYED: ReadonlySet<string> = new Set(['ups', 'panel', 'feed', 'pdu', 'cooling'])
/** Below these stands one rack: their loss moves load within it only. */
const RACK_SIDE: ReadonlySet<string> = new Set(['pdu', 'feed'])

export function survey(failover: Failover): Survey {
  const { graph } = failover.flow
  const nodes = graph.nodes.filter(node => SURVEYED.has(node.kind))
  const losses = nodes
    .map(({ id }) => lossOf(failover, id))
    .filter(loss => loss.dark + loss.oneLeg + loss.over.length + loss.hot.length + loss.lost > 0)
  return { tried: nodes.length, losses: losses.sort(worse) }
}

/** Dark things first, then rooms that grow hot, overloads, and what is left on one leg. */
const worse = (a: Loss, b: Loss): number =>
  b.dark - a.dark ||
  b.hot.length - a.hot.length ||
  b.over.length - a.over.length ||
  b.oneLeg - a.oneLeg ||
  b.lost - a.lost ||
  (a.node < b.node ? -1 : 1)

function lossOf(failover: Failover, id: NodeId): Loss {
  const { flow, supply, load } = failover
  const { graph } = flow
  return during(failover, [id], ({ affected, touched, items, lost }) => {
    const before = new Set(failover.over)
    const hot = affected.some(i => graph.kinds[i] === 'cooling') ? coolingOf(flow, i => supply[i] !== 0, load).filter(room => room.over) : []
    return {
      node: id,
      kind: graph.kinds[graph.index.get(id)!]!,
      dark: items.filter(no => graph.items[no]!.psus.length > 0 && supply[graph.items[no]!.node] === 0).length,
      oneLeg: items.filter(no => onOneLeg(graph, supply, graph.items[no]!.psus)).length,
      over: touched.filter(i => !before.has(i)).flatMap(i => overAt(flow, load, i)),
      hot: hot.map(({ room }) => room),
      lost,
    }
  })
}

/** The most that each node carries with any one component gone: W in all, and on each phase. */
export interface Envelope {
  readonly total: Float64Array
  readonly phases: PhaseWatts
}

export function envelope(failover: Failover): Envelope {
  const { flow, load } = failover
  const { graph } = flow
  const total = Float64Array.from(graph.nodes, (_, i) => watts(flow.all, i))
  const phases = Float64Array.from(flow.all)
  for (const [i, { id, kind }] of graph.nodes.entries()) {
    // Items and what stands before them are no components of the building; the rack's own sides are reckoned at the rack.
    if (kind === 'item' || kind === 'psu' || kind === 'outlet' || kind === 'rackFeed' || (RACK_SIDE.has(kind) && racksBelow(flow, i) < 2)) continue
    during(failover, [id], ({ touched }) => {
      for (const node of touched) {
        total[node] = Math.max(total[node]!, watts(load, node))
        for (let p = 0; p < 3; p++) phases[3 * node + p] = Math.max(phases[3 * node + p]!, load[3 * node + p]!)
      }
    })
  }
  for (const no of graph.layout.racks.keys()) {
    const legs = rackLegs(flow, no)
    for (const { node, failover: most } of legs) total[node] = Math.max(total[node]!, most)
  }
  return { total, phases }
}

function racksBelow({ graph: { to, kinds } }: Flow, i: number): number {
  let racks = 0
  for (let e = to.start[i]!; e < to.start[i + 1]!; e++) racks += kinds[to.at[e]!] === 'rackFeed' ? 1 : 2
  return racks
}

/** A rack's feeds: W with all alive, and the most with one other feed of the rack gone. */
export function rackLegs(flow: Flow, rackNo: number): readonly { readonly node: number; readonly now: number; readonly failover: number }[] {
  const { graph } = flow
  const feeds = graph.feeds[rackNo]!
  const now = feeds.map(({ node }) => watts(flow.all, node))
  const own = feeds.map(({ node }) => Math.max(0, watts(flow.own, node)))
  const most = [...now]
  for (const gone of feeds.keys()) {
    const after = now.map((value, f) => (f === gone ? 0 : value))
    spread(after, own, gone, () => true)
    for (const { legs, psus } of graph.inRack[rackNo]!) {
      const parts = feeds.map((_, f) => psus.reduce((sum, psu, k) => (legs[k] === f ? sum + watts(flow.all, psu) : sum), 0))
      spread(after, parts, gone, f => legs.includes(f))
    }
    for (const f of feeds.keys()) if (f !== gone) most[f] = Math.max(most[f]!, after[f]!)
  }
  return feeds.map(({ node }, f) => ({ node, now: now[f]!, failover: most[f]! }))
}

/** What the gone feed carried of one thing goes to its other feeds: as they share it already, or equally. */
function spread(after: number[], parts: readonly number[], gone: number, hangsOn: (feed: number) => boolean): void {
  const moving = parts[gone]!
  if (moving <= 0) return
  const others = [...parts.keys()].filter(f => f !== gone && hangsOn(f))
  const kept = others.reduce((sum, f) => sum + parts[f]!, 0)
  for (const f of others) after[f]! += kept > 0 ? (moving * parts[f]!) / kept : moving / others.length
}
