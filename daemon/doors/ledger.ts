// The ledger of doors: events in, openings out, each with its one explanation. Knows no clock and no store: every call says when it is.
import type { Instant } from '../domain/call.ts'
import type { Explanation } from '../domain/opening.ts'
import { type DoorState, type Grant, KEPT, openAtHand } from './at-hand.ts'
import { openEntrants } from './entrants.ts'
import { explain } from './explain.ts'
import type { DoorFacts, Heard, Opening } from './opening.ts'
import type { Register } from './register.ts'

export interface LedgerOptions {
  readonly register: Register
  /** ms. */
  readonly settle: number
  /** Of that door, as it is now: longer while people work there. */
  readonly held: (door: DoorFacts) => number
  readonly pass: number
  readonly nextId: () => number
  /** From the records: what is open, unexplained, or of the last hours. Oldest first. */
  readonly past: readonly Opening[]
}

/** A card is read this long before the door moves; where the contact is polled the movement is seen later. */
const BEFORE = 15_000
const BEFORE_POLLED = 45_000
/** Clocks of reader and contact differ a little. */
const APART = 3_000
/** A controller may say that it was forced this long after it said that it opened. */
const FORCED_AFTER = 15_000
/** The same card again within this time, and the door not shut between: two on one card. */
const TWICE = 20_000

