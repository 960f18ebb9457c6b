// What the doors ask of those who know who may be where.
import type { Instant } from '../domain/call.ts'
import type { CardFault } from '../domain/opening.ts'
import type { Presence } from '../domain/visit.ts'

export type CardWord =
  /** A standing badge that opens this door at this time. */
  | { readonly kind: 'badge'; readonly badge: number; readonly holder: string }
  /** Handed out for a visit. */
  | { readonly kind: 'visit'; readonly visit: number }
  | { readonly kind: 'fault'; readonly fault: CardFault }

export interface Register {
  /** Who may be at work behind that door at that moment: approved visits with their people inside, emergencies, maintenance. */
  presences(at: Instant, door: string): readonly Presence[]
  /** What a card means at a door; null door: one that nobody has described. */
  card(card: string, door: string | null, at: Instant): CardWord
}

/** Nobody is known to be anywhere. */
export const NOBODY: Register = { presences: () => [], card: () => ({ kind: 'fault', fault: 'unknown' }) }
