// When who is due: the queue, the slots of a cadence, and how long to leave a failing device alone. Pure; time is handed in.

/** Something with a due time. `place` belongs to the queue: −1 when it is in none. */
export interface Item {
  due: number
  place: number
}

export interface Queue<T extends Item> {
  readonly size: number
  /** The one due first, left in its place. */
  first(): T | undefined
  /** Puts it in, or moves it when it is in already. */
  put(item: T, due: number): void
  remove(item: T): void
}

/** Children of a place: four lie in one line of the processor's cache, and the heap is half as deep as with two. */
const ARITY = 4

/**
 * A heap whose items know their place, so that one can be moved forward (poll now) or taken out (device removed). The due times stand in a
 * row of their own: to compare those of items scattered through memory cost more than all else of a poll's scheduling.
 */
export function openQueue<T extends Item>(): Queue<T> {
  const heap: T[] = []
  const dues: number[] = []

  const set = (item: T, due: number, place: number) => {
    heap[place] = item
    dues[place] = due
    item.place = place
  }
  const rise = (item: T, due: number, from: number) => {
    let place = from
    while (place > 0) {
      const above = ((place - 1) / ARITY) | 0
      const parent = heap[above]
      const least = dues[above] ?? 0
      if (parent === undefined || least <= due) break
      set(parent, least, place)
      place = above
    }
    set(item, due, place)
  }
  const sink = (item: T, due: number, from: number) => {
    let place = from
    for (;;) {
      const first = ARITY * place + 1
      const end = Math.min(first + ARITY, heap.length)
      let below = first
      let least = dues[first] ?? 0
      for (let other = first + 1; other < end; other++) {
        const its = dues[other] ?? 0
        if (its < least) {
          least = its
          below = other
        }
      }
      const child = heap[below]
      if (first >= end || child === undefined || least >= due) break
      set(child, least, place)
      place = below
    }
    set(item, due, place)
  }
  const settle = (item: T, place: number) => {
    const { due } = item
    rise(item, due, place)
    sink(item, due, item.place)
  }

  return {
    get size() {
      return heap.length
    },
    first: () => heap[0],
    put(item, due) {
      item.due = due
      settle(item, item.place < 0 ? heap.length : item.place)
    },
    remove(item) {
      if (item.place < 0) return
      const gap = item.place
      item.place = -1
      const last = heap.pop()
      dues.pop()
      if (last !== undefined && last !== item) settle(last, gap)
    },
  }
}

const GOLDEN = 0.618_033_988_749_894_9

/**
 * Where in a cycle a device has its place, 0 … 1. Multiples of the golden ratio spread dense numbers more evenly than a random hash:
 * any run of devices, added in whatever order, leaves no gap and no crowd. `salt` sets the cadences of one device apart.
 */
export const phaseOf = (deviceNo: number, salt: number): number => (deviceNo * GOLDEN + salt * 0.377) % 1

/** The next slot after `now` of a cycle (all ms). Slots lie on a fixed grid, so a late poll does not push the later ones. */
export function nextSlot(now: number, phase: number, cycle: number): number {
  const offset = phase * cycle
  const next = offset + (Math.floor((now - offset) / cycle) + 1) * cycle
  return next > now ? next : next + cycle
}

/** The slot after a first poll: not within a quarter of a cycle of it, or rates would be taken over too short a time. */
export const slotAfterFirst = (now: number, phase: number, cycle: number): number => nextSlot(now + cycle / 4, phase, cycle)

/** Slots that went by unused between the one that was due and `now`. */
export const missedSlots = (due: number, now: number, cycle: number): number => Math.max(0, Math.floor((now - due) / cycle))

/** First, longest: ms. */
export interface Patience {
  readonly first: number
  readonly longest: number
}

/** How long to wait after the n-th failure in a row (1 = first): doubling, ±20 % by `random` (0 … 1) so that those who failed together do not return together. */
export function backOff(failures: number, { first, longest }: Patience, random: number): number {
  const doubled = Math.min(longest, first * 2 ** Math.min(30, Math.max(0, failures - 1)))
  return doubled * (0.8 + 0.4 * random)
}