export function openLedger({ register, settle, held, pass, nextId, past }: LedgerOptions) {
  const hand = openAtHand(past)
  const entrants = openEntrants()
  /** Openings that wait for a moment: to be decided, to be held. */
  const watched = new Set<Opening>()
  const changed = new Set<Opening>()

  const { stateOf, find } = hand
  for (const opening of past) {
    if (opening.closedAt === null || opening.due !== null) watched.add(opening)
    entrants.pass(opening)
  }

  /** `again`: a card that opened nothing then opens nothing by what was changed since; only a visit that is told late may explain it. */
  function decide(opening: Opening, now: Instant, again = false): void {
    const { door, openedAt, card, forced } = opening
    if (opening.explanation.kind === 'noted') return
    const was = opening.explanation
    const found = explain({ door: door.id, at: openedAt, card, forced }, register, entrants.at(door, openedAt))
    if (again && card !== null && found.kind === 'badge') return
    // Where cards are read, the card may still be on its way: somebody else going out is not taken for it.
    const guessed = found.kind === 'unexplained' || (found.kind === 'badge' && card === null && door.read)
    const waits = guessed && opening.due !== null && now < opening.due
    const next: Explanation = waits ? { kind: 'pending' } : found.kind === 'badge' && opening.leaving ? { ...found, leaving: true } : found
    if (!waits) opening.due = null
    if (JSON.stringify(was) === JSON.stringify(next)) return
    opening.explanation = next
    changed.add(opening)
    entrants.pass(opening)
  }

  /** The card that was read for a movement at `at`. */
  function takeGrant(state: DoorState, at: Instant, before: number): Grant | undefined {
    const fits = state.grants.filter(grant => grant.at <= at + APART && grant.at >= at - before)
    const grant = fits.at(-1)
    if (grant !== undefined) state.grants = state.grants.filter(one => one !== grant)
    return grant
  }

  const covers = (opening: Opening, at: Instant): boolean =>
    at >= opening.openedAt - APART && (opening.closedAt === null || at <= opening.closedAt + APART)

  function begin(state: DoorState, event: Heard, given: Partial<Pick<Opening, 'card' | 'forced' | 'closedAt' | 'leaving' | 'bare'>>): Opening {
    const { facts } = state
    const wait = facts.read && event.via === 'contact' ? settle : facts.read ? Math.min(settle, 500) : 0
    const opening: Opening = {
      id: nextId(),
      door: facts,
      openedAt: event.at,
      closedAt: given.closedAt ?? null,
      card: given.card ?? null,
      forced: given.forced ?? false,
      heldSince: null,
      tailgating: false,
      explanation: { kind: 'pending' },
      via: event.via,
      skew: event.skew,
      due: event.received + wait,
      leaving: given.leaving ?? false,
      bare: given.bare ?? false,
    }
    hand.add(state, opening)
    changed.add(opening)
    watched.add(opening)
    return opening
  }

  /** The closing that came before its opening. */
  function takeOrphan(state: DoorState, at: Instant): Instant | null {
    const { orphan } = state
    if (orphan === null || orphan < at) return null
    state.orphan = null
    return orphan
  }

  /** The same teller says again that it opened: that is another time. Contact and controller, or opened and forced, tell of one. */
  const isAnother = (known: Opening, event: Heard, forced: boolean): boolean =>
    (known.via === 'contact') === (event.via === 'contact') && event.at - known.openedAt > (forced ? FORCED_AFTER : APART)

  function opened(state: DoorState, event: Heard, forced: boolean): void {
    const before = event.via === 'contact' ? BEFORE_POLLED : BEFORE
    const known = state.openings.findLast(one =>
      one.bare ? event.at >= one.openedAt - APART && event.at <= one.openedAt + before : covers(one, event.at),
    )
    const standing = known !== undefined && !known.bare && known.closedAt === null && isAnother(known, event, forced)
    if (standing) {
      // Its closing was never told: it was shut before it opened again.
      known.closedAt = event.at
      known.heldSince = null
      changed.add(known)
    } else if (known !== undefined) {
      if (known.bare) {
        known.bare = false
        known.openedAt = event.at
        known.closedAt = takeOrphan(state, event.at)
        changed.add(known)
        watched.add(known)
      }
      // Told by contact and controller both, or opened and forced: one opening.
      if (forced && !known.forced) {
        known.forced = true
        if (known.explanation.kind !== 'noted') known.explanation = { kind: 'pending' }
        changed.add(known)
        decide(known, event.received)
      }
      return
    }
    const next = state.openings.find(one => one.openedAt > event.at + APART)
    const closedAt = takeOrphan(state, event.at) ?? next?.openedAt ?? null
    const grant = takeGrant(state, event.at, before)
    decide(begin(state, event, { card: grant?.card ?? null, leaving: grant?.event.leaving ?? false, forced, closedAt }), event.received)
  }

  function closed(state: DoorState, { at }: Heard): void {
    const current = state.openings.findLast(one => one.closedAt === null && one.openedAt <= at + APART)
    if (current === undefined) {
      if (!state.openings.some(one => one.closedAt !== null && !one.bare && covers(one, at))) state.orphan = at
      return
    }
    current.closedAt = Math.max(at, current.openedAt)
    if (current.card !== null && current.heldSince === null && current.closedAt - current.openedAt > pass) current.tailgating = true
    current.heldSince = null
    changed.add(current)
  }

  function granted(state: DoorState, event: Heard): void {
    const { at, card } = event
    if (card === null) return
    const before = state.facts.polled && !state.told ? BEFORE_POLLED : BEFORE
    const again = state.openings.findLast(one => one.card === card && one.closedAt === null && at >= one.openedAt && at - one.openedAt <= TWICE)
    if (again !== undefined) {
      if (!again.tailgating) {
        again.tailgating = true
        changed.add(again)
      }
      return
    }
    const moved = state.openings.findLast(one => one.card === null && one.openedAt >= at - APART && one.openedAt <= at + before)
    if (moved !== undefined) {
      moved.card = card
      moved.leaving = event.leaving
      if (moved.explanation.kind === 'unexplained') moved.explanation = { kind: 'pending' }
      changed.add(moved)
      decide(moved, event.received)
      return
    }
    state.grants.push({ card, at, event })
    if (state.grants.length > KEPT) state.grants.shift()
    if (!state.facts.polled && !state.told) settleGrants(state, event.received, 0)
  }

  /** Where nothing tells of the door's leaf, or only now and then, a card that opened it stands for the opening. */
  function settleGrants(state: DoorState, now: Instant, after: number): void {
    const due = state.grants.filter(grant => now >= grant.event.received + after)
    if (due.length === 0) return
    state.grants = state.grants.filter(grant => !due.includes(grant))
    if (state.told) return
    for (const { card, at, event } of due) decide(begin(state, event, { card, leaving: event.leaving, closedAt: at, bare: true }), now)
  }

  function hold(state: DoorState, { at }: Heard, is: boolean): void {
    const current = state.openings.findLast(one => one.closedAt === null)
    if (current === undefined || (current.heldSince !== null) === is) return
    current.heldSince = is ? at : null
    changed.add(current)
  }

  /** What changed since the last time. */
  function flush(): readonly Opening[] {
    const these = [...changed]
    changed.clear()
    return these
  }

  return {
    take(facts: DoorFacts, event: Heard): readonly Opening[] {
      const state = stateOf(facts)
      if (event.via !== 'contact' && (event.kind === 'opened' || event.kind === 'closed')) state.told = true
      switch (event.kind) {
        case 'opened':
        case 'forced':
          opened(state, event, event.kind === 'forced')
          break
        case 'closed':
          closed(state, event)
          break
        case 'granted':
          granted(state, event)
          break
        case 'held':
        case 'released':
          hold(state, event, event.kind === 'held')
          break
        // In the log only: nothing moved.
        case 'denied':
        case 'tamper':
        case 'alive':
          break
      }
      return flush()
    },

    /** What time alone decides: nobody explained it, it stands open too long, a card that nobody followed. Of more than `most` the rest is due again. */
    tick(now: Instant, most = Number.POSITIVE_INFINITY): readonly Opening[] {
      for (const opening of watched) {
        if (changed.size >= most) break
        if (opening.due !== null && now >= opening.due) decide(opening, now)
        if (opening.closedAt === null && opening.heldSince === null && now - opening.openedAt >= held(opening.door)) {
          opening.heldSince = opening.openedAt + held(opening.door)
          changed.add(opening)
        }
        if (opening.due === null && (opening.closedAt !== null || opening.heldSince !== null)) watched.delete(opening)
      }
      for (const state of hand.states()) if (state.grants.length > 0) settleGrants(state, now, state.told ? BEFORE : BEFORE_POLLED)
      return flush()
    },

    /** What nobody has explained, of all doors. */
    unexplained: hand.unexplained,

    /** The register knows more than before, such as a check-in made without a network: these are asked again, as far as they still are unexplained. */
    reconsider(now: Instant, these: readonly Opening[]): readonly Opening[] {
      for (const one of these) if (one.explanation.kind === 'unexplained') decide(one, now, true)
      return flush()
    },

    /** Those of before then are in the records no more. */
    forget: hand.forget,

    /** A person says why; null: no such opening at hand, or it has an explanation. */
    note(id: number, by: string, reason: string, at: Instant): Opening | null {
      const one = find(id)
      if (one?.explanation.kind !== 'unexplained') return null
      one.explanation = { kind: 'noted', by, at, reason }
      return one
    },

    /** When time alone changes something next; null: nothing waits. */
    due(): Instant | null {
      let next = Number.POSITIVE_INFINITY
      for (const { due, closedAt, heldSince, openedAt, door } of watched) {
        if (due !== null) next = Math.min(next, due)
        if (closedAt === null && heldSince === null) next = Math.min(next, openedAt + held(door))
      }
      for (const state of hand.states())
        for (const grant of state.grants) next = Math.min(next, grant.event.received + (state.told ? BEFORE : BEFORE_POLLED))
      return Number.isFinite(next) ? next : null
    },

    /** Openings of a door that are at hand, oldest first. */
    of: hand.of,
    find,
    doors: (): readonly DoorFacts[] => [...hand.states()].map(({ facts }) => facts),
  }
}
