// What if: given things fail, who stands still, who is left on one leg, and what everything else then carries.
import type { Burden, NodeId, Shifted, WhatIf } from '../domain/plant.ts'
import { coolingOf } from './cooling.ts'
import { capacityShare, collapse, type Flow, type PhaseWatts, type Selected, watts } from './flow.ts'
import type { Graph } from './graph.ts'
import { burdensOf } from './load.ts'
import { type Marks, marksFor, reached } from './trace.ts'

/** `BATTERY`: carried by a UPS whose sources are gone, until that is empty. */
const [DEAD, BATTERY] = [0, 1] as const
export const LIVE = 2

/** A flow made ready for many questions: scratch columns are made once, and only what a failure touches is reckoned anew. */
export interface Failover {
  readonly flow: Flow
  readonly selected: Selected
  readonly supply: Uint8Array
  /** What carries a node that does not share, −1: none. */
  readonly source: Int32Array
  readonly load: PhaseWatts
  readonly marks: Marks
  /** Beyond its limit with everything alive. */
  readonly over: readonly number[]
}

export interface After {
  /** Nodes whose supply was looked at anew, and those whose load was; in rising order. */
  readonly affected: readonly number[]
  readonly touched: readonly number[]
  readonly items: readonly number[]
  readonly assumed: number
  readonly lost: number
}

export function openFailover(flow: Flow, selected: Selected = new Map()): Failover {
  const n = flow.graph.nodes.length
  const source = new Int32Array(n)
  for (let i = 0; i < n; i++) source[i] = normalSource(flow.graph, selected, i)
  const over = Array.from(source.keys()).filter(i => overAt(flow, flow.all, i).length > 0)
  return { flow, selected, supply: new Uint8Array(n).fill(LIVE), source, load: Float64Array.from(flow.all), marks: marksFor(flow.graph.from), over }
}

export const overAt = (flow: Flow, carried: PhaseWatts, i: number): Burden[] => burdensOf(flow, carried, i).filter(burden => burden.over)

function normalSource({ from, sharing }: Graph, selected: Selected, i: number): number {
  if (sharing[i] === 1 || from.start[i] === from.start[i + 1]) return -1
  return selected.get(i) ?? from.at[from.start[i]!]!
}

/** `failed`: ids of nodes, or `<source>><node>` for the line between two. Ids that there are not change nothing. */
export function whatIf(failover: Failover, failed: readonly NodeId[]): WhatIf {
  const { flow, supply, load } = failover
  const { graph } = flow
  return during(failover, failed, ({ affected, touched, items, assumed, lost }) => {
    const gone = new Set(failed)
    const named = (nodes: readonly number[]): NodeId[] => nodes.map(i => graph.nodes[i]!.id)
    const things = items.map(no => graph.items[no]!)
    const inChain = (i: number) => !DERIVED.has(graph.kinds[i]!)
    const shifted = touched
      .filter(i => (inChain(i) || graph.kinds[i] === 'rackFeed') && supply[i] !== DEAD && Math.abs(watts(load, i) - watts(flow.all, i)) > 0.5)
      .map((i): Shifted => ({ node: graph.nodes[i]!.id, before: watts(flow.all, i), after: watts(load, i) }))
    const looked = new Set(touched)
    const standing = failover.over.filter(i => !looked.has(i))
    return {
      failed: failed.filter(id => graph.index.has(id) || edgeOf(graph, id) !== null),
      dark: named(things.filter(({ node }) => supply[node] === DEAD).map(({ node }) => node)),
      oneLeg: named(things.filter(item => onOneLeg(graph, supply, item.psus)).map(({ node }) => node)),
      dead: named(affected.filter(i => inChain(i) && supply[i] === DEAD && !gone.has(graph.nodes[i]!.id))),
      battery: affected
        .filter(i => graph.kinds[i] === 'ups' && supply[i] === BATTERY)
        .map(i => ({ node: graph.nodes[i]!.id, runtime: runtimeOf(flow, i) })),
      shifted,
      over: [...touched, ...standing].toSorted((a, b) => a - b).flatMap(i => overAt(flow, load, i)),
      cooling: coolingOf(flow, i => supply[i] !== DEAD, load),
      assumed,
      lost,
    }
  })
}

