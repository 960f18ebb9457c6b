// What the reader of a mailbox remembers between two looks: pure, so that every way a mailbox can change is a line of a table.
import { z } from 'zod'
import type { Instant } from '../domain/call.ts'

/** How far the mailbox was read. A UID means something only together with its UIDVALIDITY (RFC 3501 2.3.1.1). */
export const Mark = z.object({
  validity: z.string(),
  /** The last UID that was dealt with. */
  uid: z.number(),
  /** When that was, milliseconds since 1970. */
  at: z.number(),
})
export type Mark = z.infer<typeof Mark>

/** What to look for now. */
export type Search =
  /** The first look into this mailbox: what nobody has seen of the last days. Years of unread letters make no tickets. */
  | { readonly kind: 'unseen'; readonly from: Date }
  /** The numbers were dealt anew: by date, two days back; what is known is known by its content. */
  | { readonly kind: 'since'; readonly from: Date }
  | { readonly kind: 'after'; readonly uid: number }

const DAY = 86_400_000
const FIRST_LOOK = 3 * DAY

export function searchFor(mark: Mark | null, validity: string, now: Instant): Search {
  if (mark === null) return { kind: 'unseen', from: new Date(now - FIRST_LOOK) }
  if (mark.validity !== validity) return { kind: 'since', from: new Date(Math.min(mark.at, now) - 2 * DAY) }
  return { kind: 'after', uid: mark.uid }
}

/** The UIDs to fetch, in order: a server answers `n:*` with its last letter even when that is below n (RFC 3501 6.4.8). */
export const inOrder = (uids: readonly number[], search: Search): readonly number[] =>
  uids.filter(uid => search.kind !== 'after' || uid > search.uid).sort((a, b) => a - b)
