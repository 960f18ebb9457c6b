// Measures a clock that ran and stood against its standard: how much is used, when it is due, whether it ran past that.
import type { Instant } from '../../domain/call.ts'
import type { ClockState, ClockVerdict, Measured } from '../../domain/clock.ts'
import type { Difficulty, Standard } from '../../domain/standard.ts'
import { type Begin, type Counted, countDays, countPeriod } from './counting.ts'
import { figureOf, isTime, millisecondsOf } from './standard.ts'
import type { Span, WorkingTime } from './working.ts'

export interface Course {
  /** When it ran at all, in order, without overlap; the last is open while it runs. */
  readonly runs: readonly { readonly from: Instant; readonly until: Instant | null }[]
  /** When it stood for a reason, in order, without overlap; the last may be open. */
  readonly stops: readonly { readonly from: Instant; readonly until: Instant | null }[]
  readonly now: Instant
}

/** Spans of `a` that are not in `b`; both in order, without overlap. */
function without(a: readonly Span[], b: readonly Span[]): Span[] {
  const left: Span[] = []
  for (const span of a) {
    let from = span.from
    for (const cut of b) {
      if (cut.until <= from) continue
      if (cut.from >= span.until) break
      if (cut.from > from) left.push({ from, until: cut.from })
      from = Math.max(from, cut.until)
    }
    if (from < span.until) left.push({ from, until: span.until })
  }
  return left
}

/** Spans in order, those that touch or overlap made one. */
export function united(spans: readonly Span[]): Span[] {
  const made: Span[] = []
  for (const span of spans.toSorted((one, other) => one.from - other.from)) {
    const last = made.at(-1)
    if (last !== undefined && span.from <= last.until) made[made.length - 1] = { from: last.from, until: Math.max(last.until, span.until) }
    else made.push(span)
  }
  return made
}

/** A course with its open ends closed at the moment it is looked at. */
export interface Past {
  readonly begin: Instant
  /** When it ended, or is looked at. */
  readonly end: Instant
  readonly over: boolean
  readonly standing: boolean
  readonly running: readonly Span[]
  /** When it stood for a reason while it was there. */
  readonly stood: readonly Span[]
  /** Everything between begin and end in which it did not run: stops, and the time it lay elsewhere. */
  readonly still: readonly Span[]
}

/** Null: it has not begun by `now`. */
function pastOf({ runs, stops, now }: Course): Past | null {
  const first = runs[0]
  const last = runs.at(-1)
  if (first === undefined || last === undefined || (first.from > now && last.until === null)) return null
  const over = last.until !== null
  const end = Math.max(first.from, last.until ?? now)
  const ran = united(runs.map(({ from, until }) => ({ from, until: Math.min(until ?? end, end) })).filter(({ from, until }) => from < until))
  const cut = united(stops.map(({ from, until }) => ({ from, until: until ?? Math.max(end, from) })).filter(({ from, until }) => from < until))
  const running = without(ran, cut)
  return {
    begin: first.from,
    end,
    over,
    standing: !over && stops.some(({ until }) => until === null),
    running,
    stood: without(ran, running),
    still: without([{ from: first.from, until: Math.max(end, first.from) }], running),
  }
}

/** When a standard is over. `counted` tells how, for standards in days, weeks and months. */
export interface Deadline {
  readonly at: Instant
  readonly counted: Counted | null
}

const NEVER_RAN: Past = { begin: 0, end: 0, over: false, standing: false, running: [], stood: [], still: [] }

/**
 * The deadline of `figure` units. Time units: when the running working time adds up to it, going on from `end` where it has not yet. Counted
 * units: by the rules of counting, from `begin`.
 */
function deadline(time: WorkingTime, past: Past, figure: number, unit: Standard['unit'], begin: Begin): Deadline {
  if (!isTime(unit)) {
    const counted =
      unit === 'workday' ? countDays(time, begin, Math.max(1, Math.ceil(figure)), past.still) : countPeriod(time, begin, figure, unit, past.still)
    return { at: counted.due, counted }
  }
  let left = millisecondsOf(figure, unit)
  for (const { from, until } of past.running) {
    const ran = time.between(from, until)
    if (left <= ran) return { at: time.addWorking(from, left), counted: null }
    left -= ran
  }
  return { at: time.addWorking(past.end, left), counted: null }
}

