// Controllers' clocks. Events may come late, and a clock may be wrong: which of the two it is shows over several events. Pure.
import type { Instant } from '../domain/call.ts'

/** Clocks of controllers tell whole seconds, and the way takes a moment. */
const TOLERANCE = 2_000
/** So many events in a row that are equally late, over so long, are not late: the clock is behind. */
const AGREEING = 3
const OVER = 10_000
/** Below this a clock is right. */
const RIGHT = 5_000

interface Seen {
  readonly offset: number
  readonly received: Instant
}

interface Reckoned {
  /** When it happened, on our clock; never after it was received. */
  readonly at: Instant
  /** ms that the controller's clock is behind ours (negative: ahead); null when it is right. */
  readonly skew: number | null
}

export function openClocks(known: ReadonlyMap<string, number> = new Map()) {
  const behind = new Map(known)
  const seen = new Map<string, readonly Seen[]>()

  function learn(controller: string, offset: number, received: Instant): number {
    const is = behind.get(controller) ?? 0
    // Nothing is told before it happens: a clock from which news comes "too early" is ahead by at least that much.
    if (offset < is - TOLERANCE) {
      seen.delete(controller)
      behind.set(controller, offset)
      return offset
    }
    const last = [...(seen.get(controller) ?? []), { offset, received }].slice(-AGREEING)
    seen.set(controller, last)
    const offsets = last.map(one => one.offset)
    const least = Math.min(...offsets)
    const agree = last.length === AGREEING && Math.max(...offsets) - least <= TOLERANCE && received - (last[0]?.received ?? received) >= OVER
    if (!agree) return is
    behind.set(controller, least)
    return least
  }

  return {
    reckon(controller: string, told: Instant, received: Instant): Reckoned {
      const is = learn(controller, received - told, received)
      const isRight = Math.abs(is) <= RIGHT
      return { at: Math.min(isRight ? told : told + is, received), skew: isRight ? null : is }
    },
    skew(controller: string): number | null {
      const is = behind.get(controller) ?? 0
      return Math.abs(is) <= RIGHT ? null : is
    },
  }
}
