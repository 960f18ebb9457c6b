// Availability of a service in a month: at least 90 % of the working time (SL5, SL6). Planned maintenance is shown, never quietly taken out.
import { united } from './measure.ts'
import type { Span, WorkingTime } from './working.ts'
import { DAY, numberOf } from '../../domain/zone.ts'

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
