// What the stays want of the house: records, the desk's tickets, the plan and its planner, readings and their past, visits, somebody to tell.
import type { Severity } from '../domain/alarm.ts'
import type { Clock, Instant, Log } from '../domain/call.ts'
import type { Layout, PointRef } from '../domain/inventory.ts'
import type { Outcome, Together } from '../domain/outcome.ts'
import type { SentEdit } from '../domain/place.ts'
import type { Placement, PlacementRequest } from '../domain/placement.ts'
import type { By } from '../domain/signin.ts'
import type { PortChoice, ReservationView, ReservedPlace, StayView } from '../domain/stay.ts'
import type { TicketRecord } from '../domain/ticket-record.ts'

/** An alarm that is open, with what it is about. */
export interface OpenAlarm {
  /** Of Suar itself. */
  readonly code: string | null
  readonly device: string | null
  readonly point: PointRef | null
  readonly severity: Severity
  readonly since: Instant
  readonly text: { readonly id: string; readonly en: string }
}

/** Stays as they are kept. What is asked of it within `together` is one transaction. */
export interface StayBooks {
  draw(of: 'reservation' | 'stay'): Promise<number>
  reservation(id: number): Promise<ReservationView | null>
  reservations(ids: readonly number[]): Promise<readonly ReservationView[]>
  reservationsOf(ticket: string): Promise<readonly ReservationView[]>
  held(): Promise<readonly ReservationView[]>
  putReservation(reservation: ReservationView): Promise<'written' | 'changed' | { readonly taken: number }>
  stay(id: number): Promise<StayView | null>
  stays(ids: readonly number[]): Promise<readonly StayView[]>
  stayOf(ticket: string): Promise<StayView | null>
  live(): Promise<readonly StayView[]>
  putStay(stay: StayView): Promise<boolean>
}

/** Whom to tell what of a stay; the hall finds the way and the words. */
export interface StayNotice {
  /** The same however often it is made. */
  readonly id: string
  readonly kind: 'expiring' | 'expired' | 'dropped' | 'ending' | 'over'
  readonly ticket: string
  readonly until: Instant
  /** Requesters of this organisation too. */
  readonly organisation: number | null
  readonly text: string
}

export interface Reading {
  readonly value: number | null
  readonly at: Instant
}

/** One reading, or a bucket of them. */
export interface Past {
  readonly at: Instant
  readonly lowest: number | null
  readonly highest: number | null
}

/** Minutes of custody, minutes of removal, the certificate of what was wiped. */
export interface StayPaper {
  readonly kind: 'minutes' | 'removal' | 'wipe'
  readonly number: string
  readonly at: Instant
  /** By all. */
  readonly signed: boolean
}

/** A visit as evidence of who stood at the rack. */
export interface Present {
  readonly id: number
  readonly number: string
  readonly organisation: number | null
  readonly racks: readonly string[]
}

export interface StaySources {
  readonly books: StayBooks
  readonly together: Together
  append(actor: string, action: string, subject: string, detail: object): Promise<unknown>
  readonly settings: { get(key: string): Promise<unknown> }
  ticketBy(number: string): Promise<TicketRecord | null>
  /** What became of a ticket and who works on it. */
  organisation(id: number): Promise<StayView['organisation'] | null>
  layout(): Layout
  /** By the readings of now, what is reserved counted as taken. */
  placement(request: PlacementRequest): Promise<Outcome<Placement>>
  /** What of the inventory stands in those U already; null: nothing. */
  standing(rack: string, place: Pick<ReservedPlace, 'u' | 'height' | 'face'>): string | null
  /** The place changed, with what is written beside it in one transaction. */
  change(
    edits: readonly SentEdit[],
    how: { readonly over: null; readonly by: By; readonly also: () => Promise<Outcome<unknown>>; readonly from: string },
  ): Promise<Outcome<unknown>>
  /** Whether there is such a point. */
  known(ref: PointRef): boolean
  /** The last reading, while it tells of now: not older than three cycles of its point. */
  current(ref: PointRef): Reading | null
  /** Readings of a span, the earliest first: whole where there are few, in buckets else. */
  past(ref: PointRef, from: Instant, to: Instant): Promise<readonly Past[]>
  /** Ports of the switches that serve a rack: those in it, and those its rack PDUs hang on. */
  portsAt(rack: string): readonly Omit<PortChoice, 'taken'>[]
  /** Asks a device out of turn; resolves when its readings are there, or it does not answer. */
  poll(device: string): Promise<Outcome<unknown>>
  /** Visits of that organisation with somebody inside between those moments. */
  present(organisation: number, from: Instant, to: Instant): Promise<readonly Present[]>
  /** Numbers of the ticket's attachments. */
  photosOf(ticket: string): Promise<readonly number[]>
  /** Papers of the ticket that are not void, the newest first. */
  papersOf(ticket: string): Promise<readonly StayPaper[]>
  notify(notices: readonly StayNotice[]): Promise<void>
  alarm(code: string, state: { readonly severity: Severity; readonly text: { readonly id: string; readonly en: string } } | null): void
  alarmed(): readonly string[]
  /** All that stand, said in the words of the pages. */
  openAlarms(): readonly OpenAlarm[]
  readonly clock: Clock
  readonly log: Log
}
