// Several tracks on one time axis, as uPlot wants them: `undefined` where a track has no row, `null` where its line must break.
import type { Track } from './track.ts'

type Cell = number | null | undefined

export interface Aligned {
  readonly at: readonly number[]
  /** Three columns a track: mean, min, max. */
  readonly columns: readonly (readonly Cell[])[]
}

/** A hole longer than this many steps is a gap in the data, not a straight line. */
const HOLE = 3.5

/** The usual distance between rows: the median, robust against gaps. 0 for fewer than three rows. */
export function pace(at: readonly number[]): number {
  if (at.length < 3) return 0
  const steps = at.slice(1).map((time, index) => time - (at[index] ?? time))
  steps.sort((one, other) => one - other)
  return steps[steps.length >> 1] ?? 0
}

/** Times at which a track's line must break: just after the last row before each hole. */
function breaks(track: Track): readonly number[] {
  const step = Math.max(track.step, pace(track.at))
  if (step === 0) return []
  const found: number[] = []
  for (let row = 1; row < track.at.length; row++) {
    const before = track.at[row - 1] ?? 0
    if ((track.at[row] ?? 0) - before > HOLE * step) found.push(before + step)
  }
  return found
}

export function align(tracks: readonly Track[]): Aligned {
  const holes = tracks.map(breaks)
  const times = new Set<number>()
  for (const track of tracks) for (const at of track.at) times.add(at)
  for (const hole of holes) for (const at of hole) times.add(at)
  const at = [...times].sort((one, other) => one - other)
  const rows = new Map(at.map((time, row) => [time, row]))
  const columns = tracks.flatMap((track, index) => {
    const empty = () => new Array<Cell>(at.length).fill(undefined)
    const [mean, min, max] = [empty(), empty(), empty()]
    for (const hole of holes[index] ?? []) {
      const row = rows.get(hole) ?? 0
      mean[row] = min[row] = max[row] = null
    }
    for (const [from, time] of track.at.entries()) {
      const row = rows.get(time) ?? 0
      mean[row] = track.mean[from] ?? null
      min[row] = track.min[from] ?? null
      max[row] = track.max[from] ?? null
    }
    return [mean, min, max]
  })
  return { at, columns }
}

/** Lowest and highest of what a range shows, with what must stay visible beside it (limits); null when nothing is there. */
export function extent(tracks: readonly Track[], from: number, to: number): readonly [number, number] | null {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const track of tracks)
    for (const [row, at] of track.at.entries()) {
      if (at < from || at > to) continue
      const [min, max] = [track.min[row] ?? null, track.max[row] ?? null]
      if (min !== null) low = Math.min(low, min)
      if (max !== null) high = Math.max(high, max)
    }
  return low <= high ? [low, high] : null
}

/**
 * The value axis: the data with a tenth of air, widened to a limit when that is near (within one and a half spans), and never so
 * tight that noise of a steady reading fills the chart. `floor` 0 keeps quantities that cannot be negative from showing negative ground.
 */
export function axis(
  data: readonly [number, number] | null,
  limits: readonly number[],
  least: number,
  floor: number | null,
): readonly [number, number] {
  let [low, high] = data ?? [0, least]
  const span = Math.max(high - low, least)
  for (const limit of limits) if (limit > low - 1.5 * span && limit < high + 1.5 * span) [low, high] = [Math.min(low, limit), Math.max(high, limit)]
  const air = Math.max(high - low, least) * 0.12
  const middle = (low + high) / 2
  const half = Math.max((high - low) / 2 + air, least / 2)
  const bottom = middle - half
  return [floor !== null && low >= floor ? Math.max(floor, bottom) : bottom, middle + half]
}

/** When the earliest row of any track was read. */
export function firstOf(tracks: readonly Track[]): number | null {
  let first: number | null = null
  for (const track of tracks) {
    const at = track.at[0]
    if (at !== undefined && (first === null || at < first)) first = at
  }
  return first
}
