// State points as ribbons: stretches of one state on the chart's time axis.
import type { State } from '../../daemon/domain/state.ts'
import { stateOf } from '../../daemon/domain/state.ts'
import { pace } from './align.ts'
import type { Range } from './range.ts'
import type { Track } from './track.ts'

export interface Stretch {
  readonly from: number
  readonly to: number
  /** null: nothing was read. */
  readonly state: State | null
}

const GRAVITY = { ok: 0, maintenance: 1, unknown: 2, warning: 3, critical: 4 } as const

/** The worst state a bucket held. A mean of enumerations means nothing; its least and greatest are real readings. */
function worst(states: readonly State[], low: number | null, high: number | null): State | null {
  if (low === null || high === null) return null
  const [one, other] = [stateOf(states, low), stateOf(states, high)]
  return GRAVITY[one.normal] > GRAVITY[other.normal] ? one : other
}

/** Stretches covering the range from the first row on; neighbours in the same state are joined, holes in the data stay holes. */
export function stretches(track: Track, states: readonly State[], range: Range): readonly Stretch[] {
  const step = Math.max(track.step, pace(track.at))
  const found: { from: number; to: number; state: State | null }[] = []
  for (const [row, at] of track.at.entries()) {
    const next = track.at[row + 1] ?? Math.min(range.to, at + Math.max(step, 60_000) * 3.5)
    const to = step > 0 && next - at > step * 3.5 ? at + step : next
    if (to <= range.from || at >= range.to) continue
    const state = worst(states, track.min[row] ?? null, track.max[row] ?? null)
    const from = Math.max(at, range.from)
    const last = found.at(-1)
    if (last && last.state?.value === state?.value && Math.abs(last.to - from) < 1) last.to = Math.min(to, range.to)
    else found.push({ from, to: Math.min(to, range.to), state })
  }
  return found
}
