// One letter from the mailbox: told apart from those of machines, put to its ticket, handed to the desk.
import type { Clock, Instant, Log } from '../domain/call.ts'
import { done, type Outcome } from '../domain/outcome.ts'
import { originOf, verifiedBy } from './automatic.ts'
import type { Desk, Incoming } from './incoming.ts'
import type { Intake, Taken } from './intake.ts'
import { keptLetter, type Letter, type Reading } from './letter.ts'
import { threadOf } from './thread.ts'
import type { Tokens } from './token.ts'

export interface Envelope {
  readonly raw: Uint8Array
  /** Only its beginning: the whole is beyond measure. */
  readonly cut: boolean
  /** When the mail server took it. */
  readonly receivedAt: Instant
  /** `validity:uid`. */
  readonly place: string
}

export interface PostOptions {
  /** Takes a letter apart; never fails. */
  readonly read: (raw: Uint8Array, how: Reading) => Promise<Letter>
  readonly intake: Intake
  readonly desk: Pick<Desk, 'knows'>
  readonly tokens: Tokens
  /** The desk's own address: a letter from it is our own. */
  readonly address: string
  /** Name the mail server vouches under. */
  readonly vouches: string | undefined
  readonly book: { ticketOf(messageIds: readonly string[]): Promise<{ readonly ticket: string; readonly sender: string } | null> }
  /** A letter of ours that could not be delivered, by its Message-ID. */
  readonly bounced: (messageId: string, why: string) => Promise<void>
  readonly clock: Clock
  readonly log: Log
}

export type Post = (envelope: Envelope) => Promise<Outcome<Taken>>

export function openPost({ read, intake, desk, tokens, address, vouches, book, bounced, clock, log }: PostOptions): Post {
  const own = (id: string): boolean => tokens.ticketOfMessageId(id) !== undefined

  const ignored = async (letter: Letter, why: string): Promise<Outcome<Taken>> => {
    await intake.ignore('imap', letter.digest, letter.from.address, letter.subject, why)
    log.info({ from: letter.from.address, why }, 'a letter is not for the desk')
    return done({ what: 'ignored', why: { code: 'said', text: why } })
  }

  /** A delivery report quotes the letter it is about: in its parts, or below them. */
  async function reported(letter: Letter): Promise<void> {
    const parts = letter.attachments.filter(({ size }) => size < 1_048_576).map(({ content }) => Buffer.from(content).toString('latin1'))
    for (const text of [letter.fullText, ...parts])
      for (const id of text.match(/<[^<>\s@]{1,120}@[^<>\s@]{1,255}>/g)?.slice(0, 50) ?? []) if (own(id)) return bounced(id, letter.subject)
  }

  return async ({ raw, cut, receivedAt, place }) => {
    const letter = await read(raw, { cut })
    const origin = originOf(letter.head, own)
    if (origin.by === 'bounce') {
      await reported(letter)
      return ignored(letter, origin.why)
    }
    if (origin.by === 'machine') return ignored(letter, origin.why)
    if (letter.from.address === address.toLowerCase() || tokens.ticketOfAddress(letter.from.address) !== null)
      return ignored(letter, 'it comes from our own address')
    if (letter.from.address === '') return ignored(letter, 'it names no sender')
    const verified = verifiedBy(letter.head, vouches)
    const thread = await threadOf(letter, verified, {
      tokens,
      ticketOf: book.ticketOf,
      knows: (from, ticket) => desk.knows('imap', from, ticket),
    })
    const incoming: Incoming = {
      channel: 'email',
      source: 'imap',
      externalId: letter.digest,
      from: { ...letter.from, person: null },
      to: letter.to,
      subject: letter.subject,
      text: letter.whole ? letter.text : unreadable(cut, letter.text),
      fullText: letter.fullText,
      receivedAt: Math.min(receivedAt, clock()),
      messageId: letter.messageId,
      thread,
      attachments: letter.attachments,
      leftOut: letter.leftOut,
      automatic: origin.quiet,
      verified,
      raw: keptLetter(raw, letter, receivedAt),
    }
    return intake.take(incoming, place)
  }
}

const unreadable = (cut: boolean, text: string): string =>
  `${cut ? '[Surat ini terlalu besar; hanya awalnya yang diambil. / This letter is too big; only its beginning was fetched.]' : '[Isi surat ini tidak dapat dibaca; lihat berkas .eml. / The parts of this letter cannot be read; see the .eml file.]'}\n${text}`.trim()
