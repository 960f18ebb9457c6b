// What is wrong with a channel of the desk, and why a message is held: codes with their figures, put in words where they are read.
import type { Failure, FailureKind } from './outcome.ts'

/** Why the other side, or the desk, did not do what it was asked to. */
export interface Because {
  readonly kind: FailureKind
  /** As it was said, in whatever language the other side speaks; never a secret. */
  readonly said: string
  /** The same in the languages of the pages, where there is one. */
  readonly words?: { readonly id: string; readonly en: string }
}

export const because = ({ kind, message, words }: Failure): Because => ({ kind, said: message, ...(words === undefined ? {} : { words }) })

export type ChannelTrouble =
  | { readonly code: 'mailboxUnread'; readonly mailbox: string; readonly host: string; readonly because: Because }
  | { readonly code: 'letterWaits'; readonly because: Because }
  | { readonly code: 'letterLying'; readonly mailbox: string; readonly because: Because }
  | { readonly code: 'notSent'; readonly channel: string; readonly because: Because }
  | { readonly code: 'cutOff'; readonly channel: 'telegram' | 'whatsapp'; readonly because: Because }
  | { readonly code: 'messageWaits'; readonly channel: 'telegram' | 'whatsapp'; readonly because: Because }
  | { readonly code: 'held'; readonly count: number }
  | { readonly code: 'refused'; readonly count: number }

export type HeldWhy =
  /** More of one sender within an hour than are taken unseen. */
  | { readonly code: 'tooMany'; readonly most: number; readonly sender: string }
  | { readonly code: 'refused'; readonly because: Because }
  /** Let through, and no longer in the mailbox. */
  | { readonly code: 'gone' }
  /** Held before reasons were codes. */
  | { readonly code: 'said'; readonly text: string }

const OLD = /^more than (\d+) messages within an hour from (.+)$/s

/** As the records keep it. */
export const heldNote = (why: HeldWhy): string => JSON.stringify(why)

export function heldWhy(note: string): HeldWhy {
  const [, most, sender] = OLD.exec(note) ?? []
  if (most !== undefined && sender !== undefined) return { code: 'tooMany', most: Number(most), sender }
  if (!note.startsWith('{"code":')) return { code: 'said', text: note }
  try {
    return JSON.parse(note) as HeldWhy
  } catch {
    return { code: 'said', text: note }
  }
}
