// What is read at each node of the power chain, and what is reckoned of power supplies at which nothing is read.
import type { PointRef } from '../domain/inventory.ts'
import type { Basis, Readings } from '../domain/plant.ts'
import type { Graph } from './graph.ts'

export interface Readouts {
  /** W; NaN: not read, or not all of its points. */
  readonly power: Float64Array
  /** W on L1, L2, L3, where the node's power is read by phase. */
  readonly phases: ReadonlyMap<number, readonly [number, number, number]>
  /** A, of three phases the fullest; NaN: not read. */
  readonly current: Float64Array
  /** Oldest of the readings. */
  readonly at: Float64Array
  /** W of power supplies at which nothing is read; 0 elsewhere. */
  readonly estimate: Float64Array
  readonly basis: ReadonlyMap<number, Basis>
  /** 1: a power supply that is promised, not there. */
  readonly planned: Uint8Array
  /** 1: a thing that takes power of which nothing is known. */
  readonly unknown: Uint8Array
}

/** Kinds through which all flows on: with one thing below, what is read before it is read of it. */
const PASSING: ReadonlySet<string> = new Set(['panel', 'feed', 'pdu', 'rackFeed', 'outlet'])

export function readouts(graph: Graph, readings: Readings): Readouts {
  const n = graph.nodes.length
  const columns = (): Float64Array => new Float64Array(n).fill(Number.NaN)
  const [power, current, at, estimate] = [columns(), columns(), columns(), new Float64Array(n)]
  const [planned, unknown] = [new Uint8Array(n), new Uint8Array(n)]
  const phases = new Map<number, readonly [number, number, number]>()
  const basis = new Map<number, Basis>()

  for (let i = 0; i < n; i++) {
    const measures = graph.measures[i]
    if (measures === null || measures === undefined) continue
    const read = readAll(measures['power'], readings)
    if (read !== null) {
      power[i] = sum(read.values)
      at[i] = read.at
      const [l1, l2, l3, more] = read.values
      if (l1 !== undefined && l2 !== undefined && l3 !== undefined && more === undefined && ofOneDevice(measures['power']))
        phases.set(i, [l1, l2, l3])
    } else {
      const load = readAll(measures['load'], readings)
      if (load !== null && load.values.length === 1 && !Number.isNaN(graph.capacity[i]!)) {
        power[i] = (load.values[0]! / 100) * graph.capacity[i]!
        at[i] = load.at
      }
    }
    const amps = readAll(measures['current'], readings)
    if (amps !== null) current[i] = Math.max(...amps.values)
  }
  passOn(graph, power, current, at, phases)

  for (const item of graph.items) reckon(item, power, estimate, basis, planned, unknown)
  const leaf = (i: number) => graph.to.start[i] === graph.to.start[i + 1]
  for (let i = 0; i < n; i++)
    if (leaf(i) && Number.isNaN(power[i]!) && !['item', 'psu', 'outlet', 'rackFeed', 'genset'].includes(graph.kinds[i]!)) unknown[i] = 1
  return { power, phases, current, at, estimate, basis, planned, unknown }
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/** Three readings of one device are its phases; of several they are parts of a sum. */
const ofOneDevice = (refs: readonly PointRef[] | undefined): boolean => new Set(refs?.map(ref => ref.device)).size === 1

function readAll(refs: readonly PointRef[] | undefined, readings: Readings): { readonly values: readonly number[]; readonly at: number } | null {
  if (refs === undefined || refs.length === 0) return null
  const values: number[] = []
  let at = Number.POSITIVE_INFINITY
  for (const ref of refs) {
    const reading = readings(ref)
    if (reading === null) return null
    values.push(reading.value)
    at = Math.min(at, reading.at)
  }
  return { values, at }
}

/** What a meter with one thing behind it reads is read of that thing. */
function passOn(
  { from, to, kinds, single }: Graph,
  power: Float64Array,
  current: Float64Array,
  at: Float64Array,
  phases: Map<number, readonly [number, number, number]>,
): void {
  for (let i = 0; i < power.length; i++) {
    if (Number.isNaN(power[i]!) || to.start[i + 1]! - to.start[i]! !== 1 || kinds[i] === 'cooling' || kinds[i] === 'utility' || kinds[i] === 'genset')
      continue
    const next = to.at[to.start[i]!]!
    if (!PASSING.has(kinds[next]!) || !Number.isNaN(power[next]!) || from.start[next + 1]! - from.start[next]! !== 1) continue
    power[next] = power[i]!
    at[next] = at[i]!
    if (single[i] === single[next]) current[next] = current[i]!
    const lines = phases.get(i)
    if (lines !== undefined && single[next] === 0) phases.set(next, lines)
  }
}

/** Of a thing that is read at some of its supplies, the others share what is left of what was agreed. */
function reckon(
  { standing, psus }: Graph['items'][number],
  power: Float64Array,
  estimate: Float64Array,
  basis: Map<number, Basis>,
  planned: Uint8Array,
  unknown: Uint8Array,
): void {
  const silent = psus.filter(psu => Number.isNaN(power[psu]!))
  const said = standing.agreed ?? standing.nameplate
  const read = sum(psus.map(psu => power[psu]!).filter(value => !Number.isNaN(value)))
  const of: Basis = said === null ? 'unknown' : standing.agreed !== null ? 'agreed' : 'nameplate'
  for (const psu of silent) {
    estimate[psu] = Math.max(0, (said ?? 0) - read) / silent.length
    basis.set(psu, of)
    if (standing.planned) planned[psu] = 1
    else if (said === null && silent.length === psus.length) unknown[psu] = 1
  }
}
