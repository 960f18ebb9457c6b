// The places a change works at: its own alone, in our books and on the host itself, for as long as it works.
import type { Call } from '../../daemon/domain/call.ts'
import { type ChangePlace, placeKey } from '../../daemon/domain/change.ts'
import { done, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import type { ChangeBook } from './book.ts'

/** How the place itself is told; gives how to leave it. A place that knows no lock gives nothing to do. */
export type Enter = (place: ChangePlace, change: string, call: Call) => Promise<Outcome<() => Promise<void>>>

export interface Places {
  /** Waits its turn behind other changes of this daemon; `busy` when that takes longer than `patience` ms. Gives how to leave the places themselves. */
  enter(places: readonly ChangePlace[], change: string, call: Call): Promise<Outcome<() => Promise<void>>>
  /** The change is through, or never began: others may have its places. */
  letGo(change: string): Promise<void>
}

export const placesOf = (steps: readonly { readonly place: ChangePlace }[]): readonly ChangePlace[] =>
  [...new Map(steps.map(({ place }) => [placeKey(place), place])).values()].sort((a, b) => (placeKey(a) < placeKey(b) ? -1 : 1))

export function openPlaces(book: Pick<ChangeBook, 'take' | 'letGo'>, enter: Enter, patience: number): Places {
  let waiting: (() => void)[] = []
  const someoneLeft = () => {
    const told = waiting
    waiting = []
    for (const tell of told) tell()
  }

  return {
    async enter(places, change, call) {
      const until = AbortSignal.any([call.signal, AbortSignal.timeout(patience)])
      for (;;) {
        const left = new Promise<void>(resolve => {
          waiting.push(resolve)
          until.addEventListener('abort', () => resolve(), { once: true })
        })
        const holder = await book.take(places, change)
        if (holder === null) break
        if (until.aborted)
          return failed('busy', `${holder} is working at ${places.map(({ id }) => id).join(', ')}. Wait until it is through, or stop it.`)
        await left
      }
      const entered: (() => Promise<void>)[] = []
      const leave = async () => {
        for (const one of entered.toReversed()) await one()
      }
      for (const place of places) {
        const inside = await enter(place, change, call)
        if (!inside.ok) {
          await leave()
          return inside
        }
        entered.push(inside.value)
      }
      return done(leave)
    },
    async letGo(change) {
      await book.letGo(change)
      someoneLeft()
    },
  }
}
