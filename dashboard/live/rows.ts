// Lists that pages keep whole, row by row as they change: visits, openings, reservations, stays, work orders. Needs no browser.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Frame, RowsOf, RowTopic } from '../../daemon/stream/contract.ts'

type RowMap<T extends RowTopic> = ReadonlyMap<string, RowsOf[T]>

export function createRows() {
  const lists = new Map<RowTopic, Signal<RowMap<RowTopic> | null>>()
  const listOf = (topic: RowTopic): Signal<RowMap<RowTopic> | null> => {
    let one = lists.get(topic)
    if (one === undefined) {
      one = signal<RowMap<RowTopic> | null>(null)
      lists.set(topic, one)
    }
    return one
  }

  /** Grows with each full frame. */
  const anew = new Map<RowTopic, Signal<number>>()
  const anewOf = (topic: RowTopic): Signal<number> => {
    const one = anew.get(topic) ?? signal(0)
    anew.set(topic, one)
    return one
  }

  return {
    anew: (topic: RowTopic): ReadonlySignal<number> => anewOf(topic),
    /** The rows of a list by id; null until they came. */
    of: <T extends RowTopic>(topic: T): ReadonlySignal<RowMap<T> | null> => listOf(topic) as unknown as Signal<RowMap<T> | null>,
    apply({ topic, full, rows }: Pick<Frame, 'topic' | 'full' | 'rows'>): void {
      if (rows === undefined) return
      // The daemon sends rows only on topics that are lists.
      const list = listOf(topic as RowTopic)
      const is = new Map(full ? [] : list.peek())
      for (const [id, row] of Object.entries(rows.put)) is.set(id, row)
      for (const id of rows.gone) is.delete(id)
      list.value = is
      if (full) anewOf(topic as RowTopic).value++
    },
    forget: (topic: string): void => {
      const list = lists.get(topic as RowTopic)
      if (list !== undefined) list.value = null
    },
  }
}
