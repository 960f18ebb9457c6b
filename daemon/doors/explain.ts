// Why a door opened: exactly one explanation, or none. Pure.
import type { Instant } from '../domain/call.ts'
import type { Explanation } from '../domain/opening.ts'
import type { Presence } from '../domain/visit.ts'
import type { Register } from './register.ts'

export interface Asked {
  readonly door: string | null
  readonly at: Instant
  readonly card: string | null
  readonly forced: boolean
}

/** An opening of the room by a standing badge whose holder has not been seen leaving. */
export interface Entrant {
  readonly badge: number
  readonly holder: string
  readonly at: Instant
}

/** What is more particular speaks first. */
const RANK: Readonly<Record<Presence['kind'], number>> = { emergency: 0, visit: 1, maintenance: 2 }

const presenceAt = (door: string | null, at: Instant, register: Register, fits: (one: Presence) => boolean): Presence | undefined =>
  door === null
    ? undefined
    : register
        .presences(at, door)
        .filter(one => one.doors.has(door) && one.from <= at && fits(one))
        .sort((a, b) => RANK[a.kind] - RANK[b.kind] || b.from - a.from || a.visit - b.visit)[0]

/** An explanation that was found, or that there is none. */
export type Found = Exclude<Explanation, { kind: 'pending' | 'noted' }>

const byPresence = ({ kind, visit, number }: Presence): Found => ({ kind, visit, number })

/**
 * A card speaks for the door it was read at; without one, people who are known to be inside do. A forced door is explained only by the house's own
 * maintenance: an approved visitor forces no door. Who overstays is still the reason why a door opens; that is an alarm of its own.
 */
export function explain(asked: Asked, register: Register, entrants: readonly Entrant[]): Found {
  const { door, at, card, forced } = asked
  if (forced) {
    const work = presenceAt(door, at, register, one => one.kind === 'maintenance' && one.inside > 0)
    return work === undefined ? { kind: 'unexplained', card: null } : byPresence(work)
  }
  if (card !== null) {
    const word = register.card(card, door, at)
    if (word.kind === 'badge') return { kind: 'badge', badge: word.badge, holder: word.holder, leaving: false }
    if (word.kind === 'fault') return { kind: 'unexplained', card: word.fault }
    const visit = presenceAt(door, at, register, one => one.visit === word.visit)
    if (visit === undefined) return { kind: 'unexplained', card: 'notHere' }
    return byPresence(visit)
  }
  const there = presenceAt(door, at, register, one => one.inside > 0)
  if (there !== undefined) return byPresence(there)
  // The handle or the exit button from inside: the one who came in last goes out first.
  const last = entrants.at(-1)
  if (last !== undefined) return { kind: 'badge', badge: last.badge, holder: last.holder, leaving: true }
  return { kind: 'unexplained', card: null }
}
