// The desk's shipped calendars, small calendars of our own, and a service with the steps of the official procedure.
import assert from 'node:assert/strict'
import { readCalendars } from '../../../daemon/desk/calendars/shelf.ts'
import type { ClockEvent, ClockFact } from '../../../daemon/desk/clock/event.ts'
import { ticketClock } from '../../../daemon/desk/clock/ticket-clock.ts'
import { type WorkingTime, workingTime } from '../../../daemon/desk/clock/working.ts'
import { Calendar } from '../../../daemon/domain/calendar.ts'
import type { TicketClock } from '../../../daemon/domain/clock.ts'
import type { Service, Step } from '../../../daemon/domain/service.ts'
import type { Standard } from '../../../daemon/domain/standard.ts'
import { wallTime } from '../../../daemon/domain/words/time.ts'

export const MINUTE = 60_000
export const HOUR = 3_600_000

export function shipped(key: 'desk' | 'office'): Calendar {
  const read = readCalendars()
  assert.ok(read.ok, read.ok ? '' : read.failure.message)
  const found = read.value.find(calendar => calendar.key === key)
  assert.ok(found)
  return found
}
export const desk: WorkingTime = workingTime(shipped('desk'))
export const office: WorkingTime = workingTime(shipped('office'))

/** A calendar of our own, checked as any other. */
export const calendarOf = (given: Partial<Calendar>): Calendar => Calendar.parse({ ...shipped('desk'), holidays: [], years: [], ...given })

/** `wib('2026-11-20 08.00')`, also with seconds. */
export const wib = (text: string): number => {
  const [date = '', time = ''] = text.split(' ')
  const [h = '00', m = '00', s = '00'] = time.split('.')
  const at = Date.parse(`${date}T${h}:${m}:${s}+07:00`)
  assert.ok(!Number.isNaN(at), text)
  return at
}

/** Back again: `2026-11-20 08.00`. */
export const say = (at: number | null, zone = 'Asia/Jakarta'): string => {
  if (at === null) return 'never'
  const { year, month, day, hour, minute } = wallTime(at, zone)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)} ${two(hour)}.${two(minute)}`
}

const words = { id: '-', en: '-' }
export const exactly = (n: number, unit: Standard['unit']): Standard => ({ min: n, max: n, unit })
export const range = (min: number, max: number, unit: Standard['unit']): Standard => ({ min, max, unit })
const step = (key: string, kind: Step['kind'], owner: string, standard: Standard | null): Step => ({ key, kind, owner, standard, label: words })

export type ClockService = Pick<Service, 'steps' | 'products' | 'phases'>

/** The procedure of SC-05 with the desk's check in front, and one product. */
export const serviceOf = (...standards: readonly Standard[]): ClockService => ({
  steps: [
    step('submit', 'submit', 'requester', null),
    step('verify', 'verify', 'petugas', exactly(3, 'hour')),
    step('kadis', 'dispose', 'kadis', exactly(30, 'minute')),
    step('kabid', 'dispose', 'kabid', exactly(15, 'minute')),
    step('order', 'order', 'prakom', exactly(15, 'minute')),
    step('work', 'work', 'petugas', null),
    step('report', 'report', 'petugas', exactly(1, 'hour')),
    step('archive', 'archive', 'petugas', exactly(15, 'minute')),
  ],
  products: standards.map((standard, i) => ({ key: `product-${i + 1}`, name: words, standard })),
  phases: [],
})

export const event = (at: number, fact: ClockFact): ClockEvent => ({ ...fact, at })
export const received = (time: WorkingTime, at: number, slot: string | null = null): ClockEvent =>
  event(at, { kind: 'received', received: time.nextOpen(at), slot, calendar: time.version })

export const clockOf = (service: ClockService, time: WorkingTime, now: number, events: readonly ClockEvent[]): TicketClock =>
  ticketClock({ service, events, calendar: () => time, now })

export function stepOf(clock: TicketClock, key: string) {
  const found = clock.steps.find(one => one.key === key)
  assert.ok(found, `there is no step ${key}`)
  return found
}
