// Open tickets due on one day: as they were asked for, with what the stream has told since. Needs no browser.
import type { TicketHead } from '../../../daemon/domain/ticket-view.ts'

/** Statuses of what is still to be done. */
export const TO_DO = ['open', 'paused', 'returned'] as const
const toDo: ReadonlySet<string> = new Set(TO_DO)

/** Those due from `from` on and before `until`, the first due first. */
export function dueWithin(asked: readonly TicketHead[], news: ReadonlyMap<number, TicketHead>, from: number, until: number): readonly TicketHead[] {
  const all = new Map(asked.map(head => [head.id, head]))
  for (const [id, head] of news) if (head.seq >= (all.get(id)?.seq ?? 0)) all.set(id, head)
  const dueOf = ({ due }: TicketHead): number => due ?? Number.POSITIVE_INFINITY
  return [...all.values()]
    .filter(head => toDo.has(head.status) && dueOf(head) >= from && dueOf(head) < until)
    .sort((one, other) => dueOf(one) - dueOf(other) || one.id - other.id)
}
