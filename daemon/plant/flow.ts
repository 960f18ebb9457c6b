// How power flows through the chain when everything lives: what is read holds, what is not is summed from below, and every watt is somebody's.
import type { Readings } from '../domain/plant.ts'
import type { Graph } from './graph.ts'
import { type Readouts, readouts } from './readout.ts'

/** Three columns a node: W on L1, L2, L3; of a load whose phase is not known a third each. */
export type PhaseWatts = Float64Array

export interface Flow {
  readonly graph: Graph
  readonly readings: Readings
  readonly readouts: Readouts
  /** What flows now, and with what reservations will draw. */
  readonly now: PhaseWatts
  readonly all: PhaseWatts
  /** W read at a node that nothing below explains: in the same columns, so that a node is its own and what it feeds. */
  readonly own: PhaseWatts
  /** W of the flow that were read somewhere; time of the oldest such reading (Infinity: none). */
  readonly read: Float64Array
  readonly oldest: Float64Array
  /** Ends at or below of which nothing is known: power supplies, and what else draws. */
  readonly missing: Int32Array
  /** 0 where it is not known how the load lies on the phases. */
  readonly phased: Uint8Array
  /** A read over A reckoned, where both are: power factor and true voltage. */
  readonly ampere: Float64Array
}

/** Transfer switches that are known to carry another source than their first: node → source. */
export type Selected = ReadonlyMap<number, number>

/** The share of node `to` that source `from` carries while everything lives. */
function share(graph: Graph, selected: Selected, to: number, from: number): number {
  const { start, at } = graph.from
  if (graph.sharing[to] === 0) return (selected.get(to) ?? at[start[to]!]) === from ? 1 : 0
  return capacityShare(graph, to, from, () => true)
}

/** Parallel sources carry by their capacity; equally where one is not known. */
export function capacityShare(
  { from: { start, at }, capacity }: Pick<Graph, 'from' | 'capacity'>,
  to: number,
  from: number,
  lives: (source: number) => boolean,
): number {
  let sum = 0
  let living = 0
  for (let e = start[to]!; e < start[to + 1]!; e++) {
    if (!lives(at[e]!)) continue
    living++
    sum += capacity[at[e]!]!
  }
  if (!lives(from)) return 0
  return Number.isNaN(sum) ? 1 / living : capacity[from]! / sum
}

export const watts = (flow: PhaseWatts, node: number): number => flow[3 * node]! + flow[3 * node + 1]! + flow[3 * node + 2]!

export function flowOf(graph: Graph, readings: Readings, selected: Selected = new Map()): Flow {
  const read = readouts(graph, readings)
  const fixed = fixEstimates(graph, read, selected)
  return settle(graph, readings, read, fixed, selected)
}

/** By how much the estimates below each node are corrected, and what each node has of its own. */
interface Fixed {
  readonly factor: Float64Array
  readonly own: Float64Array
}

/**
 * An estimate gives way to a reading above it: what was agreed or stands on the name plate is scaled so that the sum is what was read at the
 * nearest meter. What is read beyond the sum is the meter's own; readings below a meter are never changed.
 */
function fixEstimates(graph: Graph, { power, estimate, planned }: Readouts, selected: Selected): Fixed {
  const n = graph.nodes.length
  const [certain, guessed, own, scale] = [new Float64Array(n), new Float64Array(n), new Float64Array(n), new Float64Array(n).fill(1)]
  for (let i = n - 1; i >= 0; i--) {
    if (graph.kinds[i] === 'item' || planned[i] === 1) continue
    guessed[i]! += estimate[i]!
    const value = power[i]!
    if (!Number.isNaN(value)) {
      const below = certain[i]! + guessed[i]!
      // A source's reading counts what another source carried when it was taken: nothing is its own.
      if (value >= below) own[i] = isSource(graph, i) ? 0 : value - below
      else if (guessed[i]! > 0) scale[i] = Math.max(0, value - certain[i]!) / guessed[i]!
      certain[i] = certain[i]! + guessed[i]! * scale[i]! + own[i]!
      guessed[i] = 0
    }
    for (let e = graph.from.start[i]!; e < graph.from.start[i + 1]!; e++) {
      const source = graph.from.at[e]!
      const part = share(graph, selected, i, source)
      certain[source]! += certain[i]! * part
      guessed[source]! += guessed[i]! * part
    }
  }
  const factor = new Float64Array(n).fill(1)
  for (let i = 0; i < n; i++) {
    if (!Number.isNaN(power[i]!)) {
      factor[i] = scale[i]!
      continue
    }
    let sum = 0
    let any = false
    for (let e = graph.from.start[i]!; e < graph.from.start[i + 1]!; e++) {
      any = true
      sum += factor[graph.from.at[e]!]! * share(graph, selected, i, graph.from.at[e]!)
    }
    if (any) factor[i] = sum
  }
  return { factor, own }
}

