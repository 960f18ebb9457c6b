// A clock that is turned: everything that was to happen up to a moment happens, in order, with promises settled in between.
import { type Item, openQueue } from '../../daemon/poll/schedule.ts'
import type { Time } from '../../daemon/poll/time.ts'

export interface TurnedClock extends Time {
  turn(ms: number): Promise<void>
  /** The wall clock is set; monotonic time is not. */
  setWall(by: number): void
  /** Time passes and nothing happens: the machine was suspended or the thread stood still. */
  sleep(ms: number): void
}

export function turnedClock(start = 1_000_000, seed = 1): TurnedClock {
  const queue = openQueue<Item & { call: () => void }>()
  let now = start
  let skew = 1_700_000_000_000
  let random = seed
  const settled = () => new Promise<void>(resolve => setImmediate(resolve))
  return {
    now: () => now,
    wall: () => now + skew,
    after(ms, call) {
      const item = { due: 0, place: -1, call }
      queue.put(item, now + ms)
      return () => queue.remove(item)
    },
    random() {
      random = (random * 16_807) % 2_147_483_647
      return random / 2_147_483_647
    },
    sleep(ms) {
      now += ms
    },
    setWall(by) {
      skew += by
    },
    async turn(ms) {
      const end = now + ms
      await settled()
      for (let next = queue.first(); next !== undefined && next.due <= end; next = queue.first()) {
        const { due } = next
        now = Math.max(now, due)
        for (let same: typeof next | undefined = next; same !== undefined && same.due <= due; same = queue.first()) {
          queue.remove(same)
          same.call()
        }
        await settled()
      }
      now = end
    },
  }
}
