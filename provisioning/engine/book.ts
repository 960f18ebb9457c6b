// What the engine wants kept: changes with their journal, what is held where, who works at which place. Each is durable before it returns.
import type { Instant } from '../../daemon/domain/call.ts'
import type { Change, ChangePlace, Hand, JournalEntry, State, ThingRef } from '../../daemon/domain/change.ts'

export interface KeptChange {
  readonly change: Change
  /** Grows by one with each writing. */
  readonly revision: number
}

/** Something of ours at a place, as the last change that went through left it. */
export interface Holding extends ThingRef {
  readonly state: State
  readonly website: string | null
  readonly organisation: number | null
}

/** Why and by whom no change may write anywhere. */
export interface Stop extends Hand {
  readonly reason: string
}

export interface ChangeBook {
  /** The next number of the year, `C-2026-0001`, with its id. */
  draw(at: Instant): Promise<{ readonly id: number; readonly number: string }>
  find(number: string): Promise<KeptChange | null>
  /** Writes it, new (`revision` 0) or over that very revision. False: it is another by now. */
  put(change: Change, revision: number): Promise<boolean>
  journal(id: number): Promise<readonly JournalEntry[]>
  append(id: number, entry: JournalEntry): Promise<void>
  /** Those that were being applied, or applied and not yet looked at, when the daemon went. */
  underWay(): Promise<readonly KeptChange[]>

  /** The places are this change's alone until let go; gives the number of the change that has one of them already, null when they are taken. */
  take(places: readonly ChangePlace[], change: string): Promise<string | null>
  letGo(change: string): Promise<void>

  held(place: ChangePlace): Promise<readonly Holding[]>
  /** What a change left, in one transaction with its own writing: null is gone. */
  settle(kept: KeptChange, things: readonly (ThingRef & { readonly state: State | null; readonly website: string | null })[]): Promise<boolean>

  /** Changes that failed at a place one after the other; a good one sets it back to none. */
  failures(place: ChangePlace): Promise<number>
  countFailure(place: ChangePlace, failed: boolean): Promise<void>
  stopped(): Promise<Stop | null>
}
