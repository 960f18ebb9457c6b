// Which sensors get a mark of their own on the plan: inlets are told by their rack, the rest once for each place.
import type { Layout, PointRef } from '../../../daemon/domain/inventory.ts'
import { type Aisle, aislesOf } from './aisles.ts'
import { PX } from './scale.ts'

/** Room a caption such as "31,2 °C" takes, px. */
const CAPTION = { w: 60, h: 15 }

export interface SensorMark {
  readonly id: string
  readonly name: string
  readonly x: number
  readonly y: number
  /** False where a neighbour's caption already stands. */
  readonly captioned: boolean
  readonly refs: readonly PointRef[]
}

/** The air of a cold aisle is told in its middle; a leak or smoke sensor lying in it keeps its own mark. */
export const isInside = (sensor: Layout['sensors'][number], aisle: Aisle): boolean =>
  /temperature|humidity|dewpoint/.test(sensor.point.key) &&
  sensor.x * PX >= aisle.x &&
  sensor.x * PX <= aisle.x + aisle.w &&
  sensor.y * PX >= aisle.y &&
  sensor.y * PX <= aisle.y + aisle.h

/** Sensors at one place (several heights of one rack side) share a mark; captions that would cover another are left out. */
export function sensorMarks(layout: Layout, aisles: readonly Aisle[] = aislesOf(layout)): readonly SensorMark[] {
  const cold = aisles.filter(aisle => aisle.kind === 'cold')
  const places = new Map<string, SensorMark>()
  for (const sensor of layout.sensors) {
    if (sensor.side === 'inlet' || (sensor.rack === undefined && cold.some(aisle => isInside(sensor, aisle)))) continue
    const key = sensor.rack === undefined ? `${sensor.x} ${sensor.y}` : `${sensor.rack} ${sensor.side ?? ''}`
    const was = places.get(key)
    places.set(key, {
      id: was?.id ?? sensor.id,
      name: was?.name ?? sensor.name,
      x: was?.x ?? Math.round(sensor.x * PX),
      y: was?.y ?? Math.round(sensor.y * PX),
      captioned: true,
      refs: [...(was?.refs ?? []), sensor.point],
    })
  }
  const placed: SensorMark[] = []
  for (const mark of [...places.values()].sort((one, other) => one.y - other.y || one.x - other.x)) {
    const covered = placed.some(other => other.captioned && Math.abs(other.y - mark.y) < CAPTION.h && Math.abs(other.x - mark.x) < CAPTION.w)
    placed.push(covered ? { ...mark, captioned: false } : mark)
  }
  return placed
}
