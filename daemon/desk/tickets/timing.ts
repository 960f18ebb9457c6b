// The clock's part in a ticket: when it counts as received, which day has room, what is promised, and from when a list calls it late.
import type { Instant } from '../../domain/call.ts'
import type { Measured, TicketClock } from '../../domain/clock.ts'
import type { Service } from '../../domain/service.ts'
import type { TicketEvent } from '../../domain/ticket.ts'
import type { Ledger, TicketRow } from '../../domain/ticket-record.ts'
import type { Calendars } from '../calendars/calendars.ts'
import { slotFor } from '../clock/capacity.ts'
import { type EscalationRule, escalations } from '../clock/escalation.ts'
import { fromTicket } from '../clock/from-ticket.ts'
import { ticketClock } from '../clock/ticket-clock.ts'
import type { WorkingTime } from '../clock/working.ts'
import { escalationKey, type TicketState, WHOLE_TICKET } from './state.ts'

export interface Reminder {
  /** Step key, or `whole`. */
  readonly step: string
  readonly before: boolean
  readonly at: Instant
}

export type Marks = Pick<TicketRow, 'soonAt' | 'lateAt' | 'breachAt' | 'checkAt'> & {
  readonly reminders: readonly Reminder[]
  readonly stepDue: Instant | null
  readonly due: Instant | null
}

export interface Timing {
  time(): WorkingTime
  received(at: Instant): Instant
  /** Local date of an instant, and its year: numbers run by it. */
  dateOf(at: Instant): string
  slot(service: Service, received: Instant, ledger: Ledger): { readonly slot: string | null; readonly day: string }
  clock(service: Service, products: readonly string[], events: readonly TicketEvent[], now: Instant): TicketClock | null
  marks(clock: TicketClock | null, state: TicketState, now: Instant): Marks
}

/** Of the whole ticket: a working day before its end, and at it. The steps remind by their own length. */
const WHOLE: readonly EscalationRule[] = [
  { key: 'whole-before', of: 'whole', amount: -1, unit: 'workday', to: 'superior' },
  { key: 'whole-after', of: 'whole', amount: 0, unit: 'minute', to: 'superior' },
  { key: 'step-after', of: 'step', amount: 0, unit: 'minute', to: 'superior' },
]
/** Share of a standard that is left when it is called soon. */
const SOON = 0.25

const NOTHING: Marks = { soonAt: null, lateAt: null, breachAt: null, checkAt: null, reminders: [], stepDue: null, due: null }
const first = (...instants: readonly (Instant | null)[]): Instant | null => {
  const some = instants.filter(at => at !== null)
  return some.length === 0 ? null : Math.min(...some)
}

export function openTiming({ calendars, key }: { readonly calendars: Pick<Calendars, 'time' | 'versions'>; readonly key: string }): Timing {
  const time = () => calendars.time(key)

  /** When a quarter of it is left: for those that stand, no moment of the future. */
  const soonOf = ({ due, used, remaining, state }: Measured): Instant | null =>
    due === null || remaining === null || state !== 'running' ? null : time().subtractWorking(due, Math.max(0, used + remaining) * SOON)

  return {
    time,
    received: at => time().nextOpen(at),
    dateOf: at => time().dayAt(at).date,
    slot(service, received, ledger) {
      const { date, reason } = slotFor(time(), service, received, (_service, day) => ledger.get(day) ?? 0)
      return { slot: reason === 'overload' ? date : null, day: date }
    },
    clock(service, products, events, now) {
      if (!events.some(({ kind }) => kind === 'submitted')) return null
      const known = calendars.versions(key).map(({ version, since }) => ({ version, since }))
      return ticketClock({
        service,
        events: fromTicket({ service, products, events, calendars: known }),
        calendar: version => calendars.time(key, version),
        now,
      })
    },
    marks(clock, state, now) {
      if (clock === null || state.endedAt !== null) return NOTHING
      const { whole } = clock
      const due = clock.agreed?.due ?? clock.promised?.due ?? whole.due
      const step = clock.steps.find(({ state: is }) => is === 'running' || is === 'paused') ?? null
      const runs = whole.state === 'running'
      // What has come to pass stays; what would come does not while the clock stands.
      const mark = (at: Instant | null): Instant | null => (at === null || (!runs && at > now) ? null : at)
      const soonStep = step === null ? null : soonOf(step)
      const reminders = [
        ...(soonStep === null || step === null ? [] : [{ step: step.key, before: true, at: soonStep }]),
        ...escalations(time(), clock, WHOLE).map(({ step: of, before, at }) => ({ step: of ?? WHOLE_TICKET, before, at })),
      ].filter(({ step: of, before }) => !state.escalated.includes(escalationKey(of, before)))
      return {
        soonAt: mark(first(soonOf(whole), soonStep)),
        lateAt: mark(first(whole.target, step?.due ?? null, due)),
        breachAt: mark(due),
        checkAt: first(...reminders.map(({ at }) => at)),
        reminders,
        stepDue: step?.due ?? null,
        due,
      }
    },
  }
}
