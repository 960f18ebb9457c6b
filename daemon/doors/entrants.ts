// Who came into a room by a badge and has not been seen leaving: the handle or the exit button from inside lets them out.
import type { Instant } from '../domain/call.ts'
import type { Entrant } from './explain.ts'
import type { DoorFacts, Opening } from './opening.ts'

/** Who has not been seen leaving for this long has left, ms. */
const SHIFT = 16 * 3_600_000

const roomOf = ({ room, key }: DoorFacts): string => room ?? key

export function openEntrants() {
  const inside = new Map<string, readonly Entrant[]>()
  return {
    /** Oldest first. */
    at: (door: DoorFacts, at: Instant): readonly Entrant[] => (inside.get(roomOf(door)) ?? []).filter(one => one.at <= at && at - one.at < SHIFT),
    /** An opening that a badge explains: somebody is in, or out. */
    pass({ door, explanation, openedAt }: Opening): void {
      if (explanation.kind !== 'badge') return
      const { badge, holder, leaving } = explanation
      const others = (inside.get(roomOf(door)) ?? []).filter(one => one.badge !== badge)
      inside.set(roomOf(door), leaving ? others : [...others, { badge, holder, at: openedAt }])
    },
  }
}
