// While people work at a place: the second limit of what they disturb. Warnings only; whatever is critical stays as it is. Pure.
import type { DeviceId } from '../domain/device.ts'
import type { Layout } from '../domain/inventory.ts'
import type { Point } from '../domain/point.ts'
import type { Meaning } from '../domain/state.ts'

export interface Relaxed {
  /** A warning waits at least so long, s. */
  readonly delay: number
  /** A warning's figure may go further by so much of itself, 0 … 1; never past the critical one. */
  readonly share: number
}

/** How a point is relaxed at the moment; null: it is not. */
export type Relaxation = (device: DeviceId, point: Pick<Point, 'key' | 'quantity' | 'states'>) => Relaxed | null

export const NOTHING_RELAXED: Relaxation = () => null

/** Where people are at work. */
export interface Zone {
  readonly rooms: ReadonlySet<string>
  readonly doors: ReadonlySet<string>
}

const DOOR: ReadonlySet<Meaning> = new Set<Meaning>(['doorOpen', 'doorHeld'])

/** Of the zone: states of its doors, leak sensors and airflow of what stands in its rooms. `roomOf`: where a device stands. */
export function relaxationOf(
  zone: Zone,
  layout: Pick<Layout, 'doors' | 'sensors'>,
  roomOf: (device: DeviceId) => string | null,
  by: Relaxed,
): Relaxation {
  if (zone.rooms.size === 0 && zone.doors.size === 0) return NOTHING_RELAXED
  const inZone = (door: Layout['doors'][number]) => zone.doors.has(door.id) || zone.rooms.has(door.room)
  const doors = layout.doors.filter(({ state }) => state !== undefined)
  return (device, { key, quantity, states }) => {
    const means = (meanings: ReadonlySet<Meaning>) => states?.some(({ meaning }) => meaning !== null && meanings.has(meaning)) ?? false
    if (means(DOOR)) {
      const mine = doors.filter(({ state }) => state?.device === device)
      const exact = mine.find(({ state }) => state?.key === key)
      // A controller of several doors says by its points which; of one door everything it says of doors is that door's.
      const isHere = exact !== undefined ? inZone(exact) : mine.length > 0 && mine.every(inZone)
      return isHere ? by : null
    }
    if (quantity !== 'airflow' && !means(AIR)) return null
    const sensor = layout.sensors.find(({ point }) => point.device === device && point.key === key)
    const room = sensor?.room ?? roomOf(device)
    return room !== null && zone.rooms.has(room) ? by : null
  }
}
const AIR: ReadonlySet<Meaning> = new Set<Meaning>(['airflowLow', 'leak'])

/** The figure a warning waits for meanwhile. */
export function secondLimit(way: 'above' | 'below', limit: number, share: number, critical: number | null): number {
  const further = Math.abs(limit) * share
  if (way === 'above') return Math.min(limit + further, Math.max(limit, critical ?? Number.POSITIVE_INFINITY))
  return Math.max(limit - further, Math.min(limit, critical ?? Number.NEGATIVE_INFINITY))
}
