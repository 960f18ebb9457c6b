// The ground of a rack on the plan agrees with the sensors at its front: exactly the hottest of them, warmer never looks cooler.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { groundOf } from '../../dashboard/pages/floor/modes.ts'
import { heatOf, heightsOf } from '../../dashboard/pages/rack/heights.ts'

const LIMITS = { warning: 27, critical: 32 }
const rack = { id: 'a1', units: 42 }
const sensors = (temperatures: readonly (number | null)[], of = 'a1') =>
  temperatures.map((_, n) => ({
    id: `${of}-${n}`,
    name: `${n}`,
    room: 'hall',
    x: n,
    y: 0,
    rack: of,
    side: 'inlet' as const,
    u: n + 1,
    point: { device: of, key: `${n}.temperature` },
  }))
const reader = (all: Readonly<Record<string, readonly (number | null)[]>>) => (ref: { readonly device: string; readonly key: string }) => ({
  value: all[ref.device]?.[Number.parseInt(ref.key, 10)] ?? null,
  at: 0,
})
const temperature = fc.option(fc.double({ min: -10, max: 60, noNaN: true }))

describe('heat on the plan', () => {
  it('is that of the hottest sensor at the rack’s own front, whatever its neighbours say', () =>
    fc.assert(
      fc.property(fc.array(temperature, { maxLength: 6 }), fc.array(temperature, { maxLength: 6 }), (mine, theirs) => {
        const { hottest } = heightsOf(rack, [...sensors(mine), ...sensors(theirs, 'b1')], reader({ a1: mine, b1: theirs }))
        const read = mine.filter(value => value !== null)
        assert.equal(hottest?.value ?? null, read.length === 0 ? null : Math.max(...read))
        const figures = { heights: { inlet: [], outlet: [], hottest } } as unknown as Parameters<typeof groundOf>[1]
        assert.equal(groundOf('inlet', figures, LIMITS, []), read.length === 0 ? 'none' : `heat-${heatOf(Math.max(...read), LIMITS)}`)
      }),
    ))

  it('never looks cooler for being warmer, and tells the limits apart', () =>
    fc.assert(
      fc.property(fc.double({ min: -10, max: 60, noNaN: true }), fc.double({ min: -10, max: 60, noNaN: true }), (one, other) => {
        assert.ok(one > other || heatOf(one, LIMITS) <= heatOf(other, LIMITS))
        assert.equal(heatOf(one, LIMITS) >= 5, one > LIMITS.warning)
        assert.equal(heatOf(one, LIMITS) === 6, one > LIMITS.critical)
      }),
    ))
})
