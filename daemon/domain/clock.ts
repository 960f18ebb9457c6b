// The clock of a ticket as pages see it: what ran, what paused and why, until when, and why until then.
import type { Instant } from './call.ts'
import type { Standard } from './standard.ts'
import type { PauseReason } from './ticket.ts'

/** `breached` is past the standard's end; `late` only past the target that the difficulty set. */
export const CLOCK_STATES = ['waiting', 'running', 'paused', 'done', 'late', 'breached'] as const
export type ClockState = (typeof CLOCK_STATES)[number]

export interface ClockPause {
  readonly from: Instant
  /** Null: still. */
  readonly until: Instant | null
  readonly reason: PauseReason
  /** Working time it cost, ms. */
  readonly cost: number
}

export interface StepClock {
  readonly key: string
  readonly owner: string
  readonly standard: Standard | null
  readonly started: Instant | null
  readonly ended: Instant | null
  /** Working time, ms. */
  readonly used: number
  readonly paused: number
  /** Working time left until the due instant, ms; negative after it; null without a standard. */
  readonly remaining: number | null
  readonly target: Instant | null
  readonly due: Instant | null
  readonly state: ClockState
}

/** One line of "why this is the deadline": a code with its figures, put in words by `words/clock-words.ts`. */
export interface ClockLine {
  readonly at: Instant | null
  readonly code: string
  readonly figures: Readonly<Record<string, string | number | boolean | null>>
}

export interface TicketClock {
  readonly now: Instant
  readonly timezone: string
  /** Handed in, and when the clock began (the next opening, or the day with room). */
  readonly submitted: Instant
  readonly received: Instant
  readonly steps: readonly StepClock[]
  readonly whole: StepClock
  readonly pauses: readonly ClockPause[]
  /** What was told to the requester; `agreed` after a breach wins over it. */
  readonly promised: Instant | null
  readonly agreed: Instant | null
  readonly explanation: readonly ClockLine[]
  /** Working windows of the shown day, for the bar on the page. */
  readonly today: readonly { readonly from: Instant; readonly until: Instant }[]
}
