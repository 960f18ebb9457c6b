// Which alarms are about a rack: its sensors, what stands in it, and what feeds it.
import type { Alarm } from '../../../daemon/domain/alarm.ts'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { DeviceView } from '../../../daemon/stream/contract.ts'

export interface RackThings {
  readonly devices: ReadonlySet<string>
  readonly points: ReadonlySet<string>
}

export function thingsOf(rack: Layout['racks'][number], layout: Layout, devices: Iterable<DeviceView>): RackThings {
  const here = new Set<string>()
  for (const device of devices) if (device.place?.rack === rack.id) here.add(device.id)
  for (const equipment of layout.equipment) if (equipment.rack === rack.id && equipment.device !== undefined) here.add(equipment.device)
  for (const feed of rack.feeds) {
    const node = layout.power.find(each => each.id === feed.node)
    if (node?.device !== undefined) here.add(node.device)
  }
  return {
    devices: here,
    points: new Set(layout.sensors.filter(sensor => sensor.rack === rack.id).map(sensor => `${sensor.point.device}/${sensor.point.key}`)),
  }
}

export const isAbout = (alarm: Pick<Alarm, 'device' | 'point'>, { devices, points }: RackThings): boolean =>
  alarm.device !== null && (devices.has(alarm.device) || (alarm.point !== null && points.has(`${alarm.device}/${alarm.point.key}`)))
