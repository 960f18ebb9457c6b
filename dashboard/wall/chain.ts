// The one-line diagram as boxes and wires, drawn from any power chain into a fixed grid of 1216 × 550. Pure: geometry only, no live value.
import type { Layout, PowerNode } from '../../daemon/domain/inventory.ts'
import { type Box, type Column, spread, wire } from './geometry.ts'

export interface NodeBox {
  readonly node: PowerNode
  readonly column: Column
  readonly box: Box
  /** Nodes below it that are not drawn, such as the rack PDUs behind a distribution panel. */
  readonly below: readonly PowerNode[]
}

export interface RowBox {
  readonly id: string
  readonly name: string
  readonly box: Box
  readonly racks: readonly { readonly id: string; readonly name: string; readonly feeds: readonly PowerNode[] }[]
  readonly ports: readonly { readonly name: string; readonly y: number; readonly from: string }[]
}

export interface Wire {
  readonly key: string
  /** Drawn node it comes from, and the one it goes to; null for a row (then its flow is its source's). */
  readonly from: string
  readonly to: string | null
  readonly path: string
}

export interface Chain {
  readonly nodes: readonly NodeBox[]
  readonly rows: readonly RowBox[]
  readonly wires: readonly Wire[]
  /** Cooling leaves the diagram downwards from the node that feeds it. */
  readonly cooling: { readonly x: number; readonly from: string; readonly nodes: readonly PowerNode[] } | null
  /** What did not fit into its column. */
  readonly hidden: number
}

const MOST: Readonly<Record<Column, number>> = { source: 4, transfer: 3, ups: 4, dist: 5, row: 4 }

export function buildChain(layout: Layout): Chain {
  const byId = new Map(layout.power.map(node => [node.id, node]))
  const above = (node: PowerNode): PowerNode[] => node.from.flatMap(id => byId.get(id) ?? [])
  const ups = layout.power.filter(node => node.kind === 'ups')
  const behindUps = (node: PowerNode): boolean => hasAbove(node, above, one => one.kind === 'ups')
  const columnOf = (node: PowerNode): Column | null => {
    if (node.kind === 'utility' || node.kind === 'genset') return 'source'
    if (node.kind === 'ups') return 'ups'
    if (node.kind === 'ats') return behindUps(node) ? 'dist' : 'transfer'
    if (node.kind === 'panel') return behindUps(node) || ups.length === 0 ? 'dist' : 'transfer'
    return null
  }
  const columns = new Map<Column, PowerNode[]>()
  for (const node of layout.power) {
    const column = columnOf(node)
    if (column !== null) columns.set(column, [...(columns.get(column) ?? []), node])
  }
  // Without distribution panels the PDUs stand there themselves, while they are few.
  const pdus = layout.power.filter(node => node.kind === 'pdu' || node.kind === 'load')
  if (!columns.has('dist') && pdus.length > 0 && pdus.length <= MOST.dist) columns.set('dist', pdus)

  let hidden = 0
  const nodes: NodeBox[] = []
  for (const [column, all] of columns) {
    const shown = all.slice(0, MOST[column])
    hidden += all.length - shown.length
    const boxes = spread(column, shown.length)
    shown.forEach((node, i) => {
      const box = boxes[i]
      if (box !== undefined) nodes.push({ node, column, box, below: [] })
    })
  }
  const drawn = new Map(nodes.map(one => [one.node.id, one]))
  const drawnAbove = (node: PowerNode): string[] => nearest(node, above, one => drawn.has(one.id))
  const withBelow = nodes.map(one => ({
    ...one,
    below: pdus.filter(pdu => !drawn.has(pdu.id) && drawnAbove(pdu).includes(one.node.id)),
  }))

  const rows = buildRows(layout, byId, drawn, drawnAbove)
  const wires = [...nodeWires(nodes, drawn, drawnAbove), ...rowWires(rows, drawn)]
  return { nodes: withBelow, rows, wires, cooling: coolingOf(layout, drawn, drawnAbove), hidden }
}

function hasAbove(node: PowerNode, above: (node: PowerNode) => PowerNode[], is: (node: PowerNode) => boolean): boolean {
  const seen = new Set<string>()
  const edge = above(node)
  for (let one = edge.pop(); one !== undefined; one = edge.pop()) {
    if (seen.has(one.id)) continue
    seen.add(one.id)
    if (is(one)) return true
    edge.push(...above(one))
  }
  return false
}

/** The nearest nodes above that are drawn, in order of preference. */
function nearest(node: PowerNode, above: (node: PowerNode) => PowerNode[], drawn: (node: PowerNode) => boolean): string[] {
  const found: string[] = []
  const seen = new Set<string>()
  const look = (one: PowerNode): void => {
    if (seen.has(one.id)) return
    seen.add(one.id)
    if (drawn(one)) found.push(one.id)
    else for (const next of above(one)) look(next)
  }
  for (const one of above(node)) look(one)
  return found
}

type Drawn = ReadonlyMap<string, NodeBox>

function buildRows(layout: Layout, byId: ReadonlyMap<string, PowerNode>, drawn: Drawn, drawnAbove: (node: PowerNode) => string[]): RowBox[] {
  const filled = layout.rows
    .map(row => ({ row, racks: layout.racks.filter(rack => rack.row === row.id) }))
    .filter(one => one.racks.length > 0)
    .slice(0, MOST.row)
  const boxes = spread('row', filled.length)
  return filled.flatMap(({ row, racks }, i) => {
    const box = boxes[i]
    if (box === undefined) return []
    const feeds = new Map<string, { name: string; from: string }>()
    for (const rack of racks) {
      for (const feed of rack.feeds) {
        const node = byId.get(feed.node)
        if (node === undefined) continue
        for (const from of drawn.has(node.id) ? [node.id] : drawnAbove(node)) feeds.set(`${feed.name} ${from}`, { name: feed.name, from })
      }
    }
    const sorted = [...feeds.values()].sort((a, b) => a.name.localeCompare(b.name))
    return [
      {
        id: row.id,
        name: row.name,
        box,
        racks: racks.map(rack => ({ id: rack.id, name: rack.name, feeds: rack.feeds.flatMap(feed => byId.get(feed.node) ?? []) })),
        ports: portsOf(box, sorted, drawn),
      },
    ]
  })
}

