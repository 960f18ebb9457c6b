// The readings of one point as a chart holds them: history first, then what arrives live, folded into the same buckets.
import type { Series } from '../../daemon/http/contract.ts'

export interface Track {
  readonly point: number
  /** Bucket width, ms; 0: raw readings. */
  readonly step: number
  readonly at: number[]
  readonly mean: (number | null)[]
  readonly min: (number | null)[]
  readonly max: (number | null)[]
  /** Readings folded into the last bucket, for its mean. */
  count: number
  /** Time of the newest reading in it, so that a repeated one is not counted twice. */
  newest: number
}

export function trackOf(series: Series, step: number): Track {
  return {
    point: series.point,
    step,
    at: [...series.at],
    mean: [...series.mean],
    min: [...series.min],
    max: [...series.max],
    count: 1,
    newest: series.at.at(-1) ?? 0,
  }
}

function push(track: Track, at: number, value: number | null): void {
  track.at.push(at)
  track.mean.push(value)
  track.min.push(value)
  track.max.push(value)
  track.count = 1
}

const lower = (one: number | null, other: number) => (one === null ? other : Math.min(one, other))
const higher = (one: number | null, other: number) => (one === null ? other : Math.max(one, other))

/** Adds a live reading. Older ones than the newest are known already. True when something changed. */
export function append(track: Track, at: number, value: number | null): boolean {
  if (at <= track.newest) return false
  track.newest = at
  const last = track.at.length - 1
  const start = track.step === 0 ? at : Math.floor(at / track.step) * track.step
  if (last < 0 || start > (track.at[last] ?? 0)) push(track, start, value)
  else if (value !== null) {
    const mean = track.mean[last] ?? null
    track.mean[last] = mean === null ? value : (mean * track.count + value) / (track.count + 1)
    track.min[last] = lower(track.min[last] ?? null, value)
    track.max[last] = higher(track.max[last] ?? null, value)
    track.count++
  }
  return true
}

/** Forgets what is older than `from`, keeping one row before it so that the line reaches the edge. */
export function forget(track: Track, from: number): void {
  let gone = 0
  while (gone + 1 < track.at.length && (track.at[gone + 1] ?? 0) < from) gone++
  if (gone === 0) return
  for (const column of [track.at, track.mean, track.min, track.max]) column.splice(0, gone)
}
