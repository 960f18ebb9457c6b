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

/** Where a mark stands: outlets just behind their rack, wherever the probe hangs on its door; others at their own place. */
function placeOf(sensor: Layout['sensors'][number], layout: Layout): { readonly x: number; readonly y: number } {
  const rack = sensor.side === 'outlet' ? layout.racks.find(each => each.id === sensor.rack) : undefined
  if (rack === undefined) return { x: Math.round(sensor.x * PX), y: Math.round(sensor.y * PX) }
  const [x, y] = [(rack.x + rack.width / 2) * PX, (rack.y + rack.depth / 2) * PX]
  const off = 13
  switch (rack.facing) {
    case 'south':
      return { x: Math.round(x - 14), y: Math.round(rack.y * PX - off) }
    case 'north':
      return { x: Math.round(x - 14), y: Math.round((rack.y + rack.depth) * PX + off) }
    case 'east':
      return { x: Math.round(rack.x * PX - off - 56), y: Math.round(y) }
    case 'west':
      return { x: Math.round((rack.x + rack.width) * PX + off), y: Math.round(y) }
  }
}

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
      ...(was === undefined ? placeOf(sensor, layout) : { x: was.x, y: was.y }),
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
