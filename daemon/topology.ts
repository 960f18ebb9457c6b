// Who is reached through whom: drawn parents first, else what LLDP tells; learnt from every look at a device, kept over restarts.
import type { Clock, Log } from './domain/call.ts'
import type { Discovery, Sighting } from './domain/collector.ts'
import type { Device, DeviceId, Identity } from './domain/device.ts'
import { type Linked, observedParents, remembered } from './plant/observed.ts'
import type { NeighbourStore } from './store/neighbours.ts'

interface Member {
  readonly no: number
  readonly device: Device
  readonly identity: Identity | null
}

export interface TopologySources {
  readonly store: NeighbourStore
  members(): Iterable<Member>
  /** Parents of these are others than before. */
  changed(devices: readonly DeviceId[]): void
  readonly clock: Clock
  readonly log: Log
}

export interface NetworkParents {
  readonly parents: readonly DeviceId[]
  /** Told by LLDP; nobody drew them. */
  readonly observed: boolean
}

export interface Topology {
  of(device: Device): NetworkParents
  learn(no: number, discovery: Pick<Discovery, 'neighbours' | 'partial'>): Promise<void>
  /** After devices came, went or were changed. */
  refresh(): void
  close(): void
}

/** What many looks at once bring is reckoned in one go, ms. */
const GATHER = 1_000

const ports = (seen: readonly Sighting[]): string =>
  JSON.stringify(seen.map(({ localPort, sysName, port, chassis }) => [localPort, sysName, port, chassis]))

export async function openTopology({ store, members, changed, clock, log }: TopologySources): Promise<Topology> {
  const seen = new Map(await store.all())
  let observed: ReadonlyMap<DeviceId, readonly DeviceId[]> = new Map()
  const dirty = new Set<DeviceId>()
  let waiting: ReturnType<typeof setTimeout> | null = null

  const reckon = (): void => {
    const devices = [...members()]
    const linked = devices.map(
      ({ device: { id, name, kind, network }, identity }): Linked => ({
        id,
        name,
        kind: kind === 'other' && identity !== null ? identity.kind : kind,
        sysName: identity?.sysName ?? null,
        network,
      }),
    )
    const was = observed
    observed = observedParents(linked, new Map(devices.flatMap(({ no, device }) => (seen.has(no) ? [[device.id, seen.get(no)!] as const] : []))))
    const same = (id: DeviceId) => (was.get(id) ?? []).join() === (observed.get(id) ?? []).join()
    for (const id of new Set([...was.keys(), ...observed.keys()])) if (!same(id)) dirty.add(id)
  }
  const later = (): void => {
    waiting ??= setTimeout(() => {
      waiting = null
      reckon()
      if (dirty.size === 0) return
      const others = [...dirty]
      dirty.clear()
      log.info({ devices: others.length }, 'network paths by LLDP')
      changed(others)
    }, GATHER)
    waiting.unref()
  }
  reckon()
  dirty.clear()
  return {
    of({ id, network }) {
      const parents = network.length > 0 ? undefined : observed.get(id)
      return parents === undefined ? { parents: network, observed: false } : { parents, observed: true }
    },
    async learn(no, { neighbours, partial }) {
      const was = seen.get(no) ?? []
      // A look that ended half-way says nothing of who is gone.
      const now = remembered(was, partial === true && neighbours.length === 0 ? was : neighbours, clock())
      if (was.length === 0 && now.length === 0) return
      seen.set(no, now)
      await store.put(no, now)
      if (ports(was) !== ports(now)) later()
    },
    refresh() {
      reckon()
      if (dirty.size > 0) later()
    },
    close() {
      if (waiting !== null) clearTimeout(waiting)
    },
  }
}
