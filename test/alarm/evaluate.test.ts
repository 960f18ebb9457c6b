// Limits to the letter: what is beyond, for how long, and when it is back.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { evaluate, isRaised, type LevelState, passTime, QUIET } from '../../daemon/alarm/evaluate.ts'
import { overrideFor } from '../../daemon/alarm/overrides.ts'
import { compile, NOTHING_BOUND } from '../../daemon/alarm/rules.ts'
import { openWatch } from '../../daemon/alarm/watch.ts'
import type { AlarmRule } from '../../daemon/domain/alarm.ts'
import { point, readings } from './support/site.ts'

const SECOND = 1000
const rule = (kind: 'above' | 'below', limit: number, delay = 0, hysteresis = 1, severity: 'warning' | 'critical' = 'warning'): AlarmRule => ({
  kind,
  limit,
  hysteresis,
  delay,
  severity,
})

/** Runs one rule over value and second pairs; the seconds at which it was raised (+) and cleared (−). */
function story(rules: readonly AlarmRule[], steps: readonly (readonly [second: number, value: number])[], override = {}): readonly string[] {
  const watch = openWatch([{ point: '*', ...override }], () => null, 0)
  watch.setDevices([{ no: 1, id: 'd' }])
  watch.setPoints('d', [{ ...point('x', 'temperature', { rules }), no: 1 }], 0)
  return steps.flatMap(([second, value]) =>
    watch.observe(readings([[1, value, second * SECOND]])).map(({ severity, at }) => `${at / SECOND} ${severity ?? 'clear'}`),
  )
}

describe('a limit', () => {
  it('is passed only beyond it, and clears exactly at limit − hysteresis', () => {
    const above27 = [rule('above', 27)]
    const at = (...values: readonly number[]) =>
      story(
        above27,
        values.map((value, i) => [i * 10, value] as const),
      )
    assert.deepEqual(at(27), [])
    assert.deepEqual(at(27.000001), ['0 warning'])
    assert.deepEqual(at(28, 26.000001), ['0 warning'])
    assert.deepEqual(at(28, 26), ['0 warning', '10 clear'])
    assert.deepEqual(at(28, 26, 27, 27.1), ['0 warning', '10 clear', '30 warning'])
  })

  it('works downwards in the same way', () => {
    assert.deepEqual(
      story(
        [rule('below', 20)],
        [
          [0, 20],
          [10, 19.9],
          [20, 20.9],
          [30, 21],
        ],
      ),
      ['10 warning', '30 clear'],
    )
  })

  it('is waited for through looks at the device in between, and anew when the rule is another', () => {
    const points = (delay: number) => [{ ...point('x', 'temperature', { rules: [rule('above', 27, delay)] }), no: 1 }]
    const watch = openWatch([], () => null, 0)
    watch.setDevices([{ no: 1, id: 'd' }])
    watch.setPoints('d', points(900), 0)
    const told: string[] = []
    const hot = (from: number, to: number) => {
      for (let second = from; second < to; second += 10)
        told.push(...watch.observe(readings([[1, 28, second * SECOND]])).map(({ severity, at }) => `${at / SECOND} ${severity ?? 'clear'}`))
    }
    hot(0, 600)
    watch.setPoints('d', points(900), 600 * SECOND)
    hot(600, 1000)
    assert.deepEqual(told, ['900 warning'])
    watch.setPoints('d', points(300), 1000 * SECOND)
    hot(1000, 1400)
    assert.deepEqual(told.slice(1), ['1300 warning'])
  })

  it('must be passed for the whole delay, to the millisecond', () => {
    const slow = [rule('above', 27, 60)]
    assert.deepEqual(
      story(slow, [
        [0, 28],
        [30, 28],
        [59.999, 28],
      ]),
      [],
    )
    assert.deepEqual(
      story(slow, [
        [0, 28],
        [30, 28],
        [60, 28],
      ]),
      ['60 warning'],
    )
    assert.deepEqual(
      story(slow, [
        [0, 28],
        [30, 27],
        [40, 28],
        [60, 28],
      ]),
      [],
      'a dip starts the delay anew',
    )
    assert.deepEqual(
      story(slow, [
        [0, 28],
        [30, 28],
        [59, Number.NaN],
        [60, 28],
      ]),
      [],
      'no value proves nothing',
    )
  })

  it('must be back for the clear delay where the site wishes one', () => {
    const steps = [
      [0, 28],
      [10, 25],
      [20, 28],
      [30, 25],
      [50, 25],
      [60, 25],
    ] as const
    assert.deepEqual(story([rule('above', 27)], steps, { clearDelay: 30 }), ['0 warning', '60 clear'])
  })

  it('is not cleared by a missing value', () => {
    assert.deepEqual(
      story(
        [rule('above', 27)],
        [
          [0, 28],
          [10, Number.NaN],
          [20, 26.5],
          [30, 25],
        ],
      ),
      ['0 warning', '30 clear'],
    )
  })

  it('raises one alarm for two severities, which rises and falls', () => {
    const both = [rule('above', 27), rule('above', 32, 0, 1, 'critical')]
    assert.deepEqual(
      story(both, [
        [0, 28],
        [10, 33],
        [20, 31.5],
        [30, 30],
        [40, 26],
      ]),
      ['0 warning', '10 critical', '30 warning', '40 clear'],
    )
  })

  it('falls to the milder severity even when that one is slower', () => {
    const both = [rule('above', 27, 300), rule('above', 32, 0, 1, 'critical')]
    assert.deepEqual(
      story(both, [
        [0, 33],
        [10, 30],
        [20, 26],
      ]),
      ['0 critical', '10 warning', '20 clear'],
    )
  })

  it('does not count a time in which nothing was heard, nor a clock that jumped', () => {
    const slow = [rule('above', 27, 60)]
    assert.deepEqual(
      story(slow, [
        [0, 28],
        [100, 28],
        [120, 28],
        [140, 28],
      ]),
      [],
      'silence for more than three cycles',
    )
    assert.deepEqual(
      story(slow, [
        [0, 28],
        [100, 28],
        [120, 28],
        [140, 28],
        [160, 28],
      ]),
      ['160 warning'],
    )
    assert.deepEqual(
      story(slow, [
        [1000, 28],
        [20, 28],
        [40, 28],
        [60, 28],
        [79, 28],
      ]),
      [],
      'set back',
    )
    assert.deepEqual(
      story(slow, [
        [1000, 28],
        [20, 28],
        [40, 28],
        [60, 28],
        [80, 28],
      ]),
      ['80 warning'],
    )
  })

  it('ignores a reading that comes late', () => {
    assert.deepEqual(
      story(
        [rule('above', 27)],
        [
          [0, 28],
          [20, 25],
          [10, 28],
        ],
      ),
      ['0 warning', '20 clear'],
    )
  })
})

