// Days of the site's calendar as fields show them, and the instants they begin and end with. Pure.
import { offsetOf } from '../../words/zone.ts'

const DAY = 86_400_000

/** `2026-11-20` of an instant; '' for none. */
export function dayOf(at: number | null, zone: string): string {
  return at === null ? '' : new Date(at + offsetOf(at, zone)).toISOString().slice(0, 10)
}

/** The first instant of a day, or the last when it is an end; null for ''. */
export function instantOf(day: string, zone: string, end: boolean): number | null {
  const shown = Date.parse(`${day}T00:00:00Z`)
  if (!Number.isFinite(shown)) return null
  // The offset of the day itself: twice, because the first guess may stand on the other side of a change of clocks.
  const guess = shown - offsetOf(shown, zone)
  const begin = shown - offsetOf(guess, zone)
  return end ? begin + DAY - 1 : begin
}
