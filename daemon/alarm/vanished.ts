// Points that the layout names and a device offers no longer: a probe pulled out is missing, not merely gone from a table. Pure.
import type { Instant } from '../domain/call.ts'
import type { DeviceId } from '../domain/device.ts'
import type { Layout } from '../domain/inventory.ts'
import type { NumberedPoint, Signal } from './judge.ts'
import { keyOf } from './rules.ts'
import { staleKey } from './silence.ts'

/** `device/key` of all points that sensors, doors and the power chain are bound to. */
export function refsOf(layout: Layout): ReadonlySet<string> {
  const refs = [
    ...layout.sensors.map(sensor => sensor.point),
    ...layout.doors.flatMap(door => door.state ?? []),
    ...layout.power.flatMap(node => Object.values(node.measures).flat()),
  ]
  return new Set(refs.map(({ device, key }) => keyOf(device, key)))
}

/** Signals for points that were there before, are named by the layout, and are not among those of now. None when the device offers nothing at all. */
export function vanished(
  device: DeviceId,
  before: readonly NumberedPoint[],
  now: readonly NumberedPoint[],
  refs: ReadonlySet<string>,
  at: Instant,
): readonly Signal[] {
  if (now.length === 0) return []
  const keys = new Set(now.map(point => point.key))
  return before
    .filter(({ key }) => !keys.has(key) && refs.has(keyOf(device, key)))
    .map(({ no, key }) => ({
      key: staleKey(device, key),
      device,
      point: { no, key },
      severity: 'unknown',
      condition: { kind: 'stale', since: at },
      at,
    }))
}
