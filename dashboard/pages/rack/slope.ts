// How fast a reading rises or falls: the straight line through its last hour.

/** Change an hour by least squares over the last `window` ms; null with too little to tell. */
export function slopePerHour(at: readonly number[], values: readonly (number | null)[], window = 3_600_000): number | null {
  const end = at.at(-1)
  if (end === undefined) return null
  let [n, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0]
  let first = end
  for (let row = at.length - 1; row >= 0; row--) {
    const time = at[row] ?? 0
    if (end - time > window) break
    const value = values[row] ?? null
    if (value === null) continue
    const x = (time - end) / 3_600_000
    n++
    sx += x
    sy += value
    sxx += x * x
    sxy += x * value
    first = time
  }
  const spread = n * sxx - sx * sx
  return n < 4 || end - first < window / 4 || spread === 0 ? null : (n * sxy - sx * sy) / spread
}
