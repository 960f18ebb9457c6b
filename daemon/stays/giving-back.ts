// Places given back: by hand, when their time is over, and with the ticket they were kept for.
import { done, type Outcome } from '../domain/outcome.ts'
import type { ReservationView, StayItemView } from '../domain/stay.ts'
import type { TicketEvent } from '../domain/ticket.ts'
import type { TicketWrite } from '../domain/ticket-record.ts'
import type { Doer, StayRoom, Told } from './room.ts'
import { withItems } from './room.ts'

/** Of a ticket that came to nothing. One that is closed goes on as a stay. */
const ENDINGS: ReadonlySet<string> = new Set(['rejected', 'cancelled', 'merged'])

export const isOver = (events: readonly TicketEvent[]): boolean => events.some(({ kind }) => ENDINGS.has(kind))

/** What has come already stays in the house and waits for another place; what stands stays where it is. */
const freed = (item: StayItemView): StayItemView =>
  item.state === 'inCustody' ? { ...item, reservation: null } : { ...item, state: 'asked', rack: null, u: null, face: null, reservation: null }

/** As it is without that piece; with the last one it ends as `end` says, and still tells which place it was. */
export function without(reservation: ReservationView, { id, agreed, weight }: StayItemView, end: 'used' | 'released'): ReservationView {
  const places = reservation.places.filter(({ item }) => item !== id)
  const last = places.length === 0
  return {
    ...reservation,
    places: last ? reservation.places : places,
    state: last ? end : 'held',
    watts: Math.max(0, reservation.watts - agreed),
    weight: Math.max(0, reservation.weight - weight),
  }
}

export interface GivenBack {
  readonly state: 'released' | 'expired'
  readonly reason: string | null
  readonly by: Doer
}

export type GivingBack = ReturnType<typeof openGivingBack>

export function openGivingBack(room: StayRoom) {
  const { books, layout, notify } = room.sources

  /** Their pieces are asked for again. Within `whole`. */
  async function giveBack(reservation: ReservationView, { state, reason, by }: GivenBack, told: Told): Promise<Outcome<ReservationView>> {
    const written = await room.writeReservation({ ...reservation, state, reason: reason ?? reservation.reason }, told)
    if (!written.ok) return written
    const stay = await books.stayOf(reservation.ticket)
    if (stay !== null) {
      const next = await room.writeStay(withItems(stay, stay.items.filter(item => item.reservation === reservation.id).map(freed)), told)
      if (!next.ok) return next
    }
    await room.note(by, state === 'released' ? 'stay.release' : 'stay.expire', reservation.ticket, { reservation: reservation.id, reason })
    return written
  }

  const notice = ({ id, ticket, expiresAt, rack }: ReservationView, kind: 'expiring' | 'expired' | 'dropped') => ({
    id: `reservation-${id}-${kind}-${expiresAt}`,
    kind,
    ticket,
    until: expiresAt,
    organisation: null,
    text: layout().racks.find(one => one.id === rack)?.name ?? rack,
  })

  /** The ticket came to nothing: what was kept for it is free, what never came never will. Within `whole`. */
  async function drop(ticket: string, by: Doer, reason: string | null, told: Told): Promise<Outcome<void>> {
    for (const reservation of await books.reservationsOf(ticket)) {
      if (reservation.state !== 'held') continue
      const given = await giveBack(reservation, { state: 'released', reason, by }, told)
      if (!given.ok) return given
      await notify([notice(reservation, 'dropped')])
    }
    const stay = await books.stayOf(ticket)
    const never = stay?.items.filter(item => item.state === 'asked' && item.in === null) ?? []
    if (stay === null || never.length === 0) return done(undefined)
    const next = await room.writeStay(
      withItems(
        stay,
        never.map((item): StayItemView => ({ ...item, state: 'gone' })),
      ),
      told,
    )
    if (!next.ok) return next
    await room.note(by, 'stay.drop', ticket, { stay: stay.id, items: never.map(({ id }) => id), reason })
    return done(undefined)
  }

  return {
    giveBack,
    notice,
    drop,
    /** Within the transaction of a ticket's commit. */
    async follow({ frame, events }: Pick<TicketWrite, 'frame' | 'events'>, told: Told): Promise<Outcome<void>> {
      const ending = events.find(({ kind }) => ENDINGS.has(kind))
      if (frame.number === null || ending === undefined) return done(undefined)
      return await drop(frame.number, ending.by, 'reason' in ending ? ending.reason : null, told)
    },
  }
}
