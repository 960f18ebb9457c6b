// One thing in the power chain, traced both ways: everything that can feed it with every way there, and everything it feeds.
import type { NodeId, PlantNode, Trace, TraceEdge } from '../domain/plant.ts'
import type { Graph, Rows } from './graph.ts'

/** Ways to the sources that are told one by one; a chain of n transfer switches in a row has 2ⁿ. */
const MOST_PATHS = 64

export type Paths = Pick<Trace['up'], 'paths' | 'more'>

/** What was seen in which round: many walks over a large graph need not each begin with an empty sheet. */
export interface Marks {
  readonly seen: Int32Array
  round: number
}
export const marksFor = ({ start }: Rows): Marks => ({ seen: new Int32Array(start.length - 1), round: 0 })

/** Numbers of all nodes reached along the rows, in rising order, the seeds among them. */
export function reached(rows: Rows, seeds: Iterable<number>, marks = marksFor(rows)): number[] {
  const { start, at } = rows
  const { seen } = marks
  const round = ++marks.round
  const found: number[] = []
  const see = (node: number) => {
    if (seen[node] === round) return
    seen[node] = round
    found.push(node)
  }
  for (const seed of seeds) see(seed)
  for (let next = 0; next < found.length; next++) {
    const node = found[next]!
    for (let e = start[node]!; e < start[node + 1]!; e++) see(at[e]!)
  }
  // Of many, going through all is sooner than sorting.
  if (found.length * 8 < seen.length) return found.sort((a, b) => a - b)
  let filled = 0
  for (let i = 0; i < seen.length; i++) if (seen[i] === round) found[filled++] = i
  return found
}

/** Null: there is no such node. Loads are the caller's to add. */
export function trace(graph: Graph, id: NodeId): Omit<Trace, 'loads'> | null {
  const node = graph.index.get(id)
  if (node === undefined) return null
  const up = reached(graph.from, [node])
  const down = reached(graph.to, [node])
  const tell = (nodes: readonly number[]): PlantNode[] => nodes.map(i => graph.nodes[i]!)
  return {
    node: graph.nodes[node]!,
    up: { nodes: tell(up), edges: edgesInto(graph, up), ...pathsUp(graph, node) },
    down: {
      nodes: tell(down),
      edges: edgesInto(
        graph,
        down.filter(i => i !== node),
        new Set(down),
      ),
    },
  }
}

function edgesInto({ nodes, from }: Graph, into: readonly number[], among?: ReadonlySet<number>): TraceEdge[] {
  return into.flatMap(i =>
    [...from.at.subarray(from.start[i]!, from.start[i + 1]!)]
      .map((source, preference) => ({ source, edge: { from: nodes[source]!.id, to: nodes[i]!.id, preference } }))
      .filter(({ source }) => among === undefined || among.has(source))
      .map(({ edge }) => edge),
  )
}

/** Preferred ways first; each from the node to a source that has none itself. */
function pathsUp({ nodes, from }: Graph, node: number): Paths {
  const paths: NodeId[][] = []
  let more = false
  const walk = (at: number, path: readonly NodeId[]): void => {
    if (paths.length >= MOST_PATHS) {
      more = true
      return
    }
    const here = [...path, nodes[at]!.id]
    const sources = from.at.subarray(from.start[at]!, from.start[at + 1]!)
    if (sources.length === 0) paths.push(here)
    for (const source of sources) walk(source, here)
  }
  walk(node, [])
  return { paths, more }
}
