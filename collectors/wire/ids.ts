// Request ids: 31 unpredictable bits each, what waits under them, and a short memory of those just finished.
import { randomFillSync } from 'node:crypto'

export interface Ids<T> {
  readonly waiting: ReadonlyMap<number, T>
  /** A fresh id to wait for an answer under, always four octets long in BER. */
  draw(item: T): number
  /** The ids are no longer waited for: `answered`, or given up. */
  release(ids: readonly number[], answered: boolean): void
  /** What an id is that nobody waits for. */
  remembered(id: number): 'duplicate' | 'late' | 'unknownId'
}

const REMEMBERED = 1024
/** Below this a BER INTEGER is shorter than four octets. */
const LEAST = 0x0080_0000

export function openIds<T>(): Ids<T> {
  const waiting = new Map<number, T>()
  const pool = new Int32Array(1024)
  const finished = new Int32Array(REMEMBERED)
  let drawn = pool.length
  let next = 0

  return {
    waiting,
    draw(item) {
      for (;;) {
        if (drawn === pool.length) {
          randomFillSync(pool)
          drawn = 0
        }
        const id = (pool[drawn++] ?? 0) & 0x7fff_ffff
        if (id < LEAST || waiting.has(id)) continue
        waiting.set(id, item)
        return id
      }
    },
    release(ids, answered) {
      for (let k = 0; k < ids.length; k++) {
        const id = ids[k] ?? 0
        waiting.delete(id)
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
  }
}
