// Why this is the deadline: everything that moved it, line by line, as facts that the pages put into words.
import type { Instant } from '../../domain/call.ts'
import type { ClockLine } from '../../domain/clock.ts'
import { stoodIn } from './counting.ts'
import type { History } from './history.ts'
import type { Measurement } from './measure.ts'
import type { ProductStandards } from './products.ts'
import { figureOf } from './standard.ts'
import type { Span, WorkingDay, WorkingTime } from './working.ts'

export interface CalendarMove {
  readonly at: Instant
  readonly version: number
  readonly before: Instant
  readonly after: Instant
}

export interface Told {
  readonly history: History
  readonly whole: Measurement
  readonly products: ProductStandards
  readonly time: WorkingTime
  readonly start: Instant
  readonly now: Instant
  readonly moves: readonly CalendarMove[]
}

export function explain(told: Told): ClockLine[] {
  return [...beginning(told), ...stopped(told), ...standard(told), ...dates(told), ...moved(told), ...end(told)]
}

function beginning({ history, start }: Told): ClockLine[] {
  const { received, setBacks } = history
  if (received === null) return []
  const lines: ClockLine[] = [
    { kind: received.received > received.at ? 'receivedOutside' : 'received', at: received.at, received: received.received },
  ]
  if (received.slot !== null && start > received.received) lines.push({ kind: 'overload', at: received.received, slot: received.slot, start })
  return [...lines, ...setBacks.map(({ at, said }): ClockLine => ({ kind: 'setBack', at, said }))]
}

function stopped({ history, whole, time, start, now }: Told): ClockLine[] {
  const end = history.ended?.at ?? now
  const spans = history.stops.map(({ from, until }): Span => ({ from: Math.max(from, start), until: Math.max(Math.min(until ?? end, end), start) }))
  const blamed = (whole.due?.counted?.lost ?? []).map(day => heaviest(day, spans))
  return history.stops.map((stop, i): ClockLine => {
    const { from, until } = spans[i] ?? { from: end, until: end }
    const cost = from < until ? time.between(from, until) : 0
    const days = blamed.filter(one => one === i).length
    return { kind: 'stopped', at: stop.from, until: stop.until ?? end, reason: stop.reason, note: stop.note, cost, days, open: stop.until === null }
  })
}

/** Which stop took the most of a day that did not count; -1: none of them. */
function heaviest(day: WorkingDay, spans: readonly Span[]): number {
  let [most, share] = [-1, 0]
  for (const [i, span] of spans.entries()) {
    const own = span.until <= (day.open[0]?.from ?? day.closes) || span.from >= day.closes ? 0 : stoodIn(day, [span])
    if (own > share) [most, share] = [i, own]
  }
  return most
}

function standard({ history, products, whole, time, start }: Told): ClockLine[] {
  const lines: ClockLine[] = []
  const { together, standards } = products
  if (together !== 'one' && standards.length > 0) lines.push({ kind: 'products', at: start, products: products.products, together })
  for (const one of standards) {
    if (one.min === one.max) lines.push({ kind: 'standard', at: start, standard: one })
    else if (history.difficulty === null) lines.push({ kind: 'noDifficulty', at: start, standard: one })
    else {
      const { level, at } = history.difficulty
      lines.push({ kind: 'difficulty', at, level, standard: one, target: figureOf(one, level) })
    }
  }
  const counted = whole.due?.counted ?? null
  if (counted !== null && counted.lands !== null) lines.push({ kind: 'period', at: start, lands: counted.lands, last: counted.day.date })
  else if (counted !== null && standards.length === 1)
    lines.push({ kind: 'dayOne', at: start, first: counted.first.date, same: counted.first.n === time.dayAt(start).n })
  if (!time.calendar.breaksStopClock || Object.values(time.calendar.week).some(blocks => (blocks?.length ?? 0) > 1))
    lines.push({ kind: 'breaks', at: start, stop: time.calendar.breaksStopClock })
  return lines
}

/** Holidays, exceptions, ranges and years without a list between the beginning and the deadline. */
function dates({ whole, time, start, now }: Told): ClockLine[] {
  const lines: ClockLine[] = []
  const daysOff: { date: string; name: string }[] = []
  const seen = new Set<string>()
  const years = new Set<number>()
  const [first, last] = [time.dayAt(start).n, time.dayAt(whole.due?.at ?? now).n]
  for (let n = first; n <= last; n++) {
    const { date, rule } = time.day(n)
    years.add(Number(date.slice(0, 4)))
    const { exception, range } = rule
    if (rule.kind === 'holiday' && rule.usual) daysOff.push({ date, name: rule.holidays.map(({ name }) => name).join(', ') })
    if (exception !== null) lines.push({ kind: 'exception', at: start, date, exception: exception.kind, reason: exception.reason })
    if (range !== null && !seen.has(range.from)) {
      seen.add(range.from)
      lines.push({ kind: 'range', at: start, name: range.name, from: range.from, to: range.until, estimate: range.estimate })
    }
  }
  if (daysOff.length > 0) lines.unshift({ kind: 'daysOff', at: start, days: daysOff })
  const unknown = [...years].filter(year => time.calendar.years.every(one => one.year !== year))
  if (unknown.length > 0) lines.push({ kind: 'estimate', at: start, years: unknown })
  return lines
}

const moved = ({ moves }: Told): ClockLine[] => moves.map((move): ClockLine => ({ kind: 'calendarChanged', ...move }))

function end({ history, whole, products, time, start }: Told): ClockLine[] {
  const lines: ClockLine[] = []
  const { target, due, verdict, state } = whole.measured
  const { promised, agreed, ended } = history
  if (target !== null && target !== due && products.standards.length > 0) lines.push({ kind: 'target', at: start, target })
  if (due !== null) lines.push({ kind: 'due', at: start, due, moving: state === 'paused' })
  if (promised !== null && due !== null && promised.due !== due)
    lines.push({ kind: 'promised', at: promised.at, due: promised.due, version: promised.version, now: due, nowVersion: time.version })
  if (verdict === 'late' && target !== null) lines.push({ kind: 'late', at: target, target })
  if (verdict === 'breached' && due !== null) lines.push({ kind: 'breached', at: due, due })
  if (agreed !== null) lines.push({ kind: 'agreed', at: agreed.at, due: agreed.due, reason: agreed.reason, signer: agreed.signer })
  if (ended !== null) lines.push({ kind: 'ended', at: ended.at, how: ended.how })
  return lines
}
