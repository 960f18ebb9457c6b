// What belongs to a place: its devices, sensors, doors and racks. Pure.
import type { Alarm } from '../domain/alarm.ts'
import type { DeviceId, Place } from '../domain/device.ts'
import type { Layout } from '../domain/inventory.ts'

export interface Scope {
  /** Everything: the site as a whole. */
  readonly all: boolean
  readonly rooms: ReadonlySet<string>
  readonly racks: ReadonlySet<string>
  readonly doors: ReadonlySet<string>
  readonly devices: ReadonlySet<DeviceId>
  /** `device/key` of sensors that stand there though their device may be elsewhere. */
  readonly points: ReadonlySet<string>
  /** `device/key` of sensors that stand elsewhere though their device is here. */
  readonly elsewhere: ReadonlySet<string>
}

export interface Placed {
  readonly id: DeviceId
  readonly place: Pick<Place, 'room' | 'rack'> | null
}

export const EVERYTHING: Scope = {
  all: true,
  rooms: new Set(),
  racks: new Set(),
  doors: new Set(),
  devices: new Set(),
  points: new Set(),
  elsewhere: new Set(),
}

/** `racks` and `rooms` and all that stands in them. A rack alone takes the doors of its room too: whoever works at it came through them. */
export function scopeOf(
  { racks = [], rooms = [], doors = [], devices = [] }: Partial<Readonly<Record<'racks' | 'rooms' | 'doors' | 'devices', readonly string[]>>>,
  layout: Layout,
  placed: Iterable<Placed>,
): Scope {
  const inRooms = new Set(rooms)
  const inRacks = new Set([...racks, ...layout.racks.filter(rack => inRooms.has(rack.room)).map(({ id }) => id)])
  const near = new Set([...inRooms, ...layout.racks.filter(({ id }) => inRacks.has(id)).map(({ room }) => room)])
  const here = new Set<DeviceId>(devices)
  for (const { id, place } of placed) {
    if (place === null) continue
    if ((place.rack !== undefined && inRacks.has(place.rack)) || (place.rack === undefined && place.room !== undefined && inRooms.has(place.room)))
      here.add(id)
  }
  for (const item of layout.equipment) if (item.device !== undefined && inRacks.has(item.rack)) here.add(item.device)
  for (const rack of layout.racks) {
    if (!inRacks.has(rack.id)) continue
    for (const feed of rack.feeds) {
      const device = layout.power.find(({ id }) => id === feed.node)?.device
      if (device !== undefined) here.add(device)
    }
  }
  for (const fixture of layout.fixtures) if (fixture.device !== undefined && inRooms.has(fixture.room)) here.add(fixture.device)
  const points = new Set<string>()
  const elsewhere = new Set<string>()
  for (const { rack, room, point } of layout.sensors) {
    const isHere = rack === undefined ? inRooms.has(room) : inRacks.has(rack)
    ;(isHere ? points : elsewhere).add(`${point.device}/${point.key}`)
  }
  return {
    all: false,
    rooms: inRooms,
    racks: inRacks,
    doors: new Set([
      ...doors,
      ...layout.doors.filter(door => near.has(door.room) || (door.rack !== undefined && inRacks.has(door.rack))).map(({ id }) => id),
    ]),
    devices: here,
    points,
    elsewhere,
  }
}

/** Whether an alarm is about the place. Alarms of doors and visits carry theirs in their key. */
export function isAbout({ device, point, key }: Pick<Alarm, 'device' | 'point' | 'key'>, scope: Scope, visits: ReadonlySet<number>): boolean {
  if (scope.all) return true
  if (device === null) {
    const [, , code = ''] = key.split('/')
    if (code.startsWith('door.')) return scope.doors.has(code.slice('door.'.length))
    const visit = /^(?:visit\.[a-z]+|found)\.(\d+)/i.exec(code)?.[1]
    return visit !== undefined && visits.has(Number(visit))
  }
  const name = point === null ? null : `${device}/${point.key}`
  if (name !== null && scope.points.has(name)) return true
  return scope.devices.has(device) && (name === null || !scope.elsewhere.has(name))
}
