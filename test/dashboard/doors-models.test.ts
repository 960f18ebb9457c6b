// The log of doors as the page works it out: a page of the records and what the stream tells, joined without a row twice or one that does not belong.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Explanation, OpeningView } from '../../daemon/domain/opening.ts'
import { type Filter, fits, KINDS, merged } from '../../dashboard/pages/doors/merge.ts'

const ANY: Filter = { door: '', kind: '', search: '', from: null, to: null }

const opening = (id: number, given: Partial<OpeningView> = {}): OpeningView => ({
  ...{ id, door: 'd1', name: 'D1 ruang server', openedAt: id * 1000, closedAt: null, card: null, forced: false, heldSince: null },
  ...{ tailgating: false, explanation: { kind: 'unexplained', card: null }, alarm: null, via: 'contact', skew: null, ...given },
})
const visit: Explanation = { kind: 'visit', visit: 5, number: 'KJ-2026-0005' }
const liveOf = (...all: readonly OpeningView[]) => new Map(all.map(one => [String(one.id), one]))
const ids = (all: readonly OpeningView[]) => all.map(({ id }) => id)

describe('the log of doors on its page', () => {
  it('finds an opening by door, explanation, span and by whatever names it', () => {
    const noted = opening(3, { explanation: { kind: 'noted', by: 'Nina', at: 1, reason: 'Petugas <b>kebersihan</b>' }, card: '…0042' })
    const cases: readonly (readonly [Partial<Filter>, boolean])[] = [
      [{}, true],
      [{ door: 'd1' }, true],
      [{ door: 'd2' }, false],
      [{ kind: 'noted' }, true],
      [{ kind: 'visit' }, false],
      [{ search: 'KEBERSIHAN' }, true],
      [{ search: ' nina ' }, true],
      [{ search: '0042' }, true],
      [{ search: 'ruang server' }, true],
      [{ search: 'noted' }, false],
      [{ from: 3000, to: 3001 }, true],
      [{ from: 3001 }, false],
      [{ to: 3000 }, false],
    ]
    for (const [given, is] of cases) assert.equal(fits(noted, { ...ANY, ...given }), is, JSON.stringify(given))
  })

  it('shows what has just come on top of the first page only, and what the stream knows better wherever it stands', () => {
    const asked = [opening(2), opening(1)]
    const live = liveOf(opening(3), opening(1, { explanation: visit }))
    const top = merged(asked, live, { filter: ANY, size: 50, top: true })
    assert.deepEqual(ids(top), [3, 2, 1])
    assert.equal(top[2]?.explanation.kind, 'visit')
    const further = merged(asked, live, { filter: ANY, size: 50, top: false })
    assert.deepEqual(ids(further), [2, 1])
    assert.equal(further[1]?.explanation.kind, 'visit')
  })

  it('lets a row go that no longer fits: explained meanwhile, it is not unexplained', () => {
    const filter = { ...ANY, kind: 'unexplained' }
    assert.deepEqual(ids(merged([opening(2), opening(1)], liveOf(opening(2, { explanation: visit })), { filter, size: 50, top: true })), [1])
  })

  it('whatever comes: newest first, none twice, no more than a page, each as the stream last told it', () => {
    const some = fc.uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 40 }), kind: fc.constantFrom(...KINDS) }), { selector: ({ id }) => id })
    const explained = (kind: Explanation['kind']): Explanation =>
      kind === 'unexplained' ? { kind, card: null } : kind === 'visit' ? visit : { kind: 'pending' }
    fc.assert(
      fc.property(some, some, fc.integer({ min: 1, max: 20 }), fc.constantFrom('', ...KINDS), (a, b, size, kind) => {
        const rows = (all: typeof a) => all.map(one => opening(one.id, { explanation: explained(one.kind) }))
        const live = liveOf(...rows(b))
        const shown = merged(rows(a), live, { filter: { ...ANY, kind }, size, top: true })
        assert.ok(shown.length <= size)
        assert.deepEqual(
          ids(shown),
          [...new Set(ids(shown))].sort((one, other) => other - one),
        )
        for (const one of shown) {
          assert.deepEqual(one, live.get(String(one.id)) ?? one)
          assert.ok(kind === '' || one.explanation.kind === kind)
        }
      }),
    )
  })
})
