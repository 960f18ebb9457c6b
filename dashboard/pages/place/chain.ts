// The power chain as it is edited: what feeds what, circles found as they arise, a node taken out with every cord to it. Pure.
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { PlantNode, TraceEdge } from '../../../daemon/domain/plant.ts'

type Node = Pick<Layout['power'][number], 'id' | 'from'>

/** A way from a node up its sources that comes back to it, as ids along the current: the node first and last. Null: there is none. */
export function circleThrough(nodes: readonly Node[], id: string): readonly string[] | null {
  const sources = new Map(nodes.map(node => [node.id, node.from]))
  const seen = new Set<string>()
  const waiting: string[][] = [[id]]
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    for (const source of sources.get(path[0]!) ?? []) {
      if (source === id) return [id, ...path]
      if (seen.has(source)) continue
      seen.add(source)
      waiting.push([source, ...path])
    }
  }
  return null
}

/** Sources first; of a circle, the edges that close it are left out of the drawing. */
export function drawable(power: Layout['power']): { readonly nodes: readonly PlantNode[]; readonly edges: readonly TraceEdge[] } {
  const known = new Map(power.map(node => [node.id, node]))
  const placed = new Map<string, number>()
  const going = new Set<string>()
  const order: Layout['power'][number][] = []
  const place = (node: Layout['power'][number]): void => {
    if (placed.has(node.id) || going.has(node.id)) return
    going.add(node.id)
    for (const id of node.from) {
      const source = known.get(id)
      if (source !== undefined) place(source)
    }
    placed.set(node.id, order.length)
    order.push(node)
  }
  for (const node of power) place(node)
  return {
    nodes: order.map(({ id, name, kind, device }) => ({ id, name, kind, device: device ?? null, rack: null, equipment: null })),
    edges: order.flatMap(node =>
      node.from.flatMap((from, preference) =>
        (placed.get(from) ?? Number.POSITIVE_INFINITY) < placed.get(node.id)! ? [{ from, to: node.id, preference }] : [],
      ),
    ),
  }
}

/** One more source, least preferred; the same layout where it already is one. */
export function fedBy(layout: Layout, id: string, source: string): Layout {
  const node = layout.power.find(each => each.id === id)
  if (node === undefined || id === source || node.from.includes(source)) return layout
  return { ...layout, power: layout.power.map(each => (each.id === id ? { ...each, from: [...each.from, source] } : each)) }
}

/** Without the node: nothing names it as a source any more, and racks lose the feeds that hung on it. */
export const withoutNode = (layout: Layout, id: string): Layout => ({
  ...layout,
  power: layout.power.flatMap(node =>
    node.id === id ? [] : node.from.includes(id) ? [{ ...node, from: node.from.filter(from => from !== id) }] : [node],
  ),
  racks: layout.racks.map(rack =>
    rack.feeds.some(({ node }) => node === id) ? { ...rack, feeds: rack.feeds.filter(({ node }) => node !== id) } : rack,
  ),
})

/** Racks that a node feeds directly. */
export const racksOn = (layout: Layout, id: string): readonly string[] =>
  layout.racks.flatMap(rack => (rack.feeds.some(({ node }) => node === id) ? [rack.name] : []))
