// The clock of a ticket, worked out afresh each time it is looked at: from its service, its events and the calendars in force. Nothing is stored.
import type { Instant } from '../../domain/call.ts'
import type { PhaseClock, StepClock, TicketClock } from '../../domain/clock.ts'
import type { Service, Step } from '../../domain/service.ts'
import type { Difficulty, Standard } from '../../domain/standard.ts'
import { numberOf } from '../../domain/zone.ts'
import type { ClockEvent } from './event.ts'
import { type CalendarMove, explain } from './explain.ts'
import { type History, historyOf, type Run, startingAt, versionAt } from './history.ts'
import { measure } from './measure.ts'
import { productStandards } from './products.ts'
import type { WorkingTime } from './working.ts'

export interface ClockQuestion {
  readonly service: Pick<Service, 'steps' | 'products' | 'phases'>
  readonly events: readonly ClockEvent[]
  /** The desk's calendar by version; of a version that is gone the newest there is. */
  calendar(version: number | null): WorkingTime
  readonly now: Instant
}

/** The requester's own steps run on nobody's clock. */
const REQUESTER = 'requester'

/** When a ticket's clocks may begin: at the opening of the day it has room on, else when it was received. */
function startOf({ received }: History, time: WorkingTime): Instant | null {
  if (received === null) return null
  if (received.slot === null) return received.received
  const opens = time.dayFrom(numberOf(received.slot)).open[0]?.from
  return Math.max(received.received, opens ?? received.received)
}

export function ticketClock({ service, events, calendar, now: asked }: ClockQuestion): TicketClock {
  const history = historyOf(events)
  const now = Math.max(asked, history.last)
  // What is over is judged by the calendar of its end; what runs, by the newest.
  const timeAt = (at: Instant): WorkingTime => calendar(versionAt(history, at))
  const closed = history.ended?.at ?? now
  const time = timeAt(closed)
  const start = startOf(history, time)
  const difficulty = history.difficulty?.level ?? null
  const products = productStandards(service, history.products, time, start)
  const { standards } = products

  const wholeRuns: Run[] = start === null ? [] : startingAt([{ from: start, until: history.ended?.at ?? null }], start)
  const course = (runs: readonly Run[]) => ({ runs, stops: history.stops, now })
  const whole = measure(time, course(wholeRuns), { standards, difficulty }, null)

  let after: Instant | null = start
  const steps = service.steps.map((step): StepClock => {
    const runs = start === null ? [] : startingAt(history.steps.get(step.key) ?? [], start)
    const ended = runs.at(-1)?.until ?? null
    const own = timeAt(ended ?? closed)
    const against = { standards: step.owner === REQUESTER ? [] : standardsOf(step, standards), difficulty }
    const { measured } = measure(own, course(runs), against, runs.length === 0 && history.ended === null ? after : null)
    after = measured.ended ?? (measured.due === null ? after : Math.max(measured.due, now))
    return { key: step.key, owner: step.owner, ...measured }
  })

  const phases = service.phases.map((phase): PhaseClock => {
    const runs = start === null ? [] : startingAt(history.phases.get(phase.key)?.runs ?? [], start)
    const standard = service.products.find(({ key }) => key === phase.product)?.standard
    const own = timeAt(runs.at(-1)?.until ?? closed)
    // A phase of the other side is not measured by the stop that it is itself.
    const stops = phase.side === 'house' ? history.stops : history.stops.filter(({ reason }) => reason !== 'phase')
    const against = { standards: standard === undefined || phase.side !== 'house' ? [] : [standard], difficulty }
    return { key: phase.key, side: phase.side, ...measure(own, { runs, stops, now }, against, null).measured }
  })

  const { agreed } = history
  const breached = whole.measured.verdict === 'breached'
  return {
    steps,
    phases,
    whole: {
      ...whole.measured,
      submitted: history.received?.at ?? null,
      received: history.received?.received ?? null,
      slot: history.received?.slot ?? null,
    },
    promised: history.promised,
    agreed:
      agreed === null
        ? null
        : { due: agreed.due, at: agreed.at, reason: agreed.reason, signer: agreed.signer, kept: kept(agreed.due, history.ended?.at ?? null, now) },
    needsAgreement: breached && history.ended === null && (agreed === null || agreed.due < now),
    slowest: slowest(steps, service.steps, timeAt(closed)),
    calendar: { key: time.calendar.key, version: time.version, timezone: time.calendar.timezone },
    explanation:
      start === null
        ? []
        : explain({ history, whole, products, time, start, now, moves: moves(history, wholeRuns, calendar, { standards, difficulty }, now) }),
  }
}

/** The work step takes the standard of the products; every other its own or none. */
const standardsOf = (step: Step, ofProducts: readonly Standard[]): readonly Standard[] => {
  if (step.standard !== null) return [step.standard]
  return step.kind === 'work' ? ofProducts : []
}

const kept = (due: Instant, ended: Instant | null, now: Instant): boolean | null => {
  if (ended !== null) return ended <= due
  return now > due ? false : null
}

function slowest(clocks: readonly StepClock[], steps: readonly Step[], time: WorkingTime): TicketClock['slowest'] {
  let worst: { step: string; over: number } | null = null
  for (const [i, clock] of clocks.entries()) {
    if (clock.due === null || clock.verdict !== 'breached' || steps[i]?.owner === REQUESTER) continue
    const over = clock.remaining === null ? time.between(clock.due, clock.ended ?? clock.due) : -clock.remaining
    if (worst === null || over > worst.over) worst = { step: clock.key, over }
  }
  return worst
}

/** What each change of the calendar did to the deadline: the same past, reckoned by the version before and after. */
function moves(
  { calendars, stops }: History,
  runs: readonly Run[],
  calendar: ClockQuestion['calendar'],
  against: { readonly standards: readonly Standard[]; readonly difficulty: Difficulty | null },
  now: Instant,
): CalendarMove[] {
  const dueBy = (version: number) => measure(calendar(version), { runs, stops, now }, against, null).measured.due
  return calendars.slice(1).flatMap(({ at, version }, i) => {
    const before = dueBy(calendars[i]?.version ?? version)
    const after = dueBy(version)
    return before === null || after === null || before === after ? [] : [{ at, version, before, after }]
  })
}
