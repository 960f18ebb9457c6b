// The room of stays: how one is brought to the table, written as one with the trail, and told to whoever follows.
import { openListeners } from '../domain/listeners.ts'
import { done, type Outcome, refused } from '../domain/outcome.ts'
import { throughOf } from '../domain/people.ts'
import { type ReservationView, type StayItemView, type StayView, stateOfStay } from '../domain/stay.ts'
import type { TicketRecord } from '../domain/ticket-record.ts'
import { type AskedStay, answersOf, askedOf, asksForPlace } from './asked.ts'
import { WHY } from './reasons.ts'
import type { StaySources } from './sources.ts'

/** Who does it: somebody signed in, or the daemon itself. */
export type Doer = {
  readonly name: string
  readonly account: number | null
  readonly via?: 'session' | 'token'
  readonly token?: string
} | null

/** What was touched, to be told when it is over. */
export interface Told {
  readonly reservations: Set<number>
  readonly stays: Set<number>
}

export interface Table {
  readonly record: TicketRecord
  readonly asked: AskedStay
  /** As it is kept, or as the form asks for it (revision 0). */
  readonly stay: StayView
}

export interface StayRoom {
  readonly sources: StaySources
  readonly zone: () => string
  onChange(listener: (of: Told) => void): () => void
  /** One after the other: what fits is judged by what the one before left. Never asked within a unit of work. */
  inTurn<T>(work: () => Promise<T>): Promise<T>
  /** One transaction; who follows is told when it is over. */
  whole<T>(work: (told: Told) => Promise<Outcome<T>>): Promise<Outcome<T>>
  /** For what is written with another's transaction. */
  tell(told: Told): void
  load(ticket: string): Promise<Outcome<Table>>
  /** Within `whole`. */
  writeStay(stay: StayView, told: Told): Promise<Outcome<StayView>>
  writeReservation(reservation: ReservationView, told: Told): Promise<Outcome<ReservationView>>
  note(by: Doer, action: string, subject: string, detail: object): Promise<void>
}

/** A stay that was taken over from before there were tickets has none. */
export const isTicket = (ticket: string): boolean => ticket.startsWith('T-')

const nothingTold = (): Told => ({ reservations: new Set(), stays: new Set() })

/** The stay with these pieces in place of those it had. */
export const withItems = (stay: StayView, changed: readonly StayItemView[]): StayView => {
  const items = stay.items.map(item => changed.find(({ id }) => id === item.id) ?? item)
  return { ...stay, items, state: stateOfStay(items) }
}

export function openRoom(sources: StaySources): StayRoom {
  const { books, together, append, layout, log } = sources
  const { tell: tellAll, onChange } = openListeners<[of: Told]>(log)
  const tell = (told: Told) => {
    if (told.reservations.size + told.stays.size > 0) tellAll(told)
  }
  let last: Promise<unknown> = Promise.resolve()
  const zone = () => layout().site.timezone

  return {
    sources,
    zone,
    tell,
    onChange,
    inTurn(work) {
      const mine = last.then(work, work)
      last = mine.catch(() => undefined)
      return mine
    },
    async whole(work) {
      const told = nothingTold()
      const written = await together(() => work(told))
      if (written.ok) tell(told)
      return written
    },
    async load(ticket) {
      const record = await sources.ticketBy(ticket)
      if (record === null) return refused('notFound', WHY.noTicket(ticket))
      const answers = answersOf(record)
      if (!asksForPlace(answers)) return refused('notFound', WHY.noTicket(ticket))
      const asked = askedOf(answers, layout())
      const organisation = await sources.organisation(record.frame.organisation)
      if (organisation === null) return refused('notFound', WHY.noTicket(ticket))
      const kept = await books.stayOf(ticket)
      const stay: StayView = kept ?? {
        id: 0,
        ticket,
        organisation,
        state: 'asked',
        items: asked.items,
        unlisted: [],
        from: null,
        until: null,
        minutes: { in: null, out: null },
        revision: 0,
      }
      return done({ record, asked, stay })
    },
    async writeStay(stay, told) {
      const next = { ...stay, revision: stay.revision + 1, ...(stay.revision === 0 ? { id: await books.draw('stay') } : {}) }
      if (!(await books.putStay(next))) return refused('conflict', WHY.changed)
      told.stays.add(next.id)
      return done(next)
    },
    async writeReservation(reservation, told) {
      const next = { ...reservation, revision: reservation.revision + 1 }
      const written = await books.putReservation(next)
      if (written === 'changed') return refused('conflict', WHY.changed)
      if (written !== 'written') {
        const other = await books.reservation(written.taken)
        return refused('conflict', other === null ? WHY.changed : WHY.taken(other, zone()))
      }
      told.reservations.add(next.id)
      return done(next)
    },
    async note(by, action, subject, detail) {
      await append(by?.name ?? 'Suar', action, subject, { ...(by === null ? {} : { account: by.account, ...throughOf(by) }), ...detail })
    },
  }
}
