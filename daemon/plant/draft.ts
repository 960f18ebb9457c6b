// The nodes of the power chain before they are ordered: those of the inventory, and what follows from it: rack feeds, outlets, power supplies, items.
import type { Feed, Layout, PointRef, PowerNode } from '../domain/inventory.ts'
import type { NodeKind, Phase, PlantNode } from '../domain/plant.ts'
import type { Standing } from './standing.ts'

export interface Draft {
  readonly node: PlantNode
  /** Numbers of its sources among the drafts. */
  readonly from: readonly number[]
  readonly capacity: number
  readonly breaker: number
  readonly volts: number
  readonly phase: Phase | null
  readonly single: boolean
  readonly measures: Readonly<Record<string, readonly PointRef[]>> | null
}

export type Drafts = readonly Draft[] & { readonly byId: ReadonlyMap<string, number> }

const NONE = { capacity: Number.NaN, breaker: Number.NaN, volts: Number.NaN, phase: null, single: false, measures: null }

export function draftOf(layout: Layout, things: readonly Standing[]): Drafts {
  const list: Draft[] = []
  const byId = new Map<string, number>()
  const add = (draft: Draft): number => {
    const at = byId.get(draft.node.id)
    if (at !== undefined) return at
    byId.set(draft.node.id, list.length)
    return list.push(draft) - 1
  }
  const number = new Map<string, number>()
  for (const node of layout.power) if (!number.has(node.id)) number.set(node.id, number.size)
  for (const node of layout.power) add(powerNode(node, number))

  for (const rack of layout.racks)
    for (const feed of rack.feeds) {
      const source = number.get(feed.node)
      add({
        ...NONE,
        node: plain(`feed:${rack.id}:${feed.name}`, `${rack.name} ${feed.name}`, 'rackFeed', rack.id),
        from: source === undefined ? [] : [source],
        breaker: feed.breaker,
        volts: toNeutral(feed),
        phase: feed.phases === 1 ? (feed.phase ?? null) : null,
        single: feed.phases === 1,
      })
    }
  for (const thing of things) {
    const psus: number[] = []
    for (const [i, psu] of thing.psus.entries()) {
      const feed = byId.get(`feed:${thing.rack}:${psu.feed}`)
      if (feed === undefined) continue
      const outlet = psu.outlet
      const socket =
        outlet === undefined
          ? feed
          : add({ ...NONE, node: plain(`outlet:${thing.rack}:${psu.feed}:${outlet}`, outlet, 'outlet', thing.rack), from: [feed], single: true })
      const node = { ...plain(`psu:${thing.id}:${i + 1}`, `${thing.name} ${i + 1}`, 'psu', thing.rack), equipment: thing.id }
      psus.push(add({ ...NONE, node, from: [socket], single: true, measures: psu.power === undefined ? null : { power: [psu.power] } }))
    }
    add({ ...NONE, node: { ...plain(`item:${thing.id}`, thing.name, 'item', thing.rack), equipment: thing.id }, from: psus, single: true })
  }
  return Object.assign(list, { byId })
}

const plain = (id: string, name: string, kind: NodeKind, rack: string | null): PlantNode => ({ id, name, kind, device: null, rack, equipment: null })

function powerNode(node: PowerNode, number: ReadonlyMap<string, number>): Draft {
  const from = [...new Set(node.from)].map(id => number.get(id)).filter(found => found !== undefined)
  return {
    node: { ...plain(node.id, node.name, node.kind, null), device: node.device ?? null },
    from,
    capacity: node.capacity ?? Number.NaN,
    breaker: node.breaker ?? Number.NaN,
    volts: Number.NaN,
    phase: node.phase ?? null,
    single: node.phase !== undefined,
    measures: Object.fromEntries(Object.entries(node.measures).map(([name, refs]) => [name, [refs].flat()])),
  }
}

/** Three-phase feeds are written with either voltage: 400 V between two phases is 230 V from each to neutral. */
const toNeutral = ({ phases, voltage }: Feed): number => (phases === 3 && voltage >= 300 ? voltage / Math.sqrt(3) : voltage)

/** One circle among the nodes that could not be ordered, as ids along it, in the direction of the current. */
export function circleAmong(drafts: readonly Draft[], left: (i: number) => boolean): readonly string[] {
  const seen: number[] = []
  let at = drafts.findIndex((_, i) => left(i))
  while (at >= 0 && !seen.includes(at)) {
    seen.push(at)
    // Each that is left has a source that is left: going on ends in a circle.
    at = drafts[at]!.from.find(left) ?? -1
  }
  const circle = [...seen.slice(seen.indexOf(at)), at].map(i => drafts[i]?.node.id ?? '')
  return circle.reverse()
}
