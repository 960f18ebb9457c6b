// A battery test of a UPS as its readings tell it, by the words of three MIBs; and on the order that it was made for.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { OWN_PROFILES, readProfiles } from '../../collectors/profile/shelf.ts'
import { type BatterySample, judgeBattery } from '../../daemon/care/battery.ts'
import { AssetSent, FinishSent, OnceSent, StartSent } from '../../daemon/domain/care-sent.ts'
import type { Profile } from '../../daemon/domain/profile.ts'
import { must } from '../store/support/must.ts'
import { MINUTE, openYard } from '../visits/support/yard.ts'
import { openPlant } from './support/plant.ts'

const S = 1_000
/** Every ten seconds: two minutes before, `minutes` on the battery, two minutes after. */
function story({ minutes = 5, fall = 2, said = ['pass', 'running', 'pass'] as readonly BatterySample['said'][], low = false } = {}): BatterySample[] {
  return Array.from({ length: (minutes + 4) * 6 + 1 }, (_, i) => {
    const minute = i / 6
    const onBattery = minute >= 2 && minute < 2 + minutes
    const charge = minute < 2 ? 100 : Math.max(0, 100 - fall * Math.min(minutes, minute - 2))
    const told = said[minute < 2 ? 0 : onBattery ? 1 : 2] ?? null
    return {
      at: i * 10 * S,
      onBattery,
      off: false,
      low: low && onBattery,
      charge,
      runtime: charge * 12,
      voltage: onBattery ? 380 : 440,
      load: 31,
      said: told,
    }
  })
}

describe('a battery test of a UPS', () => {
  it('tells how the battery stood before, at its lowest and after, how long it carried, and what the UPS says', () => {
    const run = judgeBattery(story())
    assert.deepEqual([run.startedAt, run.said, run.faults], [120 * S, 'pass', []])
    assert.ok(Math.abs(run.minutes - 5) < 0.2)
    assert.deepEqual(run.charge, { before: 100, lowest: 90, after: 90 })
    assert.deepEqual([run.runtime.before, run.voltage.lowest, run.load], [1_200, 380, 31])
  })
  for (const [what, given, said, faults] of [
    ['failed by its own word', { said: ['pass', 'running', 'fail'] }, 'fail', ['saysFailed']],
    ['passed with a warning: people decide', { said: ['pass', 'running', 'warning'] }, 'warning', []],
    ['the same word as for months: nothing of this one', { said: ['pass', 'pass', 'pass'] }, null, []],
    ['another word than before, though it was never seen to test', { said: ['fail', 'fail', 'pass'] }, 'pass', []],
    ['still running at the end of the work: nothing yet', { said: ['pass', 'running', 'running'] }, null, []],
    ['low while it carried', { said: [null, null, null], low: true }, null, ['low']],
    ['nothing happened', { minutes: 0, said: [null, null, null] }, null, ['neverTested']],
  ] as const)
    it(what, () => {
      const run = judgeBattery(story(given))
      assert.deepEqual([run.said, run.faults], [said, faults])
    })
  it('that loses the load is not passed, whatever the UPS says', () => {
    assert.deepEqual(judgeBattery([...story(), { ...story()[0]!, at: 1_000 * S, off: true }]).faults, ['lost'])
  })
  it('is the same in whatever order its readings come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(story(), { minLength: 50 }), samples => {
        assert.deepEqual(judgeBattery(samples), judgeBattery(samples.toReversed()))
      }),
    )
  })
})

describe('the battery test of a work order', function () {
  this.timeout(60_000)
  let profiles: readonly Profile[] = []
  before(async () => {
    profiles = (await readProfiles([OWN_PROFILES])).profiles
  })

  // What each MIB has for: on line, on battery; a test passed, under way, failed.
  for (const { name, output, test, words } of [
    { name: 'ups-mib', output: 'output.state', test: 'test.state', words: { line: 3, battery: 5, passed: 1, running: 5, failed: 3 } },
    { name: 'apc-ups', output: 'output.state', test: 'test.state', words: { line: 2, battery: 15, passed: 1, running: 4, failed: 2 } },
    { name: 'powerware-ups', output: 'output.state', test: 'battery.test.state', words: { line: 3, battery: 5, passed: 2, running: 4, failed: 3 } },
  ])
    it(`takes its result from what ${name} says`, async () => {
      const profile = profiles.find(one => one.name === name)
      assert.ok(profile)
      const yard = await openYard()
      const plant = await openPlant(yard)
      try {
        const noc = await yard.as('noc')
        plant.points('ups-a', profile, [output, test, 'battery.charge', 'battery.runtime'])
        const tellAll = async (told: Readonly<Record<string, number>>) => {
          for (const [key, value] of Object.entries(told)) await plant.tell('ups-a', key, value)
          yard.clock.now += 30 * S
        }
        const { id } = must(await plant.care.putAsset(0, AssetSent.parse({ kind: 'ups', name: 'UPS A', device: 'ups-a' }), noc))
        for (const failed of [false, true]) {
          const once = must(await plant.care.once(OnceSent.parse({ asset: id, title: 'Uji baterai', due: yard.clock.now, test: 'battery' }), noc))
          await tellAll({ [output]: words.line, [test]: words.passed, 'battery.charge': 100, 'battery.runtime': 1_500 })
          must(await plant.care.start(once.id, StartSent.parse({}), noc))
          yard.clock.now += MINUTE
          await tellAll({ [output]: words.battery, [test]: words.running })
          await tellAll({ [output]: words.battery, 'battery.charge': 92, 'battery.runtime': 1_320 })
          await tellAll({ [output]: words.line, [test]: failed ? words.failed : words.passed, 'battery.charge': 93 })
          const ended = must(await plant.care.finish(once.id, FinishSent.parse({ result: 'pass' }), noc))
          assert.deepEqual([ended.result, ended.battery?.said], failed ? ['fail', 'fail'] : ['pass', 'pass'])
          assert.deepEqual(ended.battery?.charge, { before: 100, lowest: 92, after: 93 })
          assert.deepEqual(ended.battery?.runtime, { before: 1_500, lowest: 1_320, after: 1_320 })
        }
      } finally {
        await plant.close()
        await yard.close()
      }
    })
})
