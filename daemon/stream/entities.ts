// Things with an id that pages hold (devices, points, alarms), each with the revision of its last change, and tombstones for those gone.

/** Tombstones kept; a page that missed more starts over with a full frame. */
const TOMBSTONES = 10_000

export interface Entities<K, V> {
  set(id: K, value: V, revision: number): void
  remove(id: K, revision: number): void
  get(id: K): V | undefined
  values(): IterableIterator<V>
  /** Changed after `revision`, among those that pass. */
  since(revision: number, among?: (value: V) => boolean): V[]
  goneSince(revision: number): K[]
  /** Revisions older than this cannot be brought up to date any more. */
  readonly horizon: number
}

export function entities<K, V>(): Entities<K, V> {
  const held = new Map<K, { value: V; revision: number }>()
  const gone = new Map<K, number>()
  let horizon = 0

  return {
    set(id, value, revision) {
      gone.delete(id)
      held.set(id, { value, revision })
    },
    remove(id, revision) {
      if (!held.delete(id)) return
      gone.set(id, revision)
      if (gone.size <= TOMBSTONES) return
      const oldest = gone.entries().next().value
      if (oldest === undefined) return
      gone.delete(oldest[0])
      horizon = Math.max(horizon, oldest[1])
    },
    get: id => held.get(id)?.value,
    *values() {
      for (const { value } of held.values()) yield value
    },
    since(revision, among) {
      const changed: V[] = []
      for (const entry of held.values()) if (entry.revision > revision && (among === undefined || among(entry.value))) changed.push(entry.value)
      return changed
    },
    goneSince(revision) {
      const ids: K[] = []
      for (const [id, when] of gone) if (when > revision) ids.push(id)
      return ids
    },
    get horizon() {
      return horizon
    },
  }
}
