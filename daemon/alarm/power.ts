// What the open alarms say about the power chain: which node is without power, and which alarm explains it. Pure.
import type { Alarm } from '../domain/alarm.ts'
import type { DeviceId, Kind, Place } from '../domain/device.ts'
import type { Layout, PowerNode } from '../domain/inventory.ts'
import type { PointNo } from '../domain/point.ts'
import type { Quantity } from '../domain/quantity.ts'
import type { Meaning } from '../domain/state.ts'
import { lettered } from '../domain/supply.ts'

export interface DeviceFacts {
  readonly id: DeviceId
  readonly kind: Kind
  readonly place?: Place | undefined
  readonly power: readonly string[]
  readonly network: readonly DeviceId[]
}

/** What causes are found by. */
export interface World {
  readonly layout: Layout
  readonly devices: ReadonlyMap<DeviceId, DeviceFacts>
  /** What the states of a device mean at the moment. */
  readonly meanings: (device: DeviceId) => ReadonlySet<Meaning>
  readonly quantity: (no: PointNo) => Quantity | null
}

export const meaningOf = (alarm: Alarm): Meaning | null => (alarm.condition.kind === 'state' ? alarm.condition.meaning : null)

/** First raised, then first numbered: the order in which alarms of equal standing speak. */
export const older = (a: Alarm, b: Alarm): number => a.raisedAt - b.raisedAt || a.id - b.id

interface Supply {
  readonly live: boolean
  /** The alarm that explains why it is not live; null when none does. */
  readonly cause: Alarm | null
}

export interface PowerView {
  readonly of: (node: string) => Supply
  /** The supply of a device: dead only when all its sources are. */
  readonly feeding: (device: DeviceFacts) => Supply
  /** The failed public supply that a device hangs on somewhere up its chain, whatever else feeds it. */
  readonly failedUtility: (device: DeviceId) => Alarm | null
  /** The failed public supply without a UPS between it and the device: what hangs there stands still until another source has taken over. */
  readonly interrupted: (device: DeviceFacts) => Alarm | null
  /** All alarms that say the same supply has failed, first one first. */
  readonly failures: ReadonlyMap<string, readonly Alarm[]>
}

const LIVE: Supply = { live: true, cause: null }
const OUT: ReadonlySet<Meaning> = new Set(['outputOff', 'noSource', 'discharged'])

/** `downExplained`: a device that is silent for another reason says nothing about its power. */
export function powerView(alarms: readonly Alarm[], world: World, downExplained: (device: DeviceId) => boolean): PowerView {
  const nodes = new Map(world.layout.power.map(node => [node.id, node]))
  const nodesOf = new Map<DeviceId, PowerNode[]>()
  for (const node of world.layout.power) if (node.device !== undefined) nodesOf.set(node.device, [...(nodesOf.get(node.device) ?? []), node])

  const sources = (node: PowerNode): readonly PowerNode[] => node.from.map(id => nodes.get(id)).filter(found => found !== undefined)

  /** Utility nodes at or above the nodes, through other UPSs too. */
  function utilitiesAbove(start: readonly PowerNode[]): readonly PowerNode[] {
    const seen = new Set<PowerNode>()
    const edge = [...start]
    for (let node = edge.pop(); node !== undefined; node = edge.pop()) {
      if (seen.has(node)) continue
      seen.add(node)
      edge.push(...sources(node))
    }
    return [...seen].filter(node => node.kind === 'utility')
  }

  const failures = new Map<string, Alarm[]>()
  const out = new Map<DeviceId, Alarm>()
  const down = new Map<DeviceId, Alarm>()
  for (const alarm of [...alarms].sort(older)) {
    if (alarm.device === null) continue
    const meaning = meaningOf(alarm)
    if (meaning === 'utilityFailed') {
      const input = alarm.point === null ? null : lettered(world.layout.power, alarm.device, alarm.point.key)
      const named = world.layout.power.filter(node => node.kind === 'utility' && isNamed(alarm, node))
      const above = named.length > 0 ? named : utilitiesAbove(input === null ? (nodesOf.get(alarm.device) ?? []) : [input])
      for (const node of above) failures.set(node.id, [...(failures.get(node.id) ?? []), alarm])
    }
    if (meaning !== null && OUT.has(meaning) && !out.has(alarm.device)) out.set(alarm.device, alarm)
    if (alarm.condition.kind === 'down') down.set(alarm.device, alarm)
  }

  const known = new Map<string, Supply>()
  function supplyOf(id: string): Supply {
    const before = known.get(id)
    if (before !== undefined) return before
    // Until it is decided it counts as live, so that a chain that bites its tail ends.
    known.set(id, LIVE)
    const node = nodes.get(id)
    const decided = node === undefined ? LIVE : decide(node)
    known.set(id, decided)
    return decided
  }

  function decide(node: PowerNode): Supply {
    if (node.kind === 'utility') {
      const failure = failures.get(node.id)?.[0] ?? null
      return { live: failure === null, cause: failure }
    }
    // A genset supplies only while it runs; that it stands still is no failure.
    if (node.kind === 'genset') return { live: node.device !== undefined && world.meanings(node.device).has('running'), cause: null }
    const upstream = allOf(sources(node).map(source => supplyOf(source.id)))
    const dead = !upstream.live
    const own = node.device === undefined ? undefined : out.get(node.device)
    const silent = node.device === undefined || downExplained(node.device) ? undefined : down.get(node.device)
    if (node.kind === 'ups') {
      // Its battery carries it until it says otherwise, or falls silent after its sources died.
      if (own !== undefined) return { live: false, cause: upstream.cause ?? own }
      return dead && silent !== undefined ? { live: false, cause: upstream.cause } : LIVE
    }
    if (dead) return upstream
    const broken = own ?? silent
    return broken === undefined ? LIVE : { live: false, cause: broken }
  }

  function feedersOf(device: DeviceFacts): readonly string[] {
    const own = nodesOf.get(device.id) ?? []
    return device.power.length > 0 ? device.power : own.length > 0 ? own.flatMap(node => node.from) : feedsOf(device.id, world.layout)
  }

  return {
    of: supplyOf,
    feeding: device => allOf(feedersOf(device).map(supplyOf)),
    interrupted(device) {
      const hanging = [...failures].filter(([utility]) => reaches(feedersOf(device), utility, nodes))
      return hanging.flatMap(([, same]) => same.slice(0, 1)).sort(older)[0] ?? null
    },
    failedUtility(id) {
      const device = world.devices.get(id)
      const start = [...(nodesOf.get(id) ?? []), ...(device?.power ?? []).map(node => nodes.get(node)).filter(node => node !== undefined)]
      const own = utilitiesAbove(start)
      // A genset has no source above it: what it stands in for is what its neighbours in the chain hang on.
      const beside = start.filter(node => node.kind === 'genset').flatMap(node => world.layout.power.filter(other => other.from.includes(node.id)))
      const all = [...own, ...utilitiesAbove(beside)].flatMap(node => failures.get(node.id)?.slice(0, 1) ?? [])
      return all.sort(older)[0] ?? null
    },
    failures,
  }
}

