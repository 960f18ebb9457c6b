// Working time is exact, additive and reversible in any calendar and any zone, also where clocks are turned.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { addPeriod, addWorkingDays } from '../../../daemon/desk/clock/counting.ts'
import { offset } from '../../../daemon/desk/clock/escalation.ts'
import { type WorkingTime, workingTime } from '../../../daemon/desk/clock/working.ts'
import { Calendar } from '../../../daemon/domain/calendar.ts'
import { wallTime } from '../../../daemon/domain/words/time.ts'
import { calendarOf, desk, HOUR, MINUTE, office, say, wib } from './support.ts'

const DAY = 24 * HOUR
const BEGIN = Date.UTC(2026, 0, 1)
const END = Date.UTC(2027, 5, 1)

const minute = fc.integer({ min: 0, max: 1440 })
const text = (m: number): string => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`
/** One to four blocks of a day, in order. */
const blocks = fc
  .uniqueArray(minute, { minLength: 2, maxLength: 8 })
  .map(edges => edges.toSorted((a, b) => a - b))
  .map(edges =>
    Array.from({ length: Math.floor(edges.length / 2) }, (_, i) => ({ from: text(edges[2 * i] ?? 0), until: text(edges[2 * i + 1] ?? 1440) })),
  )
const date = fc.integer({ min: 0, max: 500 }).map(n => new Date(BEGIN + n * DAY).toISOString().slice(0, 10))
const weekday = fc.option(blocks, { nil: undefined, freq: 3 })
const week = fc
  .record({ monday: blocks, tuesday: weekday, wednesday: weekday, thursday: weekday, friday: weekday, saturday: weekday, sunday: weekday })
  .map(days => Object.fromEntries(Object.entries(days).filter(([, hours]) => hours !== undefined)))

const ZONES = ['Asia/Jakarta', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/St_Johns', 'UTC']
/** Any calendar: blocks, a range with hours of its own, holidays, exceptions, breaks that stop or not. */
const anyCalendar = fc
  .record({
    timezone: fc.constantFrom(...ZONES),
    week,
    range: fc.option(fc.tuple(date, fc.integer({ min: 0, max: 40 }), week), { nil: null }),
    holidays: fc.uniqueArray(date, { maxLength: 30 }),
    exceptions: fc.uniqueArray(fc.tuple(date, fc.constantFrom('open', 'closed', 'hours'), blocks), { maxLength: 10, selector: ([on]) => on }),
    breaksStopClock: fc.boolean(),
    intake: fc.option(
      blocks.map(([first]) => first),
      { nil: null },
    ),
  })
  .map(({ range, holidays, exceptions, intake, ...given }) =>
    workingTime(
      Calendar.parse({
        key: 'any',
        name: { id: 'apa saja', en: 'any' },
        ...given,
        intake: intake ?? null,
        ranges:
          range === null
            ? []
            : [{ name: 'range', from: range[0], until: new Date(Date.parse(range[0]) + range[1] * DAY).toISOString().slice(0, 10), week: range[2] }],
        holidays: holidays.map(on => ({ date: on, name: 'libur' })),
        exceptions: exceptions.map(([on, kind, hours]) =>
          kind === 'closed' ? { kind, date: on, reason: 'tutup' } : { kind, date: on, blocks: hours, reason: 'khusus' },
        ),
      }),
    ),
  )
const instant = fc.integer({ min: BEGIN, max: END })
const amount = fc.integer({ min: 0, max: 120 * HOUR })
const check = (property: fc.IProperty<never> | fc.IRawProperty<unknown>) => fc.assert(property as fc.IProperty<unknown>, { numRuns: 300 })

const runsAt = (time: WorkingTime, at: number) => time.dayAt(at).open.some(({ from, until }) => from <= at && at < until)

describe('working time', () => {
  it('adding and taking away give back the same amount', () => {
    check(
      fc.property(anyCalendar, instant, amount, (time, t, d) => {
        const there = time.addWorking(t, d)
        assert.equal(time.between(t, there), d)
        const back = time.subtractWorking(t, d)
        assert.equal(time.between(back, t), d)
        // The first and the last such instant: a millisecond less is less.
        if (d > 0) {
          assert.equal(time.between(t, there - 1), d - 1)
          assert.equal(time.between(back + 1, t), d - 1)
        }
      }),
    )
  })

  it('adds up, and never runs backwards', () => {
    check(
      fc.property(anyCalendar, instant, instant, instant, (time, a, b, c) => {
        assert.equal(time.between(a, b) + time.between(b, c), time.between(a, c))
        const [low, high] = a < b ? [a, b] : [b, a]
        assert.ok(time.between(low, high) >= 0)
        assert.ok(time.between(low, high) <= high - low)
        assert.equal(time.between(high, low), 0 - time.between(low, high))
      }),
    )
    check(
      fc.property(anyCalendar, instant, instant, amount, amount, (time, a, b, d, more) => {
        const [low, high] = a < b ? [a, b] : [b, a]
        assert.ok(time.addWorking(low, d) <= time.addWorking(high, d))
        assert.ok(time.addWorking(a, d) <= time.addWorking(a, d + more))
        assert.equal(time.addWorking(time.addWorking(a, d), more), time.addWorking(a, d + more))
      }),
    )
  })

  it('knows the next working instant and the next opening', () => {
    check(
      fc.property(anyCalendar, instant, (time, t) => {
        const next = time.nextWorking(t)
        assert.ok(next >= t && runsAt(time, next))
        assert.equal(time.between(t, next), 0)
        const open = time.nextOpen(t)
        assert.ok(open >= t)
        assert.equal(time.nextOpen(open), open)
        assert.ok(time.dayAt(open).total > 0 || time.dayAt(open - 1).total > 0)
      }),
    )
  })

  it('keeps days in order, without gaps and without overlap, where clocks are turned', () => {
    check(
      fc.property(anyCalendar, instant, (time, t) => {
        const day = time.dayAt(t)
        assert.ok(time.midnight(day.n) <= t && t < time.midnight(day.n + 1))
        let last = time.midnight(day.n)
        for (const { from, until } of day.open) {
          assert.ok(last <= from && from < until)
          last = until
        }
        assert.ok(last <= time.midnight(day.n + 1))
        const { year, month, day: of } = wallTime(t, time.calendar.timezone)
        assert.equal(day.date, `${year}-${String(month).padStart(2, '0')}-${String(of).padStart(2, '0')}`)
      }),
    )
  })

  it('puts an escalation before the deadline into working time, however the day is cut', () => {
    check(
      fc.property(anyCalendar, instant, fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 2000 }), (time, t, d, before) => {
        const due = time.addWorking(t, d * MINUTE)
        const at = offset(time, due, -before, 'minute')
        assert.ok(at < due && runsAt(time, at), new Date(at).toISOString())
        assert.equal(time.between(at, due), before * MINUTE)
        const after = offset(time, due, before, 'minute')
        assert.ok(after > due && (runsAt(time, after) || runsAt(time, after - 1)))
        const day = offset(time, due, -1, 'workday')
        assert.ok(day < due && (runsAt(time, day) || runsAt(time, day - 1)), new Date(day).toISOString())
      }),
    )
  })

  it('counts working days to the end of the n-th, one more at a time', () => {
    check(
      fc.property(anyCalendar, instant, fc.integer({ min: 1, max: 60 }), (time, t, n) => {
        const due = addWorkingDays(time, t, n)
        const day = time.dayAt(due - 1)
        assert.equal(due, day.closes)
        assert.ok(due >= t && day.total > 0)
        assert.equal(addWorkingDays(time, t, n + 1), time.dayAfter(day.n).closes)
      }),
    )
    check(
      fc.property(
        anyCalendar,
        instant,
        instant,
        fc.integer({ min: 1, max: 8 }),
        fc.constantFrom('week' as const, 'month' as const),
        (time, a, b, n, unit) => {
          const [low, high] = a < b ? [a, b] : [b, a]
          assert.ok(addPeriod(time, low, n, unit) <= addPeriod(time, high, n, unit))
          assert.ok(addPeriod(time, a, n, unit) < addPeriod(time, a, n + 1, unit))
        },
      ),
    )
  })
})

describe('the hours as they are', () => {
  it('has 37 h 30 min in a week, 32 h 30 min in Ramadan (Perpres 21/2023)', () => {
    const week = (monday: string) => office.between(wib(`${monday} 00.00`), wib(`${monday} 00.00`) + 7 * DAY)
    assert.equal(week('2026-07-06'), 37.5 * HOUR)
    assert.equal(week('2026-03-02'), 32.5 * HOUR)
    assert.equal(desk.between(wib('2026-07-06 00.00'), wib('2026-07-13 00.00')), 40 * HOUR)
  })

  it('crosses into Ramadan and out of it by the hours of each day', () => {
    // Wednesday 18 February until 16.00, Thursday the first day of fasting from 08.00.
    assert.equal(say(office.addWorking(wib('2026-02-18 15.00'), 2 * HOUR)), '2026-02-19 09.00')
    assert.equal(say(office.addWorking(wib('2026-02-19 14.30'), HOUR)), '2026-02-20 08.30')
    // 17 March is the last working day of it; Nyepi, Idulfitri and cuti bersama until the 24th.
    assert.equal(say(office.addWorking(wib('2026-03-17 14.30'), HOUR)), '2026-03-25 08.00')
    assert.equal(say(addWorkingDays(office, wib('2026-03-16 09.00'), 2)), '2026-03-25 16.00')
  })

  it('knows the holidays of 2026: 17 national, 8 cuti bersama', () => {
    const kinds = desk.calendar.holidays.map(({ kind }) => kind)
    assert.deepEqual([kinds.filter(kind => kind === 'national').length, kinds.filter(kind => kind === 'joint-leave').length], [17, 8])
    for (const { date, source } of desk.calendar.holidays) {
      assert.equal(desk.dayAt(wib(`${date} 12.00`)).total, 0)
      assert.match(source, /1497\/2025/)
    }
  })

  for (const [at, taken] of [
    ['2026-11-20 07.59.59', '2026-11-20 08.00'],
    ['2026-11-20 08.00', '2026-11-20 08.00'],
    ['2026-11-20 16.00', '2026-11-20 16.00'],
    ['2026-11-20 16.00.01', '2026-11-23 08.00'],
    ['2026-11-21 10.00', '2026-11-23 08.00'],
    ['2026-12-23 17.00', '2026-12-28 08.00'],
  ] as const)
    it(`takes in at ${taken} what comes ${at}`, () => assert.equal(say(desk.nextOpen(wib(at))), taken))

  it('takes nothing in before the window, though people work', () => {
    assert.equal(say(office.nextOpen(wib('2026-07-07 07.35'))), '2026-07-07 08.00')
    assert.equal(say(office.nextOpen(wib('2026-07-10 16.10'))), '2026-07-13 08.00')
  })

  it('follows exceptions before holidays before ranges before weekdays', () => {
    const time = workingTime(
      calendarOf({
        holidays: [{ date: '2026-07-07', name: 'libur', kind: 'regional', source: '' }],
        exceptions: [
          { kind: 'open', date: '2026-07-11', blocks: null, reason: 'ganti hari' },
          { kind: 'hours', date: '2026-07-07', blocks: [{ from: '17:00', until: '19:00' }], reason: 'malam' },
          { kind: 'closed', date: '2026-07-08', reason: 'listrik padam' },
        ],
      }),
    )
    assert.equal(time.between(wib('2026-07-06 00.00'), wib('2026-07-13 00.00')), (4 * 8 + 2) * HOUR)
    // Nobody is there in the window on that day: then its hours are the window.
    assert.equal(say(time.nextOpen(wib('2026-07-07 08.00'))), '2026-07-07 17.00')
  })

  it('stops for breaks only where told to', () => {
    const hours = {
      monday: [
        { from: '08:00', until: '12:00' },
        { from: '13:00', until: '16:00' },
      ],
    } // prettier-ignore
    const running = workingTime(calendarOf({ week: hours }))
    const stopping = workingTime(calendarOf({ week: hours, breaksStopClock: true }))
    const at = wib('2026-07-06 11.30')
    assert.equal(say(running.addWorking(at, HOUR)), '2026-07-06 12.30')
    assert.equal(say(stopping.addWorking(at, HOUR)), '2026-07-06 13.30')
  })

  it('counts what comes at the closing minute to that day, and what comes after to the next', () => {
    assert.equal(say(addWorkingDays(desk, wib('2026-07-06 16.00'), 1)), '2026-07-07 16.00')
    assert.equal(say(addWorkingDays(desk, wib('2026-07-06 16.00.01'), 1)), '2026-07-08 16.00')
    assert.equal(say(addWorkingDays(desk, wib('2026-07-04 10.00'), 1)), '2026-07-07 16.00')
  })

  it('starts to count on the same day where the calendar says so', () => {
    const time = workingTime(calendarOf({ dayOne: { rule: 'same', before: '10:00' } }))
    assert.equal(say(addWorkingDays(time, wib('2026-07-06 09.59'), 1)), '2026-07-06 16.00')
    assert.equal(say(addWorkingDays(time, wib('2026-07-06 10.00'), 1)), '2026-07-07 16.00')
    assert.equal(say(addWorkingDays(desk, wib('2026-07-06 08.00'), 1)), '2026-07-07 16.00')
  })

  for (const [from, n, unit, due] of [
    ['2026-07-08 09.00', 1, 'week', '2026-07-15 16.00'],
    ['2026-01-30 09.00', 1, 'month', '2026-03-02 16.00'],
    ['2026-11-20 09.00', 3, 'month', '2027-02-22 16.00'],
    ['2026-11-26 09.00', 4, 'week', '2026-12-28 16.00'],
    ['2026-07-31 09.00', 6, 'month', '2027-02-01 16.00'],
  ] as const)
    it(`${n} ${unit}(s) from ${from} are over ${due}`, () => assert.equal(say(addPeriod(desk, wib(from), n, unit)), due))

  it('counts a night of 23 and of 25 hours as it was, in Berlin', () => {
    const berlin = workingTime(
      calendarOf({
        timezone: 'Europe/Berlin',
        intake: null,
        week: { monday: [{ from: '00:00', until: '24:00' }], sunday: [{ from: '00:00', until: '24:00' }] },
      }),
    )
    const day = (date: string) => berlin.dayAt(Date.parse(`${date}T12:00:00Z`)).total / HOUR
    assert.deepEqual([day('2026-03-29'), day('2026-10-25'), day('2026-10-18')], [23, 25, 24])
    const night = workingTime(calendarOf({ timezone: 'Europe/Berlin', intake: null, week: { sunday: [{ from: '01:30', until: '03:30' }] } }))
    assert.deepEqual([night.day(20541).total / HOUR, night.day(20541).date], [1, '2026-03-29'])
  })
})
