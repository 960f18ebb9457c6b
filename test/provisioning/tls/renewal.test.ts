// When certificates are renewed, tried again and warned of: tables, laws, and a year on a clock we turn.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { backOff, type Failures, isDue, type Life, MILESTONES, renewAt, tryAgainAt, warningOf } from '../../../provisioning/tls/renewal.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const BEGIN = Date.UTC(2026, 0, 1)

const life = (days: number, fingerprint = 'ab'): Life => ({ fingerprint, notBefore: BEGIN, notAfter: BEGIN + days * DAY })
const anyFingerprint = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(octets => Buffer.from(octets).toString('hex'))
const anyLife = fc
  .record({ fingerprint: anyFingerprint, from: fc.integer({ min: 0, max: 4e12 }), long: fc.integer({ min: HOUR, max: 3650 * DAY }) })
  .map(({ fingerprint, from, long }): Life => ({ fingerprint, notBefore: from, notAfter: from + long }))

describe('when a certificate is due', () => {
  for (const [days, earliest, latest] of [
    [398, 265.3, 278.7],
    [90, 60, 63],
    [45, 30, 31.5],
    [6, 4, 4.2],
  ] as const)
    it(`of ${days} days: from day ${earliest} to day ${latest} on`, () => {
      for (const fingerprint of ['00', 'ab', 'cd', '12', '77', 'f0']) {
        const after = (renewAt(life(days, fingerprint)) - BEGIN) / DAY
        assert.ok(after >= earliest && after <= latest, `${after}`)
      }
    })

  it('always with a third of its life left or less, more than three tenths, and the same each time', () => {
    fc.assert(
      fc.property(anyLife, one => {
        const at = renewAt(one)
        const left = (one.notAfter - at) / (one.notAfter - one.notBefore)
        assert.ok(left <= 1 / 3 + 1e-6 && left > 0.3 - 1e-6, `${left}`)
        assert.equal(renewAt({ ...one }), at)
      }),
    )
  })

  it('two hundred that were made in one night are not asked for in one hour', () => {
    const hours = new Set(Array.from({ length: 200 }, (_, i) => Math.floor(renewAt(life(90, `site-${i}`)) / HOUR)))
    assert.ok(hours.size > 50, `${hours.size} different hours`)
  })

  it("the authority's window counts, sooner or later than ours, and never beyond the end", () => {
    fc.assert(
      fc.property(anyLife, fc.integer({ min: -400 * DAY, max: 400 * DAY }), fc.integer({ min: 1, max: 30 * DAY }), (one, shift, long) => {
        const start = one.notBefore + shift
        const window = { start, end: start + long }
        const at = renewAt(one, window)
        if (start >= one.notAfter) assert.equal(at, renewAt(one), 'a window after the end is none')
        else assert.ok(at >= window.start && at <= window.end && at < one.notAfter)
      }),
    )
    assert.equal(renewAt(life(90), { start: BEGIN + DAY, end: BEGIN + DAY }), renewAt(life(90)), 'a window that does not last is none')
  })

  it('a window in the past, because keys were lost, is due at once', () => {
    assert.equal(isDue(life(90), BEGIN + 2 * DAY, { window: { start: BEGIN - DAY, end: BEGIN } }), true)
    assert.equal(isDue(life(90), BEGIN + 2 * DAY), false)
  })
})

describe('after a failure', () => {
  it('an hour, two, four, eight, sixteen, then a day each time', () => {
    assert.deepEqual(
      [1, 2, 3, 4, 5, 6, 7, 50, 100_000].map(count => backOff(count) / HOUR),
      [1, 2, 4, 8, 16, 24, 24, 24, 24],
    )
  })

  it('the authority may ask for more patience, never for less', () => {
    const failures = { count: 1, at: BEGIN, until: null }
    assert.equal(tryAgainAt(failures), BEGIN + HOUR)
    assert.equal(tryAgainAt({ ...failures, until: BEGIN + 7 * HOUR }), BEGIN + 7 * HOUR)
    assert.equal(tryAgainAt({ ...failures, until: BEGIN + 60_000 }), BEGIN + HOUR)
  })

  for (const [days, most] of [
    [90, 36],
    [45, 21],
    [6, 7],
  ] as const)
    it(`a certificate of ${days} days whose renewal never works is asked for at most ${most} times, and at least an hour apart`, () => {
      const one = life(days)
      const asked: number[] = []
      let failures: Failures | null = null
      for (let now = BEGIN; now < one.notAfter; now += 60_000) {
        if (!isDue(one, now, { failures })) continue
        asked.push(now)
        failures = { count: asked.length, at: now, until: null }
      }
      assert.ok(asked.length >= 5 && asked.length <= most, `${asked.length} times`)
      assert.ok(asked.every((at, i) => i === 0 || at - asked[i - 1]! >= HOUR))
    })
})

describe('what people are told', () => {
  /** Day by day, what is first told when. */
  const told = (source: 'acme' | 'own' | 'upload', days: number, failures: Failures | null = null) => {
    const lines: string[] = []
    for (let day = 0; day <= days; day++) {
      const warning = warningOf({ ...life(days), source }, BEGIN + day * DAY, { failures })
      const line = warning === null ? 'quiet' : `${warning.kind}${warning.kind === 'ends' ? ` ${warning.days}` : ''} ${warning.severity}`
      if (lines.at(-1)?.split(': ')[1] !== line) lines.push(`${days - day}: ${line}`)
    }
    return lines
  }

  it('of one handed in for a year: 60, 30, 14, 7 and 1 days before its end', () => {
    assert.deepEqual(told('upload', 365), [
      '365: quiet',
      '60: ends 60 warning',
      '30: ends 30 warning',
      '14: ends 14 warning',
      '7: ends 7 critical',
      '1: ends 1 critical',
      '0: ended critical',
    ])
  })

  it('of one handed in for 45 days: not from its first day on', () => {
    assert.deepEqual(told('upload', 45), ['45: quiet', '14: ends 14 warning', '7: ends 7 critical', '1: ends 1 critical', '0: ended critical'])
  })

  it('of one that renews itself: nothing, until it should have been renewed long ago', () => {
    assert.deepEqual(told('acme', 90), ['90: quiet', '23: notRenewed warning', '9: notRenewed critical', '0: ended critical'])
  })

  it('of one whose renewal failed: at once, and louder when little of its life is left', () => {
    const failures = { count: 1, at: BEGIN, until: null }
    assert.deepEqual(told('own', 90, failures), ['90: notRenewed warning', '9: notRenewed critical', '0: ended critical'])
  })

  it('a milestone is never told before its day, and the nearest one counts', () => {
    fc.assert(
      fc.property(anyLife, fc.double({ min: 0, max: 1, noNaN: true }), (one, share) => {
        const now = one.notBefore + share * (one.notAfter - one.notBefore)
        const warning = warningOf({ ...one, source: 'upload' }, now)
        if (warning?.kind !== 'ends') return
        const left = (one.notAfter - now) / DAY
        assert.ok(left <= warning.days)
        assert.ok(MILESTONES.every(days => days >= warning.days || left > days))
      }),
    )
  })
})
