// How long the clock of a ticket takes: 200 events over half a year, with the calendar at hand and with one just opened.
import { readCalendars } from '../../daemon/desk/calendars/shelf.ts'
import { fromTicket } from '../../daemon/desk/clock/from-ticket.ts'
import { ticketClock } from '../../daemon/desk/clock/ticket-clock.ts'
import { type WorkingTime, workingTime } from '../../daemon/desk/clock/working.ts'
import { DAEMON, type TicketEvent } from '../../daemon/domain/ticket.ts'
import { exactly, serviceOf } from '../desk/clock/support.ts'
import { type Bench, main, median } from './run.ts'

const HOUR = 3_600_000
const EVENTS = 200
const BEGIN = Date.parse('2026-01-05T09:00:00+07:00')
const service = serviceOf(exactly(6, 'month'))

/** Paused and resumed again and again; returned, noted, sent on: a ticket nobody would want. */
const events: readonly TicketEvent[] = Array.from({ length: EVENTS }, (_, i): TicketEvent => {
  const frame = { seq: i + 1, at: BEGIN + i * 20 * HOUR, by: DAEMON }
  if (i === 0) return { ...frame, kind: 'submitted', received: BEGIN, slot: null }
  if (i === 1) return { ...frame, kind: 'promised', due: BEGIN + 4_000 * HOUR }
  return i % 2 === 0 ? { ...frame, kind: 'paused', reason: 'requester', note: 'foto' } : { ...frame, kind: 'resumed', note: '' }
})
const calendars = [{ version: 1, since: 0 }]
const clock = (time: WorkingTime) =>
  ticketClock({
    service,
    events: fromTicket({ service, products: ['product-1'], events, calendars }),
    calendar: () => time,
    now: BEGIN + EVENTS * 20 * HOUR,
  })

const times = (rounds: number, errand: () => unknown): number[] =>
  Array.from({ length: rounds }, () => {
    const begin = performance.now()
    errand()
    return performance.now() - begin
  })
const p95 = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN

const bench: Bench = {
  name: 'clock',
  async run() {
    const read = readCalendars()
    const desk = read.ok ? read.value.find(({ key }) => key === 'desk') : undefined
    if (desk === undefined) throw new Error(read.ok ? 'there is no calendar of the desk' : read.failure.message)
    const time = workingTime(desk)
    const first = median(times(1, () => clock(time)))
    const before = process.cpuUsage()
    const warm = times(300, () => clock(time))
    const { user, system } = process.cpuUsage(before)
    return [
      { name: `a ticket of ${EVENTS} events`, value: median(warm), unit: 'ms', goal: 2 },
      { name: 'the same, p95', value: p95(warm), unit: 'ms', goal: 2 },
      { name: 'the same, processor time', value: (user + system) / 1_000 / warm.length, unit: 'ms', goal: 2 },
      { name: 'the same, everything for the first time', value: first, unit: 'ms' },
      { name: 'the same, calendar just opened', value: median(times(50, () => clock(workingTime(desk)))), unit: 'ms' },
      { name: 'half a year between two instants', value: median(times(2_000, () => time.between(BEGIN, BEGIN + 4_000 * HOUR))) * 1_000, unit: 'µs' },
    ]
  },
}

export default bench
await main(import.meta, bench)
