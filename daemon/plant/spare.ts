// How many watts could still be added behind each node, so that nothing above it is beyond its limit even with one component gone.
import { type Flow, watts } from './flow.ts'
import type { Graph } from './graph.ts'
import { CONTINUOUS } from './load.ts'
import type { Envelope } from './survey.ts'

/** Ways in which a load may lie on the phases: on L1, on L2, on L3, evenly on all. Four columns a node. */
export interface Spare {
  /** Infinity: nothing on the way says what it can carry. Below zero: too much already. */
  readonly watts: Float64Array
  /** The node that sets it; −1: none. */
  readonly bound: Int32Array
}

const EVEN = 3

export function spareOf(flow: Flow, most: Envelope): Spare {
  const { graph } = flow
  const n = graph.nodes.length
  const spare = { watts: new Float64Array(4 * n).fill(Number.POSITIVE_INFINITY), bound: new Int32Array(4 * n).fill(-1) }
  for (let i = 0; i < n; i++) {
    if (graph.kinds[i] === 'item' || graph.kinds[i] === 'psu' || graph.kinds[i] === 'outlet') continue
    for (let way = 0; way < 4; way++) {
      const at = 4 * i + way
      const own = ownSpare(flow, most, i, way)
      if (own < spare.watts[at]!) {
        spare.watts[at] = own
        spare.bound[at] = i
      }
      for (let e = graph.from.start[i]!; e < graph.from.start[i + 1]!; e++) {
        const source = graph.from.at[e]!
        const part = mostShare(graph, i, source)
        for (const above of waysUp(graph, i, way)) {
          const left = spare.watts[4 * source + above]! / part
          if (left >= spare.watts[at]!) continue
          spare.watts[at] = left
          spare.bound[at] = spare.bound[4 * source + above]!
        }
      }
    }
  }
  return spare
}

/** What hangs on one phase loads that one; on which is not known: it may be any, and the fullest counts. */
export function waysUp({ single, phase }: Graph, i: number, way: number): readonly number[] {
  if (single[i] === 0) return [way]
  return phase[i]! >= 0 ? [phase[i]!] : [0, 1, 2]
}

/** The way in which what is added to a node lies on its phases. */
export const wayOf = ({ single }: Graph, i: number): number => (single[i] === 1 ? 0 : EVEN)

function ownSpare({ graph, ampere }: Flow, { total, phases }: Envelope, i: number, way: number): number {
  let left = Number.POSITIVE_INFINITY
  if (!Number.isNaN(graph.capacity[i]!)) left = graph.capacity[i]! - total[i]!
  if (Number.isNaN(graph.breaker[i]!)) return left
  const line = breakerWatts(graph, ampere, i)
  if (graph.single[i] === 1) return Math.min(left, line - total[i]!)
  if (way < EVEN) return Math.min(left, line - phases[3 * i + way]!)
  return Math.min(left, 3 * (line - Math.max(phases[3 * i]!, phases[3 * i + 1]!, phases[3 * i + 2]!)))
}

/** W that 80 % of the breaker carry on one phase. */
export const breakerWatts = ({ breaker, volts }: Graph, ampere: Float64Array, i: number): number =>
  (breaker[i]! * CONTINUOUS * volts[i]!) / ampere[i]!

/** Of parallel sources each carries its part of what is left when the largest other is gone; of others one may carry all. */
function mostShare({ from: { start, at }, sharing, capacity }: Graph, to: number, from: number): number {
  const count = start[to + 1]! - start[to]!
  if (sharing[to] === 0 || count < 3) return 1
  let sum = 0
  let largest = 0
  for (let e = start[to]!; e < start[to + 1]!; e++) {
    sum += capacity[at[e]!]!
    if (at[e] !== from) largest = Math.max(largest, capacity[at[e]!]!)
  }
  return Number.isNaN(sum) ? 1 / (count - 1) : capacity[from]! / (sum - largest)
}

/** W that a rack draws, promised things with it. */
export const rackWatts = (flow: Flow, rackNo: number): number => flow.graph.feeds[rackNo]!.reduce((sum, { node }) => sum + watts(flow.all, node), 0)
