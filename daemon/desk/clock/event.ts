// What the clock needs to know of a ticket's life, in the order it happened.
import type { Instant } from '../../domain/call.ts'
import type { PhaseSide } from '../../domain/clock.ts'
import type { Difficulty } from '../../domain/standard.ts'
import type { PauseReason } from '../../domain/ticket.ts'

export type ClockFact =
  /** Handed in at `at`. `received`: inside the intake window; `slot`: the working day it has room on; `calendar`: the version in force. */
  | { readonly kind: 'received'; readonly received: Instant; readonly slot: string | null; readonly calendar: number }
  | { readonly kind: 'stepStarted'; readonly step: string }
  | { readonly kind: 'stepDone'; readonly step: string }
  | { readonly kind: 'paused'; readonly reason: PauseReason; readonly note: string }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'difficulty'; readonly level: Difficulty }
  | { readonly kind: 'productsChosen'; readonly products: readonly string[] }
  | { readonly kind: 'phase'; readonly phase: string; readonly side: PhaseSide }
  | { readonly kind: 'promised'; readonly due: Instant }
  | { readonly kind: 'agreed'; readonly due: Instant; readonly reason: string; readonly signer: string }
  | { readonly kind: 'calendarChanged'; readonly version: number }
  | { readonly kind: 'ended'; readonly how: 'closed' | 'rejected' | 'cancelled' | 'merged' }

export type ClockEvent = ClockFact & { readonly at: Instant }
