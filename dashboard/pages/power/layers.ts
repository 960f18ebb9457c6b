// The power chain as columns of boxes and wires between them: sources left, rack PDUs right. Pure: no value, no name of the browser.
import type { PlantNode, TraceEdge } from '../../../daemon/domain/plant.ts'

export const BOX = { width: 120, height: 48 } as const
const GAP = { x: 18, y: 8 } as const
/** A longer column is broken in two: the page should not be all PDUs. */
const MOST = 14

export interface PlacedNode {
  readonly node: PlantNode
  readonly x: number
  readonly y: number
}

export interface PlacedWire {
  readonly key: string
  readonly from: string
  readonly to: string
  /** Not the source that carries while it lives. */
  readonly spare: boolean
  readonly path: string
}

export interface Layers {
  readonly nodes: readonly PlacedNode[]
  readonly wires: readonly PlacedWire[]
  readonly width: number
  readonly height: number
}

const natural = new Intl.Collator('id', { numeric: true, sensitivity: 'base' })

/** Nodes come sources first. */
export function layersOf(nodes: readonly PlantNode[], edges: readonly TraceEdge[]): Layers {
  const sources = new Map<string, string[]>()
  for (const { from, to } of edges) sources.set(to, [...(sources.get(to) ?? []), from])
  const depth = new Map<string, number>()
  for (const { id } of nodes) depth.set(id, Math.max(-1, ...(sources.get(id) ?? []).map(from => depth.get(from) ?? 0)) + 1)
  const columns: PlantNode[][] = []
  const place = new Map<string, number>()
  for (const level of [...new Set(depth.values())].sort((a, b) => a - b)) {
    const here = nodes.filter(({ id }) => depth.get(id) === level)
    // Behind what feeds it: wires then cross as little as can be had for so little.
    const behind = ({ id }: PlantNode): number => {
      const above = (sources.get(id) ?? []).map(from => place.get(from) ?? 0)
      return above.length === 0 ? 0 : above.reduce((sum, at) => sum + at, 0) / above.length
    }
    const sorted = here.toSorted((a, b) => behind(a) - behind(b) || natural.compare(a.name, b.name))
    sorted.forEach(({ id }, i) => {
      place.set(id, (i + 0.5) / sorted.length)
    })
    const parts = Math.ceil(sorted.length / MOST)
    const size = Math.ceil(sorted.length / parts)
    for (let i = 0; i < parts; i++) columns.push(sorted.slice(i * size, (i + 1) * size))
  }
  const rows = Math.max(0, ...columns.map(column => column.length))
  const height = Math.max(0, rows * (BOX.height + GAP.y) - GAP.y)
  const placed = columns.flatMap((column, c) =>
    column.map((node, r) => ({
      node,
      x: c * (BOX.width + GAP.x),
      y: Math.round(((r + 0.5) / column.length) * height - BOX.height / 2),
    })),
  )
  const at = new Map(placed.map(one => [one.node.id, one]))
  const wires = edges.flatMap(({ from, to, preference }): PlacedWire[] => {
    const [a, b] = [at.get(from), at.get(to)]
    return a === undefined || b === undefined ? [] : [{ key: `${from}>${to}`, from, to, spare: preference > 0, path: wire(a, b) }]
  })
  return { nodes: placed, wires, width: Math.max(0, columns.length * (BOX.width + GAP.x) - GAP.x), height }
}

function wire(a: PlacedNode, b: PlacedNode): string {
  const [x1, y1, x2, y2] = [a.x + BOX.width, a.y + BOX.height / 2, b.x, b.y + BOX.height / 2]
  const bend = Math.min(GAP.x, Math.max(12, (x2 - x1) / 2))
  // Past the columns between, a wire runs level and bends at its end.
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`
}
