// A counter of running hours: it counts what ran through resets, other counters in its place and long silences, and foretells when it comes to a number.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { metered, rateOf, reachedAt } from '../../daemon/care/meter.ts'
import type { Meter } from '../../daemon/domain/care.ts'

const H = 3_600
const HOUR = 3_600_000
const DAY = 24 * HOUR
const OF = { device: 'genset', key: 'engine.hours.duration' }
const counted = (readings: readonly (readonly [hours: number, shows: number])[]): Meter => {
  let meter: Meter | null = null
  for (const [at, shows] of readings) meter = metered(meter, OF, at * HOUR, shows * H)
  assert.ok(meter)
  return meter
}

describe('a counter of running hours', () => {
  for (const [what, readings, total, changes] of [
    [
      'counts what ran',
      [
        [0, 386],
        [24, 388],
        [48, 389],
      ],
      389,
      0,
    ],
    [
      'takes a reset for what it is: what it shows has run since',
      [
        [0, 386],
        [24, 388],
        [48, 3],
      ],
      391,
      1,
    ],
    [
      'takes a used counter in its place for another one, which tells nothing of what ran',
      [
        [0, 386],
        [24, 4_000],
        [48, 4_002],
      ],
      388,
      1,
    ],
    [
      'takes an older one with fewer hours likewise',
      [
        [0, 386],
        [24, 120],
        [48, 121],
      ],
      387,
      1,
    ],
    [
      'is not led astray by a nought while its controller starts',
      [
        [0, 386],
        [24, 0],
        [25, 386],
      ],
      386,
      2,
    ],
    [
      'leaves out what comes late',
      [
        [0, 386],
        [24, 388],
        [12, 200],
      ],
      388,
      0,
    ],
    [
      'bridges a silence of weeks',
      [
        [0, 386],
        [24 * 30, 500],
      ],
      500,
      0,
    ],
  ] as const)
    it(what, () => {
      const meter = counted(readings)
      assert.deepEqual([meter.total / H, meter.changes.length], [total, changes])
    })

  it('comes to what ran, within its coarseness, however often it was read and set back', () => {
    const step = fc.record({
      hours: fc.integer({ min: 1, max: 400 }),
      /** Part of the time that it ran. */
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      reset: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.array(step, { maxLength: 40 }), (first, steps) => {
        let at = 0
        let ran = first * H
        let shows = first * H
        let meter = metered(null, OF, at, shows)
        let resets = 0
        for (const { hours, share, reset } of steps) {
          at += hours * HOUR
          const more = Math.floor((hours * H * share) / 60) * 60
          // It is set back as the span begins; one that would not be seen to be is none.
          const isReset = reset && more < shows
          if (isReset) resets++
          shows = (isReset ? 0 : shows) + more
          ran += more
          meter = metered(meter, OF, at, shows)
        }
        assert.equal(meter.total, ran)
        assert.equal(meter.changes.length, Math.min(20, resets))
        const rate = rateOf(meter)
        assert.ok(rate === null || (rate >= 0 && rate <= 1), `${rate}`)
      }),
    )
  })

  it('foretells by the last weeks when it comes to a number, and says nothing after an hour', () => {
    const half = Array.from({ length: 60 }, (_, day) => [day * 24, 100 + day * 12] as const)
    const meter = counted(half)
    assert.ok(Math.abs((rateOf(meter) ?? 0) - 0.5) < 1e-9)
    const at = reachedAt(meter, meter.total + 60 * H) ?? 0
    assert.ok(Math.abs(at - (meter.at + 5 * DAY)) < 1_000)
    assert.equal(reachedAt(meter, meter.total), meter.at)
    assert.ok(meter.days.length <= 30, 'weeks, not years')
    assert.equal(
      rateOf(
        counted([
          [0, 1],
          [1, 2],
        ]),
      ),
      null,
    )
    assert.equal(
      reachedAt(
        counted([
          [0, 1],
          [48, 1],
        ]),
        100 * H,
      ),
      null,
      'one that stands never comes to it',
    )
  })

  it('runs faster of late than before: what counts is of late', () => {
    const slow = Array.from({ length: 100 }, (_, day) => [day * 24, day] as const)
    const fast = Array.from({ length: 28 }, (_, day) => [(100 + day) * 24, 99 + (day + 1) * 20] as const)
    assert.ok((rateOf(counted([...slow, ...fast])) ?? 0) > 0.75)
  })
})
