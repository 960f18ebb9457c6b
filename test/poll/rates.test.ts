// Counters become rates: growth, wrap, restart, gaps.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { forget, openCounters, sample } from '../../daemon/poll/rates.ts'

const CYCLE = 60_000

/** Rates of one counter from [ms, raw] samples. */
const rates = (width: 32 | 64, samples: readonly (readonly [number, number])[], cycle = CYCLE) => {
  const counters = openCounters(1)
  return samples.map(([at, raw]) => sample(counters, 0, width, raw, at, cycle))
}

describe('rates', () => {
  it('need two samples', () => {
    assert.deepEqual(rates(32, [[0, 1000]]), [undefined])
    assert.deepEqual(
      rates(32, [
        [0, 1000],
        [60_000, 7000],
        [120_000, 7000],
      ]),
      [undefined, 100, 0],
    )
  })

  it('go over the time that really passed, not the cycle', () => {
    assert.deepEqual(
      rates(64, [
        [0, 0],
        [61_500, 615],
        [119_000, 1190],
      ]),
      [undefined, 10, 10],
    )
  })

  it('go on over a wrap of 32 bits', () => {
    const top = 2 ** 32
    const got = rates(32, [
      [0, top - 1800],
      [60_000, top - 600],
      [120_000, 600],
      [180_000, 1800],
    ])
    assert.deepEqual(got, [undefined, 20, 20, 20])
  })

  it('go on over a wrap of 64 bits, as near as doubles come', () => {
    const perSecond = 1e9
    const got = rates(64, [
      [0, 2 ** 64 - 90 * perSecond],
      [60_000, 2 ** 64 - 30 * perSecond],
      [120_000, 30 * perSecond],
    ])
    assert.ok(Math.abs((got[1] ?? 0) / perSecond - 1) < 1e-6)
    assert.ok(Math.abs((got[2] ?? 0) / perSecond - 1) < 1e-6)
  })

  it('leave one reading out when the device began anew, and show no peak', () => {
    const got = rates(32, [
      [0, 3_000_000_000],
      [60_000, 3_000_060_000],
      [120_000, 500],
      [180_000, 60_500],
    ])
    assert.deepEqual(got, [undefined, 1000, undefined, 1000])
    const wide = rates(64, [
      [0, 8e15],
      [60_000, 8e15 + 60_000],
      [120_000, 500],
      [180_000, 60_500],
    ])
    assert.deepEqual(wide, [undefined, 1000, undefined, 1000])
  })

  it('do not take a fall right after the first sample for a wrap: nothing speaks for one', () => {
    assert.deepEqual(
      rates(32, [
        [0, 2 ** 32 - 10],
        [60_000, 5],
      ]),
      [undefined, undefined],
    )
  })

  it('begin anew when told of a reboot', () => {
    const counters = openCounters(2)
    sample(counters, 0, 64, 100, 0, CYCLE)
    forget(counters)
    assert.equal(sample(counters, 0, 64, 1_000_000, 60_000, CYCLE), undefined)
    assert.equal(sample(counters, 0, 64, 1_000_600, 120_000, CYCLE), 10)
  })

  it('are not taken over a long silence, nor within a second', () => {
    assert.deepEqual(
      rates(32, [
        [0, 0],
        [301_000, 5_000_000],
        [361_000, 5_000_600],
      ]),
      [undefined, undefined, 10],
    )
    assert.deepEqual(
      rates(64, [
        [0, 0],
        [60_000, 600],
        [60_300, 900],
        [120_000, 1200],
      ]),
      [undefined, 10, undefined, 10],
    )
  })

  it('are unmoved by a value the device did not have', () => {
    assert.deepEqual(
      rates(64, [
        [0, 0],
        [60_000, Number.NaN],
        [120_000, 1200],
      ]),
      [undefined, undefined, 10],
    )
  })

  it('are never negative, never infinite, and exact for steady growth whatever the start', () => {
    const start = fc.integer({ min: 0, max: 2 ** 32 - 1 })
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 3, max: 40 }), (from, perSecond, count) => {
        const samples = Array.from({ length: count }, (_, i) => [i * CYCLE, (from + i * 60 * perSecond) % 2 ** 32] as const)
        const got = rates(32, samples)
        for (const [i, rate] of got.entries()) if (rate !== undefined) assert.equal(rate, perSecond, `sample ${i}`)
        // Only the first sample and a fall right after it may be without a rate.
        assert.ok(got.filter(rate => rate === undefined).length <= 2)
      }),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(400_000), fc.double({ min: 0, max: 2 ** 64, noNaN: true })), { maxLength: 50 }), steps => {
        let now = 0
        const got = rates(
          64,
          steps.map(([pause, raw]) => {
            now += pause
            return [now, raw] as const
          }),
        )
        for (const rate of got) assert.ok(rate === undefined || (rate >= 0 && Number.isFinite(rate)))
      }),
    )
  })
})
