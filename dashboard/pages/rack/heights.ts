// Air temperatures of a rack by height, inlet and outlet apart.
import type { Layout } from '../../../daemon/domain/inventory.ts'
import type { Reader } from './reading.ts'

export interface AtHeight {
  readonly sensor: Layout['sensors'][number]
  readonly u: number
  /** °C; null: not read, or the sensor has none. */
  readonly value: number | null
  readonly at: number | null
}

export interface Heights {
  readonly inlet: readonly AtHeight[]
  readonly outlet: readonly AtHeight[]
  /** The hottest inlet, which is what limits go by. */
  readonly hottest: AtHeight | null
}

/** Sensors without a height stand in the middle. Lowest first. */
export function heightsOf(rack: Pick<Layout['racks'][number], 'id' | 'units'>, sensors: Layout['sensors'], read: Reader): Heights {
  const side = (which: 'inlet' | 'outlet') =>
    sensors
      .filter(sensor => sensor.rack === rack.id && sensor.side === which && !/humid|state|dew/i.test(sensor.point.key))
      .map(sensor => {
        const got = read(sensor.point)
        return { sensor, u: sensor.u ?? rack.units / 2, value: got?.value ?? null, at: got?.at ?? null }
      })
      .sort((one, other) => one.u - other.u)
  const inlet = side('inlet')
  let hottest: AtHeight | null = null
  for (const each of inlet) if (each.value !== null && (hottest?.value == null || each.value > hottest.value)) hottest = each
  return { inlet, outlet: side('outlet'), hottest }
}

/** Heat steps of the legend, °C, relative to the site's limits: cool grey to warm grey below, amber and red beyond. */
export function heatOf(value: number, limits: { readonly warning: number; readonly critical: number }): 0 | 1 | 2 | 3 | 4 | 5 | 6 {
  if (value > limits.critical) return 6
  if (value > limits.warning) return 5
  const below = limits.warning - value
  if (below < 1) return 4
  if (below < 3) return 3
  if (below < 5) return 2
  return below < 7 ? 1 : 0
}
