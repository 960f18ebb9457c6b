// What the pages know of tickets: heads that changed since the page was opened, and the tickets it shows. Newest wins. Needs no browser.
import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { TicketHead, TicketView } from '../../daemon/domain/ticket-view.ts'
import type { Frame } from '../../daemon/stream/contract.ts'

/** Heads kept at most: a tab that is open for a month does not grow. */
const MOST = 2_000

/** Whether `next` may take the place of `was`: it must not be older. */
const newer = (was: TicketView | null, next: TicketView): boolean =>
  was === null || next.seq > was.seq || (next.seq === was.seq && next.clockAt >= was.clockAt)

export function createTickets() {
  const heads = signal<ReadonlyMap<number, TicketHead>>(new Map())
  const views = new Map<string, Signal<TicketView | null>>()
  /** Drafts that were thrown away, and what became of those a page shows: their number, or null. */
  const discarded = signal<ReadonlySet<number>>(new Set())
  const became = signal<ReadonlyMap<string, string | null>>(new Map())
  /** Grows with each full frame of the list: what was missed in between only the daemon knows. */
  const anew = signal(0)

  const viewOf = (number: string): Signal<TicketView | null> => {
    let one = views.get(number)
    if (one === undefined) {
      one = signal<TicketView | null>(null)
      views.set(number, one)
    }
    return one
  }

  function putHeads(rows: readonly TicketHead[]): void {
    const is = new Map(heads.peek())
    for (const row of rows) {
      const was = is.get(row.id)
      if (was !== undefined && was.seq > row.seq) continue
      // Put in last: the oldest news are the first to go.
      is.delete(row.id)
      is.set(row.id, row)
    }
    for (const id of is.keys()) {
      if (is.size <= MOST) break
      is.delete(id)
    }
    heads.value = is
  }

  function drop(ids: readonly number[]): void {
    discarded.value = new Set([...discarded.peek(), ...ids].slice(-MOST))
    heads.value = new Map([...heads.peek()].filter(([id]) => !discarded.peek().has(id)))
  }

  function show(view: TicketView): void {
    const one = viewOf(view.number)
    if (newer(one.peek(), view)) one.value = view
  }

  return {
    /** Heads that came over the stream, by id. */
    heads: heads as ReadonlySignal<ReadonlyMap<number, TicketHead>>,
    anew: anew as ReadonlySignal<number>,
    discarded: discarded as ReadonlySignal<ReadonlySet<number>>,
    /** Of a draft: its number since it was handed in, null when it was thrown away; undefined: nothing was told. */
    became: (number: string): string | null | undefined => became.value.get(number),
    /** The ticket of a page; null until it came. */
    view: (number: string): ReadonlySignal<TicketView | null> => viewOf(number),
    /** What the API answered is at least as new as what was asked about. */
    put: show,
    forget(number: string): void {
      views.delete(number)
      if (became.peek().has(number)) became.value = new Map([...became.peek()].filter(([known]) => known !== number))
    },
    apply(frame: Pick<Frame, 'topic' | 'full' | 'tickets' | 'ticket' | 'became' | 'gone'>): void {
      batch(() => {
        if (frame.topic === 'tickets' && frame.full) {
          // Who was told before the gap was told less than the list will say that is asked for now.
          heads.value = new Map()
          anew.value = anew.peek() + 1
        }
        if (frame.tickets !== undefined) putHeads(frame.tickets)
        if (frame.ticket !== undefined) show(frame.ticket)
        if (frame.became !== undefined) became.value = new Map([...became.peek(), [frame.topic.slice('ticket:'.length), frame.became]])
        if (frame.gone?.tickets !== undefined) drop(frame.gone.tickets)
      })
    },
  }
}
