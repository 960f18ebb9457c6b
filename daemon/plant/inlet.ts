// How warm the air is that a rack draws in: the warmest of its inlet sensors.
import type { Layout, Sensor } from '../domain/inventory.ts'
import type { Readings } from '../domain/plant.ts'

/** Sensors at an inlet also tell humidity and dew point; keys name what they tell. */
const TEMPERATURE = /temp/i

export function inletsOf({ sensors }: Layout): (rack: string) => (readings: Readings) => number | null {
  const byRack = new Map<string, Sensor[]>()
  for (const sensor of sensors) {
    if (sensor.rack === undefined || sensor.side !== 'inlet' || !TEMPERATURE.test(sensor.point.key)) continue
    byRack.set(sensor.rack, [...(byRack.get(sensor.rack) ?? []), sensor])
  }
  return rack => readings => {
    const values = (byRack.get(rack) ?? []).map(sensor => readings(sensor.point)?.value).filter(value => value !== undefined)
    return values.length === 0 ? null : Math.max(...values)
  }
}
