// Reads a ticket's own events as the clock's: which step begins and ends with what, and what makes it stand.
import type { Instant } from '../../domain/call.ts'
import type { Service, StepKind } from '../../domain/service.ts'
import type { TicketEvent, TicketFact } from '../../domain/ticket.ts'
import type { ClockEvent, ClockFact } from './event.ts'

/** What ends a step of which kind. */
const ENDS: Readonly<Partial<Record<TicketFact['kind'], readonly StepKind[]>>> = {
  verified: ['verify'],
  disposed: ['dispose', 'order'],
  worked: ['work'],
  reported: ['report'],
  archived: ['archive'],
}

export interface TicketPast {
  readonly service: Pick<Service, 'steps' | 'phases'>
  /** Keys of the products asked for, where its events do not say. */
  readonly products: readonly string[]
  readonly events: readonly TicketEvent[]
  /** Versions of the desk's calendar with the instant each came into force, oldest first. */
  readonly calendars: readonly { readonly version: number; readonly since: Instant }[]
}

/** The clock's events of a ticket. A draft, not handed in yet, has none. */
export function fromTicket({ service, products, events, calendars }: TicketPast): ClockEvent[] {
  const made: ClockEvent[] = []
  const steps = service.steps
  let at = -1
  let chosen = products
  let minutes: number | null = null
  let withRequester = false
  let paused = false
  const say = (when: Instant, fact: ClockFact) => made.push({ ...fact, at: when })
  const enter = (when: Instant, index: number) => {
    at = index
    const step = steps[index]
    if (step !== undefined) say(when, { kind: 'stepStarted', step: step.key })
  }
  const leave = (when: Instant) => {
    const step = steps[at]
    if (step !== undefined) say(when, { kind: 'stepDone', step: step.key })
  }
  /** Ends the next step of one of these kinds; what was passed over in between is done as well. */
  const finish = (when: Instant, fits: (index: number) => boolean) => {
    const found = steps.findIndex((_, index) => index >= at && fits(index))
    if (found < 0) return
    leave(when)
    while (at < found) {
      enter(when, at + 1)
      leave(when)
    }
    enter(when, found + 1)
  }

  const inForce = (when: Instant): number => (calendars.findLast(({ since }) => since <= when) ?? calendars[0])?.version ?? 1
  for (const event of events) {
    const when = event.at
    switch (event.kind) {
      case 'submitted': {
        say(when, { kind: 'received', received: event.received, slot: event.slot, calendar: inForce(when) })
        say(when, { kind: 'productsChosen', products: chosen })
        // Handing in is the requester's own step, and over with it.
        const submit = steps.findIndex(({ kind }) => kind === 'submit')
        if (submit >= 0) {
          enter(when, submit)
          leave(when)
        }
        enter(when, submit + 1)
        break
      }
      case 'disposed': {
        const kinds = ENDS.disposed
        finish(
          when,
          index =>
            steps[index]?.key === event.step ||
            (steps.every(({ key }) => key !== event.step) && kinds?.includes(steps[index]?.kind ?? 'submit') === true),
        )
        break
      }
      case 'verified':
      case 'worked':
      case 'reported':
        finish(when, index => ENDS[event.kind]?.includes(steps[index]?.kind ?? 'submit') === true)
        break
      case 'minuted':
        minutes = event.document
        break
      case 'document':
        if (event.document !== minutes) break
        // While they lie with the requester to be signed, the clock stands as it does for everything else he owes.
        // Of a ticket that is paused it stands already, and goes on standing when they are back.
        if (!paused && event.state === 'sent' && !withRequester) say(when, { kind: 'paused', reason: 'requester', note: '' })
        else if (!paused && event.state !== 'sent' && withRequester) say(when, { kind: 'resumed' })
        withRequester = event.state === 'sent'
        // Minutes are done when they came back signed by all.
        if (event.state === 'returned' && steps[at]?.kind === 'minutes') finish(when, index => index === at)
        break
      case 'amended':
        if (event.products === undefined) break
        chosen = event.products
        if (at >= 0) say(when, { kind: 'productsChosen', products: chosen })
        break
      case 'urgent': {
        // Straight to the work; the dispositions it went past are made up for later, on nobody's clock.
        const work = steps.findIndex(({ kind }) => kind === 'work')
        if (work <= at) break
        leave(when)
        enter(when, work)
        break
      }
      case 'archived':
        finish(when, index => steps[index]?.kind === 'archive')
        leave(when)
        say(when, { kind: 'ended', how: 'closed' })
        break
      case 'sentBack': {
        const back = steps.findIndex(({ key }) => key === event.step)
        if (back < 0 || back >= at) break
        leave(when)
        enter(when, back)
        break
      }
      case 'returned':
        say(when, { kind: 'paused', reason: 'requester', note: event.reason })
        break
      case 'paused':
        paused = true
        say(when, { kind: 'paused', reason: event.reason, note: event.note })
        break
      case 'resumed':
        paused = false
        say(when, withRequester ? { kind: 'paused', reason: 'requester', note: '' } : { kind: 'resumed' })
        break
      case 'resubmitted':
        say(when, { kind: 'resumed' })
        break
      case 'phase': {
        const side = service.phases.find(({ key }) => key === event.phase)?.side ?? 'house'
        say(when, { kind: 'phase', phase: event.phase, side })
        break
      }
      case 'difficulty':
        say(when, { kind: 'difficulty', level: event.level })
        break
      case 'promised':
        say(when, { kind: 'promised', due: event.due })
        break
      case 'agreed':
        say(when, { kind: 'agreed', due: event.due, reason: event.reason, signer: event.signer })
        break
      case 'rejected':
      case 'cancelled':
      case 'merged':
        say(when, { kind: 'ended', how: event.kind })
        break
      default:
        break
    }
  }
  return withCalendars(made, calendars)
}

/** Puts the changes of the calendar in their places; the one it was received under is told already. */
function withCalendars(events: readonly ClockEvent[], calendars: TicketPast['calendars']): ClockEvent[] {
  const received = events.find(({ kind }) => kind === 'received')
  if (received === undefined) return [...events]
  const row = [...events]
  for (const { version, since } of calendars) {
    if (since <= received.at) continue
    const place = row.findIndex(({ at }) => at > since)
    row.splice(place < 0 ? row.length : place, 0, { kind: 'calendarChanged', version, at: since })
  }
  return row
}
