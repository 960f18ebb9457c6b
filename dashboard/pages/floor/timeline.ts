// The line of the timeline: the hottest inlet of the whole site, bucket by bucket, with its limit. Pure.
import { pace } from '../../charts/align.ts'
import { clockTicks, type Range } from '../../charts/range.ts'
import type { Track } from '../../charts/track.ts'
import { offsetOf } from '../../words/zone.ts'

/** Rows asked of the past; a step of the scrubber. */
export const BUCKETS = 288

export interface HeatLine {
  readonly line: string
  readonly area: string
  readonly limit: string
  readonly low: number
  readonly high: number
}

const fixed = (value: number) => value.toFixed(1)

/** Highest of all tracks in each of the range's buckets. */
export function highest(tracks: readonly Track[], range: Range): readonly (number | null)[] {
  const width = (range.to - range.from) / BUCKETS
  const found = new Array<number | null>(BUCKETS).fill(null)
  for (const track of tracks)
    for (const [row, at] of track.at.entries()) {
      const bucket = Math.floor((at - range.from) / width)
      const value = track.max[row] ?? null
      if (bucket < 0 || bucket >= BUCKETS || value === null) continue
      found[bucket] = Math.max(found[bucket] ?? Number.NEGATIVE_INFINITY, value)
    }
  return found
}

export function heatLine(tracks: readonly Track[], range: Range, limit: number, width: number, height: number): HeatLine | null {
  const values = highest(tracks, range)
  const known = values.filter(value => value !== null)
  if (known.length === 0) return null
  const low = Math.floor(Math.min(...known, limit - 7))
  const high = Math.ceil(Math.max(...known, limit + 1))
  const y = (value: number) => height - ((value - low) / (high - low)) * height
  const x = (bucket: number) => ((bucket + 0.5) / BUCKETS) * width
  let line = ''
  let area = ''
  let from: number | null = null
  // Readings come slower than the buckets of a young site: only what is longer than a few polls is a hole.
  const bucketWidth = (range.to - range.from) / BUCKETS
  const slack = Math.max(3, Math.ceil((3.5 * Math.max(...tracks.map(track => Math.max(track.step, pace(track.at))))) / bucketWidth))
  let missed = 0
  for (const [bucket, value] of values.entries()) {
    if (value === null) {
      if (++missed > slack && from !== null) {
        area += `L${fixed(x(bucket - missed))} ${height}L${fixed(from)} ${height}Z`
        from = null
      }
      continue
    }
    const to = `${fixed(x(bucket))} ${fixed(y(value))}`
    line += `${from === null ? 'M' : 'L'}${to}`
    area += `${from === null ? 'M' : 'L'}${to}`
    from ??= x(bucket)
    missed = 0
  }
  if (from !== null) {
    const last = values.findLastIndex(value => value !== null)
    area += `L${fixed(x(last))} ${height}L${fixed(from)} ${height}Z`
  }
  return { line, area, limit: `M0 ${fixed(y(limit))}H${width}`, low, high }
}

/** Captions under the line, on whole hours of the site's zone; those too near the right edge make room for "live". */
export function timeline(range: Range, zone: string): readonly number[] {
  return clockTicks(range, 9, offsetOf(range.to, zone)).filter(at => range.to - at > (range.to - range.from) * 0.12)
}
