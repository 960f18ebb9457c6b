// The power chain compiled once into flat arrays: what feeds what, from the public supply to every power supply of every thing in a rack.
import type { Layout, PointRef } from '../domain/inventory.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { Reservation } from '../domain/placement.ts'
import type { FeedName, NodeId, NodeKind, PlantNode } from '../domain/plant.ts'
import { PHASES } from '../domain/plant.ts'
import { circleAmong, type Draft, draftOf } from './draft.ts'
import { type Standing, standing } from './standing.ts'

/** Edges in both directions, as rows: those of node n are `at[start[n]]` … `at[start[n + 1] - 1]`. */
export interface Rows {
  readonly start: Int32Array
  readonly at: Int32Array
}

export interface RackFeed {
  readonly name: FeedName
  readonly node: number
}

export interface Item {
  readonly standing: Standing
  readonly node: number
  /** Nodes of its power supplies whose feed is known, and the place of each one's feed among the rack's. */
  readonly psus: readonly number[]
  readonly legs: readonly number[]
}

/** Nodes are numbered so that every source comes before what it feeds. */
export interface Graph {
  readonly layout: Layout
  readonly nodes: readonly PlantNode[]
  readonly index: ReadonlyMap<NodeId, number>
  /** Sources of a node, in order of preference; and what it feeds. */
  readonly from: Rows
  readonly to: Rows
  readonly kinds: readonly NodeKind[]
  /** W; NaN: not known. Of cooling the heat it takes away is in `heat`. */
  readonly capacity: Float64Array
  readonly heat: Float64Array
  /** A; NaN: none known. */
  readonly breaker: Float64Array
  /** Phase to neutral. */
  readonly volts: Float64Array
  /** 0…2 where it hangs on one phase that is known, otherwise −1. */
  readonly phase: Int8Array
  /** 1 where it has one phase, known or not. */
  readonly single: Uint8Array
  /** 1: its sources carry together (paralleled UPS modules or gensets on one bar) and not one at a time. */
  readonly sharing: Uint8Array
  /** Items by their order in `items`; of PSUs theirs, otherwise −1. */
  readonly itemOf: Int32Array
  readonly measures: readonly (Readonly<Record<string, readonly PointRef[]>> | null)[]
  readonly items: readonly Item[]
  /** Of each rack of the layout: its feeds by name, and what stands in it. */
  readonly feeds: readonly (readonly RackFeed[])[]
  readonly inRack: readonly (readonly Item[])[]
  /** Of a rack's feeds the rack's number in `racks` of the layout, otherwise −1. */
  readonly rackOf: Int32Array
}

