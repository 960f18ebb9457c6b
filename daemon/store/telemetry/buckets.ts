// Count, least, mean and greatest of readings by equal steps of time: what rollups are made of and charts are drawn from.
import type { Rows } from './blocks.ts'
import { snap } from './columns.ts'

export interface Buckets {
  readonly start: number
  readonly step: number
  readonly n: number
  readonly count: Float64Array
  readonly min: Float64Array
  readonly max: Float64Array
  readonly sum: Float64Array
  /** Decimals that hold every value taken in; null when some had too many. */
  digits: number | null
}

/** Buckets [start + i × step, start + (i + 1) × step) for i below n. */
export const buckets = (start: number, step: number, n: number): Buckets => ({
  start,
  step,
  n,
  count: new Float64Array(n),
  min: new Float64Array(n).fill(Infinity),
  max: new Float64Array(n).fill(-Infinity),
  sum: new Float64Array(n),
  digits: 0,
})

const widenDigits = (to: Buckets, digits: number | null): void => {
  to.digits = to.digits === null || digits === null ? null : Math.max(to.digits, digits)
}

/** Readings outside are passed over; "no value" counts nowhere. */
export function addReadings(to: Buckets, at: Float64Array, values: Float64Array, n: number, digits: number | null): void {
  widenDigits(to, digits)
  const { start, step, count, min, max, sum } = to
  for (let i = 0; i < n; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) continue
    const k = Math.floor(((at[i] as number) - start) / step)
    if (k < 0 || k >= to.n) continue
    count[k] = (count[k] as number) + 1
    sum[k] = (sum[k] as number) + value
    if (value < (min[k] as number)) min[k] = value
    if (value > (max[k] as number)) max[k] = value
  }
}

/** Rows of finer rollups, `rowStep` wide from `rowStart`; a row must lie within one bucket. */
export function addRows(to: Buckets, rows: Rows, rowStart: number, rowStep: number): void {
  widenDigits(to, rows.digits)
  const { start, step, count, min, max, sum } = to
  for (let i = 0; i < rows.n; i++) {
    const k = Math.floor((rowStart + (rows.index[i] as number) * rowStep - start) / step)
    if (k < 0 || k >= to.n) continue
    count[k] = (count[k] as number) + (rows.count[i] as number)
    sum[k] = (sum[k] as number) + (rows.sum[i] as number)
    min[k] = Math.min(min[k] as number, rows.min[i] as number)
    max[k] = Math.max(max[k] as number, rows.max[i] as number)
  }
}

/** The buckets that hold something, as rows of a block; null when none does. Sums of decimals lose what binary adding drifted. */
export function rowsOf(from: Buckets): Rows | null {
  const filled: number[] = []
  for (let k = 0; k < from.n; k++) if ((from.count[k] as number) > 0) filled.push(k)
  if (filled.length === 0) return null
  const { digits } = from
  const column = (values: Float64Array): Float64Array => Float64Array.from(filled, k => values[k] as number)
  return {
    index: Float64Array.from(filled),
    count: column(from.count),
    min: column(from.min),
    max: column(from.max),
    sum: digits === null ? column(from.sum) : column(from.sum).map(sum => snap(sum, digits)),
    n: filled.length,
    digits,
  }
}
