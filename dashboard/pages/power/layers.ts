// The power chain as columns of boxes and wires between them: sources left, rack PDUs right. Pure: no value, no name of the browser.
import type { PlantNode, TraceEdge } from '../../../daemon/domain/plant.ts'
import { heights, ordered } from './order.ts'

export const BOX = { width: 116, height: 48 } as const
const GAP = { x: 26, y: 10 } as const
/** What a wire takes in a column that it only passes. */
const LANE = 4
/** So many that hang on the same and feed nothing drawn stand together, in columns of their own. */
const TOGETHER = 4
const TALLEST = 6
/** A chain with more nodes shows those that stand together as one box until somebody opens it. */
const MANY = 120

export interface PlacedNode {
  readonly node: PlantNode
  readonly x: number
  readonly y: number
}

/** Several nodes as one box. */
export interface PlacedGroup {
  readonly key: string
  readonly nodes: readonly PlantNode[]
  readonly x: number
  readonly y: number
}

export interface PlacedWire {
  readonly key: string
  readonly from: string
  /** One node, or all of a group. */
  readonly to: readonly string[]
  /** Not the source that carries while it lives. */
  readonly spare: boolean
  readonly path: string
}

export interface Layers {
  readonly nodes: readonly PlacedNode[]
  readonly groups: readonly PlacedGroup[]
  readonly wires: readonly PlacedWire[]
  readonly width: number
  readonly height: number
  /** The group that a node can be folded into: for opening it. */
  readonly groupOf: ReadonlyMap<string, string>
}

/** What takes a place in a column: nodes side by side in rows and columns, a group, or a wire that passes. */
interface Cell {
  readonly layer: number
  readonly nodes: readonly PlantNode[]
  readonly rows: number
  readonly columns: number
  /** Key of the group that is folded here. */
  readonly folded: string | null
  readonly height: number
  readonly name: string
}

const natural = new Intl.Collator('id', { numeric: true, sensitivity: 'base' })
const heightOf = (rows: number): number => rows * (BOX.height + GAP.y) - GAP.y
const widthOf = (columns: number): number => columns * (BOX.width + GAP.x) - GAP.x

