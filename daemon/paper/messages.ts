// What the paper room and its thread say to each other.
import type { Outcome } from '../domain/outcome.ts'
import type { Paper, PrintedPaper } from '../domain/paper.ts'

export interface ToPress {
  readonly no: number
  readonly paper: Paper
}

export type FromPress =
  | { readonly kind: 'printed'; readonly no: number; readonly outcome: Outcome<PrintedPaper> }
  /** A bug: it threw. */
  | { readonly kind: 'fault'; readonly no: number; readonly reason: string }
