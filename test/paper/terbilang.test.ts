// Numbers and dates in words.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { dateOpening, isDate, terbilang } from '../../daemon/domain/words/terbilang.ts'

const UNITS = ['nol', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan', 'sepuluh', 'sebelas']
const SCALES: Readonly<Record<string, number>> = { ribu: 1e3, juta: 1e6, miliar: 1e9, triliun: 1e12 }

/** Reads words back, by another way than they were written. */
function heard(words: string): number {
  let whole = 0
  let group = 0
  let last = 0
  for (const word of words.split(' ')) {
    const unit = UNITS.indexOf(word)
    if (unit >= 0) last += unit
    else if (word === 'belas') last += 10
    else if (word === 'puluh') [group, last] = [group + last * 10, 0]
    else if (word === 'ratus') [group, last] = [group + last * 100, 0]
    else if (word === 'seratus') group += 100
    else if (word === 'seribu') [whole, group, last] = [whole + 1000, 0, 0]
    else [whole, group, last] = [whole + (group + last) * (SCALES[word] ?? Number.NaN), 0, 0]
  }
  return whole + group + last
}

describe('numbers in words', () => {
  for (const [n, words] of [
    [0, 'nol'],
    [1, 'satu'],
    [10, 'sepuluh'],
    [11, 'sebelas'],
    [12, 'dua belas'],
    [20, 'dua puluh'],
    [21, 'dua puluh satu'],
    [99, 'sembilan puluh sembilan'],
    [100, 'seratus'],
    [101, 'seratus satu'],
    [111, 'seratus sebelas'],
    [200, 'dua ratus'],
    [1000, 'seribu'],
    [1001, 'seribu satu'],
    [1100, 'seribu seratus'],
    [2000, 'dua ribu'],
    [2026, 'dua ribu dua puluh enam'],
    [11_000, 'sebelas ribu'],
    [100_000, 'seratus ribu'],
    [1_001_000, 'satu juta seribu'],
    [1_000_000_000, 'satu miliar'],
    [-11, 'minus sebelas'],
  ] as const)
    it(`writes ${n} as "${words}"`, () => assert.equal(terbilang(n), words))

  it('is understood again, whatever the number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999_999 }), n => heard(terbilang(n)) === n),
      { numRuns: 2000 },
    )
    for (let n = 0; n <= 10_000; n++) assert.equal(heard(terbilang(n)), n)
  })

  it('has no word for fractions and what is too great', () => {
    for (const n of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e15]) assert.throws(() => terbilang(n), RangeError)
  })
})

describe('the day in words', () => {
  it('opens minutes as the official form does', () => {
    assert.equal(
      dateOpening({ year: 2026, month: 11, day: 20 }),
      'Pada hari ini Jumat tanggal dua puluh bulan November tahun dua ribu dua puluh enam (20-11-2026)',
    )
    assert.equal(
      dateOpening({ year: 2024, month: 2, day: 29 }),
      'Pada hari ini Kamis tanggal dua puluh sembilan bulan Februari tahun dua ribu dua puluh empat (29-02-2024)',
    )
    assert.equal(
      dateOpening({ year: 2027, month: 1, day: 1 }),
      'Pada hari ini Jumat tanggal satu bulan Januari tahun dua ribu dua puluh tujuh (01-01-2027)',
    )
  })

  it('knows no day that never was', () => {
    for (const date of [
      { year: 2026, month: 2, day: 29 },
      { year: 2026, month: 13, day: 1 },
      { year: 2026, month: 4, day: 31 },
      { year: 2026, month: 5, day: 0 },
    ]) {
      assert.equal(isDate(date), false)
      assert.throws(() => dateOpening(date), RangeError)
    }
  })
})
