// Days and times of the site on the visits' pages: as date fields have them, and as instants. Pure but for the site's zone.
import { zone } from '../../words/say.ts'
import { offsetOf } from '../../words/zone.ts'

export const DAY = 86_400_000

/** `2026-11-20T09:00` of an instant, in the site's zone. */
export const localOf = (at: number): string => new Date(at + offsetOf(at, zone.peek())).toISOString().slice(0, 16)

/** The instant; NaN of anything that is no date and time. */
export function instantOf(local: string): number {
  const wall = Date.parse(`${local}:00Z`)
  if (Number.isNaN(wall)) return Number.NaN
  const once = wall - offsetOf(wall, zone.peek())
  return wall - offsetOf(once, zone.peek())
}

/** Midnight before an instant, in the site's zone. */
export const dayOf = (at: number): number => instantOf(`${localOf(at).slice(0, 10)}T00:00`)

/** The Monday on or before a day. */
export function weekOf(day: number): number {
  const weekday = new Date(day + offsetOf(day, zone.peek())).getUTCDay()
  return dayOf(day - ((weekday + 6) % 7) * DAY + DAY / 2)
}
