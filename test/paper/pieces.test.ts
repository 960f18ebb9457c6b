// How a long row of pieces becomes pages.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { gap, type Piece, paginate } from '../../daemon/paper/piece.ts'

type Named = Piece & { readonly no: number }
const nothing = () => undefined
const piece = (no: number, height: number, keep = false): Named => ({ no, height, keep, draw: nothing })
const numbers = (page: readonly { readonly piece: Piece }[]) => page.map(({ piece: one }) => (one as Named).no)

const ROOM = 100
const some = fc.array(fc.record({ height: fc.integer({ min: 1, max: 60 }), keep: fc.boolean(), space: fc.boolean() }), { maxLength: 60 })

describe('pages', () => {
  it('lose nothing, change no order and are never overfull', () => {
    fc.assert(
      fc.property(some, given => {
        const pieces = given.map(({ height, keep, space }, no) => (space ? gap(height) : piece(no, height, keep)))
        const pages = paginate(pieces, ROOM)
        const wanted = given.flatMap(({ space }, no) => (space ? [] : [no]))
        assert.deepEqual(
          pages.flatMap(page => numbers(page.filter(({ piece: one }) => one.space !== true))),
          wanted,
        )
        for (const page of pages) for (const { piece: one, y } of page) assert.ok(y + one.height <= ROOM + 0.01 || y === 0, `${y} + ${one.height}`)
        for (const page of pages.slice(1)) assert.ok(page[0]?.piece.space !== true, 'a page begins with nothing')
      }),
      { numRuns: 500 },
    )
  })

  it('keep a closing sentence with the signatures', () => {
    const pages = paginate([piece(0, 60), piece(1, 20, true), gap(5), piece(2, 50)], ROOM)
    assert.deepEqual(
      pages.map(page => numbers(page.filter(({ piece: one }) => one.space !== true))),
      [[0], [1, 2]],
    )
  })

  it('set the head again where a table goes on', () => {
    const head = piece(99, 10)
    const rows = Array.from({ length: 5 }, (_, no) => ({ ...piece(no, 40), head }))
    assert.deepEqual(paginate([{ ...head, keep: true }, ...rows], ROOM).map(numbers), [
      [99, 0, 1],
      [99, 2, 3],
      [99, 4],
    ])
  })

  it('run over the foot with what no page can hold, rather than lose it or never end', () => {
    assert.deepEqual(paginate([piece(0, 250), piece(1, 10)], ROOM).map(numbers), [[0], [1]])
  })
})
