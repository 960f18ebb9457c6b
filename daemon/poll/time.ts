// The poller's clockwork, handed in so that tests turn it.
import { performance } from 'node:perf_hooks'
import type { Instant } from '../domain/call.ts'

export interface Time {
  /** Monotonic milliseconds: scheduling goes by these, so that a set clock or daylight saving moves no poll. */
  now(): number
  /** Wall time: readings are stamped with it. */
  wall(): Instant
  /** Calls once after so many milliseconds; the answer takes it back. */
  after(ms: number, call: () => void): () => void
  /** 0 … 1, for jitter. */
  random(): number
}

export const systemTime: Time = {
  now: () => performance.now(),
  wall: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  },
  random: Math.random,
}
