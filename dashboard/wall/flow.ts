// What each node of the power chain carries right now, from the meanings of their states alone. Pure.
import type { PowerNode } from '../../daemon/domain/inventory.ts'
import type { Meaning } from '../../daemon/domain/state.ts'

/** `on` energised, `batt` carried by battery, `dead`, `off` standing by, `unknown` nothing heard. */
export type Flow = 'on' | 'batt' | 'dead' | 'off' | 'unknown'

/** What is known of a node: the meaning of its state, and its mean voltage in V where it has one. */
export interface Known {
  readonly meaning: Meaning | null
  readonly voltage: number | null
}

const DEAD: ReadonlySet<Meaning> = new Set(['utilityFailed', 'noSource', 'outputOff', 'off', 'down', 'discharged'])
const RUNS: ReadonlySet<Meaning> = new Set(['running', 'on', 'up', 'utilityOk'])

/** Below this a phase counts as gone, V: far under any brown-out that equipment still runs on. */
const GONE = 60

/** What leaves each node, by id. A circle in `from` counts as unknown. */
export function flowsOf(power: readonly PowerNode[], known: (node: PowerNode) => Known): ReadonlyMap<string, Flow> {
  const byId = new Map(power.map(node => [node.id, node]))
  const flows = new Map<string, Flow>()
  const pending = new Set<string>()
  const flowOf = (id: string): Flow => {
    const was = flows.get(id)
    if (was !== undefined) return was
    const node = byId.get(id)
    if (node === undefined || pending.has(id)) return 'unknown'
    pending.add(id)
    const is = outOf(node, known(node), node.from.map(flowOf))
    pending.delete(id)
    flows.set(id, is)
    return is
  }
  for (const node of power) flowOf(node.id)
  return flows
}

const BEST: readonly Flow[] = ['on', 'batt', 'unknown', 'off', 'dead']
const best = (flows: readonly Flow[]): Flow => BEST.find(flow => flows.includes(flow)) ?? 'unknown'

function outOf(node: PowerNode, { meaning, voltage }: Known, inputs: readonly Flow[]): Flow {
  switch (node.kind) {
    case 'utility':
      if (meaning !== null) return DEAD.has(meaning) ? 'dead' : 'on'
      return voltage === null ? 'unknown' : voltage < GONE ? 'dead' : 'on'
    case 'genset':
      return meaning === null ? 'unknown' : RUNS.has(meaning) ? 'on' : 'off'
    case 'ats': {
      if (meaning === 'noSource' || meaning === 'outputOff') return 'dead'
      const chosen = sourceOf(meaning)
      if (chosen === null) return unheard(node, meaning) ? 'unknown' : best(inputs)
      return carried(inputs[chosen] ?? 'unknown')
    }
    case 'ups':
      if (meaning === 'onBattery' || meaning === 'batteryLow') return 'batt'
      if (meaning !== null && DEAD.has(meaning)) return 'dead'
      if (meaning === 'onLine' || meaning === 'bypass' || meaning === 'boost') return 'on'
      return unheard(node, meaning) ? 'unknown' : best(inputs)
    default:
      if (meaning !== null && DEAD.has(meaning)) return 'dead'
      return inputs.length === 0 ? 'unknown' : carried(best(inputs))
  }
}

/** It has a state to tell and has not told it yet. */
const unheard = (node: PowerNode, meaning: Meaning | null): boolean => meaning === null && node.measures['state'] !== undefined

/** A source that stands by carries nothing to those behind it. */
const carried = (flow: Flow): Flow => (flow === 'off' ? 'dead' : flow)

/** Which of its sources a transfer switch is on; null when it does not say. */
export const sourceOf = (meaning: Meaning | null): number | null => (meaning === 'sourceA' ? 0 : meaning === 'sourceB' ? 1 : null)

/** What a wire shows: into a transfer switch only the chosen source is energised, the others stand by. */
export function wireFlow(source: Flow, target: PowerNode | null, index: number, meaning: Meaning | null): Flow {
  if (target?.kind !== 'ats') return source === 'off' ? 'dead' : source
  const chosen = sourceOf(meaning)
  if (source === 'dead') return 'dead'
  return chosen !== null && chosen !== index ? 'off' : source
}
