// Decides for one level of one rule what a reading makes of it. Pure: no clock, no store; tested by tables and properties.
import type { Condition, Severity } from '../domain/alarm.ts'
import type { Instant } from '../domain/call.ts'

/** One level of a rule: what is beyond it, when it is back, how long either must hold. */
export interface Level {
  readonly severity: Severity
  /** False for NaN. */
  readonly beyond: (value: number) => boolean
  /** Back inside by the hysteresis; false for NaN. */
  readonly back: (value: number) => boolean
  /** Milliseconds it must be beyond before it is raised, and back before it clears. */
  readonly delay: number
  readonly clearDelay: number
  readonly condition: (value: number) => Condition
}

export type LevelState =
  | { readonly kind: 'quiet' }
  | { readonly kind: 'pending'; readonly since: Instant }
  | { readonly kind: 'raised'; readonly since: Instant }
  /** Back, but not yet for long enough; `since` is when it came back, `raised` when it was raised. */
  | { readonly kind: 'clearing'; readonly since: Instant; readonly raised: Instant }

export const QUIET: LevelState = { kind: 'quiet' }

export interface Evidence {
  /** NaN: the device has no value. */
  readonly value: number
  readonly at: Instant
  /** Nothing was heard for too long before this reading, or the clock jumped: what was held is no longer proven. */
  readonly gap: boolean
}

/**
 * The state after a reading. Raised when beyond the limit in every reading of at least `delay`; a single reading suffices when the delay is 0.
 * "No value" ends what is pending and leaves what is raised: it proves neither.
 */
export function evaluate(level: Level, was: LevelState, { value, at, gap }: Evidence): LevelState {
  switch (was.kind) {
    case 'quiet':
      if (!level.beyond(value)) return was
      return level.delay <= 0 ? { kind: 'raised', since: at } : { kind: 'pending', since: at }
    case 'pending':
      if (!level.beyond(value)) return QUIET
      if (gap || at < was.since) return { kind: 'pending', since: at }
      return at - was.since >= level.delay ? { kind: 'raised', since: at } : was
    case 'raised':
      if (!level.back(value)) return was
      return level.clearDelay <= 0 ? QUIET : { kind: 'clearing', since: at, raised: was.since }
    case 'clearing':
      if (!level.back(value)) return { kind: 'raised', since: was.raised }
      if (gap || at < was.since) return { kind: 'clearing', since: at, raised: was.raised }
      return at - was.since >= level.clearDelay ? QUIET : was
  }
}

/** The state when time passes and the last reading still holds. */
export function passTime(level: Level, was: LevelState, now: Instant): LevelState {
  if (was.kind === 'pending' && now - was.since >= level.delay) return { kind: 'raised', since: now }
  if (was.kind === 'clearing' && now - was.since >= level.clearDelay) return QUIET
  return was
}

export const isRaised = (state: LevelState): boolean => state.kind === 'raised' || state.kind === 'clearing'

const RANK: Readonly<Record<Severity, number>> = { unknown: 1, warning: 2, critical: 3 }

/** Orders severities: critical over warning over unknown; null is below all. */
export const rank = (severity: Severity | null): number => (severity === null ? 0 : RANK[severity])

/**
 * Levels of one rule together: the worst one raised speaks for all. A level raised before a milder one whose delay still runs raises that too,
 * so that an alarm falls from critical to warning instead of clearing and coming back.
 */
export function worst(levels: readonly Level[], states: LevelState[], at: Instant): Level | null {
  let top: Level | null = null
  levels.forEach((level, i) => {
    const state = states[i]
    if (state !== undefined && isRaised(state) && rank(level.severity) > rank(top?.severity ?? null)) top = level
  })
  const found = top as Level | null
  if (found === null) return null
  levels.forEach((level, i) => {
    if (states[i]?.kind === 'pending' && rank(level.severity) < rank(found.severity)) states[i] = { kind: 'raised', since: at }
  })
  return found
}
