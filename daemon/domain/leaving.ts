// What leaves the house for good, as its papers tell it: pieces with where they stood, and what became of the data on them.
import type { Instant } from './call.ts'
import type { Media } from './stay.ts'

export interface LeavingPiece {
  readonly name: string
  readonly serial: string
  readonly asset: string
  /** `A5 U12–13`; null: it never stood in a rack. */
  readonly place: string | null
  readonly weight: number
  readonly reason: string
  readonly at: Instant
  readonly media: Media | null
}

export interface Leaving {
  readonly ticket: string
  readonly organisation: string
  /** Of custody; null: it never began. */
  readonly minutes: string | null
  readonly pieces: readonly LeavingPiece[]
}