/** Nodes come sources first. `opened`: groups that are not to be folded. */
export function layersOf(nodes: readonly PlantNode[], edges: readonly TraceEdge[], opened: ReadonlySet<string> = new Set()): Layers {
  const known = new Set(nodes.map(({ id }) => id))
  const drawn = edges.filter(({ from, to }) => known.has(from) && known.has(to))
  const sources = Map.groupBy(drawn, ({ to }) => to)
  const feeding = new Set(drawn.map(({ from }) => from))
  const depth = new Map<string, number>()
  for (const { id } of nodes) depth.set(id, Math.max(-1, ...(sources.get(id) ?? []).map(({ from }) => depth.get(from) ?? 0)) + 1)

  const groupKey = (id: string): string => {
    const mine = sources.get(id)
    return feeding.has(id) || mine === undefined ? `#${id}` : mine.map(({ from, preference }) => `${preference} ${from}`).join(' ')
  }
  const groups = Map.groupBy(nodes, ({ id }) => groupKey(id))
  const groupOf = new Map<string, string>()
  const cells: Cell[] = []
  const cellOf = new Map<string, number>()
  const add = (cell: Cell): void => {
    for (const { id } of cell.nodes) cellOf.set(id, cells.length)
    cells.push(cell)
  }
  for (const [key, members] of groups) {
    const sorted = members.toSorted((a, b) => natural.compare(a.name, b.name))
    const first = sorted[0]
    if (first === undefined) continue
    const layer = depth.get(first.id) ?? 0
    const together = sorted.length >= TOGETHER
    if (together) for (const { id } of sorted) groupOf.set(id, key)
    if (together && nodes.length > MANY && !opened.has(key))
      add({ layer, nodes: sorted, rows: 1, columns: 1, folded: key, height: BOX.height, name: first.name })
    else if (together) {
      const rows = Math.min(sorted.length, Math.max(TALLEST, Math.ceil(sorted.length / 4)))
      add({ layer, nodes: sorted, rows, columns: Math.ceil(sorted.length / rows), folded: null, height: heightOf(rows), name: first.name })
    } else for (const node of sorted) add({ layer, nodes: [node], rows: 1, columns: 1, folded: null, height: BOX.height, name: node.name })
  }

  // A wire past a column has a lane of its own there: it runs under no box.
  const links = new Map<string, readonly [number, number]>()
  const lanes = new Map<string, readonly number[]>()
  for (const { from, to } of drawn) {
    const [a, b] = [cellOf.get(from) ?? 0, cellOf.get(to) ?? 0]
    if (links.has(`${a} ${b}`) || lanes.has(`${a} ${b}`)) continue
    const path = [a]
    for (let layer = (cells[a]?.layer ?? 0) + 1; layer < (cells[b]?.layer ?? 0); layer++) {
      path.push(cells.length)
      cells.push({ layer, nodes: [], rows: 0, columns: 0, folded: null, height: LANE, name: cells[b]?.name ?? '' })
    }
    path.push(b)
    lanes.set(`${a} ${b}`, path.slice(1, -1))
    for (let i = 1; i < path.length; i++) links.set(`${path[i - 1]} ${path[i]}`, [path[i - 1]!, path[i]!])
  }

  const depths = cells.reduce((most, { layer }) => Math.max(most, layer + 1), 0)
  const byName = cells.map((_, i) => i).sort((a, b) => natural.compare(cells[a]!.name, cells[b]!.name) || a - b)
  const columns = Array.from({ length: depths }, (_, layer) => byName.filter(i => cells[i]!.layer === layer))
  const layered = { layers: ordered({ layers: columns, links: [...links.values()] }), links: [...links.values()] }
  const sizes = cells.map(({ height }) => height)
  const middle = heights(layered, sizes, GAP.y)
  const top = Math.min(0, ...cells.map(({ height }, i) => (middle.get(i) ?? 0) - height / 2))
  const left: number[] = []
  const right: number[] = []
  let x = 0
  for (const column of layered.layers) {
    const width = Math.max(BOX.width, ...column.map(i => widthOf(cells[i]!.columns)))
    left.push(x)
    right.push(x + width)
    x += width + GAP.x
  }

  const middleOf = (cell: number): number => Math.round((middle.get(cell) ?? 0) - top)
  const placed: PlacedNode[] = []
  const folded: PlacedGroup[] = []
  const at = new Map<string, PlacedNode>()
  for (const [i, cell] of cells.entries()) {
    const y = middleOf(i) - Math.round(cell.height / 2)
    if (cell.folded !== null) folded.push({ key: cell.folded, nodes: cell.nodes, x: left[cell.layer]!, y })
    else
      for (const [k, node] of cell.nodes.entries()) {
        const one = {
          node,
          x: left[cell.layer]! + Math.floor(k / cell.rows) * (BOX.width + GAP.x),
          y: y + (k % cell.rows) * (BOX.height + GAP.y),
        }
        placed.push(one)
        at.set(node.id, one)
      }
  }

  const wires = new Map<string, PlacedWire>()
  for (const { from, to, preference } of drawn) {
    const [a, b] = [cellOf.get(from)!, cellOf.get(to)!]
    const [start, end] = [at.get(from), at.get(to)]
    const cell = cells[b]!
    const key = `${from}>${cell.folded ?? to}`
    if (start === undefined || wires.has(key)) continue
    const passes = (lanes.get(`${a} ${b}`) ?? []).map(lane => ({
      left: left[cells[lane]!.layer]!,
      right: right[cells[lane]!.layer]!,
      y: middleOf(lane),
    }))
    const begin = { x: start.x + BOX.width, y: start.y + BOX.height / 2 }
    const aim = { x: end?.x ?? left[cell.layer]!, y: end === undefined ? middleOf(b) : end.y + BOX.height / 2 }
    wires.set(key, {
      key,
      from,
      to: cell.folded === null ? [to] : cell.nodes.map(({ id }) => id),
      spare: preference > 0,
      path: wire(begin, right[cells[a]!.layer]!, passes, left[cell.layer]!, aim),
    })
  }
  const bottom = cells.reduce((most, { height }, i) => Math.max(most, middleOf(i) + height / 2), 0)
  return { nodes: placed, groups: folded, wires: [...wires.values()], width: Math.max(0, x - GAP.x), height: Math.ceil(bottom), groupOf }
}

interface Spot {
  readonly x: number
  readonly y: number
}

const bend = (from: Spot, to: Spot): string => {
  const middle = (from.x + to.x) / 2
  return `C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`
}

/** Bends lie between columns only; through a column a wire runs level, to a second column of boxes between their rows. */
function wire(begin: Spot, out: number, passes: readonly { left: number; right: number; y: number }[], into: number, aim: Spot): string {
  let path = `M${begin.x} ${begin.y}H${out}`
  let from: Spot = { x: out, y: begin.y }
  for (const pass of passes) {
    path += `${bend(from, { x: pass.left, y: pass.y })}H${pass.right}`
    from = { x: pass.right, y: pass.y }
  }
  if (aim.x <= into) return path + bend(from, aim)
  const between = aim.y - BOX.height / 2 - GAP.y / 2
  const turn = { x: aim.x - GAP.x, y: between }
  return `${path}${bend(from, { x: into, y: between })}H${turn.x}${bend(turn, aim)}`
}
