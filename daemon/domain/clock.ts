// What the clock of a ticket says: per step, per phase and as a whole, and line by line why this is the deadline.
import type { Instant } from './call.ts'
import type { Difficulty, Standard } from './standard.ts'
import type { PauseReason } from './ticket.ts'

/** `waiting` has not begun; `running`; `paused` stands with a reason; `done`. */
export type ClockState = 'waiting' | 'running' | 'paused' | 'done'

/** `late` ran past its target inside the range; `breached` ran past the end of the range. A clock that stands can become neither. */
export type ClockVerdict = 'onTime' | 'late' | 'breached'

export interface Measured {
  readonly state: ClockState
  readonly verdict: ClockVerdict
  readonly started: Instant | null
  readonly ended: Instant | null
  /** Milliseconds of working time it ran, and of working time it stood. */
  readonly used: number
  readonly paused: number
  /** Mostly one; several run one after the other. Empty: no standard, no deadline. */
  readonly standards: readonly Standard[]
  /** By the difficulty, and by the end of the range. Of what waits: if everything before takes its whole time. Of what stands: if it went on now. */
  readonly target: Instant | null
  readonly due: Instant | null
  /** Working time left to `due`, milliseconds; below zero past it. Null without a deadline, and when it is over. */
  readonly remaining: number | null
  /** Of standards in days, weeks, months: working days after today up to that of `due`. */
  readonly remainingDays: number | null
}

export interface StepClock extends Measured {
  readonly key: string
  /** A chair, or `requester`. */
  readonly owner: string
}

export interface PhaseClock extends Measured {
  readonly key: string
  readonly side: PhaseSide
}

export type PhaseSide = 'house' | 'requester' | 'other'

export interface WholeClock extends Measured {
  readonly submitted: Instant | null
  /** The next instant inside the intake window (SL1). */
  readonly received: Instant | null
  /** The working day it has room on, when that is a later one (SL2). */
  readonly slot: string | null
}

export interface Promised {
  readonly due: Instant
  readonly at: Instant
  /** Of the calendar it was reckoned by. */
  readonly version: number
}

export interface Agreement {
  readonly due: Instant
  readonly at: Instant
  readonly reason: string
  readonly signer: string
  /** Null: still running. */
  readonly kept: boolean | null
}

export interface TicketClock {
  readonly steps: readonly StepClock[]
  readonly phases: readonly PhaseClock[]
  readonly whole: WholeClock
  /** What the requester was told; stays whatever the calendar does later. */
  readonly promised: Promised | null
  readonly agreed: Agreement | null
  /** Breached, and nothing agreed since: both sides owe each other a new date (SL7). */
  readonly needsAgreement: boolean
  /** The step that went furthest beyond its standard, in milliseconds of working time. */
  readonly slowest: { readonly step: string; readonly over: number } | null
  readonly calendar: { readonly key: string; readonly version: number; readonly timezone: string }
  readonly explanation: readonly ClockLine[]
}

/** Why a clock stood: an official reason, or a phase that is not the house's. */
export type StopReason = PauseReason | 'phase'

/** One line of "why this is the deadline", with the instant or span it speaks of. Words: `words/clock-words.ts`. */
export type ClockLine = { readonly at: Instant; readonly until?: Instant } & ClockFact

export type ClockFact =
  | { readonly kind: 'received'; readonly received: Instant }
  | { readonly kind: 'receivedOutside'; readonly received: Instant }
  | { readonly kind: 'overload'; readonly slot: string; readonly start: Instant }
  | { readonly kind: 'setBack'; readonly said: Instant }
  | {
      readonly kind: 'stopped'
      readonly reason: StopReason
      readonly note: string
      readonly cost: number
      readonly days: number
      readonly open: boolean
    }
  | { readonly kind: 'difficulty'; readonly level: Difficulty; readonly standard: Standard; readonly target: number }
  | { readonly kind: 'noDifficulty'; readonly standard: Standard }
  /** The longest of several products, or several one after the other. */
  | { readonly kind: 'products'; readonly products: readonly string[]; readonly together: 'longest' | 'chain' | 'unknown' }
  | { readonly kind: 'standard'; readonly standard: Standard }
  | { readonly kind: 'breaks'; readonly stop: boolean }
  | { readonly kind: 'dayOne'; readonly first: string; readonly same: boolean }
  | { readonly kind: 'period'; readonly lands: string; readonly last: string }
  | { readonly kind: 'range'; readonly name: string; readonly from: string; readonly to: string; readonly estimate: boolean }
  | { readonly kind: 'daysOff'; readonly days: readonly { readonly date: string; readonly name: string }[] }
  | { readonly kind: 'exception'; readonly date: string; readonly exception: 'open' | 'closed' | 'hours'; readonly reason: string }
  | { readonly kind: 'estimate'; readonly years: readonly number[] }
  | { readonly kind: 'calendarChanged'; readonly version: number; readonly before: Instant; readonly after: Instant }
  | { readonly kind: 'target'; readonly target: Instant }
  | { readonly kind: 'due'; readonly due: Instant; readonly moving: boolean }
  | { readonly kind: 'promised'; readonly due: Instant; readonly version: number; readonly now: Instant; readonly nowVersion: number }
  | { readonly kind: 'late'; readonly target: Instant }
  | { readonly kind: 'breached'; readonly due: Instant }
  | { readonly kind: 'agreed'; readonly due: Instant; readonly reason: string; readonly signer: string }
  | { readonly kind: 'ended'; readonly how: 'closed' | 'rejected' | 'cancelled' | 'merged' }
