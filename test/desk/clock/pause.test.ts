// What users of other products complain about, as properties: a pause costs its own working time and nothing else, whatever else happens to the ticket.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { offset } from '../../../daemon/desk/clock/escalation.ts'
import type { ClockEvent } from '../../../daemon/desk/clock/event.ts'
import { type WorkingTime, workingTime } from '../../../daemon/desk/clock/working.ts'
import type { Standard } from '../../../daemon/domain/standard.ts'
import { calendarOf, clockOf, desk, event, exactly, HOUR, MINUTE, office, range, received, say, serviceOf, stepOf, wib } from './support.ts'

const DAY = 24 * HOUR
const BEGIN = wib('2026-01-05 00.00')
/** Across Imlek, Ramadan, Nyepi and Idulfitri. */
const instant = fc.integer({ min: 0, max: 100 * 24 * 60 }).map(minutes => BEGIN + minutes * MINUTE)
const span = fc.tuple(instant, fc.integer({ min: 0, max: 20 * 24 * 60 })).map(([from, minutes]) => ({ from, until: from + minutes * MINUTE }))
const calendar = fc.constantFrom<WorkingTime>(desk, office)
const spans = fc.array(span, { maxLength: 6 }).map(all => {
  const sorted = all.toSorted((one, other) => one.from - other.from)
  return sorted.filter((one, i) => sorted.slice(0, i).every(before => before.until < one.from))
})
const timed = fc.tuple(fc.integer({ min: 1, max: 300 }), fc.constantFrom('minute' as const, 'hour' as const)).map(([n, unit]) => exactly(n, unit))
const counted = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 5 }), fc.constantFrom('workday' as const, 'week' as const, 'month' as const))
  .map(([min, more, unit]) => range(min, min + more, unit))
const any = fc.oneof(timed, counted)

const pauses = (all: readonly { readonly from: number; readonly until: number }[]): ClockEvent[] =>
  all.flatMap(({ from, until }) => [event(from, { kind: 'paused', reason: 'requester', note: '' }), event(until, { kind: 'resumed' })])
const wholeOf = (time: WorkingTime, standard: Standard, at: number, now: number, events: readonly ClockEvent[]) =>
  clockOf(serviceOf(standard), time, now, [received(time, at), ...events]).whole
const run = (property: unknown) => fc.assert(property as fc.IProperty<unknown>, { numRuns: 300 })
const LATE = BEGIN + 400 * DAY

