// Availability of a month: down time inside working time against the 90 % that the catalogue sheets promise.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { availability, monthSpan } from '../../../daemon/desk/clock/availability.ts'
import { desk, HOUR, MINUTE, wib } from './support.ts'

const span = (from: string, until: string) => ({ from: wib(from), until: wib(until) })
const july = monthSpan(desk, '2026-07')

describe('availability', () => {
  it('of 23 working days of 8 hours allows 18.4 hours down', () => {
    const is = availability(desk, july, [], [])
    assert.deepEqual([is.working, is.allowed, is.share, is.kept], [184 * HOUR, 1104 * MINUTE, 1, true])
  })

  it('counts what was down within working time, once', () => {
    const down = [
      span('2026-07-06 07.00', '2026-07-06 09.00'),
      span('2026-07-06 08.30', '2026-07-06 10.00'),
      span('2026-07-11 00.00', '2026-07-13 00.00'),
    ]
    assert.equal(availability(desk, july, down, []).down, 2 * HOUR)
  })

  it('shows planned maintenance apart and takes it out of nothing', () => {
    const down = [span('2026-07-06 08.00', '2026-07-08 12.00')]
    const planned = [span('2026-07-06 08.00', '2026-07-07 12.00')]
    const is = availability(desk, july, down, planned)
    assert.deepEqual([is.down, is.planned, is.kept], [20 * HOUR, 12 * HOUR, false])
    assert.equal(is.share, 164 / 184)
    assert.equal(is.shareWithoutPlanned, 176 / 184)
  })

  it('takes the month by its own zone, and holds at exactly 90 %', () => {
    assert.deepEqual(july, span('2026-07-01 00.00', '2026-08-01 00.00'))
    assert.deepEqual(monthSpan(desk, '2026-12'), span('2026-12-01 00.00', '2027-01-01 00.00'))
    const begin = wib('2026-07-06 08.00')
    const until = (minutes: number) => [{ from: begin, until: desk.addWorking(begin, minutes * MINUTE) }]
    assert.equal(availability(desk, july, until(1104), []).kept, true)
    assert.equal(availability(desk, july, until(1105), []).kept, false)
  })

  it('is between 0 and 1 whatever was down, and never better for more of it', () => {
    const instant = fc.integer({ min: july.from - 1e8, max: july.until + 1e8 })
    const spans = fc.array(
      fc.tuple(instant, instant).map(([a, b]) => ({ from: Math.min(a, b), until: Math.max(a, b) })),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(spans, spans, spans, (down, more, planned) => {
        const [less, all] = [availability(desk, july, down, planned), availability(desk, july, [...down, ...more], planned)]
        assert.ok(all.share >= 0 && all.share <= less.share && less.share <= 1)
        assert.ok(less.planned <= less.down && less.down <= less.working)
        assert.ok(less.shareWithoutPlanned >= less.share)
      }),
    )
  })
})
