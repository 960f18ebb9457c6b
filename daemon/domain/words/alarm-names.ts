// Finds the names an alarm is told with: the rack a sensor hangs at, the door, the room, the public supply above a device.
import type { Alarm } from '../alarm.ts'
import type { DeviceId, Kind, Place } from '../device.ts'
import type { Door, Layout, PowerNode, Sensor } from '../inventory.ts'
import type { PointNo, Text } from '../point.ts'
import type { Quantity } from '../quantity.ts'
import { lettered } from '../supply.ts'
import type { AlarmNames } from './alarm-words.ts'
import type { Lang } from './lang.ts'

/** Where names are looked up; pages hand over their signals, the daemon its records. */
export interface NameBook {
  readonly layout: Layout
  readonly device: (id: DeviceId) => { readonly name: string; readonly kind: Kind; readonly place?: Place | null | undefined } | null | undefined
  readonly point: (no: PointNo) => { readonly label: Text; readonly quantity: Quantity } | null | undefined
}

const RACK: Readonly<Record<Lang, string>> = { id: 'rak', en: 'rack' }

/** Labels of the air at a rack, better known than the sensor's own. */
const AIR: Readonly<Record<'inlet' | 'outlet', Text>> = {
  inlet: { en: 'Inlet temperature', id: 'Suhu masuk' },
  outlet: { en: 'Outlet temperature', id: 'Suhu keluar' },
}

/** Names of what the alarm is about, by sensor, door or device, whichever says most. */
export function namesOf(alarm: Pick<Alarm, 'device' | 'point'>, book: NameBook, lang: Lang): AlarmNames {
  const { layout } = book
  const device = alarm.device === null ? null : (book.device(alarm.device) ?? null)
  const point = alarm.point === null ? null : (book.point(alarm.point.no) ?? null)
  const sensor = layout.sensors.find(one => isAt(alarm, one.point))
  const door = layout.doors.find(one => one.state !== undefined && isAt(alarm, one.state))
  const rack = layout.racks.find(one => one.id === (sensor?.rack ?? device?.place?.rack))
  const inRack = sensor?.rack === undefined ? null : rack === undefined ? null : `${RACK[lang]} ${rack.name}`
  return {
    subject: door?.name ?? inRack ?? sensor?.name ?? device?.name ?? alarm.device,
    kind: device?.kind ?? null,
    label: airLabel(sensor, point?.quantity) ?? point?.label ?? null,
    quantity: point?.quantity ?? null,
    place: placeOf(
      alarm,
      layout,
      door,
      sensor,
      rack?.room ?? device?.place?.room,
      inRack === null && rack !== undefined ? `${RACK[lang]} ${rack.name}` : null,
    ),
    utility: alarm.device === null ? null : utilityAbove(layout.power, alarm.device, alarm.point?.key),
    zone: layout.site.timezone,
  }
}

function isAt(alarm: Pick<Alarm, 'device' | 'point'>, ref: { readonly device: string; readonly key: string }): boolean {
  return alarm.point !== null && ref.device === alarm.device && ref.key === alarm.point.key
}

const airLabel = (sensor: Sensor | undefined, quantity: Quantity | undefined): Text | null =>
  sensor?.rack === undefined || sensor.side === undefined || (quantity ?? 'temperature') !== 'temperature' ? null : AIR[sensor.side]

function placeOf(
  alarm: Pick<Alarm, 'device'>,
  layout: Layout,
  door: Door | undefined,
  sensor: Sensor | undefined,
  roomOfDevice: string | undefined,
  rack: string | null,
): string | null {
  const id = door?.room ?? sensor?.room ?? roomOfDevice ?? layout.fixtures.find(one => one.device !== undefined && one.device === alarm.device)?.room
  const room = layout.rooms.find(one => one.id === id)
  const known = [room?.name ?? '', rack ?? ''].filter(part => part !== '')
  return known.length === 0 ? null : known.join(', ')
}

/**
 * Name of the nearest utility node at or above the device's nodes in the power chain, else of the site's only one.
 * A point of one lettered input of a transfer switch, or one that the layout binds to a utility, leads to that.
 */
export function utilityAbove(power: readonly PowerNode[], device: DeviceId, key = ''): string | null {
  const nodes = new Map(power.map(node => [node.id, node]))
  const seen = new Set<string>()
  const input = lettered(power, device, key)
  const bound = power.filter(node => node.kind === 'utility' && measures(node, device, key))
  let edge = bound.length > 0 ? bound : input === null ? power.filter(node => node.device === device) : [input]
  while (edge.length > 0) {
    const found = edge.find(node => node.kind === 'utility')
    if (found !== undefined) return found.name
    for (const node of edge) seen.add(node.id)
    edge = edge.flatMap(node => node.from.map(id => nodes.get(id))).filter(node => node !== undefined && !seen.has(node.id)) as PowerNode[]
  }
  const utilities = power.filter(node => node.kind === 'utility')
  return utilities.length === 1 ? (utilities[0]?.name ?? null) : null
}

const measures = (node: PowerNode, device: DeviceId, key: string): boolean =>
  Object.values(node.measures)
    .flat()
    .some(ref => ref.device === device && ref.key === key)