describe('a pause', () => {
  it('moves a deadline in hours by exactly its own working time (glpi#10594)', () => {
    run(
      fc.property(calendar, timed, instant, spans, (time, standard, at, stops) => {
        const start = time.nextOpen(at)
        const within = stops.filter(({ from }) => from >= start)
        const due = wholeOf(time, standard, at, LATE, pauses(within)).due ?? Number.NaN
        // Running time up to the deadline, by hand: everything less the pauses.
        const stood = within.reduce((sum, { from, until }) => sum + time.between(Math.min(from, due), Math.min(until, due)), 0)
        assert.equal(time.between(start, due) - stood, standard.max * (standard.unit === 'hour' ? HOUR : MINUTE))
        assert.ok(!within.some(({ from, until }) => from < due && due <= until && from !== until), 'a deadline inside a pause')
      }),
    )
  })

  it('costs nothing outside working time and on holidays, in any unit (glpi#14492, Dynamics 365 on a holiday)', () => {
    run(
      fc.property(calendar, any, instant, fc.array(instant, { maxLength: 4 }), (time, standard, at, points) => {
        const start = time.nextOpen(at)
        // From the evening, or from a holiday's midday, to the next morning's opening.
        const free = points
          .filter(point => point >= start)
          .map(point => ({ from: Math.max(time.dayAt(point).closes, start), until: time.nextWorking(Math.max(time.dayAt(point).closes, point)) }))
          .filter(({ from, until }) => from < until && time.between(from, until) === 0)
          .toSorted((one, other) => one.from - other.from)
          .filter((one, i, all) => i === 0 || (all[i - 1]?.until ?? 0) < one.from)
        const plain = wholeOf(time, standard, at, LATE, [])
        const paused = wholeOf(time, standard, at, LATE, pauses(free))
        assert.deepEqual([paused.due, paused.target, paused.used, paused.paused], [plain.due, plain.target, plain.used, 0])
      }),
    )
  })

  it('never brings a deadline nearer, and a longer one never does less than a shorter', () => {
    run(
      fc.property(calendar, any, instant, span, fc.integer({ min: 0, max: 5 * 24 * 60 }), (time, standard, at, stop, more) => {
        const plain = wholeOf(time, standard, at, LATE, []).due ?? 0
        const once = wholeOf(time, standard, at, LATE, pauses([stop].filter(({ from }) => from >= at))).due ?? 0
        const longer =
          wholeOf(time, standard, at, LATE, pauses([{ ...stop, until: stop.until + more * MINUTE }].filter(({ from }) => from >= at))).due ?? 0
        assert.ok(plain <= once && once <= longer, `${say(plain)} ${say(once)} ${say(longer)}`)
      }),
    )
  })

  it('freezes used and remaining time while it lasts (frappe/helpdesk#1554)', () => {
    run(
      fc.property(calendar, any, instant, fc.integer({ min: 0, max: 30 * 24 * 60 }), instant, (time, standard, at, later, look) => {
        const from = time.nextOpen(at) + later * MINUTE
        const seen = (now: number) => wholeOf(time, standard, at, now, [event(from, { kind: 'paused', reason: 'third-party', note: '' })])
        const [first, then] = [seen(from), seen(from + Math.abs(look - BEGIN))]
        assert.equal(then.state, 'paused')
        assert.deepEqual(
          [then.used, then.remaining, then.remainingDays, then.verdict],
          [first.used, first.remaining, first.remainingDays, first.verdict],
        )
      }),
    )
  })

  it('breaks no promise while it lasts, nor in the moment it ends (glpi#24481)', () => {
    run(
      fc.property(
        calendar,
        any,
        instant,
        fc.integer({ min: 0, max: 30 * 24 * 60 }),
        fc.integer({ min: 1, max: 60 * 24 * 60 }),
        (time, standard, at, later, long) => {
          const from = time.nextOpen(at) + later * MINUTE
          const until = from + long * MINUTE
          const before = wholeOf(time, standard, at, from, [])
          const during = wholeOf(time, standard, at, until, [event(from, { kind: 'paused', reason: 'requester', note: '' })])
          const after = wholeOf(time, standard, at, until, pauses([{ from, until }]))
          if (before.verdict !== 'breached') {
            assert.notEqual(during.verdict, 'breached')
            assert.notEqual(after.verdict, 'breached')
            assert.ok((after.due ?? 0) >= until || (after.due ?? 0) >= from)
          }
        },
      ),
    )
  })

  it('is not forgotten when product, difficulty or calendar change under it (glpi#6902, #15605)', () => {
    run(
      fc.property(calendar, timed, timed, instant, spans, instant, (time, first, second, at, stops, change) => {
        const service = serviceOf(first, second)
        const begin = received(time, at)
        const events = [
          ...pauses(stops.filter(({ from }) => from >= at)),
          event(Math.max(at, change), { kind: 'productsChosen', products: ['product-2'] }),
        ].toSorted((one, other) => one.at - other.at)
        const chosen = [begin, event(at, { kind: 'productsChosen', products: ['product-1'] }), ...events]
        const swapped = clockOf(service, time, LATE, chosen).whole
        const always = wholeOf(time, second, at, LATE, pauses(stops.filter(({ from }) => from >= at)))
        assert.deepEqual([swapped.due, swapped.paused, swapped.used], [always.due, always.paused, always.used])
      }),
    )
  })

  it('adds up: used and paused are the working time between beginning and now', () => {
    run(
      fc.property(calendar, any, instant, spans, instant, (time, standard, at, stops, look) => {
        const start = time.nextOpen(at)
        const now = Math.max(start, look)
        const events = pauses(stops.filter(({ from }) => from >= at)).filter(one => one.at <= now)
        const whole = wholeOf(time, standard, at, now, events)
        assert.equal(whole.used + whole.paused, time.between(start, Math.max(now, events.at(-1)?.at ?? now)))
      }),
    )
  })

  it('gives the same answer whenever it is asked, and the same events the same clock (frappe/helpdesk#1675)', () => {
    run(
      fc.property(calendar, any, instant, spans, instant, instant, (time, standard, at, stops, one, other) => {
        const events = pauses(stops.filter(({ from }) => from >= at))
        const last = events.at(-1)?.at ?? at
        const due = (now: number) => wholeOf(time, standard, at, now, events).due
        assert.equal(due(Math.max(one, last)), due(Math.max(other, last)))
      }),
    )
  })
})