const DERIVED: ReadonlySet<string> = new Set(['rackFeed', 'outlet', 'psu', 'item'])

function runtimeOf({ graph, readings }: Flow, i: number): number | null {
  const ref = graph.measures[i]?.['runtime']?.[0]
  return ref === undefined ? null : (readings(ref)?.value ?? null)
}

/** Legs are rack feeds: two supplies on one feed are one leg. */
export function onOneLeg(graph: Graph, supply: Uint8Array, psus: readonly number[]): boolean {
  const legs = new Set(psus.map(psu => feedAbove(graph, psu)))
  if (legs.size < 2) return false
  return new Set(psus.filter(psu => supply[psu] !== DEAD).map(psu => feedAbove(graph, psu))).size === 1
}

function feedAbove({ from, kinds }: Graph, psu: number): number {
  let at = psu
  while (kinds[at] !== 'rackFeed' && from.start[at] !== from.start[at + 1]) at = from.at[from.start[at]!]!
  return at
}

function edgeOf(graph: Graph, id: NodeId): readonly [from: number, to: number] | null {
  const [from, to, more] = id.split('>')
  const [source, node] = [graph.index.get(from ?? ''), graph.index.get(to ?? '')]
  return source === undefined || node === undefined || more !== undefined ? null : [source, node]
}

/** Plays the failure on the scratch columns, lets `look` read them, and puts them back. */
export function during<T>(failover: Failover, failed: readonly NodeId[], look: (after: After) => T): T {
  const { flow, supply, source, load, selected } = failover
  const after = play(failover, failed)
  try {
    return look(after)
  } finally {
    for (const i of after.affected) {
      supply[i] = LIVE
      source[i] = normalSource(flow.graph, selected, i)
    }
    for (const i of after.touched) for (let p = 0; p < 3; p++) load[3 * i + p] = flow.all[3 * i + p]!
  }
}

function play(failover: Failover, failed: readonly NodeId[]): After {
  const { graph } = failover.flow
  const gone = new Set(failed.map(id => graph.index.get(id)).filter(i => i !== undefined))
  const cut = new Set<string>()
  const below: number[] = []
  for (const id of failed) {
    const edge = edgeOf(graph, id)
    if (edge === null) continue
    cut.add(`${edge[0]}>${edge[1]}`)
    below.push(edge[1])
  }
  const affected = reached(graph.to, [...gone, ...below], failover.marks)
  for (const i of affected) resupply(failover, i, gone.has(i), cut)
  const items = affected.filter(i => graph.kinds[i] === 'item').map(i => graph.itemOf[i]!)
  const moved = moveLoads(failover, affected, items)
  const touched = reached(graph.from, [...affected, ...moved.nodes], failover.marks)
  for (let t = touched.length - 1; t >= 0; t--) carry(failover, touched[t]!, moved, cut)
  return { affected, touched, items, assumed: moved.assumed, lost: moved.lost }
}

function resupply({ flow: { graph }, selected, supply, source }: Failover, i: number, failed: boolean, cut: ReadonlySet<string>): void {
  const { start, at } = graph.from
  if (failed) {
    supply[i] = DEAD
    source[i] = -1
    return
  }
  if (start[i] === start[i + 1]) return
  let best: number = DEAD
  let by = -1
  const first = selected.get(i)
  const consider = (candidate: number) => {
    if (supply[candidate] === DEAD || (cut.size > 0 && cut.has(`${candidate}>${i}`))) return
    if (by < 0) by = candidate
    best = graph.sharing[i] === 1 ? Math.max(best, supply[candidate]!) : supply[by]!
  }
  if (first !== undefined) consider(first)
  for (let e = start[i]!; e < start[i + 1]!; e++) consider(at[e]!)
  if (graph.kinds[i] === 'ups' && best === DEAD) best = BATTERY
  supply[i] = best
  source[i] = graph.sharing[i] === 1 ? -1 : by
}

