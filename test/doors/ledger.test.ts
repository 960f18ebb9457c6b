// Doors: every opening gets one explanation, whatever order the news of it comes in.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Instant } from '../../daemon/domain/call.ts'
import type { DoorEventKind } from '../../daemon/domain/opening.ts'
import type { Presence } from '../../daemon/domain/visit.ts'
import { openLedger } from '../../daemon/doors/ledger.ts'
import type { DoorFacts, Heard, Opening } from '../../daemon/doors/opening.ts'
import type { CardWord, Register } from '../../daemon/doors/register.ts'

const T0 = Date.UTC(2026, 10, 20, 7)
const S = 1000
const D1: DoorFacts = { key: 'd1', id: 'd1', name: 'D1', zone: 'server', room: 'server-room', polled: false, read: true }
const POLLED: DoorFacts = { ...D1, key: 'd3', id: 'd3', name: 'D3', polled: true, read: false }

interface Told {
  readonly kind: DoorEventKind
  readonly at: number
  readonly card?: string
  readonly received?: number
  readonly via?: Heard['via']
  readonly leaving?: boolean
}
const event = ({ kind, at, card, received = at, via = 'push', leaving = false }: Told): Heard => ({
  controller: 'c1',
  reader: '1',
  kind,
  card: card ?? null,
  leaving,
  told: T0 + at * S,
  received: T0 + received * S,
  at: T0 + at * S,
  skew: null,
  sequence: null,
  via,
})
const visit = (given: Partial<Presence> = {}): Presence => ({
  kind: 'visit',
  visit: 7,
  number: 'KJ-2026-0007',
  doors: new Set(['d1']),
  from: T0 - 3_600_000,
  until: T0 + 3_600_000,
  inside: 2,
  badges: new Set(['V-1']),
  ...given,
})

function house(given: { presences?: (at: Instant) => readonly Presence[]; cards?: Readonly<Record<string, CardWord>> } = {}) {
  const register: Register = {
    presences: given.presences ?? (() => []),
    card: card => given.cards?.[card] ?? { kind: 'fault', fault: 'unknown' },
  }
  let id = 0
  const openings = new Map<number, Opening>()
  const ledger = openLedger({ register, settle: 3 * S, held: () => 30 * S, pass: 15 * S, nextId: () => ++id, past: [] })
  const keep = (these: readonly Opening[]) => {
    for (const one of these) openings.set(one.id, { ...one })
    return these
  }
  return {
    tell: (told: Told, door = D1) => keep(ledger.take(door, event(told))),
    at: (seconds: number) => keep(ledger.tick(T0 + seconds * S)),
    again: (seconds: number) => keep(ledger.reconsider(T0 + seconds * S, ledger.unexplained())),
    ledger,
    openings,
    why: () => [...openings.values()].sort((a, b) => a.openedAt - b.openedAt).map(one => one.explanation.kind),
  }
}
const KARTU: Readonly<Record<string, CardWord>> = { '0011': { kind: 'badge', badge: 3, holder: 'Budi' }, 'V-1': { kind: 'visit', visit: 7 } }