describe('a pause of a standard in days', () => {
  const at = wib('2026-07-06 09.00')
  const due = (...stops: readonly (readonly [string, string])[]) =>
    say(wholeOf(desk, exactly(3, 'workday'), at, LATE, pauses(stops.map(([from, until]) => ({ from: wib(from), until: wib(until) })))).due)

  for (const [stops, is, why] of [
    [[], '2026-07-09 16.00', 'nothing'],
    [[['2026-07-06 10.00', '2026-07-06 16.00']], '2026-07-09 16.00', 'the day it began on does not count anyway'],
    [[['2026-07-07 09.00', '2026-07-07 12.59']], '2026-07-09 16.00', 'less than half a day'],
    [[['2026-07-07 09.00', '2026-07-07 13.00']], '2026-07-10 16.00', 'half a day'],
    [
      [
        ['2026-07-07 08.00', '2026-07-07 10.00'],
        ['2026-07-07 14.00', '2026-07-07 16.00'],
      ],
      '2026-07-10 16.00',
      'half a day in two parts',
    ], // prettier-ignore
    [[['2026-07-07 14.00', '2026-07-08 10.00']], '2026-07-09 16.00', 'a quarter of two days'],
    [[['2026-07-07 10.00', '2026-07-08 15.00']], '2026-07-13 16.00', 'more than half of two days'],
    [[['2026-07-10 16.00', '2026-07-13 08.00']], '2026-07-09 16.00', 'after it was due'],
    [[['2026-07-08 16.00', '2026-07-09 08.00']], '2026-07-09 16.00', 'a night'],
    [[['2026-07-09 15.00', '2026-07-10 10.00']], '2026-07-10 16.00', 'its last hour: nothing falls due while the clock stands'],
    [[['2026-07-09 15.00', '2026-07-10 15.00']], '2026-07-13 16.00', 'its last hour and most of the day after'],
  ] as const)
    it(`${why}: due ${is}`, () => assert.equal(due(...stops), is))

  it('says which days did not count', () => {
    const clock = clockOf(serviceOf(exactly(3, 'workday')), desk, LATE, [
      received(desk, at),
      ...pauses([{ from: wib('2026-07-07 10.00'), until: wib('2026-07-08 15.00') }]),
    ])
    const line = clock.explanation.find(({ kind }) => kind === 'stopped')
    assert.ok(line?.kind === 'stopped')
    assert.deepEqual([line.days, line.cost], [2, 13 * HOUR])
  })

  it('gives weeks and months back in working days', () => {
    const stop = pauses([{ from: wib('2026-07-07 08.00'), until: wib('2026-07-09 08.00') }])
    assert.equal(say(wholeOf(desk, exactly(2, 'week'), at, LATE, stop).due), '2026-07-22 16.00')
    assert.equal(say(wholeOf(desk, exactly(1, 'month'), at, LATE, stop).due), '2026-08-10 16.00')
  })
})

