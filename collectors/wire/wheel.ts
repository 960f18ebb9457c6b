// Deadlines of thousands of requests on one interval: a hashed timer wheel, adding and removing in constant time.
import { performance } from 'node:perf_hooks'

/** What can wait on a wheel: it carries its own links, so that waiting allocates nothing. */
export interface Timed {
  due: number
  next: Timed | null
  prev: Timed | null
}

export interface Wheel<T extends Timed> {
  /** Waits `ms` milliseconds (to the next tick of 10 ms), then calls `expired` once. An item waits once at a time. */
  add(item: T, ms: number): void
  remove(item: T): void
  close(): void
}

const TICK = 10
const BUCKETS = 512
/** A loop that stood still has not looked at its sockets either: of a longer pause only this much counts against those who wait. */
const LONGEST_STEP = 4 * TICK

export function openWheel<T extends Timed>(expired: (item: T) => void): Wheel<T> {
  const buckets: Timed[] = Array.from({ length: BUCKETS }, sentinel)
  const taken = sentinel()
  let waiting = 0
  let turned = 0 // ticks the wheel has turned
  let time = 0 // ms counted, at least turned * TICK
  let last = 0
  let interval: ReturnType<typeof setInterval> | null = null

  function turn(): void {
    const now = performance.now()
    time += Math.min(now - last, LONGEST_STEP)
    last = now
    while ((turned + 1) * TICK <= time) {
      turned++
      settle(buckets[turned % BUCKETS] ?? taken)
    }
    if (waiting === 0) pause()
  }

  function settle(bucket: Timed): void {
    // Taken off first, so that `expired` may add to this very bucket.
    while (bucket.next !== bucket && bucket.next !== null) {
      const item = bucket.next
      unlink(item)
      link(taken, item)
    }
    while (taken.next !== taken && taken.next !== null) {
      const item = taken.next
      unlink(item)
      if (item.due > turned) link(buckets[item.due % BUCKETS] ?? taken, item)
      else {
        waiting--
        expired(item as T)
      }
    }
  }

  function pause(): void {
    if (interval !== null) clearInterval(interval)
    interval = null
  }

  return {
    add(item, ms) {
      if (interval === null) {
        last = performance.now()
        interval = setInterval(turn, TICK)
      }
      // One tick more than the time asked: a deadline may come late, never early.
      item.due = turned + Math.max(1, Math.ceil(ms / TICK)) + 1
      link(buckets[item.due % BUCKETS] ?? taken, item)
      waiting++
    },
    remove(item) {
      if (item.next === null) return
      unlink(item)
      waiting--
    },
    close() {
      pause()
      for (const bucket of buckets) while (bucket.next !== null && bucket.next !== bucket) unlink(bucket.next)
      waiting = 0
    },
  }
}

function sentinel(): Timed {
  const item: Timed = { due: 0, next: null, prev: null }
  item.next = item
  item.prev = item
  return item
}

/** Puts the item at the end of the ring. */
function link(ring: Timed, item: Timed): void {
  item.prev = ring.prev
  item.next = ring
  if (ring.prev !== null) ring.prev.next = item
  ring.prev = item
}

function unlink(item: Timed): void {
  if (item.prev !== null) item.prev.next = item.next
  if (item.next !== null) item.next.prev = item.prev
  item.next = null
  item.prev = null
}
