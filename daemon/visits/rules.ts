// The rules of who may come when, with whom: pure, asked at the request, at the approval and at the door.
import type { Instant } from '../domain/call.ts'
import { type FieldError, type Outcome, refused } from '../domain/outcome.ts'
import type { Conflict } from '../domain/visit.ts'
import type { Block, Freeze, VisitorRecord, VisitRecord } from '../domain/visit-record.ts'
import { WHY } from './reasons.ts'

const DAY = 86_400_000
/** Nobody plans further ahead. */
const FURTHEST = 366 * DAY
/** People of one visit. */
const MOST_VISITORS = 20
/** Whoever comes a little early is let in. */
export const EARLY = 15 * 60_000

type Mistake = { readonly field: string; readonly words: { readonly id: string; readonly en: string } }

const refusedAt = ({ field, words }: Mistake): Outcome<never> => {
  const errors: readonly FieldError[] = [{ field, reason: words.en, words }]
  return refused('invalid', words, errors)
}

/** What is wrong with a window; null: nothing. `from` and `until`: ms, NaN where none was given. */
export function windowMistake(
  { from, until }: { readonly from: Instant; readonly until: Instant },
  { now, longest }: { readonly now: Instant; readonly longest: number },
): Outcome<never> | null {
  if (!Number.isFinite(from) || !Number.isFinite(until)) return refusedAt({ field: 'until', words: WHY.noEnd })
  if (until <= from) return refusedAt({ field: 'until', words: WHY.backwards })
  if (until <= now) return refusedAt({ field: 'until', words: WHY.past })
  if (until - from > longest * DAY) return refusedAt({ field: 'until', words: WHY.tooLong(longest) })
  if (from - now > FURTHEST) return refusedAt({ field: 'from', words: WHY.tooFar })
  return null
}

/** As names are compared: case, blanks and titles' dots do not count. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s.,'’]+/g, ' ')
    .trim()

/** Letters of any script with their marks, and what stands in names: "Ny. Hj. Siti Nur'aini, S.Kom." */
const NAME = /^[\p{L}\p{M}][\p{L}\p{M}\p{N} .,'’()/-]*$/u

/** Whether two are the same person as far as is known: by the number where both gave one, else by name and what is known of the number. */
export function samePerson(one: Pick<VisitorRecord, 'name' | 'hash' | 'last'>, other: Pick<VisitorRecord, 'name' | 'hash' | 'last'>): boolean {
  if (one.hash !== null && other.hash !== null) return one.hash === other.hash
  return plainName(one.name) === plainName(other.name) && (one.last === null || other.last === null || one.last === other.last)
}

/** What is wrong with a list of visitors; null: nothing. */
export function visitorsMistake(visitors: readonly Pick<VisitorRecord, 'name' | 'hash' | 'last'>[], most = MOST_VISITORS): Outcome<never> | null {
  if (visitors.length === 0) return refusedAt({ field: 'visitors', words: WHY.noVisitors })
  if (visitors.length > most) return refusedAt({ field: 'visitors', words: WHY.tooMany(most) })
  for (const [i, visitor] of visitors.entries()) {
    if (!NAME.test(visitor.name.trim())) return refusedAt({ field: `visitors.${i}.name`, words: WHY.badName(visitor.name.slice(0, 40)) })
    if (visitors.slice(0, i).some(other => samePerson(visitor, other)))
      return refusedAt({ field: `visitors.${i}.name`, words: WHY.twice(visitor.name) })
  }
  return null
}

/** The block that keeps this person, or this card, out; null: none does. */
export const blockOf = (
  blocks: readonly Block[],
  who: { readonly name: string; readonly hash: string | null; readonly last: string | null; readonly card?: string | null },
): Block | null =>
  blocks.find(block => {
    if (block.goneAt !== null) return false
    if (block.card !== null && block.card === who.card) return true
    // One that names a card and nobody keeps out the card alone.
    return (block.name !== '' || block.hash !== null) && samePerson(block, who)
  }) ?? null

const overlap = (one: { readonly from: Instant; readonly until: Instant }, other: { readonly from: Instant; readonly until: Instant }): boolean =>
  one.from < other.until && other.from < one.until

/** The freezes a visit falls into. */
export const freezesOver = (freezes: readonly Freeze[], visit: Pick<VisitRecord, 'site' | 'rooms' | 'from' | 'until'>): readonly Freeze[] =>
  freezes.filter(
    freeze =>
      freeze.goneAt === null &&
      freeze.site === visit.site &&
      overlap(freeze, visit) &&
      (freeze.rooms.length === 0 || visit.rooms.length === 0 || freeze.rooms.some(room => visit.rooms.includes(room))),
  )

/** Guests an escort has inside, over all visits. */
export const guestsOf = (escort: number, visits: readonly VisitRecord[]): number =>
  visits
    .filter(visit => visit.escort?.person === escort)
    .reduce((sum, visit) => sum + visit.visitors.filter(({ state }) => state === 'inside').length, 0)

/** What else goes on at the same time that one should know of before it is allowed. `others`: live visits, the visit itself may be among them. */
export function conflictsOf(
  visit: VisitRecord,
  {
    others,
    freezes,
    blocks,
    guests,
  }: { readonly others: readonly VisitRecord[]; readonly freezes: readonly Freeze[]; readonly blocks: readonly Block[]; readonly guests: number },
): readonly Conflict[] {
  const conflicts: Conflict[] = []
  for (const { reason, from, until } of freezesOver(freezes, visit)) conflicts.push({ kind: 'freeze', reason, from, until })
  for (const visitor of visit.visitors) {
    const block = blockOf(blocks, visitor)
    if (block !== null) conflicts.push({ kind: 'blocked', name: visitor.name, reason: block.reason })
  }
  let expected = visit.visitors.length
  for (const other of others) {
    if (other.id === visit.id || !overlap(visit, other)) continue
    for (const visitor of visit.visitors)
      if (other.visitors.some(one => one.state !== 'refused' && samePerson(one, visitor)))
        conflicts.push({ kind: 'samePerson', name: visitor.name, visit: other.id, number: other.number })
    for (const rack of visit.racks)
      if (other.site === visit.site && other.racks.includes(rack)) conflicts.push({ kind: 'sameRack', rack, visit: other.id, number: other.number })
    if (visit.escort !== null && other.escort?.person === visit.escort.person) {
      expected += other.visitors.length
      if (expected > guests) conflicts.push({ kind: 'escortTaken', name: visit.escort.name, visit: other.id, number: other.number, guests: expected })
    }
  }
  return conflicts
}

/** Goods that went in and should have come out with somebody who has left. */
export const goodsLeft = ({ goods }: Pick<VisitRecord, 'goods'>): VisitRecord['goods'] =>
  goods.filter(({ direction, inAt, outAt }) => direction === 'both' && inAt !== null && outAt === null)

export const insideOf = ({ visitors }: Pick<VisitRecord, 'visitors'>): number => visitors.filter(({ state }) => state === 'inside').length
