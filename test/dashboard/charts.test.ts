// Charts without a browser: tracks that grow, axes, ribbons, CSV and the book of history.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { align, axis, extent } from '../../dashboard/charts/align.ts'
import { csvOf } from '../../dashboard/charts/csv.ts'
import { type Ask, openHistory } from '../../dashboard/charts/history.ts'
import { clockTicks, grown, lastOf, moved, SPANS, zoomed } from '../../dashboard/charts/range.ts'
import { stretches } from '../../dashboard/charts/ribbon.ts'
import { sumTracks } from '../../dashboard/charts/sum.ts'
import { append, forget, type Track, trackOf } from '../../dashboard/charts/track.ts'

const track = (at: readonly number[], values: readonly (number | null)[], step = 0): Track =>
  trackOf({ point: 1, at, mean: values, min: values, max: values }, step)

describe('a track', () => {
  it('folds live readings into the bucket they belong to', () => {
    const one = track([0], [10], 60_000)
    assert.equal(append(one, 30_000, 20), true)
    assert.deepEqual([one.at, one.mean, one.min, one.max], [[0], [15], [10], [20]])
    append(one, 60_000, 7)
    assert.deepEqual(
      [one.at, one.mean],
      [
        [0, 60_000],
        [15, 7],
      ],
    )
  })

  it('takes no reading twice, and none from the past', () => {
    const one = track([1000, 2000], [1, 2])
    assert.equal(append(one, 2000, 2), false)
    assert.equal(append(one, 1500, 9), false)
    assert.deepEqual(one.mean, [1, 2])
  })

  it('stays the same length however long it runs', () => {
    const one = track([], [])
    for (let at = 0; at < 10_000; at++) {
      append(one, at * 1000 + 1, at)
      forget(one, at * 1000 - 60_000)
    }
    assert.ok(one.at.length <= 63, `${one.at.length} rows`)
  })
})

describe('tracks side by side', () => {
  it('share one axis; what a track has not read is left open, a hole is a break', () => {
    const { at, columns } = align([track([0, 10, 20, 100], [1, 2, 3, 4]), track([5], [9])])
    assert.deepEqual(at, [0, 5, 10, 20, 30, 100])
    assert.deepEqual(columns[0], [1, undefined, 2, 3, null, 4])
    assert.deepEqual(columns[3], [undefined, 9, undefined, undefined, undefined, undefined])
  })

  it('keep times in order and every reading in its place', () => {
    const times = fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { minLength: 1 }).map(all => all.sort((one, other) => one - other))
    fc.assert(
      fc.property(times, times, (one, other) => {
        const { at, columns } = align([track(one, one), track(other, other)])
        assert.deepEqual(
          [...at].sort((a, b) => a - b),
          at,
        )
        for (const time of one) assert.equal(columns[0]?.[at.indexOf(time)], time)
        for (const time of other) assert.equal(columns[3]?.[at.indexOf(time)], time)
      }),
    )
  })
})

describe('the value axis', () => {
  it('reaches for a limit that is near and leaves a far one out', () => {
    assert.ok(axis([20, 26], [27], 1, 0)[1] > 27)
    assert.ok(axis([20, 21], [90], 1, 0)[1] < 30)
  })

  it('does not blow a steady reading up to noise, nor go below nothing', () => {
    const [low, high] = axis([50.0, 50.01], [], 2, null)
    assert.ok(high - low >= 2)
    assert.equal(axis([0, 3], [], 1, 0)[0], 0)
  })

  it('sees only what the range shows', () => {
    assert.deepEqual(extent([track([0, 10, 20], [99, 1, 2])], 5, 25), [1, 2])
    assert.equal(extent([track([0], [null])], 0, 10), null)
  })
})

describe('ribbons', () => {
  const states = [
    { value: 1, name: 'on', normal: 'ok', meaning: null },
    { value: 2, name: 'battery', normal: 'warning', meaning: 'onBattery' },
  ] as const

  it('join equal neighbours and keep holes as holes', () => {
    const found = stretches(track([0, 10, 20, 30, 200], [1, 1, 2, 1, 1]), states, { from: 0, to: 205 })
    assert.deepEqual(
      found.map(({ from, to, state }) => [from, to, state?.name]),
      [
        [0, 20, 'on'],
        [20, 30, 'battery'],
        [30, 40, 'on'],
        [200, 205, 'on'],
      ],
    )
  })

  it('show the worst state a bucket held, not their mean', () => {
    const one = trackOf({ point: 1, at: [0], mean: [1.1], min: [1], max: [2] }, 60)
    assert.deepEqual(
      stretches(one, states, { from: 0, to: 60 }).map(stretch => stretch.state?.name),
      ['battery'],
    )
  })
})