const since = (spans: readonly Span[], begin: Instant): Span[] =>
  spans.filter(({ until }) => until > begin).map(({ from, until }) => ({ from: Math.max(begin, from), until }))

/** One standard after the other: each begins where the one before is over. */
function chained(time: WorkingTime, past: Past, standards: readonly Standard[], figure: (standard: Standard) => number): Deadline {
  let from = past
  let begin: Begin = { at: past.begin }
  let reached: Deadline = { at: past.begin, counted: null }
  for (const standard of standards) {
    reached = deadline(time, from, figure(standard), standard.unit, begin)
    const { at, counted } = reached
    begin = counted === null ? { at } : { after: counted.day }
    from = { ...past, begin: at, end: Math.max(at, past.end), running: since(past.running, at), still: since(past.still, at) }
  }
  return reached
}

export interface Against {
  /** One after the other; several only where phases follow each other. Empty: no standard. */
  readonly standards: readonly Standard[]
  readonly difficulty: Difficulty | null
}

export interface Measurement {
  readonly measured: Measured
  readonly target: Deadline | null
  readonly due: Deadline | null
  readonly past: Past | null
}

/** `after`: where a clock that has not begun would begin; null when nobody can say. */
export function measure(time: WorkingTime, course: Course, { standards, difficulty }: Against, after: Instant | null): Measurement {
  const past = pastOf(course)
  const begin = after ?? course.runs[0]?.from ?? null
  const plan = past ?? (begin === null ? null : { ...NEVER_RAN, begin, end: begin })
  const reach = (from: Past | null, figure: (standard: Standard) => number) =>
    from === null || standards.length === 0 ? null : chained(time, from, standards, figure)
  const due = reach(plan, ({ max }) => max)
  const same = standards.every(standard => figureOf(standard, difficulty) === standard.max)
  const target = same ? due : reach(plan, standard => figureOf(standard, difficulty))
  const state: ClockState = past === null ? 'waiting' : past.over ? 'done' : past.standing ? 'paused' : 'running'
  // Only running past it is a breach: a clock that stands breaks nothing.
  const beyond = (end: Deadline | null) => end !== null && past?.running.some(({ until }) => until > end.at) === true
  const verdict: ClockVerdict = beyond(due) ? 'breached' : beyond(target) ? 'late' : 'onTime'
  const measured: Measured = {
    state,
    verdict,
    started: past?.begin ?? null,
    ended: past?.over === true ? past.end : null,
    used: past === null ? 0 : past.running.reduce((sum, { from, until }) => sum + time.between(from, until), 0),
    paused: past === null ? 0 : past.stood.reduce((sum, { from, until }) => sum + time.between(from, until), 0),
    standards,
    target: target?.at ?? null,
    due: due?.at ?? null,
    ...leftOf(time, past, past?.standing === true ? reach(atItsStop(past), ({ max }) => max) : due),
  }
  return { measured, target, due, past }
}

/** What a standing clock looked like when it stopped: what is left does not melt while it stands. */
function atItsStop(past: Past): Past {
  const last = past.running.at(-1)?.until ?? past.begin
  return { ...past, end: last, still: past.still.filter(({ until }) => until <= last) }
}

function leftOf(time: WorkingTime, past: Past | null, due: Deadline | null): Pick<Measured, 'remaining' | 'remainingDays'> {
  if (past === null || past.over || due === null) return { remaining: null, remainingDays: null }
  const at = past.standing ? atItsStop(past).end : past.end
  return { remaining: time.between(at, due.at), remainingDays: due.counted === null ? null : daysLeft(time, at, due.counted.day.n) }
}

/** Working days after that of `at` up to day `last`; below zero past it. */
function daysLeft(time: WorkingTime, at: Instant, last: number): number {
  const today = time.dayAt(at).n
  let days = 0
  for (let n = Math.min(today, last) + 1; n <= Math.max(today, last); n++) if (time.day(n).total > 0) days++
  return today <= last ? days : -days
}
