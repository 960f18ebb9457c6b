// Which alarms are about a rack: its sensors, what stands in it, and what feeds it.
import type { Alarm } from '../../../daemon/domain/alarm.ts'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { DeviceView } from '../../../daemon/stream/contract.ts'

export interface RackThings {
  readonly devices: ReadonlySet<string>
  readonly points: ReadonlySet<string>
  /** What a device here measures at other places: doors, leaks, sensors of other racks. */
  readonly elsewhere: ReadonlySet<string>
}

export function thingsOf(rack: Layout['racks'][number], layout: Layout, devices: Iterable<DeviceView>): RackThings {
  const here = new Set<string>()
  for (const device of devices) if (device.place?.rack === rack.id) here.add(device.id)
  for (const equipment of layout.equipment) if (equipment.rack === rack.id && equipment.device !== undefined) here.add(equipment.device)
  for (const feed of rack.feeds) {
    const node = layout.power.find(each => each.id === feed.node)
    if (node?.device !== undefined) here.add(node.device)
  }
  const nameOf = (ref: { readonly device: string; readonly key: string }): string => `${ref.device}/${ref.key}`
  return {
    devices: here,
    points: new Set(layout.sensors.filter(sensor => sensor.rack === rack.id).map(sensor => nameOf(sensor.point))),
    elsewhere: new Set([
      ...layout.sensors.filter(sensor => sensor.rack !== rack.id).map(sensor => nameOf(sensor.point)),
      ...layout.doors.flatMap(door => (door.state === undefined ? [] : [nameOf(door.state)])),
    ]),
  }
}

export function isAbout(alarm: Pick<Alarm, 'device' | 'point'>, { devices, points, elsewhere }: RackThings): boolean {
  if (alarm.device === null) return false
  const name = alarm.point === null ? null : `${alarm.device}/${alarm.point.key}`
  if (name !== null && points.has(name)) return true
  return devices.has(alarm.device) && (name === null || !elsewhere.has(name))
}
