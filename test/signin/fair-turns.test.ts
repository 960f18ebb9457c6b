// Turns at something dear: who waits for whom, and who is turned away.
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { type FairTurnsOptions, openFairTurns } from '../../daemon/signin/fair-turns.ts'

/** Turns whose works end when they are told to, one after the other in the order in which they began. */
function openCounter(options: FairTurnsOptions) {
  const turns = openFairTurns(options)
  const began: string[] = []
  const refused: string[] = []
  const ends: (() => void)[] = []
  let most = 0
  let running = 0
  const come = async (from: string, name: string) => {
    const outcome = await turns.take(from, () => {
      began.push(name)
      most = Math.max(most, ++running)
      return new Promise<void>(resolve =>
        ends.push(() => {
          running--
          resolve()
        }),
      )
    })
    if (!outcome.ok) refused.push(name)
  }
  const settled = () => new Promise<void>(resolve => setImmediate(resolve))
  return {
    began,
    refused,
    most: () => most,
    /** Each of `names` comes from the address that its letters say. */
    async all(names: readonly string[]) {
      const coming = names.map(name => come(name.replace(/\d+/, ''), name))
      await settled()
      for (let end = ends.shift(); end !== undefined; end = ends.shift()) {
        end()
        await settled()
      }
      await Promise.all(coming)
    },
  }
}

const crowd = (from: string, many: number) => Array.from({ length: many }, (_, i) => `${from}${i}`)

describe('turns at something dear', () => {
  it('are taken by addresses in rotation: who comes after a crowd of another is next', async () => {
    const { began, refused, all } = openCounter({ atOnce: 1, mayWait: 100 })
    await all([...crowd('a', 5), 'b0', 'b1', 'c0'])
    assert.deepEqual(began, ['a0', 'a1', 'b0', 'c0', 'a2', 'b1', 'a3', 'a4'])
    assert.deepEqual(refused, [])
  })

  it('are lost by the newest of the longest queue when no more may wait', async () => {
    const { began, refused, all } = openCounter({ atOnce: 1, mayWait: 4 })
    await all([...crowd('a', 7), 'b0', 'c0'])
    assert.deepEqual(refused, ['a5', 'a6', 'a4', 'a3'])
    assert.deepEqual(began, ['a0', 'a1', 'b0', 'c0', 'a2'])
  })

  it('come to everybody once or are refused, never more at once than may be, whoever comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 }),
        fc.integer({ min: 1, max: 4 }),
        async (addresses, atOnce) => {
          const names = addresses.map((from, i) => `${from}${i}`)
          const { began, refused, most, all } = openCounter({ atOnce, mayWait: 10 })
          await all(names)
          assert.deepEqual([...began, ...refused].toSorted(), names.toSorted())
          assert.equal(refused.length, Math.max(0, names.length - atOnce - 10))
          assert.ok(most() <= atOnce)
        },
      ),
    )
  })
})
