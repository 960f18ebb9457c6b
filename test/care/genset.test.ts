// A run test as its readings tell it: started, stood, carried, stopped; and what of that is not good enough.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type GensetSample, judgeRun } from '../../daemon/care/genset.ts'

const S = 1_000
/** Every ten seconds: `start` seconds of running up, then `minutes` at `load` W. */
function story({ start = 10, minutes = 30, load = 20_000, hertz = 50 } = {}): readonly GensetSample[] {
  const samples: GensetSample[] = [{ at: 0, running: false, frequency: 0, voltage: 0, power: 0, fuel: 0.9 }]
  for (let s = 10; s <= minutes * 60 + 10; s += 10) {
    const up = s - 10 >= start
    samples.push({ at: s * S, running: true, frequency: up ? hertz : 12, voltage: up ? 231 : 40, power: up ? load : 0, fuel: 0.9 - s / 36_000 })
  }
  return [...samples, { at: (minutes * 60 + 20) * S, running: false, frequency: 0, voltage: 0, power: 0, fuel: 0.85 }]
}

describe('a run test of a genset', () => {
  it('tells when it started, how soon it stood, how long it ran, with what load and on how much fuel', () => {
    const run = judgeRun(story(), 48_000)
    assert.deepEqual([run.startedAt, run.stableAfter, run.minutes, run.faults], [10 * S, 10, 30, []])
    assert.ok(Math.abs((run.share ?? 0) - 20 / 48) < 1e-9)
    assert.ok(Math.abs((run.fuel ?? 0) - 0.05) < 1e-9)
  })
  for (const [what, given, faults] of [
    ['slow to stand', { start: 50 }, ['slow']],
    ['too short', { minutes: 5 }, ['short']],
    ['with too little load', { load: 6_000 }, ['light']],
    ['never in the band of its frequency', { hertz: 46 }, ['slow']],
  ] as const)
    it(`is not passed: ${what}`, () => assert.deepEqual(judgeRun(story(given), 48_000).faults, faults))

  it('never ran, when nothing of it is running, and is not judged by a load that nobody knows', () => {
    assert.deepEqual(judgeRun([], 48_000).faults, ['neverRan'])
    assert.deepEqual(judgeRun(story({ load: 10 }), null).faults, [])
  })
  it('shakes under its load', () => {
    const shaken = story().map(one => (one.at === 600 * S ? { ...one, frequency: 47 } : one))
    assert.deepEqual(judgeRun(shaken, 48_000).faults, ['unstable'])
  })
  it('is the same in whatever order its readings come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...story({ minutes: 12 })], { minLength: 75 }), samples => {
        assert.deepEqual(judgeRun(samples, 48_000), judgeRun(samples.toReversed(), 48_000))
      }),
    )
  })
})
