// Which points a topic carries: a pure question to the layout, the devices and their points.
import type { Layout, PointRef } from '../domain/inventory.ts'
import type { PointNo } from '../domain/point.ts'
import type { DeviceView, PointView, Topic } from './contract.ts'

export interface Known {
  readonly layout: Layout | null
  devices(): Iterable<DeviceView>
  /** Points of one device by key. */
  pointsOf(device: string): ReadonlyMap<string, PointView>
}

/** Quantities of a rack's PDU that tell of the rack as a whole and of its outlets. */
const RACK_QUANTITIES: ReadonlySet<string> = new Set(['power', 'current', 'voltage', 'load', 'energy', 'apparent', 'powerfactor', 'state'])

/** The points of a topic; `site` carries none. An unknown device or rack gives null. */
export function pointsOfTopic(topic: Topic, known: Known): Set<PointNo> | null {
  const nos = new Set<PointNo>()
  if (topic === 'site') return nos
  if (topic === 'devices') {
    for (const device of known.devices()) if (device.headline !== null) nos.add(device.headline)
    return nos
  }
  const add = (ref: PointRef) => {
    const point = known.pointsOf(ref.device).get(ref.key)
    if (point !== undefined) nos.add(point.no)
  }
  const { layout } = known
  if (topic === 'overview') {
    for (const ref of layout === null ? [] : refsOfLayout(layout)) add(ref)
    return nos
  }
  const id = topic.slice(topic.indexOf(':') + 1)
  if (topic.startsWith('device:')) {
    for (const device of known.devices()) {
      if (device.id !== id) continue
      for (const point of known.pointsOf(id).values()) nos.add(point.no)
      return nos
    }
    return null
  }
  const rack = layout?.racks.find(rack => rack.id === id)
  if (layout === null || rack === undefined) return null
  for (const sensor of layout.sensors) if (sensor.rack === id) add(sensor.point)
  for (const equipment of layout.equipment) if (equipment.rack === id) for (const psu of equipment.psus) if (psu.power) add(psu.power)
  for (const feed of rack.feeds) {
    const node = layout.power.find(node => node.id === feed.node)
    if (node?.device === undefined) continue
    for (const point of known.pointsOf(node.device).values()) if (RACK_QUANTITIES.has(point.quantity)) nos.add(point.no)
  }
  for (const device of known.devices()) if (device.place?.rack === id && device.headline !== null) nos.add(device.headline)
  return nos
}

/** Every point that the layout names. */
export function refsOfLayout(layout: Layout): PointRef[] {
  return [
    ...layout.sensors.map(sensor => sensor.point),
    ...layout.doors.flatMap(door => door.state ?? []),
    ...layout.fixtures.flatMap(fixture => fixture.shows),
    ...layout.power.flatMap(node => Object.values(node.measures).flat()),
    ...layout.equipment.flatMap(equipment => equipment.psus.flatMap(psu => (psu.power === undefined ? [] : [psu.power]))),
  ]
}
