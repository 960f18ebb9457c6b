// What the poller measures of itself over the last minute: lag and rate. Fixed memory, no samples kept.

/** Quarter octaves from 1 ms up to about 4,000 s: 19 % resolution is enough for a percentile of lag. */
const STEPS = 49
const PARTS = 6
const PART = 10_000

export interface Window {
  /** A poll begun at `now` (monotonic ms), `lag` ms after it was due. */
  add(now: number, lag: number): void
  /** Upper bound of the 95th percentile of lag, ms; 0 when nothing was polled. */
  lagP95(now: number): number
  perSecond(now: number): number
}

/** Ten-second parts that are overwritten after a minute. */
export function openWindow(start: number): Window {
  const counts = Array.from({ length: PARTS }, () => new Uint32Array(STEPS))
  const turns = new Float64Array(PARTS).fill(-1)

  const partAt = (now: number): Uint32Array => {
    const turn = Math.floor(now / PART)
    const slot = turn % PARTS
    const part = counts[slot] ?? new Uint32Array(STEPS)
    if (turns[slot] !== turn) {
      part.fill(0)
      turns[slot] = turn
    }
    return part
  }
  const sum = (now: number) => {
    const oldest = Math.floor(now / PART) - PARTS + 1
    const total = new Uint32Array(STEPS)
    let polls = 0
    counts.forEach((part, slot) => {
      if ((turns[slot] ?? -1) < oldest) return
      part.forEach((count, step) => {
        total[step] = (total[step] ?? 0) + count
        polls += count
      })
    })
    return { total, polls }
  }

  return {
    add(now, lag) {
      const step = lag < 1 ? 0 : Math.min(STEPS - 1, Math.ceil(4 * Math.log2(lag)))
      const part = partAt(now)
      part[step] = (part[step] ?? 0) + 1
    },
    lagP95(now) {
      const { total, polls } = sum(now)
      let left = polls * 0.95
      for (let step = 0; step < STEPS && polls > 0; step++) {
        left -= total[step] ?? 0
        if (left <= 0) return 2 ** (step / 4)
      }
      return 0
    },
    perSecond(now) {
      const turn = Math.floor(now / PART)
      const from = Math.max(start, (turn - PARTS + 1) * PART)
      return sum(now).polls / Math.max(1, (now - from) / 1000)
    },
  }
}