/** Ports at the height of their source where that lies inside the row, else near that edge; never closer than 40. */
function portsOf(box: Box, feeds: readonly { name: string; from: string }[], drawn: Drawn): { name: string; y: number; from: string }[] {
  const top = box.y + Math.min(60, box.height * 0.26)
  const bottom = box.y + box.height - Math.min(52, box.height * 0.23)
  const wanted = feeds.map(feed => {
    const source = drawn.get(feed.from)?.box
    const at = source === undefined ? box.y + box.height / 2 : source.y + source.height / 2
    return { ...feed, at, y: at > box.y + 26 && at < box.y + box.height - 26 ? at : Math.min(bottom, Math.max(top, at)) }
  })
  const down = wanted.toSorted((a, b) => a.at - b.at)
  for (let i = 1; i < down.length; i++) {
    const [one, before] = [down[i], down[i - 1]]
    if (one !== undefined && before !== undefined && one.y - before.y < 40) one.y = Math.min(box.y + box.height - 18, before.y + 40)
  }
  return wanted.map(({ name, y, from }) => ({ name, y, from }))
}

function nodeWires(nodes: readonly NodeBox[], drawn: Drawn, drawnAbove: (node: PowerNode) => string[]): Wire[] {
  const edges = nodes.flatMap(one => drawnAbove(one.node).map(from => ({ from, to: one.node.id })))
  const outs = Map.groupBy(edges, edge => edge.from)
  const ins = Map.groupBy(edges, edge => edge.to)
  const middle = (id: string): number => {
    const box = drawn.get(id)?.box
    return box === undefined ? 0 : box.y + box.height / 2
  }
  const port = (id: string, other: string, all: readonly string[], room: number): number => {
    const box = drawn.get(id)?.box
    if (box === undefined) return 0
    const order = all.toSorted((a, b) => middle(a) - middle(b))
    const step = order.length < 2 ? 0 : Math.min(room, (box.height * 0.6) / (order.length - 1))
    return middle(id) + (order.indexOf(other) - (order.length - 1) / 2) * step
  }
  const taken: { x: number; from: number; to: number; net: string }[] = []
  return edges.flatMap(edge => {
    const [a, b] = [drawn.get(edge.from)?.box, drawn.get(edge.to)?.box]
    if (a === undefined || b === undefined) return []
    const y1 = port(
      edge.from,
      edge.to,
      (outs.get(edge.from) ?? []).map(one => one.to),
      50,
    )
    const y2 = port(
      edge.to,
      edge.from,
      (ins.get(edge.to) ?? []).map(one => one.from),
      70,
    )
    return [{ key: `${edge.from}>${edge.to}`, from: edge.from, to: edge.to, path: wire(a.x + a.width, y1, b.x, y2, taken, edge.from) }]
  })
}

function rowWires(rows: readonly RowBox[], drawn: Drawn): Wire[] {
  const sources = [...new Set(rows.flatMap(row => row.ports.map(one => one.from)))]
  const gap = sources.length > 2 ? 44 / sources.length : 20
  const trunkX = (from: string): number => 950 + (sources.indexOf(from) - (sources.length > 2 ? 0.5 : 0)) * gap
  const yOf = (from: string): number => {
    const box = drawn.get(from)?.box
    return box === undefined ? 0 : box.y + box.height / 2
  }
  const ends = rows.flatMap(row => row.ports.map(port => ({ ...port, x: row.box.x })))
  const reach = new Map(sources.map(from => [from, [yOf(from), ...ends.filter(end => end.from === from).map(end => end.y)]]))
  return sources.map(from => {
    const box = drawn.get(from)?.box
    const y = yOf(from)
    const x = trunkX(from)
    let path = ''
    for (const end of ends.filter(one => one.from === from)) {
      path += end.y === y ? `M${(box?.x ?? 0) + (box?.width ?? 0)} ${y}` : `M${(box?.x ?? 0) + (box?.width ?? 0)} ${y}H${x}V${end.y}`
      // Another feed's trunk in the way is jumped over, as on paper.
      for (const other of sources) {
        const heights = reach.get(other) ?? []
        const crossed = other !== from && trunkX(other) > x && Math.min(...heights) < end.y && Math.max(...heights) > end.y
        if (crossed) path += `H${trunkX(other) - 8}A8 8 0 0 1 ${trunkX(other) + 8} ${end.y}`
      }
      path += `H${end.x}`
    }
    return { key: `${from}>rows`, from, to: null, path }
  })
}

function coolingOf(layout: Layout, drawn: Drawn, drawnAbove: (node: PowerNode) => string[]): Chain['cooling'] {
  const all = layout.power.filter(node => node.kind === 'cooling')
  // A collecting node measures the units behind it: counting both would count twice.
  const tops = all.filter(node => !node.from.some(id => all.some(other => other.id === id)))
  const from = tops.flatMap(drawnAbove)[0]
  const box = from === undefined ? undefined : drawn.get(from)?.box
  if (from === undefined || box === undefined) return null
  return { x: box.x + box.width / 2, from, nodes: tops }
}
