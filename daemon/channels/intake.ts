// The door through which every message goes to the desk: each once, none lost, and no flood.
import type { Clock, Instant } from '../domain/call.ts'
import { because, type HeldWhy, heldNote, heldWhy } from '../domain/channel-trouble.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { Delivered, Desk, Incoming, Source } from './incoming.ts'

export interface MessageRow {
  readonly source: string
  readonly externalId: string
  readonly sender: string
  readonly subject: string
  readonly at: Instant
  readonly state: 'delivered' | 'ignored' | 'held' | 'released' | 'failed'
  readonly ticket: string | null
  readonly messageId: string | null
  readonly place: string | null
  readonly note: string
}

/** What the intake wants of the records. */
export interface MessageBook {
  find(source: string, externalId: string): Promise<MessageRow | null>
  record(message: MessageRow): Promise<void>
  countSince(source: string, sender: string, since: Instant): Promise<number>
}

export type Taken =
  | { readonly what: 'delivered'; readonly ticket: string; readonly created: boolean; readonly before: boolean }
  | { readonly what: 'ignored' | 'held' | 'failed'; readonly why: HeldWhy }

export interface Intake {
  /**
   * Hands a message over, unless it was before. A failure is always worth another try later: what will never be taken is recorded as `failed`
   * and told as an outcome. `place`: where a held one can be found again.
   */
  take(incoming: Incoming, place?: string | null): Promise<Outcome<Taken>>
  /** Remembers a message that is not for the desk. */
  ignore(source: Source, externalId: string, sender: string, subject: string, why: string): Promise<void>
}

export interface IntakeOptions {
  readonly book: MessageBook
  readonly desk: Pick<Desk, 'deliver'>
  readonly clock: Clock
  /** Messages of one sender within an hour; more are held until a person lets them through. */
  readonly perHour: number
}

const HOUR = 3_600_000

export function openIntake({ book, desk, clock, perHour }: IntakeOptions): Intake {
  const rowOf = (incoming: Incoming, state: MessageRow['state'], more: Partial<MessageRow> = {}): MessageRow => ({
    source: incoming.source,
    externalId: incoming.externalId,
    sender: incoming.from.address,
    subject: incoming.subject,
    at: incoming.receivedAt,
    state,
    ticket: null,
    messageId: incoming.messageId,
    place: null,
    note: '',
    ...more,
  })

  return {
    async take(incoming, place = null) {
      const known = await book.find(incoming.source, incoming.externalId)
      if (known?.state === 'delivered' && known.ticket !== null)
        return done({ what: 'delivered', ticket: known.ticket, created: false, before: true })
      // The server may have dealt all numbers anew since: it is let through from where it lies now.
      if ((known?.state === 'held' || known?.state === 'failed') && place !== null && place !== known.place) await book.record({ ...known, place })
      if (known?.state === 'held' || known?.state === 'ignored' || known?.state === 'failed')
        return done({ what: known.state, why: heldWhy(known.note) })
      if (known?.state !== 'released') {
        const count = await book.countSince(incoming.source, incoming.from.address, clock() - HOUR)
        if (count >= perHour) {
          const why: HeldWhy = { code: 'tooMany', most: perHour, sender: incoming.from.address }
          await book.record(rowOf(incoming, 'held', { place, note: heldNote(why) }))
          return done({ what: 'held', why })
        }
      }
      const delivered: Outcome<Delivered> = await desk.deliver(incoming)
      if (delivered.ok) {
        // The desk has noted it with the ticket; where it has not, this is the next best.
        await book.record(rowOf(incoming, 'delivered', { ticket: delivered.value.ticket }))
        return done({ what: 'delivered', ...delivered.value, before: false })
      }
      const { failure } = delivered
      if (failure.retry) return failed(failure.kind, failure.message, true)
      // Somebody else brought the same in the meantime.
      const meanwhile = await book.find(incoming.source, incoming.externalId)
      if (meanwhile?.state === 'delivered' && meanwhile.ticket !== null)
        return done({ what: 'delivered', ticket: meanwhile.ticket, created: false, before: true })
      const why: HeldWhy = { code: 'refused', because: because(failure) }
      await book.record(rowOf(incoming, 'failed', { place, note: heldNote(why) }))
      return done({ what: 'failed', why })
    },

    ignore: (source, externalId, sender, subject, why) =>
      book.record({
        source,
        externalId,
        sender,
        subject,
        at: clock(),
        state: 'ignored',
        ticket: null,
        messageId: null,
        place: null,
        note: why,
      }),
  }
}
