// One look at one device: who it is and what it measures right now. What `suar probe` shows, and the page "add a device".

import type { Call } from './domain/call.ts'
import type { Collector, Interface, Neighbour, Target } from './domain/collector.ts'
import type { Address, Identity } from './domain/device.ts'
import type { Failure } from './domain/outcome.ts'
import { CADENCES, type Limits, type Point } from './domain/point.ts'
import type { Quantity, Unit } from './domain/quantity.ts'
import { type Meaning, type Normal, stateOf } from './domain/state.ts'
import { whyText } from './domain/words/why-words.ts'

export interface ProbedPoint {
  readonly key: string
  readonly label: string
  readonly quantity: Quantity
  readonly unit: Unit
  /** In the canonical unit; counters as they stand; null when the device says it has none. */
  readonly value: number | null
  readonly oid: string
  readonly profile: string
  readonly limits: Limits
  readonly state: { readonly name: string; readonly normal: Normal; readonly meaning: Meaning | null } | null
}

interface ProbedInterface extends Interface {
  readonly inOctets: number | null
  readonly outOctets: number | null
  readonly inErrors: number | null
  readonly outErrors: number | null
  readonly oids: Readonly<Record<string, string>>
}

interface ProbedProcessor {
  readonly label: string
  readonly utilisation: number | null
  readonly oid: string
}

/** Octets; null what the device does not tell and what does not follow from the rest. */
export interface ProbedStore {
  readonly label: string
  readonly total: number | null
  readonly used: number | null
  readonly free: number | null
  /** Per cent. */
  readonly utilisation: number | null
  readonly oid: string
  readonly oids: Readonly<Record<string, string>>
}

export interface Probe {
  readonly address: string
  readonly reachable: boolean
  readonly identity: Identity | null
  readonly points: readonly ProbedPoint[]
  readonly interfaces: readonly ProbedInterface[]
  readonly neighbours: readonly Neighbour[]
  readonly processors: readonly ProbedProcessor[]
  readonly memory: readonly ProbedStore[]
  readonly storage: readonly ProbedStore[]
  readonly remarks: readonly string[]
  readonly failure: Failure | null
  readonly elapsedMs: number
}

/** Host and port as people write them. */
const sayAddress = ({ host, port }: Address): string => `${host.includes(':') ? `[${host}]` : host}:${port}`

/** Discovers the device and asks all its points once. `now` is monotonic, in milliseconds. */
export async function probe(collector: Pick<Collector, 'discover' | 'compile'>, target: Target, call: Call, now: () => number): Promise<Probe> {
  const began = now()
  const found = await collector.discover(target, call)
  const address = sayAddress(target.address)
  if (!found.ok) {
    const nothing = { identity: null, points: [], interfaces: [], neighbours: [], processors: [], memory: [], storage: [], remarks: [] }
    return { address, reachable: false, ...nothing, failure: found.failure, elapsedMs: elapsed(began, now) }
  }
  const { identity, points, interfaces, neighbours } = found.value
  const remarks = [...found.value.remarks]
  const values = new Map<Point, number>()
  for (const cadence of Object.keys(CADENCES)) {
    const some = points.filter(point => point.cadence === cadence)
    if (some.length === 0) continue
    const message = await askAll(collector, target, some, values)
    if (message !== null) remarks.push(message)
  }
  const readingOf = (point: Point | undefined): number | null => {
    const value = point === undefined ? undefined : values.get(point)
    return value === undefined || Number.isNaN(value) ? null : value
  }
  return {
    address,
    reachable: true,
    identity,
    points: points.map(point => probed(point, readingOf(point))),
    interfaces: withCounters(interfaces, points, readingOf),
    neighbours,
    processors: points
      .filter(({ key }) => /^processor\.[^.]+\.utilisation$/.test(key))
      .map(point => ({ label: after(point.label.en, 'Processor load'), utilisation: readingOf(point), oid: point.source })),
    memory: stores('memory', points, readingOf),
    storage: stores('storage', points, readingOf),
    remarks,
    failure: null,
    elapsedMs: elapsed(began, now),
  }
}