describe('limits of the site', () => {
  const limited = point('outlet.12.current', 'current', {
    limits: { highWarning: 10, highCritical: 16 },
    rules: [{ kind: 'limits', hysteresis: 1, delay: 0 }],
  })

  it('stand over those of device and profile, one by one', () => {
    const override = overrideFor([{ point: 'outlet.*.current', high: { warning: 8 } }], 'pdu', limited.key)
    const [channel] = compile('pdu', limited, NOTHING_BOUND, override)
    assert.deepEqual(
      channel?.levels.map(level => level.condition(20)),
      [
        { kind: 'above', value: 20, limit: 8, clear: 7, from: 'site' },
        { kind: 'above', value: 20, limit: 16, clear: 15, from: 'device' },
      ],
    )
  })

  it('that name the device go before those for all, and off is off', () => {
    const overrides = [
      { point: '*', high: { warning: 5 } },
      { device: 'pdu', point: 'outlet.*', off: true },
    ]
    assert.deepEqual(compile('pdu', limited, NOTHING_BOUND, overrideFor(overrides, 'pdu', limited.key)), [])
    assert.equal(compile('other', limited, NOTHING_BOUND, overrideFor(overrides, 'other', limited.key)).length, 1)
  })

  it('match a key part by part', () => {
    const fits = (pattern: string, key: string) => overrideFor([{ point: pattern }], 'd', key) !== null
    assert.ok(fits('a.*.c', 'a.b.c') && fits('*', 'x') && fits('a*', 'a') && fits('*.in', 'port.1.in') && fits('a*b*c', 'a1b2c'))
    assert.ok(!fits('a.*.c', 'a.c') && !fits('a', 'ab') && !fits('a*a', 'a') && !fits('a*bb*b', 'abb'))
  })
})

describe('the evaluation', () => {
  const steps = fc.array(fc.record({ value: fc.constantFrom(25, 26, 26.5, 27, 28, 40, Number.NaN), step: fc.integer({ min: -50, max: 45 }) }), {
    maxLength: 60,
  })

  it('raises exactly when every reading of at least the delay was beyond, in whatever order they arrive', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 120 }), (walk, delay) => {
        const watch = openWatch([], () => null, 0)
        watch.setDevices([{ no: 1, id: 'd' }])
        watch.setPoints('d', [{ ...point('x', 'temperature', { rules: [rule('above', 27, delay)] }), no: 1 }], 0)
        let now = 1_000
        let newest = Number.NEGATIVE_INFINITY
        let beyondSince: number | null = null
        let raised = false
        for (const { value, step } of walk) {
          now += step
          const signals = watch.observe(readings([[1, value, now * SECOND]]))
          // The model: late readings fall away, gaps and clocks set back start anew.
          let expected: string[] = []
          if (!(now < newest && newest - now <= 30)) {
            const isNew = now < newest || (newest !== Number.NEGATIVE_INFINITY && now - newest > 30)
            newest = now
            if (value > 27) beyondSince = beyondSince === null || isNew ? now : beyondSince
            else if (!raised) beyondSince = null
            if (!raised && beyondSince !== null && value > 27 && now - beyondSince >= delay) {
              raised = true
              expected = ['warning']
            } else if (raised && value <= 26) {
              raised = false
              beyondSince = null
              expected = ['clear']
            }
          }
          assert.deepEqual(
            signals.map(signal => signal.severity ?? 'clear'),
            expected,
          )
        }
      }),
      { numRuns: 500 },
    )
  })

  it('alternates between raised and not, and time alone ends only what is under way', () => {
    const [channel] = compile('d', point('x', 'temperature', { rules: [rule('above', 27, 60)] }), NOTHING_BOUND, { point: '*', clearDelay: 30 })
    const level = channel?.levels[0]
    assert.ok(level)
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(25, 27, 28, Number.NaN), fc.integer({ min: 0, max: 90_000 })), { maxLength: 50 }), walk => {
        let state: LevelState = QUIET
        let now = 0
        for (const [value, step] of walk) {
          now += step
          const before = passTime(level, state, now)
          if (state.kind === 'quiet' || state.kind === 'raised') assert.equal(before, state)
          const after = evaluate(level, before, { value, at: now, gap: false })
          if (isRaised(after) && !isRaised(before)) assert.equal(before.kind, 'pending')
          if (!isRaised(after) && isRaised(before)) assert.equal(before.kind, 'clearing')
          state = after
        }
      }),
    )
  })
})
