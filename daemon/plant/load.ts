// What each node of the power chain carries, live: W, A and % of what may flow, each with where the figure comes from and how old it is.
import type { Amount, Basis, Burden, NodeLoad } from '../domain/plant.ts'
import { PHASES } from '../domain/plant.ts'
import { amps, type Flow, type PhaseWatts, watts } from './flow.ts'

/** Of the rating of a breaker that may flow for hours: continuous load counts to 80 %. */
export const CONTINUOUS = 0.8

export function amountOf(flow: Flow, i: number): Amount {
  const { graph, readouts, read, oldest, missing, now } = flow
  const kind = graph.kinds[i]!
  const measured = readouts.power[i]!
  if (!Number.isNaN(measured)) return { value: measured, basis: 'measured', measured: 1, missing: 0, at: readouts.at[i]! }
  const value = kind === 'item' ? itemWatts(flow, i) : watts(now, i)
  const psus = kind === 'item' ? graph.items[graph.itemOf[i]!]!.psus : [i]
  const seen = psus.reduce((sum, psu) => sum + read[psu]!, 0)
  const lacking = kind === 'item' ? (psus.every(psu => missing[psu]! > 0) && psus.length > 0 ? 1 : 0) : missing[i]!
  const since = Math.min(...psus.map(psu => oldest[psu]!))
  return {
    value: lacking > 0 && value === 0 ? null : value,
    basis: lacking > 0 && value === 0 ? 'unknown' : basisOf(flow, i, value, seen),
    measured: value > 0 ? Math.min(1, seen / value) : 0,
    missing: lacking,
    at: Number.isFinite(since) ? since : null,
  }
}

const itemWatts = ({ graph, now }: Flow, i: number): number => graph.items[graph.itemOf[i]!]!.psus.reduce((sum, psu) => sum + watts(now, psu), 0)

function basisOf({ graph, readouts }: Flow, i: number, value: number, seen: number): Basis {
  if (graph.kinds[i] === 'psu') return readouts.basis.get(i) ?? 'unknown'
  if (graph.kinds[i] !== 'item') return 'summed'
  if (value > 0 && seen >= value) return 'measured'
  const { standing } = graph.items[graph.itemOf[i]!]!
  return standing.agreed !== null ? 'agreed' : standing.nameplate !== null ? 'nameplate' : 'unknown'
}

export function loadOf(flow: Flow, i: number): NodeLoad {
  const { graph, readouts, now, all, phased } = flow
  const power = amountOf(flow, i)
  const read = readouts.current[i]!
  const reckoned = power.value === null ? null : amps(graph, now, i)
  return {
    node: graph.nodes[i]!.id,
    power,
    current: Number.isNaN(read)
      ? { ...power, value: reckoned, basis: reckoned === null ? 'unknown' : 'summed' }
      : { ...power, value: read, basis: 'measured' },
    phases: phased[i] === 1 && graph.single[i] === 0 ? [now[3 * i]!, now[3 * i + 1]!, now[3 * i + 2]!] : null,
    planned: Math.max(0, watts(all, i) - watts(now, i)),
    unexplained: ENDS.has(graph.kinds[i]!) ? 0 : Math.max(0, watts(flow.own, i)),
    burdens: burdensOf(flow, now, i),
  }
}

/** What they draw is their own, and needs no other explanation. */
const ENDS: ReadonlySet<string> = new Set(['psu', 'cooling', 'load'])

/** Breaker by its fullest phase, capacity by the sum, of any flow over the same graph. */
export function burdensOf({ graph, ampere, phased }: Flow, carried: PhaseWatts, i: number): Burden[] {
  const found: Burden[] = []
  const node = graph.nodes[i]!.id
  const rating = graph.breaker[i]!
  if (!Number.isNaN(rating)) {
    const value = amps(graph, carried, i) * ampere[i]!
    const limit = rating * CONTINUOUS
    const lines = [0, 1, 2].map(p => carried[3 * i + p]!)
    const phase = graph.single[i] === 1 || phased[i] === 0 ? null : PHASES[lines.indexOf(Math.max(...lines))]!
    found.push({ node, by: 'breaker', value, rating, limit, percent: (100 * value) / rating, over: value > limit * SLACK, phase })
  }
  const capacity = graph.capacity[i]!
  if (!Number.isNaN(capacity)) {
    const value = watts(carried, i)
    found.push({
      node,
      by: 'capacity',
      value,
      rating: capacity,
      limit: capacity,
      percent: (100 * value) / capacity,
      over: value > capacity * SLACK,
      phase: null,
    })
  }
  return found
}

/** Sums of the same watts in another order differ in their last digits: that is no overload. */
const SLACK = 1 + 1e-9