const elapsed = (began: number, now: () => number): number => Math.round(now() - began)

/** Runs one errand; returns what it says when not all was answered. */
function askAll(collector: Pick<Collector, 'compile'>, target: Target, points: readonly Point[], into: Map<Point, number>): Promise<string | null> {
  const errand = collector.compile(target, points)
  const values = new Float64Array(points.length).fill(Number.NaN)
  return new Promise(told =>
    errand.run(values, result => {
      points.forEach((point, k) => {
        into.set(point, values[k] ?? Number.NaN)
      })
      told(result.status === 'answered' ? null : result.why === null ? `Not all was answered: ${result.status}.` : whyText(result.why, 'en'))
    }),
  )
}

function probed(point: Point, value: number | null): ProbedPoint {
  const { key, label, quantity, unit, source, profile, limits, states } = point
  let state: ProbedPoint['state'] = null
  if (states !== null && value !== null) {
    const { name, normal, meaning } = stateOf(states, value)
    state = { name, normal, meaning }
  }
  return { key, label: label.en, quantity, unit, value, oid: source, profile, limits, state }
}

type ReadingOf = (point: Point | undefined) => number | null

/** Counters of IF-MIB beside their port: the 64-bit column where the device has it. */
const COUNTERS = {
  inOctets: ['1.3.6.1.2.1.31.1.1.1.6', '1.3.6.1.2.1.2.2.1.10'],
  outOctets: ['1.3.6.1.2.1.31.1.1.1.10', '1.3.6.1.2.1.2.2.1.16'],
  inErrors: ['1.3.6.1.2.1.2.2.1.14'],
  outErrors: ['1.3.6.1.2.1.2.2.1.20'],
} as const

function withCounters(interfaces: readonly Interface[], points: readonly Point[], readingOf: ReadingOf): ProbedInterface[] {
  const bySource = new Map(points.map(point => [point.source, point]))
  return interfaces.map(one => {
    const oids: Record<string, string> = {}
    const counter = (name: keyof typeof COUNTERS): number | null => {
      const point = COUNTERS[name].map(column => bySource.get(`${column}.${one.index}`)).find(found => found !== undefined)
      if (point !== undefined) oids[name] = point.source
      return readingOf(point)
    }
    return {
      ...one,
      inOctets: counter('inOctets'),
      outOctets: counter('outOctets'),
      inErrors: counter('inErrors'),
      outErrors: counter('outErrors'),
      oids,
    }
  })
}

const after = (text: string, phrase: string): string => (text.startsWith(phrase) ? text.slice(phrase.length).trim() || phrase : text)

/** Points such as `memory.<name>.used` of one name, as one store. */
function stores(component: 'memory' | 'storage', points: readonly Point[], readingOf: ReadingOf): ProbedStore[] {
  const byName = new Map<string, Map<string, Point>>()
  for (const point of points) {
    const found = new RegExp(`^${component}\\.(.+)\\.(used|free|size|level|utilisation)$`).exec(point.key)
    if (found === null) continue
    const [, name = '', part = ''] = found
    byName.set(name, (byName.get(name) ?? new Map()).set(part === 'level' ? 'utilisation' : part, point))
  }
  return [...byName].flatMap(([name, parts]) => {
    const first = parts.get('used') ?? parts.get('free') ?? parts.get('utilisation') ?? parts.get('size')
    if (first === undefined) return []
    let [used, free, total] = [readingOf(parts.get('used')), readingOf(parts.get('free')), readingOf(parts.get('size'))]
    total ??= used !== null && free !== null ? used + free : null
    used ??= total !== null && free !== null ? total - free : null
    free ??= total !== null && used !== null ? total - used : null
    const share = used !== null && total !== null && total > 0 ? (100 * used) / total : readingOf(parts.get('utilisation'))
    const label = first.label.en.replace(/^(Memory|Storage|Swap) (used|free|size|level|utilisation)\s*/, '') || name
    const oids = Object.fromEntries([...parts].map(([part, point]) => [part, point.source]))
    return [{ label, total, used, free, utilisation: share, oid: first.source, oids }]
  })
}
