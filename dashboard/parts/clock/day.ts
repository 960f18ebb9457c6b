// The bar of a day: what ran, what paused, what is left, as parts of the span from the first opening to the last closing. Pure.
import type { ClockLine, StepClock, TicketClock } from '../../../daemon/domain/clock.ts'
import { type Reckoned, type Urgency, urgencyOf } from './remaining.ts'

export interface Segment {
  readonly kind: 'ran' | 'now' | 'pause' | 'left' | 'closed'
  readonly urgency: Urgency
  /** Percent of the bar. */
  readonly left: number
  readonly width: number
  readonly from: number
  readonly until: number
  /** Key of the step; null of a pause or of closed hours. */
  readonly step: string | null
}

export interface DayBar {
  readonly from: number
  readonly until: number
  readonly segments: readonly Segment[]
  /** Every hour from the opening. */
  readonly ticks: readonly { readonly at: number; readonly left: number }[]
}

interface Span {
  readonly from: number
  readonly until: number
}

const HOUR = 3_600_000

type Stopped = Extract<ClockLine, { readonly kind: 'stopped' }>

/** Pauses, still open ones up to `now`. */
const pausesOf = (clock: Pick<TicketClock, 'explanation'>, now: number): readonly (Stopped & Span)[] =>
  clock.explanation.flatMap(line => (line.kind === 'stopped' ? [{ ...line, from: line.at, until: line.open ? now : (line.until ?? line.at) }] : []))

/** null when nobody works on this day. */
export function dayBar(clock: Pick<TicketClock, 'steps' | 'explanation'>, reckoned: Reckoned, now: number): DayBar | null {
  const first = reckoned.today[0]
  const last = reckoned.today.at(-1)
  if (first === undefined || last === undefined) return null
  const day: Span = { from: first.from, until: last.until }
  const place = (at: number): number => ((at - day.from) / (day.until - day.from)) * 100
  const segments: Segment[] = []
  const put = (kind: Segment['kind'], span: Span, step: string | null, urgency: Urgency = 'fine'): void => {
    for (const one of kind === 'closed' ? [day] : reckoned.today) {
      const [from, until] = [Math.max(span.from, one.from), Math.min(span.until, one.until)]
      if (until > from) segments.push({ kind, urgency, left: place(from), width: place(until) - place(from), from, until, step })
    }
  }
  const pauses = pausesOf(clock, now)
  for (const step of clock.steps) putStep(step)
  for (const one of pauses) put('pause', one, null)
  for (const [i, one] of reckoned.today.entries()) {
    const before = reckoned.today[i - 1]
    if (before !== undefined) put('closed', { from: before.until, until: one.from }, null)
  }
  const ticks: { at: number; left: number }[] = []
  for (let at = day.from; at <= day.until; at += HOUR) ticks.push({ at, left: place(at) })
  return { ...day, segments: segments.sort((a, b) => a.left - b.left), ticks }

  function putStep(step: StepClock): void {
    if (step.started === null) return
    const current = step.ended === null
    const urgency = current ? urgencyOf(reckoned, step, now) : 'fine'
    for (const part of cutOut({ from: step.started, until: step.ended ?? now }, pauses)) put(current ? 'now' : 'ran', part, step.key, urgency)
    if (step.state === 'running' && step.due !== null && step.due > now) put('left', { from: now, until: step.due }, step.key, urgency)
  }
}

/** What of a span lies in none of the pauses. */
function cutOut(span: Span, pauses: readonly Span[]): readonly Span[] {
  let parts: readonly Span[] = [span]
  for (const pause of pauses) {
    parts = parts.flatMap(part =>
      pause.until <= part.from || pause.from >= part.until
        ? [part]
        : [
            { from: part.from, until: pause.from },
            { from: pause.until, until: part.until },
          ].filter(one => one.until > one.from),
    )
  }
  return parts
}