interface Moved {
  /** W of power supplies, and of what rack feeds have of their own, that are other than normal. */
  readonly psus: ReadonlyMap<number, number>
  readonly rests: ReadonlyMap<number, number>
  readonly nodes: readonly number[]
  readonly assumed: number
  readonly lost: number
}

/** What has two cords draws all of it through the living one. Of a rack whose load is known only in sum, the same is taken for certain: the worst case. */
function moveLoads({ flow, supply }: Failover, affected: readonly number[], items: readonly number[]): Moved {
  const { graph } = flow
  const psus = new Map<number, number>()
  const rests = new Map<number, number>()
  let assumed = 0
  let lost = 0
  for (const no of items) {
    const all = graph.items[no]!.psus
    const living = all.filter(psu => supply[psu] !== DEAD)
    const total = sum(all.map(psu => watts(flow.all, psu)))
    const kept = sum(living.map(psu => watts(flow.all, psu)))
    for (const psu of all) psus.set(psu, 0)
    for (const psu of living) psus.set(psu, kept > 0 ? (total * watts(flow.all, psu)) / kept : total / living.length)
    if (living.length === 0) lost += total
  }
  const racks = new Set(affected.map(i => graph.rackOf[i]!).filter(no => no >= 0))
  for (const no of racks) {
    const feeds = graph.feeds[no]!.map(({ node }) => node)
    const living = feeds.filter(node => supply[node] !== DEAD)
    const own = (node: number) => Math.max(0, watts(flow.own, node))
    const dead = sum(feeds.filter(node => supply[node] === DEAD).map(own))
    const kept = sum(living.map(own))
    if (dead === 0) continue
    if (living.length === 0) lost += dead
    else assumed += dead
    for (const node of living) rests.set(node, own(node) + (kept > 0 ? (dead * own(node)) / kept : dead / living.length))
  }
  for (const i of affected)
    if (supply[i] === DEAD && graph.rackOf[i]! < 0 && graph.kinds[i] !== 'psu' && graph.kinds[i] !== 'item') lost += Math.max(0, watts(flow.own, i))
  return { psus, rests, nodes: [...psus.keys(), ...rests.keys()], assumed, lost }
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/** A node carries its own and its part of all that it feeds. */
function carry({ flow, supply, source, load }: Failover, i: number, { psus, rests }: Moved, cut: ReadonlySet<string>): void {
  const { graph } = flow
  if (graph.kinds[i] === 'item') return
  const at = 3 * i
  const psu = psus.get(i)
  if (supply[i] === DEAD || psu !== undefined || graph.kinds[i] === 'psu') {
    const value = supply[i] === DEAD ? 0 : (psu ?? watts(flow.all, i))
    for (let p = 0; p < 3; p++) load[at + p] = value / 3
    return
  }
  const own = watts(flow.own, i)
  const rest = rests.get(i) ?? own
  for (let p = 0; p < 3; p++) load[at + p] = flow.own[at + p]! + (rest - own) / 3
  for (let e = graph.to.start[i]!; e < graph.to.start[i + 1]!; e++) {
    const child = graph.to.at[e]!
    if (supply[child] === DEAD || graph.kinds[child] === 'item') continue
    const part = partOf(graph, supply, source, child, i, cut)
    if (part > 0) for (let p = 0; p < 3; p++) load[at + p]! += load[3 * child + p]! * part
  }
  if (graph.single[i] === 1) collapse(load, i, graph.phase[i]!)
}

function partOf(
  { from, sharing, capacity }: Graph,
  supply: Uint8Array,
  source: Int32Array,
  child: number,
  by: number,
  cut: ReadonlySet<string>,
): number {
  if (sharing[child] === 0) return source[child] === by ? 1 : 0
  return capacityShare({ from, capacity }, child, by, node => supply[node] !== DEAD && (cut.size === 0 || !cut.has(`${node}>${child}`)))
}
