// Points of a device in groups, by the component its keys begin with, in the order power and air flow through it.
import type { PointView } from '../../../daemon/stream/contract.ts'

export interface Component {
  /** First part of the keys: `battery`, `input`, `outlet` … */
  readonly name: string
  readonly points: readonly PointView[]
}

/** Known components in the order a technician walks the machine; others follow by name. */
const ORDER = [
  'unit',
  'ups',
  'ats',
  'switch',
  'transfer',
  'mains',
  'source',
  'input',
  'bypass',
  'rectifier',
  'inverter',
  'output',
  'bank',
  'phase',
  'breaker',
  'outlet',
  'group',
  'battery',
  'test',
  'air',
  'return',
  'supply',
  'inlet',
  'sensor',
  'environment',
  'rack',
  'cooling',
  'compressor',
  'fan',
  'valve',
  'filter',
  'water',
  'pump',
  'humidifier',
  'heater',
  'engine',
  'start',
  'generator',
  'fuel',
  'panel',
  'control',
  'fire',
  'smoke',
  'heat',
  'zone',
  'detector',
  'alarm',
  'alarms',
  'leak',
  'motion',
  'door',
  'contact',
  'relay',
  'system',
  'host',
  'cpu',
  'processor',
  'load',
  'memory',
  'storage',
  'disk',
  'psu',
  'chassis',
  'stack',
  'redundancy',
  'poe',
  'module',
  'optic',
  'port',
] as const

const ranks: ReadonlyMap<string, number> = new Map(ORDER.map((name, index) => [name, index]))

/** Natural order: `outlet.2` before `outlet.10`. */
const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

export const componentOf = (key: string): string => key.split('.', 1)[0] ?? key

export function componentsOf(points: readonly PointView[]): readonly Component[] {
  const groups = new Map<string, PointView[]>()
  for (const point of points) {
    const name = componentOf(point.key)
    const group = groups.get(name)
    if (group) group.push(point)
    else groups.set(name, [point])
  }
  return [...groups]
    .map(([name, group]) => ({ name, points: group.sort((one, other) => natural.compare(one.key, other.key)) }))
    .sort((one, other) => (ranks.get(one.name) ?? ORDER.length) - (ranks.get(other.name) ?? ORDER.length) || natural.compare(one.name, other.name))
}
