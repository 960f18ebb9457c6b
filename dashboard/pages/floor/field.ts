// A field of temperatures between sensors: at a sensor exactly what it says, nowhere hotter or cooler than those around, and nothing where none is near. Pure.
import type { Air, AirPlace, Region } from './air.ts'

/** A sensor says nothing of air further away than this, m. */
export const REACH = 1.8
/** Edge of a cell of the grid, m. */
const CELL = 0.1

/** Inverse distance, to nothing at the end of its reach (Franke and Little 1980): the field is continuous, and no sensor is heard beyond. */
const weightAt = (distance: number): number => (distance >= REACH ? 0 : ((REACH - distance) / (REACH * distance)) ** 2)

/** Values of places by their order, °C; null: not read. Null: no sensor with a reading is near. */
export function valueAt(places: readonly AirPlace[], values: readonly (number | null)[], x: number, y: number): number | null {
  let [sum, weights] = [0, 0]
  for (const [i, place] of places.entries()) {
    const value = values[i] ?? null
    if (value === null) continue
    const distance = Math.hypot(place.x - x, place.y - y)
    if (distance === 0) return value
    const weight = weightAt(distance)
    // So near that its weight has no number: the place itself.
    if (weight === Number.POSITIVE_INFINITY) return value
    sum += weight * value
    weights += weight
  }
  return weights === 0 ? null : sum / weights
}

/** A region as cells, west to east and north to south, each with the places it hears and how loudly. */
export interface Grid {
  readonly air: Air
  readonly columns: number
  readonly rows: number
  /** Those of cell c are `place[start[c]]` … `place[start[c + 1] - 1]`. */
  readonly start: Uint32Array
  readonly place: Uint16Array
  readonly weight: Float32Array
  /** Place that stands in a cell, or −1: the cell says what it says. Two in one cell: `also`. */
  readonly own: Int32Array
  readonly also: ReadonlyMap<number, readonly number[]>
}

/** Made once for a layout: readings then cost a multiplication for each sensor a cell hears. */
export function gridOf(air: Air): Grid {
  const { places } = air
  const columns = Math.max(1, Math.round(air.width / CELL))
  const rows = Math.max(1, Math.round(air.depth / CELL))
  const start = new Uint32Array(columns * rows + 1)
  const heard: number[] = []
  const loud: number[] = []
  for (let c = 0; c < columns * rows; c++) {
    const x = air.x + ((c % columns) + 0.5) * (air.width / columns)
    const y = air.y + (Math.floor(c / columns) + 0.5) * (air.depth / rows)
    for (let i = 0; i < places.length; i++) {
      const { x: px, y: py } = places[i]!
      if (Math.abs(px - x) >= REACH || Math.abs(py - y) >= REACH) continue
      const weight = weightAt(Math.max(1e-3, Math.hypot(px - x, py - y)))
      if (weight === 0) continue
      heard.push(i)
      loud.push(weight)
    }
    start[c + 1] = heard.length
  }
  const own = new Int32Array(columns * rows).fill(-1)
  const also = new Map<number, number[]>()
  for (const [i, place] of places.entries()) {
    const c = cellOf(air, columns, rows, place.x, place.y)
    if (own[c] === -1) own[c] = i
    else also.set(c, [...(also.get(c) ?? []), i])
  }
  return { air, columns, rows, start, place: Uint16Array.from(heard), weight: Float32Array.from(loud), own, also }
}

export function cellOf(region: Region, columns: number, rows: number, x: number, y: number): number {
  const column = Math.min(columns - 1, Math.max(0, Math.floor(((x - region.x) / region.width) * columns)))
  const row = Math.min(rows - 1, Math.max(0, Math.floor(((y - region.y) / region.depth) * rows)))
  return row * columns + column
}

/** °C of each cell, NaN where nothing is near. In a cell with sensors stands the hottest of them. */
export function cellsOf(grid: Grid, values: readonly (number | null)[]): Float32Array {
  const { start, place, weight, own, also } = grid
  const read = Float64Array.from(values, value => value ?? Number.NaN)
  const cells = new Float32Array(own.length)
  for (let c = 0; c < cells.length; c++) {
    let [sum, weights] = [0, 0]
    for (let e = start[c]!; e < start[c + 1]!; e++) {
      const value = read[place[e]!]!
      if (Number.isNaN(value)) continue
      sum += weight[e]! * value
      weights += weight[e]!
    }
    cells[c] = weights === 0 ? Number.NaN : sum / weights
  }
  for (let c = 0; c < cells.length; c++) {
    if (own[c] === -1) continue
    const here = [own[c]!, ...(also.get(c) ?? [])].map(i => read[i]!).filter(value => !Number.isNaN(value))
    if (here.length > 0) cells[c] = Math.max(...here)
  }
  return cells
}