const isSource = ({ kinds }: Graph, i: number): boolean => kinds[i] === 'utility' || kinds[i] === 'genset'

function settle(graph: Graph, readings: Readings, readout: Readouts, { factor, own }: Fixed, selected: Selected): Flow {
  const n = graph.nodes.length
  const { power, phases, current, at, estimate, planned, unknown } = readout
  const [now, all, mine] = [new Float64Array(3 * n), new Float64Array(3 * n), new Float64Array(3 * n)]
  const [read, oldest, missing] = [new Float64Array(n), new Float64Array(n).fill(Number.POSITIVE_INFINITY), new Int32Array(n)]
  const [phased, ampere] = [new Uint8Array(n).fill(1), new Float64Array(n).fill(1)]
  for (let i = n - 1; i >= 0; i--) {
    if (graph.kinds[i] === 'item') continue
    const hung = Number.isNaN(power[i]!) ? estimate[i]! * (planned[i] === 1 ? 1 : factor[i]!) : 0
    const below = watts(now, i)
    const extra = own[i]! + (planned[i] === 1 ? 0 : hung)
    missing[i]! += unknown[i]!
    if (!Number.isNaN(power[i]!)) {
      read[i] = below + extra
      oldest[i] = at[i]!
      missing[i] = 0
    }
    const lines = phases.get(i)
    const total = below + extra
    for (let p = 0; p < 3; p++) {
      const before = now[3 * i + p]!
      const planless = lines === undefined || total === 0 ? before + extra / 3 : (total * lines[p]!) / (lines[0] + lines[1] + lines[2] || 1)
      mine[3 * i + p] = planless - before
      now[3 * i + p] = planless
      all[3 * i + p]! += planless - before + (planned[i] === 1 ? hung / 3 : 0)
    }
    if (graph.single[i] === 1) {
      for (const flow of [now, all, mine]) collapse(flow, i, graph.phase[i]!)
      phased[i] = graph.phase[i]! >= 0 ? 1 : 0
    } else if (lines !== undefined) phased[i] = 1
    else if (extra > 0 || hung > 0) phased[i] = 0
    const reckoned = amps(graph, now, i)
    if (!Number.isNaN(current[i]!) && !Number.isNaN(power[i]!) && reckoned > 0) ampere[i] = current[i]! / reckoned
    for (let e = graph.from.start[i]!; e < graph.from.start[i + 1]!; e++) {
      const source = graph.from.at[e]!
      const part = share(graph, selected, i, source)
      if (part === 0) continue
      for (let p = 0; p < 3; p++) {
        now[3 * source + p]! += now[3 * i + p]! * part
        all[3 * source + p]! += all[3 * i + p]! * part
      }
      read[source]! += read[i]! * part
      oldest[source] = Math.min(oldest[source]!, oldest[i]!)
      missing[source]! += missing[i]!
      if (phased[i] === 0 && watts(all, i) > 0) phased[source] = 0
    }
  }
  return { graph, readings, readouts: readout, now, all, own: mine, read, oldest, missing, phased, ampere }
}

/** What hangs on one phase lies on it with all its load; on which is not known: a third each. */
export function collapse(flow: PhaseWatts, i: number, phase: number): void {
  const sum = watts(flow, i)
  for (let p = 0; p < 3; p++) flow[3 * i + p] = phase < 0 ? sum / 3 : p === phase ? sum : 0
}

/** A by the nominal voltage, at a power factor of one; of three phases the fullest. */
export function amps({ single, volts }: Graph, flow: PhaseWatts, i: number): number {
  const most = single[i] === 1 ? watts(flow, i) : Math.max(flow[3 * i]!, flow[3 * i + 1]!, flow[3 * i + 2]!)
  return most / volts[i]!
}
