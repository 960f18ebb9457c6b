// What a guard's device tells by itself: the same hash of a code as the daemon, who is called so, and the list as it will be.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { DoorBook } from '../../daemon/domain/visit.ts'
import { codesOf, hashOf as daemonsHash, newNonce, ROUNDS, saltOf } from '../../daemon/visits/codes.ts'
import { type Act, applied, hashOf, insideIn, looksLikeCode, searchIn } from '../../dashboard/pages/checkin/lookup.ts'
import { must } from '../store/support/must.ts'
import { AGUS, LESTARI, openYard } from './support/yard.ts'

const KEY = Buffer.alloc(32, 9)

describe("a guard's device", () => {
  it('finds a code by the same hash as the daemon, however it is typed', async () => {
    const salt = saltOf(KEY)
    for (let i = 0; i < 5; i++) {
      const { qr, short } = codesOf(KEY, 7, i, newNonce())
      for (const typed of [qr, short, short.toLowerCase(), ` ${short.replace('-', '')} `]) {
        assert.ok(looksLikeCode(typed), typed)
        assert.equal(await hashOf(typed, { salt, rounds: ROUNDS }, crypto.subtle), await daemonsHash(typed, salt), typed)
      }
    }
    assert.equal(await hashOf('ABCD-2345', { salt, rounds: ROUNDS }, undefined), null)
  })

  it('takes every code for one, and no name that a code cannot be written like', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 20 }), (visit, visitor) => {
        const { qr, short } = codesOf(KEY, visit, visitor, 'n')
        return looksLikeCode(qr) && looksLikeCode(short)
      }),
    )
    for (const name of ['Agus Setiawan', 'SETIAWAN', 'Lestari', 'KJ-2026-0001', 'A5', '']) assert.equal(looksLikeCode(name), false, name)
  })

  it('shows at once what was noted, and the same when it was noted twice', async () => {
    const yard = await openYard()
    try {
      const visit = await yard.approved({ people: [AGUS, LESTARI], goods: [{ direction: 'both', kind: 'Laptop', serial: 'L-1' }] })
      const { qr } = await yard.codeOf(visit.id, 1)
      const book: DoorBook = await yard.visits.book(await yard.as('noc'))
      assert.equal(JSON.stringify(book).includes(AGUS.identity) || JSON.stringify(book).includes(qr), false)
      assert.deepEqual(book.codes[(await hashOf(qr, book, crypto.subtle)) ?? ''], { visit: visit.id, visitor: 1, spentAt: null })
      assert.deepEqual(
        searchIn(book.visits, 'lestari medika').map(({ id }) => id),
        [visit.id],
      )
      assert.deepEqual(searchIn(book.visits, 'lestari bank'), [])

      const act = (kind: Act['kind'], visitor: number): Act => ({ client: crypto.randomUUID(), kind, visit: visit.id, visitor, at: yard.clock.now })
      const acts = [act('in', 1), act('goodsIn', 1), act('in', 2), act('out', 1)]
      const then = acts.reduce(applied, book)
      assert.equal(insideIn(then.visits), 1)
      assert.deepEqual(then.visits, acts.reduce(applied, then).visits)
      // As the daemon has it once it was told.
      must(
        await yard.visits.tell(
          acts.map(one => ({ ...one, matched: true, accepted: true })),
          yard.clock.now,
          await yard.as('noc'),
        ),
      )
      const told = await yard.visits.book(await yard.as('noc'))
      const shape = ({ visits }: DoorBook) =>
        visits.map(({ visitors, goods }) => [visitors.map(({ state }) => state), goods.map(({ inAt }) => inAt !== null)])
      assert.deepEqual(shape(told), shape(then))
    } finally {
      await yard.close()
    }
  })
})
