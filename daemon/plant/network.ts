// Who is out of reach when others stand still: devices whose every network parent is dark or out of reach itself. Pure.
import type { DeviceId } from '../domain/device.ts'
import type { Layout } from '../domain/inventory.ts'
import type { NodeId, WhatIf } from '../domain/plant.ts'

export interface Wired {
  readonly id: DeviceId
  /** Network parents; any one of them is enough. */
  readonly network: readonly DeviceId[]
}

/** Devices that run and cannot be reached, in the order given. Parents that nobody knows count as reachable. */
export function cutOff(devices: readonly Wired[], dark: ReadonlySet<DeviceId>): DeviceId[] {
  const known = new Set(devices.map(({ id }) => id))
  const out = new Set(dark)
  const children = new Map<DeviceId, Wired[]>()
  for (const device of devices) for (const parent of device.network) children.set(parent, [...(children.get(parent) ?? []), device])
  const edge = [...dark]
  for (let id = edge.pop(); id !== undefined; id = edge.pop())
    for (const child of children.get(id) ?? []) {
      if (out.has(child.id) || !child.network.every(parent => known.has(parent) && out.has(parent))) continue
      out.add(child.id)
      edge.push(child.id)
    }
  return devices.filter(({ id }) => out.has(id) && !dark.has(id)).map(({ id }) => id)
}

/** Devices that a failure leaves without power: the equipment that is dark, and what hangs on nodes that are. */
export function darkDevices(
  { failed, dark, dead }: Pick<WhatIf, 'failed' | 'dark' | 'dead'>,
  { equipment, power }: Pick<Layout, 'equipment' | 'power'>,
): Set<DeviceId> {
  const gone = new Set<NodeId>([...failed, ...dark, ...dead])
  return new Set([
    ...equipment.flatMap(({ id, device }) => (device !== undefined && gone.has(`item:${id}`) ? [device] : [])),
    ...power.flatMap(({ id, device }) => (device !== undefined && gone.has(id) ? [device] : [])),
  ])
}