describe('the ledger of doors', () => {
  it('explains an opening by the card before it, and the way out by the one who came in', () => {
    const { tell, at, why, openings } = house({ cards: KARTU })
    tell({ kind: 'granted', at: 0, card: '0011' })
    tell({ kind: 'opened', at: 2 })
    tell({ kind: 'closed', at: 6 })
    tell({ kind: 'opened', at: 600 })
    tell({ kind: 'closed', at: 603 })
    tell({ kind: 'opened', at: 700 })
    at(720)
    assert.deepEqual(why(), ['badge', 'badge', 'unexplained'], 'after the last one is out, nobody explains an opening')
    assert.deepEqual(
      [...openings.values()].map(one => (one.explanation.kind === 'badge' ? one.explanation.leaving : null)),
      [false, true, null],
    )
  })

  it('knows who left by the card at the inner reader', () => {
    const { tell, at, why } = house({ cards: KARTU })
    tell({ kind: 'granted', at: 0, card: '0011' })
    tell({ kind: 'opened', at: 1 })
    tell({ kind: 'closed', at: 4 })
    tell({ kind: 'granted', at: 300, card: '0011', leaving: true })
    tell({ kind: 'opened', at: 301 })
    tell({ kind: 'closed', at: 304 })
    tell({ kind: 'opened', at: 400 })
    at(410)
    assert.deepEqual(why(), ['badge', 'badge', 'unexplained'])
  })

  it('explains by a visit whose people are inside, and not by one that nobody has checked in to', () => {
    const there = house({ presences: () => [visit()] })
    there.tell({ kind: 'opened', at: 0 })
    assert.deepEqual(there.why(), ['visit'])
    const nobody = house({ presences: () => [visit({ inside: 0 })] })
    nobody.tell({ kind: 'opened', at: 0 })
    assert.deepEqual(nobody.why(), ['pending'])
    nobody.at(1)
    assert.deepEqual(nobody.why(), ['unexplained'])
    const elsewhere = house({ presences: () => [visit({ doors: new Set(['d2']) })] })
    elsewhere.tell({ kind: 'opened', at: 0 })
    elsewhere.at(1)
    assert.deepEqual(elsewhere.why(), ['unexplained'], 'a visit explains its own doors only')
  })

  it('lets a card speak for itself: an unknown one stays unexplained beside a visit', () => {
    const { tell, openings } = house({ presences: () => [visit()], cards: KARTU })
    tell({ kind: 'granted', at: 0, card: '9999' })
    tell({ kind: 'opened', at: 1 })
    tell({ kind: 'closed', at: 3 })
    const [one] = openings.values()
    assert.equal(one?.explanation.kind, 'pending')
    tell({ kind: 'granted', at: 10, card: 'V-1' })
    tell({ kind: 'opened', at: 11 })
    assert.deepEqual(
      [...openings.values()].map(each => each.explanation.kind),
      ['pending', 'visit'],
    )
  })

  it('never lets a visit explain a forced door, but maintenance does', () => {
    const forced = house({ presences: () => [visit()] })
    forced.tell({ kind: 'forced', at: 0 })
    forced.at(5)
    assert.deepEqual(forced.why(), ['unexplained'])
    const opened = house({ presences: () => [visit()] })
    opened.tell({ kind: 'opened', at: 0 })
    opened.tell({ kind: 'forced', at: 1 })
    opened.at(5)
    assert.deepEqual(opened.why(), ['unexplained'], 'an opening that turns out to be forced loses its explanation')
    const works = house({ presences: () => [visit({ kind: 'maintenance' })] })
    works.tell({ kind: 'forced', at: 0 })
    assert.deepEqual(works.why(), ['maintenance'])
  })

  it('takes what is said by a person, once, and asks again when the register knows more', () => {
    let inside = 0
    const { tell, at, again, why, ledger } = house({ presences: () => [visit({ inside })] })
    tell({ kind: 'opened', at: 0 })
    at(5)
    assert.deepEqual(why(), ['unexplained'])
    inside = 1
    again(60)
    assert.deepEqual(why(), ['visit'], 'a check-in that came late explains it')
    assert.equal(ledger.note(1, 'noc', 'why', T0), null, 'what is explained is not explained away')
    inside = 0
    tell({ kind: 'closed', at: 61 })
    tell({ kind: 'opened', at: 100 })
    at(110)
    assert.equal(ledger.note(2, 'noc', 'Petugas kebersihan', T0 + 120 * S)?.explanation.kind, 'noted')
    again(130)
    assert.equal(ledger.find(2)?.explanation.kind, 'noted')
  })

  it('sees a door held open, and lets it go when it shuts', () => {
    const { tell, at, openings } = house({ presences: () => [visit()] })
    tell({ kind: 'opened', at: 0 })
    assert.deepEqual(at(29), [])
    assert.equal(at(30)[0]?.heldSince, T0 + 30 * S)
    tell({ kind: 'closed', at: 44 })
    const [one] = openings.values()
    assert.deepEqual([one?.heldSince, one?.closedAt], [null, T0 + 44 * S])
  })

  it('hints at two on one card: the card again before the door shut, or a door too long open for one', () => {
    const twice = house({ cards: KARTU })
    twice.tell({ kind: 'granted', at: 0, card: '0011' })
    twice.tell({ kind: 'opened', at: 1 })
    twice.tell({ kind: 'granted', at: 5, card: '0011' })
    assert.equal(twice.openings.get(1)?.tailgating, true)
    const slow = house({ cards: KARTU })
    slow.tell({ kind: 'granted', at: 0, card: '0011' })
    slow.tell({ kind: 'opened', at: 1 })
    slow.tell({ kind: 'closed', at: 20 })
    assert.equal(slow.openings.get(1)?.tailgating, true)
    const quick = house({ cards: KARTU })
    quick.tell({ kind: 'granted', at: 0, card: '0011' })
    quick.tell({ kind: 'opened', at: 1 })
    quick.tell({ kind: 'closed', at: 6 })
    assert.equal(quick.openings.get(1)?.tailgating, false)
  })

  it('takes a card for the opening where nothing tells of the leaf, at once, or after a poll should have seen it', () => {
    const bare = house({ cards: KARTU })
    bare.tell({ kind: 'granted', at: 0, card: '0011' })
    assert.deepEqual(bare.why(), ['badge'])
    const polled = house({ cards: KARTU })
    polled.tell({ kind: 'granted', at: 0, card: '0011' }, { ...POLLED, read: true })
    assert.deepEqual(polled.why(), [])
    polled.at(46)
    assert.deepEqual(polled.why(), ['badge'])
    const seen = house({ cards: KARTU })
    seen.tell({ kind: 'granted', at: 0, card: '0011' }, { ...POLLED, read: true })
    seen.tell({ kind: 'opened', at: 8, via: 'contact' }, { ...POLLED, read: true })
    seen.at(60)
    assert.deepEqual(seen.why(), ['badge'], 'the poll that sees it and the card are one opening')
  })

  it('is an alarm at once where no card can come, and within the settling time where one may', () => {
    const bare = house()
    bare.tell({ kind: 'opened', at: 0, via: 'contact' }, POLLED)
    assert.deepEqual(bare.why(), ['unexplained'])
    const read = house()
    read.tell({ kind: 'opened', at: 0, via: 'contact' }, { ...POLLED, read: true })
    assert.deepEqual(read.why(), ['pending'])
    assert.equal(read.ledger.due(), T0 + 3 * S)
    read.at(3)
    assert.deepEqual(read.why(), ['unexplained'])
  })

  it('begins another opening when the closing of the one before was never told', () => {
    const { tell, at, why, openings } = house({ cards: KARTU })
    tell({ kind: 'granted', at: 0, card: '0011', leaving: true })
    tell({ kind: 'opened', at: 1 })
    tell({ kind: 'opened', at: 50_000 })
    tell({ kind: 'granted', at: 53_000, card: '9999' })
    tell({ kind: 'opened', at: 53_001 })
    at(53_100)
    assert.deepEqual(why(), ['badge', 'unexplained', 'unexplained'])
    assert.deepEqual(
      [...openings.values()].map(one => one.closedAt === null),
      [false, false, true],
    )
  })

  it('takes an opening told just before its card for nobody going out', () => {
    const two: Readonly<Record<string, CardWord>> = { a: { kind: 'badge', badge: 1, holder: 'Ani' }, b: { kind: 'badge', badge: 2, holder: 'Budi' } }
    const { tell, at, why } = house({ cards: two })
    tell({ kind: 'granted', at: 0, card: 'a' })
    tell({ kind: 'opened', at: 1 })
    tell({ kind: 'closed', at: 4 })
    at(5)
    tell({ kind: 'opened', at: 100 })
    tell({ kind: 'granted', at: 100, card: 'b' })
    tell({ kind: 'closed', at: 104 })
    at(110)
    for (const out of [300, 400]) {
      tell({ kind: 'opened', at: out })
      tell({ kind: 'closed', at: out + 4 })
      at(out + 10)
    }
    assert.deepEqual(why(), ['badge', 'badge', 'badge', 'badge'], 'both are known to be inside, and go out')
    tell({ kind: 'opened', at: 500 })
    at(510)
    assert.equal(why().at(-1), 'unexplained')
  })

  it('does not take back what a revoked badge opened when the badge is found again', () => {
    const cards: Record<string, CardWord> = { '0011': { kind: 'fault', fault: 'revoked' } }
    const { tell, at, again, why } = house({ cards })
    tell({ kind: 'granted', at: 0, card: '0011' })
    tell({ kind: 'opened', at: 1 })
    at(5)
    cards['0011'] = { kind: 'badge', badge: 3, holder: 'Budi' }
    again(600)
    assert.deepEqual(why(), ['unexplained'])
  })

  it('lets maintenance that has ended explain no forced door', () => {
    const { tell, at, why } = house({ presences: () => [visit({ kind: 'maintenance', inside: 0 })] })
    tell({ kind: 'forced', at: 0 })
    at(5)
    assert.deepEqual(why(), ['unexplained'])
  })

  it('ends the same for any order of the news, once all has come and settled', () => {
    const story: readonly Told[] = [
      { kind: 'granted', at: 0, card: '0011' },
      { kind: 'opened', at: 2 },
      { kind: 'closed', at: 6 },
      { kind: 'granted', at: 100, card: '9999' },
      { kind: 'opened', at: 101 },
      { kind: 'closed', at: 104 },
      { kind: 'opened', at: 300 },
      { kind: 'closed', at: 303 },
    ]
    const end = (order: readonly Told[]) => {
      const { tell, at, openings } = house({
        cards: { ...KARTU, '0011': { kind: 'visit', visit: 7 } },
        presences: () => [visit({ inside: 0 })],
      })
      for (const told of order) tell({ ...told, received: 400 })
      at(500)
      return [...openings.values()]
        .sort((a, b) => a.openedAt - b.openedAt)
        .map(one => [one.openedAt - T0, one.closedAt === null ? null : one.closedAt - T0, one.card, one.explanation.kind])
    }
    const straight = end(story)
    assert.deepEqual(
      straight.map(row => row[3]),
      ['visit', 'unexplained', 'unexplained'],
    )
    fc.assert(
      fc.property(fc.shuffledSubarray([...story.keys()], { minLength: story.length, maxLength: story.length }), order => {
        // Within one passage any order; passages themselves come one after the other, as controllers send them.
        const passages = [order.filter(i => i < 3), order.filter(i => i >= 3 && i < 6), order.filter(i => i >= 6)]
        assert.deepEqual(end(passages.flat().map(i => story[i]!)), straight)
      }),
    )
  })

  it('gives every opening exactly one explanation and never one before it opened, whatever happens', () => {
    const told = fc.record({
      kind: fc.constantFrom<DoorEventKind>('opened', 'closed', 'granted', 'denied', 'forced', 'held', 'released', 'tamper', 'alive'),
      at: fc.integer({ min: 0, max: 900 }),
      card: fc.constantFrom('0011', 'V-1', '9999'),
      via: fc.constantFrom<Heard['via']>('push', 'contact'),
    })
    fc.assert(
      fc.property(fc.array(told, { maxLength: 60 }), events => {
        const { tell, at, openings } = house({ cards: KARTU, presences: now => (now < T0 + 400 * S ? [visit()] : []) })
        for (const one of events) tell({ ...one, received: 900 })
        at(1000)
        for (const { explanation, openedAt, closedAt, due } of openings.values()) {
          assert.notEqual(explanation.kind, 'pending')
          assert.equal(due, null)
          assert.ok(closedAt === null || closedAt >= openedAt)
          if (explanation.kind === 'visit') assert.ok(openedAt < T0 + 400 * S)
        }
      }),
    )
  })
})
