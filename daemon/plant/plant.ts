// The plant made ready for questions: the chain compiled, its flow now and at the day's peak, and the most that each node would carry with one gone.
import type { Layout } from '../domain/inventory.ts'
import { done, type Outcome } from '../domain/outcome.ts'
import type { Reservation } from '../domain/placement.ts'
import type { Readings } from '../domain/plant.ts'
import { type Failover, openFailover } from './failover.ts'
import { type Flow, flowOf } from './flow.ts'
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
 * as if they came at once: the sum is never too low.
 */
export function openPlant(layout: Layout, reservations: readonly Reservation[], now: Readings, peak: Readings): Outcome<Plant> {
  const graph = compile(layout, reservations)
  if (!graph.ok) return graph
  return done({ graph: graph.value, now: momentOf(graph.value, now), peak: momentOf(graph.value, ref => peak(ref) ?? now(ref)) })
}

function momentOf(graph: Graph, readings: Readings): Moment {
  const flow = flowOf(graph, readings)
  const failover = openFailover(flow)
  const most = envelope(failover)
  return { flow, failover, most, spare: spareOf(flow, most) }
}
