// The temperature of the air at a point of the floor. Pure.
import type { Air } from './air.ts'
import { valueAt } from './field.ts'

export interface Heat {
  readonly air: readonly Air[]
  /** By region and place, °C; null: not read, or too long ago. */
  readonly values: readonly (readonly (number | null)[])[]
}

/** °C of the air, and on which side of the racks it is. */
export interface Pointed {
  readonly value: number
  readonly side: 'cold' | 'hot'
}

/** At a point of the floor, m. */
export function heatAt({ air, values }: Heat, x: number, y: number): Pointed | null {
  for (const [i, region] of air.entries()) {
    if (x < region.x || y < region.y || x > region.x + region.width || y > region.y + region.depth) continue
    const value = valueAt(region.places, values[i] ?? [], x, y)
    if (value !== null) return { value, side: region.side }
  }
  return null
}
