// What the pages know of a change of hosting that they show: whole, the newest wins. Needs no browser.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { ChangeView } from '../../daemon/domain/hosting-view.ts'
import type { Frame } from '../../daemon/stream/contract.ts'

/** A journal only grows; a line of it does not always write the change anew. */
const newer = (was: ChangeView | null, is: ChangeView): boolean =>
  was === null || is.revision > was.revision || (is.revision === was.revision && is.journal.length >= was.journal.length)

export function createChanges() {
  const views = new Map<string, Signal<ChangeView | null>>()
  const viewOf = (number: string): Signal<ChangeView | null> => {
    const one = views.get(number) ?? signal<ChangeView | null>(null)
    views.set(number, one)
    return one
  }
  const put = (view: ChangeView): void => {
    const one = viewOf(view.number)
    if (newer(one.peek(), view)) one.value = view
  }
  return {
    /** The change of a page; null until it came. */
    of: (number: string): ReadonlySignal<ChangeView | null> => viewOf(number),
    put,
    apply: ({ change }: Pick<Frame, 'change'>): void => {
      if (change !== undefined) put(change)
    },
    forget: (number: string): void => void views.delete(number),
  }
}
