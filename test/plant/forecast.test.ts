// When it runs out, by the trend of its days, or honestly: no trend.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Daily, forecast } from '../../daemon/plant/forecast.ts'

const DAY = 86_400_000
const START = Date.UTC(2026, 7, 1)
const days = (n: number, of: (i: number) => number): Daily[] => Array.from({ length: n }, (_, i) => ({ day: START + i * DAY, value: of(i) }))
/** Weather that comes out the same every time, between −1 and 1. */
const noise = (i: number) => (((i * 7_919) % 101) - 50) / 50

describe('forecast', () => {
  it('tells the day a steady growth fills it', () => {
    // 1000 W and 10 W more each day: 2000 W after 100 days.
    const found = forecast(
      days(60, i => 1000 + 10 * i),
      2000,
      START + 59 * DAY,
    )
    assert.ok(found.kind === 'full')
    assert.equal(found.perDay, 10)
    assert.equal(Math.round((found.on - START) / DAY), 100)
    assert.equal(found.earliest, found.on)
    assert.equal(found.latest, found.on)
  })

  it('gives an interval that holds the truth in spite of the weather', () => {
    const found = forecast(
      days(90, i => 1000 + 10 * i + 120 * noise(i)),
      2000,
      START + 89 * DAY,
    )
    assert.ok(found.kind === 'full')
    assert.ok(found.low < 10 && 10 < found.high, `${found.low} … ${found.high}`)
    const truth = START + 100 * DAY
    assert.ok(found.earliest < truth + 3 * DAY && found.latest !== null && found.latest > truth - 3 * DAY)
  })

  it('is not bent by a few days that were quite different', () => {
    const found = forecast(
      days(60, i => (i % 9 === 4 ? 9_000 : 1000 + 10 * i)),
      2000,
      START + 59 * DAY,
    )
    assert.ok(found.kind === 'full')
    assert.ok(Math.abs(found.perDay - 10) < 1.5, String(found.perDay))
  })

  it('says no trend where there is none, none yet, or the other way', () => {
    assert.deepEqual(
      forecast(
        days(13, i => i),
        100,
        START,
      ),
      { kind: 'noTrend', why: 'tooShort', days: 13 },
    )
    assert.deepEqual(
      forecast(
        days(60, i => 500 + 50 * noise(i)),
        1000,
        START,
      ),
      { kind: 'noTrend', why: 'notSignificant', days: 60 },
    )
    assert.deepEqual(
      forecast(
        days(60, () => 500),
        1000,
        START,
      ),
      { kind: 'noTrend', why: 'notSignificant', days: 60 },
    )
    assert.deepEqual(
      forecast(
        days(60, i => 500 - i),
        1000,
        START,
      ),
      { kind: 'noTrend', why: 'falling', days: 60 },
    )
  })

  it('does not take a slow wave for a trend', () => {
    // Two waves of 40 days: every day is like the one before, which makes trends out of nothing.
    const found = forecast(
      days(80, i => 500 + 50 * Math.sin((2 * Math.PI * i) / 40 + 3)),
      1000,
      START,
    )
    assert.equal(found.kind, 'noTrend')
  })

  it('counts no days beyond ten years, and is full already when it is', () => {
    assert.equal(
      forecast(
        days(60, i => 1000 + 0.01 * i),
        2000,
        START + 59 * DAY,
      ).kind,
      'far',
    )
    const over = forecast(
      days(60, i => 1000 + 10 * i),
      900,
      START + 59 * DAY,
    )
    assert.ok(over.kind === 'full')
    assert.equal(over.on, START + 59 * DAY)
  })

  it('does not depend on the order of the days, nor on the unit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 14, maxLength: 60 }),
        fc.integer({ min: 1, max: 1000 }),
        (values, factor) => {
          const history = values.map((value, i) => ({ day: START + i * DAY, value }))
          const now = START + values.length * DAY
          const found = forecast(history, 20_000, now)
          assert.deepEqual(forecast(history.toReversed(), 20_000, now), found)
          const scaled = forecast(
            history.map(({ day, value }) => ({ day, value: value * factor })),
            20_000 * factor,
            now,
          )
          assert.equal(scaled.kind, found.kind)
          if (found.kind === 'full' && scaled.kind === 'full') {
            assert.ok(found.earliest <= found.on && (found.latest === null || found.on <= found.latest))
            assert.ok(Math.abs(scaled.on - found.on) < DAY / 100)
          }
        },
      ),
    )
  })
})
