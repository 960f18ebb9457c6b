// What the main thread and the telemetry thread say to each other.
import type { History } from '../../domain/history.ts'
import type { Failure, Outcome } from '../../domain/outcome.ts'
import type { Figures, Readings } from './engine.ts'
import type { Limits, Retention } from './limits.ts'

export interface Opening {
  readonly folder: string
  readonly retention: Retention
  readonly limits: Limits
}

/** To the thread. `id` comes back with the answer. */
export type Request =
  | { readonly kind: 'append'; readonly id: number; readonly readings: Readings }
  | {
      readonly kind: 'history'
      readonly id: number
      readonly points: readonly number[]
      readonly from: number
      readonly to: number
      readonly buckets: number
    }
  | { readonly kind: 'latest'; readonly id: number; readonly points: readonly number[] | null }
  | { readonly kind: 'close' }

export interface Appended {
  readonly id: number
  readonly failure: Failure | null
}

/** From the thread. */
export type Report =
  | { readonly kind: 'opened'; readonly outcome: Outcome<null> }
  | { readonly kind: 'appended'; readonly results: readonly Appended[] }
  | { readonly kind: 'history'; readonly id: number; readonly outcome: Outcome<History> }
  | { readonly kind: 'latest'; readonly id: number; readonly readings: Readings }
  | { readonly kind: 'figures'; readonly figures: Figures }
  | { readonly kind: 'log'; readonly message: string }