describe('a pause on the very end', () => {
  const at = wib('2026-07-06 09.00')
  const two = serviceOf(exactly(2, 'hour'))
  const seen = (now: string, ...more: readonly ClockEvent[]) =>
    clockOf(two, desk, wib(now), [received(desk, at), event(wib('2026-07-06 11.00'), { kind: 'paused', reason: 'requester', note: '' }), ...more])
      .whole

  it('stands with nothing left, and is past it with the first moment after', () => {
    const during = seen('2026-07-06 12.00')
    assert.deepEqual([during.remaining, say(during.due), during.verdict], [0, '2026-07-06 11.00', 'onTime'])
    const resumed = event(wib('2026-07-06 13.00'), { kind: 'resumed' })
    assert.deepEqual([say(seen('2026-07-06 13.00', resumed).due), seen('2026-07-06 13.00', resumed).verdict], ['2026-07-06 11.00', 'onTime'])
    assert.equal(seen('2026-07-06 13.01', resumed).verdict, 'breached')
  })
})

describe('what else the peers get wrong', () => {
  const segments = workingTime(
    calendarOf({
      week: {
        monday: [
          { from: '08:00', until: '12:00' },
          { from: '13:00', until: '16:00' },
        ],
        tuesday: [
          { from: '08:00', until: '12:00' },
          { from: '13:00', until: '16:00' },
        ],
      }, // prettier-ignore
      breaksStopClock: true,
    }),
  )

  it('one hour before 13.30 is 11.30, not midnight (glpi PR #22678)', () => {
    assert.equal(say(offset(segments, wib('2026-07-06 13.30'), -1, 'hour')), '2026-07-06 11.30')
    assert.equal(say(offset(segments, wib('2026-07-07 08.30'), -1, 'hour')), '2026-07-06 15.30')
    assert.equal(say(offset(segments, wib('2026-07-07 09.00'), -1, 'hour')), '2026-07-07 08.00')
    assert.equal(say(offset(segments, wib('2026-07-06 08.00'), -30, 'minute')), '2026-06-30 15.30')
  })

  it('keeps a target in its zone working hours, lunch taken out (osTicket #1168, frappe/helpdesk#2212)', () => {
    const clock = clockOf(serviceOf(exactly(6, 'hour')), segments, wib('2026-07-06 11.00'), [received(segments, wib('2026-07-06 11.00'))])
    assert.equal(say(clock.whole.due), '2026-07-07 10.00')
  })

  it('a ticket that comes back goes on where it stood (Zammad: "may instantly escalate")', () => {
    const clock = clockOf(serviceOf(exactly(8, 'hour')), desk, wib('2026-07-20 09.00'), [
      received(desk, wib('2026-07-06 09.00')),
      ...pauses([{ from: wib('2026-07-06 10.00'), until: wib('2026-07-20 09.00') }]),
    ])
    assert.deepEqual([clock.whole.verdict, clock.whole.used, say(clock.whole.due)], ['onTime', HOUR, '2026-07-20 16.00'])
  })

  it('a step paused under its own clock stands too (osTicket #3034)', () => {
    const clock = clockOf(serviceOf(exactly(8, 'hour')), desk, wib('2026-07-06 12.00'), [
      received(desk, wib('2026-07-06 09.00')),
      event(wib('2026-07-06 09.00'), { kind: 'stepStarted', step: 'verify' }),
      event(wib('2026-07-06 10.00'), { kind: 'paused', reason: 'server', note: 'listrik' }),
    ])
    const verify = stepOf(clock, 'verify')
    assert.deepEqual([verify.state, verify.used, verify.paused, verify.remaining], ['paused', HOUR, 2 * HOUR, 2 * HOUR])
  })
})