/** Fails when power runs in a circle, and names it. References that lead nowhere are left out: the inventory's check tells of them. */
export function compile(layout: Layout, reservations: readonly Reservation[] = []): Outcome<Graph> {
  const things = standing(layout, reservations)
  const drafts = draftOf(layout, things)
  const order = sorted(drafts)
  if (order.length < drafts.length) {
    const placed = new Set(order)
    const circle = circleAmong(drafts, i => !placed.has(i))
    return failed('invalid', `power runs in a circle: ${circle.join(' → ')}. Remove one of these "from" entries.`)
  }
  const n = order.length
  const placeOf = new Int32Array(n)
  for (const [place, i] of order.entries()) placeOf[i] = place
  const ordered = order.map(i => drafts[i]!)

  const from = rows(ordered.map(draft => draft.from.map(i => placeOf[i]!)))
  const to = turned(from, n)
  const column = (of: (draft: Draft) => number) => Float64Array.from(ordered, of)
  const volts = column(draft => draft.volts)
  // A node's voltage is written at the rack feeds only: what feeds them has the same.
  for (let i = n - 1; i >= 0; i--) {
    if (Number.isNaN(volts[i]!)) volts[i] = 230
    for (let e = from.start[i]!; e < from.start[i + 1]!; e++) if (Number.isNaN(volts[from.at[e]!]!)) volts[from.at[e]!] = volts[i]!
  }
  const rackOf = new Int32Array(n).fill(-1)
  const feeds = layout.racks.map((rack, no) => {
    const names = [...new Set(rack.feeds.map(feed => feed.name))].sort()
    const nodes = names.map(name => ({ name, node: placeOf[drafts.byId.get(`feed:${rack.id}:${name}`)!]! }))
    for (const { node } of nodes) rackOf[node] = no
    return nodes
  })
  const racks = new Map(layout.racks.map((rack, no) => [rack.id, no]))
  const inRack: Item[][] = layout.racks.map(() => [])
  const itemOf = new Int32Array(n).fill(-1)
  const items = things.map((thing, no): Item => {
    const node = placeOf[drafts.byId.get(`item:${thing.id}`)!]!
    itemOf[node] = no
    const psus = Array.from(from.at.subarray(from.start[node]!, from.start[node + 1]!))
    for (const psu of psus) itemOf[psu] = no
    const rack = racks.get(thing.rack)
    const item = { standing: thing, node, psus, legs: legsOf(thing, rack === undefined ? [] : feeds[rack]!) }
    if (rack !== undefined) inRack[rack]!.push(item)
    return item
  })
  return done({
    layout,
    nodes: ordered.map(draft => draft.node),
    index: new Map(ordered.map((draft, i) => [draft.node.id, i])),
    from,
    to,
    kinds: ordered.map(draft => draft.node.kind),
    capacity: column(draft => (draft.node.kind === 'cooling' ? Number.NaN : draft.capacity)),
    heat: column(draft => (draft.node.kind === 'cooling' ? draft.capacity : Number.NaN)),
    breaker: column(draft => draft.breaker),
    volts,
    phase: Int8Array.from(ordered, draft => (draft.phase === null ? -1 : PHASES.indexOf(draft.phase))),
    single: Uint8Array.from(ordered, draft => (draft.single ? 1 : 0)),
    sharing: Uint8Array.from(ordered, draft => (carryTogether(draft, drafts) ? 1 : 0)),
    itemOf,
    measures: ordered.map(draft => draft.measures),
    items,
    feeds,
    inRack,
    rackOf,
  })
}

const legsOf = ({ psus }: Standing, feeds: readonly RackFeed[]): number[] =>
  psus.map(psu => feeds.findIndex(feed => feed.name === psu.feed)).filter(place => place >= 0)

/** On a bar, sources of one kind run in parallel; a transfer switch, and everything else with several sources, takes the first that lives. */
function carryTogether(draft: Draft, drafts: readonly Draft[]): boolean {
  if (draft.node.kind === 'item') return true
  if (draft.node.kind !== 'panel' || draft.from.length < 2) return false
  const kinds = new Set(draft.from.map(i => drafts[i]!.node.kind))
  return kinds.size === 1 && (kinds.has('ups') || kinds.has('genset'))
}

export const sourcesOf = ({ from: { start, at } }: Graph, node: number): Int32Array => at.subarray(start[node]!, start[node + 1]!)

/** Sources first (Kahn); shorter than the drafts when there is a circle. */
function sorted(drafts: readonly Draft[]): number[] {
  const waiting = Int32Array.from(drafts, draft => draft.from.length)
  const feeds: number[][] = drafts.map(() => [])
  for (const [i, draft] of drafts.entries()) for (const source of draft.from) feeds[source]!.push(i)
  const order: number[] = []
  for (let i = 0; i < drafts.length; i++) if (waiting[i] === 0) order.push(i)
  for (let at = 0; at < order.length; at++) {
    for (const next of feeds[order[at]!]!) {
      waiting[next]! -= 1
      if (waiting[next] === 0) order.push(next)
    }
  }
  return order
}

function rows(lists: readonly (readonly number[])[]): Rows {
  const start = new Int32Array(lists.length + 1)
  for (const [i, list] of lists.entries()) start[i + 1] = start[i]! + list.length
  const at = new Int32Array(start[lists.length]!)
  for (const [i, list] of lists.entries()) at.set(list, start[i]!)
  return { start, at }
}

function turned({ start, at }: Rows, n: number): Rows {
  const lists: number[][] = Array.from({ length: n }, () => [])
  for (let i = 0; i < n; i++) for (let e = start[i]!; e < start[i + 1]!; e++) lists[at[e]!]!.push(i)
  return rows(lists)
}