/** Dead only when there are sources and none is live; the first explained one in order of preference explains it. */
function allOf(sources: readonly Supply[]): Supply {
  if (sources.length === 0 || sources.some(source => source.live)) return LIVE
  const cause = sources.find(source => source.cause !== null)?.cause ?? null
  return cause === null ? LIVE : { live: false, cause }
}

function isNamed(alarm: Alarm, node: PowerNode): boolean {
  if (alarm.key.endsWith(`/${node.id}/supply`)) return true
  return Object.values(node.measures)
    .flat()
    .some(ref => ref.device === alarm.device && ref.key === alarm.point?.key)
}

/** Nodes that the power supplies of a device in a rack hang on. */
function feedsOf(device: DeviceId, layout: Layout): readonly string[] {
  const equipment = layout.equipment.find(one => one.device === device)
  const rack = layout.racks.find(one => one.id === equipment?.rack)
  return (equipment?.psus ?? []).map(psu => rack?.feeds.find(feed => feed.name === psu.feed)?.node).filter(node => node !== undefined)
}

/** Utility nodes that must have failed because every UPS hanging on them is on battery, with the alarm that shows it. */
export function inferredFailures(alarms: readonly Alarm[], layout: Layout): ReadonlyMap<string, Alarm> {
  const nodes = new Map(layout.power.map(node => [node.id, node]))
  const onBattery = new Map<DeviceId, Alarm>()
  for (const alarm of [...alarms].sort(older))
    if (meaningOf(alarm) === 'onBattery' && alarm.device !== null && !onBattery.has(alarm.device)) onBattery.set(alarm.device, alarm)
  const found = new Map<string, Alarm>()
  for (const utility of layout.power.filter(node => node.kind === 'utility')) {
    const hanging = layout.power.filter(node => node.kind === 'ups' && node.device !== undefined && reaches(node.from, utility.id, nodes))
    const shown = hanging.map(node => onBattery.get(node.device ?? ''))
    const first = shown.filter(alarm => alarm !== undefined).sort(older)[0]
    if (first !== undefined && shown.every(alarm => alarm !== undefined)) found.set(utility.id, first)
  }
  return found
}

/** Through switchgear only: what stands behind a UPS says nothing about the mains, and feels nothing of them. */
function reaches(from: readonly string[], utility: string, nodes: ReadonlyMap<string, PowerNode>): boolean {
  const seen = new Set<string>()
  const edge = [...from]
  for (let id = edge.pop(); id !== undefined; id = edge.pop()) {
    if (id === utility) return true
    const source = nodes.get(id)
    if (source === undefined || seen.has(id) || source.kind === 'ups') continue
    seen.add(id)
    edge.push(...source.from)
  }
  return false
}
