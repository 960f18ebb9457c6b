// A book of changes in memory: for what the engine decides. That the kept one keeps is the store's own story.
import type { Change, JournalEntry } from '../../daemon/domain/change.ts'
import { placeKey, thingKey } from '../../daemon/domain/change.ts'
import type { ChangeBook, Holding, KeptChange, Stop } from '../../provisioning/engine/book.ts'

export interface MemoryBook extends ChangeBook {
  stop(stop: Stop | null): void
  all(): readonly Change[]
}

export function memoryBook(): MemoryBook {
  const changes = new Map<string, KeptChange>()
  const journals = new Map<number, JournalEntry[]>()
  const taken = new Map<string, string>()
  const held = new Map<string, Holding>()
  const failures = new Map<string, number>()
  let stopped: Stop | null = null
  let drawn = 0

  const book: MemoryBook = {
    draw: () => Promise.resolve({ id: ++drawn, number: `C-2026-${String(drawn).padStart(4, '0')}` }),
    find: number => Promise.resolve(changes.get(number) ?? null),
    put(change, revision) {
      const now = changes.get(change.number)?.revision ?? 0
      if (now !== revision) return Promise.resolve(false)
      changes.set(change.number, { change, revision: revision + 1 })
      return Promise.resolve(true)
    },
    journal: id => Promise.resolve([...(journals.get(id) ?? [])]),
    append(id, entry) {
      journals.set(id, [...(journals.get(id) ?? []), entry])
      return Promise.resolve()
    },
    underWay: () => Promise.resolve([...changes.values()].filter(({ change: { state } }) => state === 'applying' || state === 'applied')),
    take(places, change) {
      for (const place of places) {
        const holder = taken.get(placeKey(place))
        if (holder !== undefined && holder !== change) return Promise.resolve(holder)
      }
      for (const place of places) taken.set(placeKey(place), change)
      return Promise.resolve(null)
    },
    letGo(change) {
      for (const [key, holder] of taken) if (holder === change) taken.delete(key)
      return Promise.resolve()
    },
    held: place => Promise.resolve([...held.values()].filter(one => placeKey(one.place) === placeKey(place))),
    async settle({ change, revision }, things) {
      if (!(await book.put(change, revision))) return false
      for (const { state, ...thing } of things)
        if (state === null) held.delete(thingKey(thing))
        else held.set(thingKey(thing), { ...thing, state, organisation: change.organisation })
      return true
    },
    failures: place => Promise.resolve(failures.get(placeKey(place)) ?? 0),
    countFailure(place, failed) {
      failures.set(placeKey(place), failed ? (failures.get(placeKey(place)) ?? 0) + 1 : 0)
      return Promise.resolve()
    },
    stopped: () => Promise.resolve(stopped),
    stop: stop => {
      stopped = stop
    },
    all: () => [...changes.values()].map(({ change }) => change),
  }
  return book
}
