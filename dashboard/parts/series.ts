// Small series for lines beside values: growing them by readings, thinning them, and making one of many. Pure.

export interface Series {
  /** Milliseconds since 1970, ascending. */
  readonly at: readonly number[]
  /** null: nothing known there; the line has a gap. */
  readonly values: readonly (number | null)[]
}

/** Puts a reading into its bucket: the newest wins inside one, what is older than `span` falls out, what comes late is left out. */
export function grow(series: Series, at: number, value: number | null, step: number, span: number): Series {
  const bucket = Math.floor(at / step) * step
  const last = series.at[series.at.length - 1]
  if (last !== undefined && bucket < last) return series
  const from = bucket - span
  let drop = 0
  while (drop < series.at.length && (series.at[drop] ?? 0) < from) drop++
  const ats = series.at.slice(drop)
  const values = series.values.slice(drop)
  if (last === bucket && ats.length > 0) values[values.length - 1] = value
  else {
    ats.push(bucket)
    values.push(value)
  }
  return { at: ats, values }
}

/** One value a bucket: the mean of what is known in it, null when nothing is. */
export function compact(series: Series, step: number): Series {
  const buckets = new Map<number, { sum: number; count: number }>()
  series.at.forEach((at, i) => {
    const bucket = Math.floor(at / step) * step
    const is = buckets.get(bucket) ?? { sum: 0, count: 0 }
    const value = series.values[i]
    if (value !== null && value !== undefined) {
      is.sum += value
      is.count++
    }
    buckets.set(bucket, is)
  })
  return { at: [...buckets.keys()], values: [...buckets.values()].map(is => (is.count === 0 ? null : is.sum / is.count)) }
}

/** Many series as one, at `steps` instants that all of them cover, by `join` of the values last known there. */
export function together(parts: readonly Series[], steps: number, join: (values: readonly number[]) => number): Series {
  const from = Math.max(...parts.map(part => part.at[0] ?? Number.POSITIVE_INFINITY))
  const to = Math.min(...parts.map(part => part.at[part.at.length - 1] ?? Number.NEGATIVE_INFINITY))
  if (!Number.isFinite(from) || !Number.isFinite(to) || to <= from) return { at: [], values: [] }
  const at = Array.from({ length: steps }, (_, i) => from + ((to - from) * i) / (steps - 1))
  const cursors = parts.map(() => 0)
  const values = at.map(when => {
    const known: number[] = []
    parts.forEach((part, p) => {
      let i = cursors[p] ?? 0
      while (i + 1 < part.at.length && (part.at[i + 1] ?? Number.POSITIVE_INFINITY) <= when) i++
      cursors[p] = i
      const value = part.values[i]
      if (value !== null && value !== undefined) known.push(value)
    })
    return known.length < parts.length ? null : join(known)
  })
  return { at, values }
}
