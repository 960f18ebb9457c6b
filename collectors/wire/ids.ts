// Request ids: 31 unpredictable bits each, what waits under them, and a short memory of those just finished.
import { randomFillSync } from 'node:crypto'

export interface Ids<T> {
  /** A fresh id for the item to wait for an answer under, always four octets long in BER. */
  draw(item: T): number
  /** What waits under an id, or null. */
  find(id: number): T | null
  /** The first `count` ids are no longer waited for: `answered`, or given up. */
  release(ids: readonly number[], count: number, answered: boolean): void
  /** What an id is that nobody waits for. */
  remembered(id: number): 'duplicate' | 'late' | 'unknownId'
  /** How many ids are waited for. */
  count(): number
  /** All that waits, once for each of its ids. */
  all(): T[]
}

const REMEMBERED = 1024
/** Below this a BER INTEGER is shorter than four octets. */
const LEAST = 0x0080_0000

export function openIds<T>(): Ids<T> {
  const pool = new Int32Array(1024)
  const finished = new Int32Array(REMEMBERED)
  let drawn = pool.length
  let next = 0

  // Open addressing with linear probing. A Map does the same, but leaves a table for the garbage collector after every few
  // hundred ids, which costs a poll more than all else that is done here. Ids are random: they are their own hash.
  let mask = 1023
  let keys = new Int32Array(mask + 1)
  let items: (T | null)[] = Array(mask + 1).fill(null)
  let count = 0

  /** The place of an id, or the free place where its search ends. */
  function placeOf(id: number): number {
    let place = id & mask
    while (keys[place] !== 0 && keys[place] !== id) place = (place + 1) & mask
    return place
  }

  function put(id: number, item: T): void {
    const place = placeOf(id)
    keys[place] = id
    items[place] = item
    count++
  }

  function grow(): void {
    const [oldKeys, oldItems] = [keys, items]
    mask = 2 * mask + 1
    keys = new Int32Array(mask + 1)
    items = Array(mask + 1).fill(null)
    count = 0
    oldItems.forEach((item, place) => {
      if (item !== null) put(oldKeys[place] ?? 0, item)
    })
  }

  /** Takes an id out and moves up those behind it that would no longer be found. */
  function take(id: number): void {
    let hole = placeOf(id)
    if (keys[hole] !== id) return
    count--
    for (let place = (hole + 1) & mask; ; place = (place + 1) & mask) {
      const key = keys[place] ?? 0
      if (key === 0) break
      if (((place - (key & mask)) & mask) < ((place - hole) & mask)) continue
      keys[hole] = key
      items[hole] = items[place] ?? null
      hole = place
    }
    keys[hole] = 0
    items[hole] = null
  }

  return {
    draw(item) {
      if (2 * count > mask) grow()
      for (;;) {
        if (drawn === pool.length) {
          randomFillSync(pool)
          drawn = 0
        }
        const id = (pool[drawn++] ?? 0) & 0x7fff_ffff
        if (id < LEAST || keys[placeOf(id)] === id) continue
        put(id, item)
        return id
      }
    },
    find: id => items[placeOf(id)] ?? null,
    release(ids, used, answered) {
      for (let k = 0; k < used; k++) {
        const id = ids[k] ?? 0
        take(id)
        // Given-up ids are kept negated: one ring tells both.
        finished[next] = answered ? id : -id
        next = (next + 1) % REMEMBERED
      }
    },
    remembered(id) {
      if (id < LEAST) return 'unknownId'
      if (finished.includes(id)) return 'duplicate'
      return finished.includes(-id) ? 'late' : 'unknownId'
    },
    count: () => count,
    all: () => items.filter(item => item !== null),
  }
}
