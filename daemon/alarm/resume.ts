// Delays that were running when Suar was stopped: how far each had come, from the readings of before. Pure.
import type { Instant } from '../domain/call.ts'
import type { PointNo } from '../domain/point.ts'
import type { Level, LevelState } from './evaluate.ts'
import type { Judged } from './judge.ts'

/** A point with a delay under way, with its newest reading. */
export interface Interrupted {
  readonly no: PointNo
  readonly at: Instant
  readonly value: number
  /** How far back its readings must be known. */
  readonly from: Instant
}

/** Readings of a point in order of time, or what was least and most in spans of them. */
export interface Past {
  /** Milliseconds of a span; 0: reading by reading. */
  readonly step: number
  readonly at: readonly Instant[]
  /** null: no value, or nothing in the span. */
  readonly min: readonly (number | null)[]
  readonly max: readonly (number | null)[]
}

/** Milliseconds of readings that tell how far the delays of a point have come; 0 when none can be running. */
export function lookBack(judged: readonly Judged[], value: number): number {
  let longest = 0
  for (const { channel, states } of judged)
    channel.levels.forEach((level, i) => {
      const state = states[i]
      if (state?.kind === 'quiet' && level.beyond(value)) longest = Math.max(longest, level.delay)
      if (state?.kind === 'raised' && level.back(value)) longest = Math.max(longest, level.clearDelay)
    })
  return longest
}

/**
 * The state of a level after these readings: since when without a break it has been beyond, or back. As with readings that come in, a silence
 * longer than `tolerance` ms proves nothing and begins the delay anew, and so does "no value".
 */
export function resumed(level: Level, was: LevelState, { step, at, min, max }: Past, tolerance: number): LevelState {
  const raised = was.kind === 'raised' ? was.since : null
  if ((was.kind !== 'quiet' && raised === null) || (raised === null ? level.delay : level.clearDelay) <= 0) return was
  const holds = raised === null ? level.beyond : level.back
  let since: Instant | null = null
  for (let i = at.length - 1; i >= 0; i--) {
    const time = at[i] as Instant
    if ((since !== null && since - time > tolerance + step) || (raised !== null && time < raised)) break
    if (step > 0 && min[i] == null) continue
    // Of a span all of it must hold; both ends do when there is one reading.
    if (!holds(min[i] ?? Number.NaN) || !holds(max[i] ?? Number.NaN)) break
    since = time
  }
  if (since === null) return was
  return raised === null ? { kind: 'pending', since } : { kind: 'clearing', since, raised }
}
