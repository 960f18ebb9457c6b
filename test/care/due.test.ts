// When maintenance is due: on the site's clocks over years and changes of the clocks, none skipped and none twice.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { dueAt, stateOfWork, turnsOwed } from '../../daemon/care/due.ts'
import { EVERY_UNITS } from '../../daemon/domain/care.ts'
import { wallTime } from '../../daemon/domain/words/time.ts'

const DAY = 86_400_000
const JAKARTA = 'Asia/Jakarta'
const BERLIN = 'Europe/Berlin'
const plan = (unit: (typeof EVERY_UNITS)[number], n: number, first: string, at = '08:00') => ({ every: { unit, n }, first, at, lead: 14, since: 0 })
const told = (at: number, zone: string) => {
  const { year, month, day, hour, minute } = wallTime(at, zone)
  return `${year}-${month}-${day} ${hour}:${String(minute).padStart(2, '0')}`
}

describe('when maintenance is due', () => {
  for (const [what, given, turn, zone, expected] of [
    ['every month on the 31st: the last day of a shorter one', plan('month', 1, '2026-10-31'), 1, JAKARTA, '2026-11-30 8:00'],
    ['and the 31st again after it', plan('month', 1, '2026-10-31'), 2, JAKARTA, '2026-12-31 8:00'],
    ['over the end of the year', plan('month', 1, '2026-10-31'), 4, JAKARTA, '2027-2-28 8:00'],
    ['every year on a leap day', plan('year', 1, '2028-02-29'), 1, JAKARTA, '2029-2-28 8:00'],
    ['and on it when there is one', plan('year', 1, '2028-02-29'), 4, JAKARTA, '2032-2-29 8:00'],
    ['every second week over the end of summer time, at the same hour', plan('week', 2, '2026-10-19'), 1, BERLIN, '2026-11-2 8:00'],
    ['every day over the beginning of summer time', plan('day', 1, '2027-03-27'), 1, BERLIN, '2027-3-28 8:00'],
    ['at a time that the clocks leap over: once, after the leap', plan('day', 1, '2027-03-27', '02:30'), 1, BERLIN, '2027-3-28 3:30'],
  ] as const)
    it(what, () => assert.equal(told(dueAt(given, turn, zone), zone), expected))

  it('writes each turn once and none is skipped, however seldom somebody looks', () => {
    const day = fc.integer({ min: 0, max: 3_000 }).map(days => new Date(Date.UTC(2024, 0, 1) + days * DAY).toISOString().slice(0, 10))
    fc.assert(
      fc.property(
        fc.constantFrom(...EVERY_UNITS),
        fc.integer({ min: 1, max: 18 }),
        day,
        fc.integer({ min: 0, max: 23 }).map(hour => `${String(hour).padStart(2, '0')}:30`),
        fc.integer({ min: 0, max: 60 }),
        fc.constantFrom(JAKARTA, BERLIN, 'America/Santiago', 'Pacific/Apia'),
        fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 8 }),
        (unit, n, first, at, lead, zone, gaps) => {
          const rhythm = { ...plan(unit, n, first, at), lead }
          let now = dueAt(rhythm, 0, zone) - DAY
          let last: number | null = null
          const turns: number[] = []
          const times: number[] = []
          for (const gap of gaps) {
            now += gap * DAY
            for (const one of turnsOwed({ ...rhythm, since: dueAt(rhythm, 0, zone) }, last, now, zone)) {
              turns.push(one.turn)
              times.push(one.at)
              last = one.turn
            }
            if (last !== null) assert.ok(dueAt(rhythm, last + 1, zone) - lead * DAY > now, 'nothing that is near is missing')
          }
          assert.deepEqual(turns, [...turns.keys()])
          for (const [i, time] of times.entries()) if (i > 0) assert.ok(time > (times[i - 1] ?? 0), 'each later than the one before')
        },
      ),
      { numRuns: 60 },
    )
  })

  it('asks for nothing of before the plan was made', () => {
    const since = Date.UTC(2026, 10, 20)
    const owed = turnsOwed({ ...plan('month', 1, '2020-01-15'), since }, null, since, JAKARTA)
    assert.deepEqual(owed, [])
    const [first] = turnsOwed({ ...plan('month', 1, '2020-01-15'), since }, null, since + 20 * DAY, JAKARTA)
    assert.equal(told(first?.at ?? 0, JAKARTA), '2026-12-15 8:00')
  })

  it('is planned, due for a day, and then overdue until somebody begins', () => {
    const states = [-1, 0, DAY - 1, DAY].map(ms => stateOfWork({ state: 'open', dueAt: 1_000_000 }, 1_000_000 + ms))
    assert.deepEqual(states, ['planned', 'due', 'due', 'overdue'])
    assert.equal(stateOfWork({ state: 'running', dueAt: 0 }, 9e12), 'running')
  })
})
