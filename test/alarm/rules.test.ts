// What an alarm says of its limit: the figure, and who set it.
import assert from 'node:assert/strict'
import { compile, NOTHING_BOUND } from '../../daemon/alarm/rules.ts'
import type { Point } from '../../daemon/domain/point.ts'
import { point } from './support/site.ts'

const LIMITS = { limits: { highWarning: 80 }, rules: [{ kind: 'limits', hysteresis: 2, delay: 0 }] } satisfies Partial<Point>

describe('rules', () => {
  for (const [who, more, override, from] of [
    ['the device, when its own columns told it', { limitsFrom: 'device' }, null, 'device'],
    ['the profile, when that brought it', { limitsFrom: 'profile' }, null, 'profile'],
    ['the device, for points kept from before this was known', {}, null, 'device'],
    ['the site, where it wishes another', { limitsFrom: 'profile' }, { point: 'output.load', high: { warning: 70 } }, 'site'],
  ] as const)
    it(`say that a limit was set by ${who}`, () => {
      const [channel] = compile('ups-a', point('output.load', 'load', { ...LIMITS, ...more }), NOTHING_BOUND, override)
      assert.equal(channel?.shown?.from, from)
      const condition = channel?.levels[0]?.condition(99)
      assert.ok(condition?.kind === 'above' && condition.from === from)
    })
})
