// The plant made ready for questions: the chain compiled, its flow now and at the day's peak, and the most that each node would carry with one gone.
import type { Layout } from '../domain/inventory.ts'
import { done, type Outcome } from '../domain/outcome.ts'
import type { Reservation } from '../domain/placement.ts'
import type { NodeId, Readings } from '../domain/plant.ts'
import { type Failover, openFailover } from './failover.ts'
import { type Flow, flowOf, type Selected } from './flow.ts'
import { compile, type Graph } from './graph.ts'
import { type Spare, spareOf } from './spare.ts'
import { type Envelope, envelope } from './survey.ts'

/** One moment of the plant. */
export interface Moment {
  readonly flow: Flow
  readonly failover: Failover
  readonly most: Envelope
  readonly spare: Spare
}

export interface Plant {
  readonly graph: Graph
  readonly now: Moment
  readonly peak: Moment
}

/**
 * `peak`: the day's 95th percentile of each point; a point that has none counts with its present value. Peaks of different things are added
 * as if they came at once: the sum is never too low. `selected`: the sources that transfer switches are known to carry, by their ids.
 */
export function openPlant(
  layout: Layout,
  reservations: readonly Reservation[],
  now: Readings,
  peak: Readings,
  selected: ReadonlyMap<NodeId, NodeId> = new Map(),
): Outcome<Plant> {
  const graph = compile(layout, reservations)
  if (!graph.ok) return graph
  const { index } = graph.value
  const by = new Map(
    [...selected].map(([node, source]) => [index.get(node) ?? -1, index.get(source) ?? -1] as const).filter(([a, b]) => a >= 0 && b >= 0),
  )
  return done({ graph: graph.value, now: momentOf(graph.value, now, by), peak: momentOf(graph.value, ref => peak(ref) ?? now(ref), by) })
}

function momentOf(graph: Graph, readings: Readings, selected: Selected): Moment {
  const flow = flowOf(graph, readings, selected)
  const failover = openFailover(flow, selected)
  const most = envelope(failover)
  return { flow, failover, most, spare: spareOf(flow, most) }
}
