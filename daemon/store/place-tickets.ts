// What happened to tickets that concern a place: those that a visit is for, and those whose equipment has U of a rack.
import type { Instant } from '../domain/call.ts'
import type { Actor, TicketFact } from '../domain/ticket.ts'
import type { TicketHappened } from '../domain/timeline.ts'
import type { Db } from './schema.ts'
import { headOf } from './ticket-rows.ts'

/** Steps of a ticket that a place is told of. */
const TOLD: ReadonlySet<TicketFact['kind']> = new Set(['submitted', 'disposed', 'worked', 'rejected', 'cancelled', 'archived'])
/** Events of one window; more are beyond what anybody reads. */
const MOST = 5_000
const AT_ONCE = 500

export type PlaceTickets = ReturnType<typeof placeTickets>

export function placeTickets(db: Db) {
  /** Questions of a bounded size. */
  async function inParts<T, R>(all: readonly T[], ask: (some: readonly T[]) => Promise<readonly R[]>): Promise<readonly R[]> {
    const found: R[] = []
    for (let i = 0; i < all.length; i += AT_ONCE) found.push(...(await ask(all.slice(i, i + AT_ONCE))))
    return found
  }
  const visitsOf = async (tickets: readonly number[]) =>
    Map.groupBy(
      await inParts(tickets, some => db.selectFrom('visits').select(['id', 'ticket']).where('ticket', 'in', some).execute()),
      ({ ticket }) => ticket,
    )
  const racksOf = async (numbers: readonly string[]) =>
    Map.groupBy(
      await inParts(numbers, some => db.selectFrom('reservations').select(['ticket', 'rack']).distinct().where('ticket', 'in', some).execute()),
      ({ ticket }) => ticket,
    )

  return {
    /** Oldest first. */
    async between(from: Instant, to: Instant): Promise<readonly TicketHappened[]> {
      const rows = await db
        .selectFrom('ticket_events')
        .innerJoin('tickets', 'tickets.id', 'ticket_events.ticket')
        .select(['ticket', 'ticket_events.seq', 'at', 'actor', 'fact', 'number', 'head', 'soon_at', 'late_at', 'breach_at'])
        .where('number', 'is not', null)
        .where('changed_at', '>=', from)
        .where('at', '>=', from)
        .where('at', '<=', to)
        .orderBy('at', 'desc')
        .limit(MOST)
        .execute()
      const events = rows
        .toReversed()
        .map(({ seq, at, actor, fact, ...row }) => ({
          ...row,
          event: { ...(JSON.parse(fact) as TicketFact), seq, at, by: JSON.parse(actor) as Actor },
        }))
        .filter(({ event }) => TOLD.has(event.kind))
      const visits = await visitsOf([...new Set(events.map(({ ticket }) => ticket))])
      const racks = await racksOf([...new Set(events.map(({ number }) => number ?? ''))])
      return events.flatMap(({ ticket, number, event, ...row }) => {
        const [at, stands] = [visits.get(ticket) ?? [], racks.get(number ?? '') ?? []]
        if (at.length === 0 && stands.length === 0) return []
        const { title, organisationName } = headOf(row, event.at)
        return {
          number: number ?? '',
          title,
          organisation: organisationName,
          event,
          visits: at.map(({ id }) => id),
          racks: stands.map(({ rack }) => rack),
        }
      })
    },
  }
}
