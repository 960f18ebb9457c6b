// Finding a moment in a track.
import { pace } from './align.ts'
import type { Track } from './track.ts'

/** The row that covers a moment, or -1 in a hole. */
export function rowAt(track: Track, at: number): number {
  let low = 0
  let high = track.at.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((track.at[middle] ?? 0) <= at) low = middle
    else high = middle - 1
  }
  const found = track.at[low]
  if (found === undefined || found > at) return -1
  return at - found <= 3.5 * Math.max(track.step, pace(track.at), 10_000) ? low : -1
}
