// What the visits want of the house: records, people, the layout, the trail, somebody to tell, and a key.
import type { Severity } from '../domain/alarm.ts'
import type { Clock, Instant, Log } from '../domain/call.ts'
import type { Layout } from '../domain/inventory.ts'
import type { Together } from '../domain/outcome.ts'
import type { TicketRecord } from '../domain/ticket-record.ts'
import type { VisitState } from '../domain/visit.ts'
import type { Badge, Block, Freeze, Pass, Review, VisitEvent, VisitRecord } from '../domain/visit-record.ts'
import type { Mark } from './identity.ts'

/** Visits as they are kept. What is asked of it within `together` is one transaction. */
export interface VisitBooks {
  draw(year: number): Promise<number>
  find(id: number): Promise<VisitRecord | null>
  some(ids: readonly number[]): Promise<readonly VisitRecord[]>
  ofTicket(ticket: number): Promise<VisitRecord | null>
  page(query: {
    readonly from?: Instant | undefined
    readonly until?: Instant | undefined
    readonly states?: readonly VisitState[] | undefined
    readonly site?: string | undefined
    readonly organisations?: readonly number[] | undefined
    readonly limit: number
  }): Promise<readonly VisitRecord[]>
  live(): Promise<readonly VisitRecord[]>
  owing(before: Instant): Promise<readonly VisitRecord[]>
  ripe(before: Instant, limit: number): Promise<readonly VisitRecord[]>
  put(visit: VisitRecord): Promise<boolean>
  note(visit: number, event: Omit<VisitEvent, 'seq'>): Promise<void>
  trace(visit: number): Promise<readonly VisitEvent[]>
  forgetTrace(visit: number): Promise<void>
  forgetMailings(visit: number): Promise<void>
  setCodes(visit: number, codes: readonly { readonly hash: string; readonly visitor: number }[]): Promise<void>
  codes(visits: readonly number[]): Promise<readonly { readonly hash: string; readonly visit: number; readonly visitor: number }[]>
  byCode(hash: string): Promise<{ readonly visit: number; readonly visitor: number } | null>
  enter(pass: Omit<Pass, 'id' | 'outAt' | 'outBy'>): Promise<void>
  leave(visit: number, visitor: number, at: Instant, by: string): Promise<boolean>
  passes(from: Instant, until: Instant, limit: number): Promise<readonly Pass[]>
  passesOf(visit: number): Promise<readonly Pass[]>
  answered(client: string): Promise<unknown>
  answer(client: string, at: Instant, answer: unknown): Promise<void>
  forgetAnswers(before: Instant): Promise<void>
  markIdentities(marks: readonly (Mark & { readonly ticket: number })[], at: Instant): Promise<void>
  identities(ticket: number): Promise<readonly Mark[]>
  forgetIdentities(of: { readonly ticket: number } | { readonly before: Instant }): Promise<void>
}

export interface BadgeBooks {
  badges(): Promise<readonly Badge[]>
  badge(id: number): Promise<Badge | null>
  byCard(card: string): Promise<Badge | null>
  putBadge(badge: Badge): Promise<Badge | null>
  blocks(): Promise<readonly Block[]>
  addBlock(block: Omit<Block, 'id' | 'goneAt'>): Promise<Block>
  liftBlock(id: number, at: Instant): Promise<Block | null>
  freezes(): Promise<readonly Freeze[]>
  addFreeze(freeze: Omit<Freeze, 'id' | 'goneAt'>): Promise<Freeze>
  liftFreeze(id: number, at: Instant): Promise<Freeze | null>
  reviews(limit: number): Promise<readonly Review[]>
  addReview(review: Omit<Review, 'id'>): Promise<Review>
}

/** Somebody of the house who may walk with guests. */
export interface Staff {
  readonly person: number
  readonly name: string
}

/** Whom to tell what of a visit; the hall finds the way and the words. */
export interface VisitNotice {
  /** The same however often it is made. */
  readonly id: string
  readonly kind: 'approved' | 'refused' | 'changed' | 'cancelled' | 'escort' | 'overstay' | 'owed' | 'dormant' | 'review'
  readonly person: number
  readonly visit: Pick<VisitRecord, 'id' | 'number' | 'from' | 'until' | 'purpose'> | null
  readonly ticket: string | null
  /** What more there is to say: codes of each person, a reason. */
  readonly text: string
}

export interface VisitSources {
  readonly visits: VisitBooks
  readonly badges: BadgeBooks
  readonly together: Together
  append(actor: string, action: string, subject: string, detail: object): Promise<unknown>
  readonly settings: { get(key: string): Promise<unknown>; set(key: string, value: unknown): Promise<void> }
  ticket(id: number): Promise<TicketRecord | null>
  ticketBy(number: string): Promise<TicketRecord | null>
  /** Takes visitors out of what a ticket keeps of its answers; papers of them that nobody signed are set anew when they are asked for. How many each. */
  forgetPeople(ticket: number): Promise<{ readonly answers: number; readonly papers: number }>
  organisation(id: number): Promise<{ readonly id: number; readonly name: string } | null>
  /** Short names of these, as the inventory calls tenants. */
  shorts(organisations: readonly number[]): Promise<readonly string[]>
  /** Those who may escort: the house's own staff at that moment. */
  staff(at: Instant): Promise<readonly Staff[]>
  layout(): Layout
  /** Working time from an instant on, ms: what is owed is owed within it. */
  workdayAfter(at: Instant): Instant
  /** Queued within the transaction that is open. */
  notify(notices: readonly VisitNotice[]): Promise<void>
  alarm(code: string, state: { readonly severity: Severity; readonly text: { readonly id: string; readonly en: string } } | null): void
  /** Codes of the alarms of visits that are open. */
  alarmed(): readonly string[]
  /** 32 octets, the same for ever. */
  readonly key: Uint8Array
  readonly clock: Clock
  readonly log: Log
}
