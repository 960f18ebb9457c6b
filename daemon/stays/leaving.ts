// What of a stay leaves, as its papers tell it; and what is owed before a piece may pass the door.
import type { Instant } from '../domain/call.ts'
import type { Layout } from '../domain/inventory.ts'
import type { Leaving, LeavingPiece } from '../domain/leaving.ts'
import { failedWipes, type StayItemView, type StayView } from '../domain/stay.ts'
import { WHY, type Words } from './reasons.ts'
import { isTicket } from './room.ts'
import type { StayPaper } from './sources.ts'

/** What was on its way out at that moment; null: nothing. */
export function leavingOf(stay: StayView | null, { racks }: Pick<Layout, 'racks'>, at: Instant): Leaving | null {
  const pieces = (stay?.items ?? []).flatMap(({ name, serial, asset, weight, height, leaving, media, out }): LeavingPiece[] => {
    if (leaving === null || leaving.at > at || (out !== null && out.at < at)) return []
    const { rack, u, reason } = leaving
    const place =
      rack === null || u === null ? null : `${racks.find(({ id }) => id === rack)?.name ?? rack} U${u}${height > 1 ? `–${u + height - 1}` : ''}`
    return [{ name, serial, asset, place, weight, reason, at: leaving.at, media }]
  })
  if (stay === null || pieces.length === 0) return null
  return { ticket: stay.ticket, organisation: stay.organisation.name, minutes: stay.minutes.in, pieces }
}

const signedSince = (papers: readonly StayPaper[], kind: StayPaper['kind'], since: Instant): StayPaper | undefined =>
  papers.find(one => one.kind === kind && one.signed && one.at >= since)

/** The minutes of its removal, once they are signed. */
export const removalOf = (papers: readonly StayPaper[], { leaving }: StayItemView): StayPaper | undefined =>
  leaving === null ? undefined : signedSince(papers, 'removal', leaving.at)

/** `data`: what became of it must be said; `paper`: owed, and done without only for a reason. Null: nothing. */
export function owedBy(
  stay: Pick<StayView, 'ticket'>,
  item: StayItemView,
  papers: readonly StayPaper[],
): { readonly what: 'data' | 'paper'; readonly why: Words } | null {
  const { media, leaving } = item
  if (media === null) return { what: 'data', why: WHY.mediaUnsaid(item.name) }
  const failed = media.kind === 'wiped' ? failedWipes(media.wipes)[0] : undefined
  if (failed !== undefined) return { what: 'data', why: WHY.wipeFailed(failed.serial) }
  if (!isTicket(stay.ticket) || leaving === null) return null
  const wiped = media.kind === 'wiped' ? Math.max(leaving.at, ...media.wipes.map(({ at }) => at)) : null
  if (wiped !== null && signedSince(papers, 'wipe', wiped) === undefined) return { what: 'paper', why: WHY.wipeUnsigned(item.name) }
  if (leaving.from === 'inCustody' && removalOf(papers, item) === undefined) return { what: 'paper', why: WHY.removalUnsigned(item.name) }
  return null
}
