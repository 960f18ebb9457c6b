// How devices and points look to pages: field by field, so that a way in or a secret cannot slip out with a new column.
import type { Device, Identity } from '../domain/device.ts'
import type { Inventory, Layout } from '../domain/inventory.ts'
import type { Point, PointNo } from '../domain/point.ts'
import type { DeviceView, PointView } from './contract.ts'

/** What a view needs to know of a device. */
export interface Seen {
  readonly device: Device
  readonly identity: Identity | null
  readonly points: readonly unknown[]
  readonly status: DeviceView['status']
  readonly statusSince: number
  readonly why: DeviceView['why']
  readonly lastSeen: number | null
  readonly headline: PointNo | null
}

/** `via`: its network parents, where they are others than those that were drawn. */
export function viewOfDevice(seen: Seen, via: { readonly parents: readonly string[]; readonly observed: boolean } | null = null): DeviceView {
  const { device, identity } = seen
  return {
    id: device.id,
    name: device.name,
    kind: device.kind === 'other' && identity !== null ? identity.kind : device.kind,
    address: device.access.via === 'host' ? device.address.host : `${device.address.host}:${device.address.port}`,
    via: device.access.via,
    place: device.place ?? null,
    tenant: device.tenant ?? null,
    power: device.power,
    network: via?.parents ?? device.network,
    ...(via?.observed === true ? { networkObserved: true as const } : {}),
    identity,
    status: seen.status,
    statusSince: seen.statusSince,
    why: seen.why,
    lastSeen: seen.lastSeen,
    points: seen.points.length,
    headline: seen.headline,
  }
}

export function viewOfPoint(device: string, point: Point & { readonly no: PointNo }, alarmLimits: PointView['alarmLimits']): PointView {
  return {
    no: point.no,
    device,
    key: point.key,
    label: point.label,
    quantity: point.quantity,
    unit: point.unit,
    cadence: point.cadence,
    source: point.source,
    profile: point.profile,
    limits: point.limits,
    states: point.states,
    scale: point.decode.scale,
    offset: point.decode.offset,
    alarmLimits,
  }
}

export function layoutOf(inventory: Inventory): Layout {
  const { devices: _, services: __, ...layout } = inventory
  return layout
}
