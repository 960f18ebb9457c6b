// What comes in from outside, in one shape whatever it came by, and what the channels want of the desk.
import type { Instant } from '../domain/call.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { Lang } from '../domain/words/lang.ts'

export const SOURCES = ['imap', 'telegram', 'whatsapp'] as const
export type Source = (typeof SOURCES)[number]

/** A file that came along. */
export interface Enclosure {
  /** Cleaned: no folder, no control characters, bounded. */
  readonly name: string
  /** By its content; `application/octet-stream` where that tells nothing. */
  readonly type: string
  /** Octets. */
  readonly size: number
  /** Hexadecimal. */
  readonly sha256: string
  readonly content: Uint8Array
}

/** How sure it is that a message belongs to the ticket: our own token, our own letter, a known sender who names it, or a button pressed. */
export type ThreadProof = 'token' | 'reference' | 'subject' | 'choice'

export interface Thread {
  /** `T-2026-0412`, once proven; null: it begins something new. */
  readonly ticketNumber: string | null
  readonly proof: ThreadProof | null
  readonly inReplyTo: string | null
  readonly references: readonly string[]
}

export interface Incoming {
  readonly channel: 'email' | 'chat'
  readonly source: Source
  /** The same however often the same message is brought. */
  readonly externalId: string
  readonly from: {
    /** Mail address in lower case, chat id, or telephone number in digits. A mail's can be forged: see `verified`. */
    readonly address: string
    readonly name: string
    /** Of a chat that was bound to a person; null where the desk must find out by the address. */
    readonly person: number | null
  }
  readonly to: readonly string[]
  readonly subject: string
  /** Plain text, without what was quoted from earlier letters. */
  readonly text: string
  /** Plain text, with it. */
  readonly fullText: string
  readonly receivedAt: Instant
  /** For answers of ours: they refer to it. */
  readonly messageId: string | null
  readonly thread: Thread
  readonly attachments: readonly Enclosure[]
  /** Names of attachments that were left out because they, or all together, are too big or too many. */
  readonly leftOut: readonly string[]
  /** Must get no automatic answer. */
  readonly automatic: boolean
  /** Whether the mail server vouches for the sender (DMARC); null where it says nothing. Chats: true. */
  readonly verified: boolean | null
  /** As it came: the .eml or .json to be kept with the ticket. */
  readonly raw: Enclosure
}

export interface Delivered {
  readonly ticket: string
  /** False: it became a note on a ticket that was there. */
  readonly created: boolean
}

/** What the channels want of the desk. */
export interface Desk {
  /**
   * Makes a ticket of it, or a note on the one it belongs to. Must be at most once for the same (source, externalId): the desk notes the message
   * (`takeMessage` of the store) in the transaction that writes the ticket. It is brought again after any crash or retryable failure.
   */
  deliver(incoming: Incoming): Promise<Outcome<Delivered>>
  /** Whether whoever has this address takes part in the ticket: asked for it, watches it, works on it. */
  knows(source: Source, address: string, ticket: string): Promise<boolean>
  /** Tickets of a person that are not ended, newest first, for the buttons of a chat. */
  openTickets(person: number): Promise<readonly { readonly number: string; readonly title: string }[]>
  /** What a person may know of a ticket, in a few lines. `notFound` also when it is not theirs. */
  status(person: number, ticket: string, lang: Lang): Promise<Outcome<string>>
}

/** Octets and counts no message may go beyond. */
export const BOUNDS = {
  message: 32 * 1_048_576,
  attachment: 25 * 1_048_576,
  attachments: 100,
  subject: 300,
  text: 100_000,
  name: 120,
} as const
