// Availability of a service in a month: at least 90 % of the working time (SL5, SL6). Planned maintenance is shown, never quietly taken out.
import type { Instant } from '../../domain/call.ts'
import type { MonthAvailability } from '../../domain/outage.ts'
import { DAY, numberOf } from '../../domain/zone.ts'
import { united } from './measure.ts'
import type { Span, WorkingTime } from './working.ts'

export interface Availability {
  /** Milliseconds of working time in the span. */
  readonly working: number
  /** Of these it was down, planned or not. */
  readonly down: number
  /** Of `down`, within planned maintenance. */
  readonly planned: number
  /** (working − down) ÷ working; 1 where there was no working time. */
  readonly share: number
  /** The same with only what was not planned. */
  readonly shareWithoutPlanned: number
  /** Milliseconds it may be down and still keep the promise. */
  readonly allowed: number
  readonly kept: boolean
}

const common = (a: readonly Span[], b: readonly Span[]): Span[] =>
  a
    .flatMap(one => b.map(other => ({ from: Math.max(one.from, other.from), until: Math.min(one.until, other.until) })))
    .filter(({ from, until }) => from < until)

/** When all of several were down at once: a service stands as long as one of its alternatives does. */
export const allAtOnce = (each: readonly (readonly Span[])[]): Span[] =>
  each.map(spans => united(spans)).reduce((down, spans) => common(down, spans), [{ from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY }])

/** `promise` as a share: 0.9. Intervals may overlap and reach beyond the span. */
export function availability(time: WorkingTime, span: Span, down: readonly Span[], planned: readonly Span[], promise = 0.9): Availability {
  const sum = (spans: readonly Span[]) => spans.reduce((total, { from, until }) => total + time.between(from, until), 0)
  const working = time.between(span.from, span.until)
  const broken = common(united(down), [span])
  const lost = sum(broken)
  const meant = sum(common(broken, united(planned)))
  const share = (gone: number) => (working === 0 ? 1 : (working - gone) / working)
  const allowed = Math.round(working * (1 - promise))
  return { working, down: lost, planned: meant, share: share(lost), shareWithoutPlanned: share(lost - meant), allowed, kept: lost <= allowed }
}

/** A local month, `2026-11`, as instants. */
export function monthSpan(time: WorkingTime, month: string): Span {
  const first = numberOf(`${month}-01`)
  const next = new Date(`${month}-01T00:00:00Z`)
  next.setUTCMonth(next.getUTCMonth() + 1)
  return { from: time.midnight(first), until: time.midnight(next.getTime() / DAY) }
}

export interface MonthAsked {
  readonly down: readonly Span[]
  readonly planned: readonly Span[]
  /** Percent; null: nothing is promised. */
  readonly guaranteed: number | null
  /** What happened before is not known. */
  readonly since: Instant
  readonly now: Instant
}

/** Of a month that is not over what there is of it, against what the promise leaves of all of it; null: none of its working time is known yet. */
export function monthAvailability(time: WorkingTime, month: string, { down, planned, guaranteed, since, now }: MonthAsked): MonthAvailability | null {
  const whole = monthSpan(time, month)
  const seen = { from: Math.max(whole.from, since), until: Math.min(whole.until, now) }
  if (seen.from >= seen.until || time.between(seen.from, seen.until) === 0) return null
  const promise = (guaranteed ?? 100) / 100
  const { allowed: _, kept: __, ...so } = availability(time, seen, down, planned, promise)
  const { allowed } = availability(time, { from: seen.from, until: whole.until }, [], [], promise)
  return {
    month,
    running: now < whole.until,
    ...so,
    allowed: guaranteed === null ? null : allowed,
    kept: guaranteed === null ? null : so.down <= allowed,
  }
}

/** The month of a moment and those before it, newest first. */
export function monthsBefore(time: WorkingTime, at: Instant, count: number): string[] {
  const [year = 0, month = 0] = time.dayAt(at).date.split('-').map(Number)
  return Array.from({ length: count }, (_, i) => new Date(Date.UTC(year, month - 1 - i, 1)).toISOString().slice(0, 7))
}
