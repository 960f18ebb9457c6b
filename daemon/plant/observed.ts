// Network parents as devices themselves tell them by LLDP, for those whose path nobody drew: the neighbours nearer to the core. Pure.
import type { Instant } from '../domain/call.ts'
import type { Neighbour, Sighting } from '../domain/collector.ts'
import type { DeviceId, Kind } from '../domain/device.ts'

export interface Linked {
  readonly id: DeviceId
  readonly name: string
  readonly kind: Kind
  /** As the device calls itself, where it answered. */
  readonly sysName: string | null
  /** Parents that people drew. */
  readonly network: readonly DeviceId[]
}

/** A neighbour that is not seen any more may be dead: for a month its port is taken to lead to it still. */
const KEPT = 30 * 86_400_000

/** What a look found, and what earlier ones found on ports that are silent now. */
export function remembered(was: readonly Sighting[], seen: readonly Neighbour[], now: Instant): Sighting[] {
  const ports = new Set(seen.map(({ localPort }) => localPort))
  return [...seen.map(one => ({ ...one, at: now })), ...was.filter(({ localPort, at }) => !ports.has(localPort) && now - at < KEPT)]
}

const plain = (name: string): string => name.trim().toLowerCase()
const firstLabel = (name: string): string => plain(name).split('.')[0] ?? ''

/** Who a neighbour is by the name it gives itself, with or without its domain; a name that two have is nobody's. */
function bookOf(devices: readonly Linked[]): (sysName: string) => DeviceId | undefined {
  const names = new Map<string, DeviceId | null>()
  const put = (name: string, id: DeviceId): void => {
    if (name !== '') names.set(name, names.has(name) && names.get(name) !== id ? null : id)
  }
  for (const { id, name, sysName } of devices) for (const each of [name, sysName ?? '']) put(plain(each), id)
  const short = new Map<string, DeviceId | null>()
  for (const [name, id] of names) {
    const label = firstLabel(name)
    short.set(label, short.has(label) && short.get(label) !== id ? null : id)
  }
  return sysName => names.get(plain(sysName)) ?? (names.has(plain(sysName)) ? undefined : (short.get(firstLabel(sysName)) ?? undefined))
}

/** The nearest to Suar, as far as can be told: who is drawn above others and below none; where nothing is drawn, the device that connects most. */
function rootsOf(devices: readonly Linked[], links: ReadonlyMap<DeviceId, ReadonlySet<DeviceId>>): DeviceId[] {
  const above = new Set(devices.flatMap(({ network }) => network))
  const drawn = devices.filter(({ id, network }) => network.length === 0 && above.has(id)).map(({ id }) => id)
  if (drawn.length > 0) return drawn
  for (const kind of ['router', 'firewall', 'switch'] as const) {
    const of = devices.filter(device => device.kind === kind && links.has(device.id))
    const most = Math.max(0, ...of.map(({ id }) => links.get(id)?.size ?? 0))
    if (most > 0) return of.filter(({ id }) => links.get(id)?.size === most).map(({ id }) => id)
  }
  return []
}

/** Parents by device, of those for whom none is drawn. Never in a circle, also not with what is drawn. */
export function observedParents(
  devices: readonly Linked[],
  seen: ReadonlyMap<DeviceId, readonly Neighbour[]>,
): ReadonlyMap<DeviceId, readonly DeviceId[]> {
  const who = bookOf(devices)
  const observed = new Map<DeviceId, Set<DeviceId>>()
  const links = new Map<DeviceId, Set<DeviceId>>()
  const join = (into: Map<DeviceId, Set<DeviceId>>, a: DeviceId, b: DeviceId): void => {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const)
      into.set(one, (into.get(one) ?? new Set<DeviceId>()).add(other))
  }
  for (const { id, network } of devices) {
    for (const parent of network) join(links, id, parent)
    for (const { sysName } of seen.get(id) ?? []) {
      const other = who(sysName)
      if (other === undefined || other === id) continue
      join(observed, id, other)
      join(links, id, other)
    }
  }
  const steps = new Map<DeviceId, number>(rootsOf(devices, links).map(id => [id, 0]))
  const edge = [...steps.keys()]
  for (let i = 0; i < edge.length; i++)
    for (const next of links.get(edge[i]!) ?? []) {
      if (steps.has(next)) continue
      steps.set(next, steps.get(edge[i]!)! + 1)
      edge.push(next)
    }
  const parents = new Map(devices.map(({ id, network }) => [id, network]))
  const isAbove = (id: DeviceId, from: DeviceId, met = new Set<DeviceId>()): boolean => {
    if (from === id) return true
    if (met.has(from)) return false
    met.add(from)
    return (parents.get(from) ?? []).some(parent => isAbove(id, parent, met))
  }
  const found = new Map<DeviceId, readonly DeviceId[]>()
  // From the core outwards, in the order in which they were reached.
  for (const id of edge) {
    const step = steps.get(id) ?? 0
    if (step === 0 || (parents.get(id) ?? []).length > 0) continue
    const near = [...(observed.get(id) ?? [])].filter(other => steps.get(other) === step - 1 && !isAbove(id, other)).sort()
    if (near.length === 0) continue
    found.set(id, near)
    parents.set(id, near)
  }
  return found
}
