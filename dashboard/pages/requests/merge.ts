// Heads of tickets as they were asked for, with what the stream has told since. Needs no browser.
import type { TicketHead } from '../../../daemon/domain/ticket-view.ts'

/** Of a draft the events do not grow with what is written into it. */
const isNewer = (one: TicketHead, was: TicketHead): boolean => one.seq > was.seq || (one.seq === was.seq && one.changedAt > was.changedAt)

/** The newest of each in the place of what was asked for; new ones come on top. */
export function withNews(asked: readonly TicketHead[], news: ReadonlyMap<number, TicketHead>): readonly TicketHead[] {
  const known = new Map(asked.map(head => [head.id, head]))
  for (const [id, head] of news) {
    const was = known.get(id)
    if (was === undefined || isNewer(head, was)) known.set(id, head)
  }
  return [...known.values()].sort((a, b) => b.changedAt - a.changedAt)
}
