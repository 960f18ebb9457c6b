// What each sensor on the plan feels.
import type { Sensor } from '../../daemon/domain/inventory.ts'
import { drawn, humidity, inlet } from './physics/room.ts'
import type { Plan } from './plan.ts'
import type { World } from './world.ts'

export interface Probe {
  /** Its row in the unit's tables. */
  readonly n: number
  /** As it is called there, and as the point key repeats it. */
  readonly name: string
  readonly quantity: 'temperature' | 'humidity' | 'state'
  /** °C, %, or 1 for an alarm; undefined while it is silent. */
  readonly read: (world: World) => number | undefined
}

const KEY = /^(?:sensor|leak)\.(.+)\.(temperature|humidity|state)$/

/** The sensors that hang on one unit, in the order of the plan. */
export function probes(plan: Plan, unit: string): Probe[] {
  return plan.sensors.flatMap((sensor, k) => {
    const [, name = sensor.id, quantity = 'temperature'] = KEY.exec(sensor.point.key) ?? []
    if (sensor.point.device !== unit) return []
    const feel = feels(plan, sensor)
    const read = (world: World): number | undefined => (sensor.id === 't-a6-top' && world.faults.has('sensor-silent') ? undefined : feel(world))
    return [{ n: 310 + 7 * k, name, quantity: quantity === 'humidity' || quantity === 'state' ? quantity : 'temperature', read }]
  })
}

function feels(plan: Plan, sensor: Sensor): (world: World) => number {
  const place = plan.racks.findIndex(({ id }) => id === sensor.rack)
  const rack = plan.racks[place]
  const height = (sensor.u ?? 21) / 42
  if (rack !== undefined && sensor.side === 'inlet') return world => inlet(world.room, world.cracs, rack, height)
  // Behind a rack the air has taken up its heat: about 11 K, a little more at the top.
  if (rack !== undefined) return world => inlet(world.room, world.cracs, rack, height) + 9.5 + 2 * height
  switch (sensor.id) {
    case 't-hot':
      return world => world.room.hot
    case 't-plenum':
      return world => world.room.plenum
    case 't-battery':
      return world => world.room.power
    case 'h-cold':
      return world => humidity(world.room.water, world.room.cold + 1.5)
    case 'leak':
      return world => (world.faults.has('leak') ? 1 : 0)
    default:
      return world => drawn(world.room, world.cracs, 25_000)
  }
}