describe('ranges', () => {
  it('end on a whole grain, so that two pages ask for the same', () => {
    assert.deepEqual(lastOf('day', 1_700_000_001_000), lastOf('day', 1_700_000_030_000))
    const { from, to } = lastOf('week', 1_700_000_000_000)
    assert.equal(to - from, SPANS.week)
  })

  it('drag either way and stay a minute long', () => {
    assert.deepEqual(zoomed(200_000, 100_000), { from: 100_000, to: 200_000 })
    const { from, to } = zoomed(100, 101)
    assert.ok(to - from >= 60_000)
  })

  it('begin with the first reading while they are young, and grow into the whole', () => {
    const day = { from: 0, to: SPANS.day }
    const minutes = (n: number) => SPANS.day - n * 60_000
    assert.equal(grown(day, minutes(2)).from, minutes(10))
    assert.equal(grown(day, minutes(90)).from, minutes(90))
    assert.equal(grown(day, SPANS.day * 0.2).from, 0)
    assert.equal(grown(day, null).from, 0)
  })

  it('never show the future', () => {
    assert.equal(moved({ from: 0, to: 100_000 }, 5, 1, 120_000).to, 120_000)
  })

  it('tick on whole hours of the site’s clock', () => {
    const offset = 7 * 3_600_000
    const ticks = clockTicks({ from: 0, to: SPANS.day }, 8, offset)
    assert.ok(ticks.length > 0 && ticks.length <= 9)
    for (const tick of ticks) assert.equal((tick + offset) % 10_800_000, 0)
  })
})

describe('CSV', () => {
  it('has one row a time, escapes names, defuses formulas', () => {
    const text = csvOf([{ label: '=cmd, "x"', unit: 'kW', track: track([0, 1000], [1.5, null]) }])
    const [head, row, ...rest] = text.trimEnd().split('\r\n')
    assert.equal(head, `time,"'=cmd, ""x"" mean (kW)","'=cmd, ""x"" min (kW)","'=cmd, ""x"" max (kW)"`)
    assert.equal(row, '1970-01-01T00:00:00.000Z,1.5,1.5,1.5')
    assert.equal(rest.length, 0)
  })
})

describe('the book of history', () => {
  type Answer = Awaited<ReturnType<Ask>>
  const nothing = { from: 0, to: 1, step: 0, series: [] }
  const answering = (answers: Answer[]) => {
    const asked: string[] = []
    const ask: Ask = url => {
      asked.push(url)
      return Promise.resolve(answers.shift() ?? { ok: true, value: nothing })
    }
    return { asked, ask }
  }
  const wanted = { points: [1, 2], from: 0, to: 1000, buckets: 100 }

  it('asks once for what is asked twice', async () => {
    const { asked, ask } = answering([])
    const book = openHistory(ask, () => 1e9)
    await Promise.all([book.get(wanted), book.get(wanted)])
    await book.get(wanted)
    assert.deepEqual(asked, ['/api/v1/history?points=1,2&from=0&to=1000&buckets=100'])
  })

  it('asks again for the present once it is old', async () => {
    const { asked, ask } = answering([])
    let now = 1000
    const book = openHistory(ask, () => now, { fresh: 20 })
    await book.get(wanted)
    now = 1021
    await book.get(wanted)
    assert.equal(asked.length, 2)
  })

  it('doubts what it knows of the present when told, and keeps the past', async () => {
    const { asked, ask } = answering([])
    const book = openHistory(ask, () => 1e9)
    await book.get(wanted)
    await book.get({ ...wanted, to: 1e9 })
    book.doubt()
    await book.get(wanted)
    await book.get({ ...wanted, to: 1e9 })
    assert.equal(asked.length, 3)
  })

  it('passes the daemon’s problem on and does not keep it', async () => {
    const { asked, ask } = answering([{ ok: false, problem: { type: 'x', title: 'Busy', status: 503, detail: 'later' } }])
    const book = openHistory(ask, () => 1e9)
    const got = await book.get(wanted)
    assert.ok(!got.ok && got.problem.detail === 'later')
    assert.ok((await book.get(wanted)).ok)
    assert.equal(asked.length, 2)
  })

  it('splits what would be too long for one address and joins the answers', async () => {
    const { asked, ask } = answering([
      { ok: true, value: { ...nothing, step: 60, series: [{ point: 0, at: [], mean: [], min: [], max: [] }] } },
      { ok: true, value: { ...nothing, step: 60, series: [{ point: 120, at: [], mean: [], min: [], max: [] }] } },
    ])
    const got = await openHistory(ask, () => 1e9).get({ ...wanted, points: Array.from({ length: 121 }, (_, index) => index) })
    assert.equal(asked.length, 2)
    assert.ok(got.ok)
    assert.deepEqual(
      got.history.series.map(series => series.point),
      [0, 120],
    )
    assert.equal(got.history.step, 60)
  })
})

describe('the sum of tracks', () => {
  it('adds what feeds carry together and has nothing where one is missing', () => {
    const one = track([0, 10, 20], [1, 2, 3], 10)
    const other = track([0, 10], [10, 20], 10)
    assert.deepEqual(sumTracks([one, other], -1).mean, [11, 22, 23])
    assert.deepEqual(sumTracks([one, track([], [], 10)], -1).mean, [null, null, null])
    assert.deepEqual(sumTracks([], -1).at, [])
  })

  it('takes the row of a feed that was read a moment apart', () => {
    const sum = sumTracks([track([1000, 11_000, 21_000], [1, 2, 3]), track([900, 10_900, 20_900], [10, 20, 30])], -1)
    assert.deepEqual(sum.mean, [11, 22, 33])
  })
})
