// Several tracks as one: the power of a rack is what its feeds carry together.
import { rowAt } from './rows.ts'
import type { Track } from './track.ts'
import { trackOf } from './track.ts'

/** Sum at every time of the first track; null where one of them has nothing. Lowest and highest add up to what could have been. */
export function sumTracks(tracks: readonly Track[], point: number): Track {
  const [first, ...others] = tracks
  if (first === undefined) return trackOf({ point, at: [], mean: [], min: [], max: [] }, 0)
  const sum = (column: 'mean' | 'min' | 'max') =>
    first.at.map((at, row) => {
      let total = first[column][row] ?? null
      for (const other of others) {
        const found = rowAt(other, at + Math.max(first.step - 1, 0))
        const value = found < 0 ? null : (other[column][found] ?? null)
        total = total === null || value === null ? null : total + value
      }
      return total
    })
  return trackOf({ point, at: first.at, mean: sum('mean'), min: sum('min'), max: sum('max') }, first.step)
}
