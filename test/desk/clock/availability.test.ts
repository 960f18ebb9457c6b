// Availability of a month: down time inside working time against the 90 % that the catalogue sheets promise.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { allAtOnce, availability, monthAvailability, monthSpan, monthsBefore } from '../../../daemon/desk/clock/availability.ts'
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

  it('of alternatives is lost only while all of them are down', () => {
    const [a, b] = [
      [span('2026-07-06 08.00', '2026-07-06 10.00')],
      [span('2026-07-06 09.00', '2026-07-06 12.00'), span('2026-07-06 09.30', '2026-07-06 11.00')],
    ]
    assert.deepEqual(allAtOnce([a, b]), [span('2026-07-06 09.00', '2026-07-06 10.00')])
    assert.deepEqual(allAtOnce([a, []]), [])
    assert.deepEqual(allAtOnce([a]), a)
  })

  it('of a month that runs is of what there was of it, against what the promise leaves of all of it', () => {
    const down = [span('2026-07-01 08.00', '2026-07-02 12.00')]
    const asked = { down, planned: [], guaranteed: 90, since: 0, now: wib('2026-07-02 16.00') }
    const is = monthAvailability(desk, '2026-07', asked)
    assert.deepEqual([is?.running, is?.working, is?.share, is?.allowed, is?.kept], [true, 16 * HOUR, 0.25, 1104 * MINUTE, true])
    assert.deepEqual(monthAvailability(desk, '2026-07', { ...asked, guaranteed: null })?.kept, null)
    // Nothing is said of a time that nobody recorded, or that has not come.
    assert.equal(monthAvailability(desk, '2026-06', { ...asked, since: july.from }), null)
    assert.equal(monthAvailability(desk, '2026-08', asked), null)
    const later = monthAvailability(desk, '2026-07', { ...asked, since: wib('2026-07-02 08.00'), now: wib('2026-09-01 00.00') })
    assert.deepEqual([later?.running, later?.working, later?.down], [false, 176 * HOUR, 4 * HOUR])
  })

  it('is asked for months back across the year', () => {
    assert.deepEqual(monthsBefore(desk, wib('2027-01-01 00.30'), 3), ['2027-01', '2026-12', '2026-11'])
  })
})
