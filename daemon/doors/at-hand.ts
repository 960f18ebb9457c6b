// Openings at hand, door by door: those that news may still belong to, and older ones that nobody has explained.
import type { Instant } from '../domain/call.ts'
import type { DoorFacts, Heard, Opening } from './opening.ts'

export interface Grant {
  readonly card: string
  readonly at: Instant
  readonly event: Heard
}

export interface DoorState {
  facts: DoorFacts
  /** Those that events may still belong to, oldest first. */
  openings: Opening[]
  /** Older ones that nobody has explained: they wait for a person, or for a visit that is told late. */
  owed: Opening[]
  grants: Grant[]
  /** A closing whose opening has not come: it may be on its way. */
  orphan: Instant | null
  /** Some controller tells of its contact. */
  told: boolean
}

/** Openings and cards of a door that events may still belong to. */
export const KEPT = 100

const isOwed = ({ explanation }: Opening): boolean => explanation.kind === 'unexplained' || explanation.kind === 'pending'
const isOver = ({ closedAt, due }: Opening): boolean => closedAt !== null && due === null

/** What nobody has explained yet stays; the rest grows old. */
function age({ openings, owed }: DoorState): void {
  while (openings.length > KEPT) {
    const explained = openings.findIndex(one => isOver(one) && one.explanation.kind !== 'unexplained')
    const old = explained === -1 ? Math.max(openings.findIndex(isOver), 0) : explained
    owed.push(...openings.splice(old, 1).filter(isOwed))
  }
}

/** `past`: from the records, oldest first. */
export function openAtHand(past: readonly Opening[]) {
  const doors = new Map<string, DoorState>()
  const stateOf = (facts: DoorFacts): DoorState => {
    let state = doors.get(facts.key)
    if (state === undefined) {
      state = { facts, openings: [], owed: [], grants: [], orphan: null, told: false }
      doors.set(facts.key, state)
    }
    state.facts = facts
    return state
  }
  for (const opening of past) stateOf(opening.door).openings.push(opening)
  for (const state of doors.values()) age(state)

  return {
    stateOf,
    states: () => doors.values(),
    add(state: DoorState, opening: Opening): void {
      state.openings.push(opening)
      state.openings.sort((a, b) => a.openedAt - b.openedAt || a.id - b.id)
      age(state)
    },
    /** Of a door, oldest first. */
    of(key: string): readonly Opening[] {
      const state = doors.get(key)
      return state === undefined ? [] : [...state.owed, ...state.openings]
    },
    find(id: number): Opening | null {
      for (const { owed, openings } of doors.values()) {
        const found = openings.find(one => one.id === id) ?? owed.find(one => one.id === id)
        if (found !== undefined) return found
      }
      return null
    },
    unexplained: (): readonly Opening[] =>
      [...doors.values()].flatMap(state => {
        state.owed = state.owed.filter(isOwed)
        return [...state.owed, ...state.openings].filter(({ explanation }) => explanation.kind === 'unexplained')
      }),
    /** Those of before then are in the records no more. */
    forget(before: Instant): void {
      const stays = ({ openedAt, closedAt }: Opening) => openedAt >= before || closedAt === null
      for (const state of doors.values()) {
        state.owed = state.owed.filter(stays)
        state.openings = state.openings.filter(stays)
      }
    },
  }
}
