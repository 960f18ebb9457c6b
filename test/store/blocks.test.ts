// The block codec gives back exactly what it was given, whatever it was, and takes little room for what devices send.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { decodeReadings, decodeRows, encodeReadings, encodeRows } from '../../daemon/store/telemetry/blocks.ts'

const bits = (values: Float64Array): BigUint64Array => new BigUint64Array(Float64Array.from(values).buffer)

/** Equal to the last bit; all NaN are one "no value". */
function assertSame(is: Float64Array, was: ArrayLike<number>, what: string): void {
  const expected = Float64Array.from(was)
  assert.equal(is.length, expected.length, what)
  const isBits = bits(is)
  const expectedBits = bits(expected)
  for (let i = 0; i < is.length; i++)
    if (isBits[i] !== expectedBits[i] && !(Number.isNaN(is[i]) && Number.isNaN(expected[i])))
      assert.fail(`${what}[${i}] is ${is[i]}, was ${expected[i]}`)
}

const decimal = fc.tuple(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), fc.integer({ min: 0, max: 9 })).map(([n, digits]) => n / 10 ** digits)
const odd = fc.constantFrom(
  Number.NaN,
  0,
  -0,
  Infinity,
  -Infinity,
  Number.MIN_VALUE,
  -Number.MIN_VALUE,
  Number.MAX_VALUE,
  2 ** 53,
  -(2 ** 53),
  2 ** 51,
  0.1 + 0.2,
)
const anyDouble = fc.oneof(fc.double(), decimal, odd)
/** Columns of one nature, and columns with everything in them. */
const column = fc.oneof(
  fc.array(fc.oneof(decimal, fc.constant(Number.NaN)), { maxLength: 200 }),
  fc.array(fc.oneof(fc.integer({ min: 0, max: 4_294_967_295 }), fc.constant(Number.NaN)), { maxLength: 200 }),
  fc.array(anyDouble, { maxLength: 200 }),
)
const time = fc.oneof(fc.integer({ min: 0, max: 2 ** 43 }), fc.constantFrom(0, -0, -1, 1.5, 8.64e15, -8.64e15, Number.NaN, Infinity))
const times = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 4_000_000_000_000 }), { maxLength: 200 }),
  fc.array(time, { maxLength: 200 }),
  fc
    .array(fc.integer({ min: 9_000, max: 11_000 }), { maxLength: 200 })
    .map(gaps => gaps.map((_, i) => 1.8e12 + gaps.slice(0, i).reduce((a, b) => a + b, 0))),
)

describe('a block of readings', () => {
  it('comes back to the last bit, any doubles at any times', () => {
    fc.assert(
      fc.property(times, column, (at, values) => {
        const n = Math.min(at.length, values.length)
        const back = decodeReadings(encodeReadings(Float64Array.from(at), Float64Array.from(values), n))
        assert.equal(back.n, n)
        assertSame(back.at, at.slice(0, n), 'at')
        assertSame(back.values, values.slice(0, n), 'values')
      }),
      { numRuns: 500 },
    )
  })

  it('knows the decimals of its values', () => {
    const of = (...values: number[]) =>
      decodeReadings(encodeReadings(new Float64Array(values.length), Float64Array.from(values), values.length)).digits
    assert.equal(of(1, 2.5, Number.NaN, 3.25), 2)
    assert.equal(of(10, 20), 0)
    assert.equal(of(1 / 3), null)
  })

  it('takes a few bytes a reading for a tenth of a degree each ten seconds, next to none when nothing changes', () => {
    const n = 360
    const at = Float64Array.from({ length: n }, (_, i) => 1.8e12 + i * 10_000 + ((i * 7919) % 13))
    const wandering = Float64Array.from({ length: n }, (_, i) => Math.round(235 + 5 * Math.sin(i / 40)) / 10)
    assert.ok(encodeReadings(at, wandering, n).length < 2 * n)
    const steady = Float64Array.from({ length: n }, (_, i) => 1.8e12 + i * 10_000)
    assert.ok(encodeReadings(steady, new Float64Array(n).fill(42), n).length < 40)
  })

  it('is refused, never misread past its end, when bytes are missing', () => {
    const bytes = encodeReadings(Float64Array.of(1e12, 1e12 + 5), Float64Array.of(Math.PI, Math.E), 2)
    for (let length = 0; length < bytes.length; length++) assert.throws(() => decodeReadings(bytes.subarray(0, length)))
  })
})

describe('a block of rollup rows', () => {
  it('comes back to the last bit', () => {
    const row = fc.tuple(fc.integer({ min: 1, max: 60 }), anyDouble, anyDouble, anyDouble)
    fc.assert(
      fc.property(fc.array(row, { maxLength: 200 }), rows => {
        const of = (k: 0 | 1 | 2 | 3) => Float64Array.from(rows, r => r[k])
        const given = {
          index: Float64Array.from(rows, (_, i) => i * 2),
          count: of(0),
          min: of(1),
          max: of(2),
          sum: of(3),
          n: rows.length,
          digits: null,
        }
        const back = decodeRows(encodeRows(given))
        for (const name of ['index', 'count', 'min', 'max', 'sum'] as const) assertSame(back[name], given[name], name)
      }),
    )
  })
})
