// Local dates of a time zone and the instants they begin and end at, also where clocks are turned forward or back.
import type { Instant } from './call.ts'
import { wallTime } from './words/time.ts'

const MINUTE = 60_000
export const DAY = 86_400_000

/** Days since 1970-01-01 of a local date. */
export const numberOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY
export const dateOf = (n: number): string => new Date(n * DAY).toISOString().slice(0, 10)
/** 0 = Sunday; 1970-01-01 was a Thursday. */
export const weekdayOf = (n: number): number => (((n + 4) % 7) + 7) % 7

export interface Zone {
  /** The local date of an instant, as days since 1970-01-01. */
  dayAt(at: Instant): number
  /** Instant of a local time, in minutes after midnight of day `n`. One that was skipped is the moment of the turn, one that comes twice the first. */
  at(n: number, minute: number): Instant
}

/** `name` must be a zone that Intl knows. */
export function openZone(name: string): Zone {
  const midnights = new Map<number, Instant>()
  const edges = new Map<number, number>()

  /** Local minus universal time at an instant, milliseconds. */
  const offset = (at: Instant): number => {
    const { year, month, day, hour, minute, second } = wallTime(at, name)
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
  }

  /** Asking Intl is slow; the days around a day are asked again and again. */
  function edge(n: number): number {
    let is = edges.get(n)
    if (is === undefined) {
      is = offset(n * DAY)
      edges.set(n, is)
    }
    return is
  }

  function instant(wall: number): Instant {
    const n = Math.floor(wall / DAY)
    const before = edge(n - 1)
    const after = edge(n + 2)
    const early = wall - Math.max(before, after)
    const late = wall - Math.min(before, after)
    if (early === late) return early
    if (offset(early) === wall - early) return early
    if (offset(late) === wall - late) return late
    // Skipped: find the turn between the two.
    let [low, high] = [early, late]
    const was = offset(low)
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (offset(middle) === was) low = middle
      else high = middle
    }
    return high
  }

  function midnight(n: number): Instant {
    let at = midnights.get(n)
    if (at === undefined) {
      at = instant(n * DAY)
      midnights.set(n, at)
    }
    return at
  }

  return {
    dayAt(at) {
      let n = Math.floor(at / DAY)
      while (midnight(n) > at) n--
      while (midnight(n + 1) <= at) n++
      return n
    },
    at(n, minute) {
      const begin = midnight(n)
      if (minute === 0) return begin
      // No turn on most days: then minutes can simply be added.
      return midnight(n + 1) - begin === DAY ? begin + minute * MINUTE : instant(n * DAY + minute * MINUTE)
    },
  }
}
