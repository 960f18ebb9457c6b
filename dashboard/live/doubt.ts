// Why the wall may not say that all is well: nothing read yet, nothing heard, too little known, devices that do not answer. Pure.
import type { HealthView } from '../../daemon/stream/contract.ts'

export type Doubt =
  | { readonly kind: 'none' }
  /** The connection stands, but the daemon itself has stopped telling how it does. */
  | { readonly kind: 'mute'; readonly since: number }
  | { readonly kind: 'noDevices' }
  | { readonly kind: 'firstReading' }
  | { readonly kind: 'noData'; readonly since: number }
  /** Just started: points are read for the first time. */
  | { readonly kind: 'reading'; readonly fresh: number; readonly points: number }
  | { readonly kind: 'unread'; readonly missing: number; readonly points: number }
  | { readonly kind: 'silent'; readonly devices: number }
  | { readonly kind: 'unanswered'; readonly devices: number }

/** What the page has been told; times in milliseconds since 1970 on the daemon's clock, 0: never. */
export interface Told {
  readonly now: number
  readonly health: Pick<HealthView, 'startedAt' | 'fresh' | 'points'> | null
  readonly healthAt: number
  /** Of any reading. */
  readonly newest: number
  readonly devices: Iterable<{ readonly status: 'new' | 'up' | 'down' }>
}

/** The daemon tells its health once a second; older than this it is not well enough to be believed, ms. */
const MUTE = 15_000
/** Fast points are asked every ten seconds: three cycles without any reading means that none comes, ms. */
export const SILENT = 30_000
/** Less than this share of fresh points is not enough to speak for the whole site. */
const ENOUGH = 0.9
/** Until then after its start a daemon may still be reading slow points for the first time, ms. */
const YOUNG = 300_000

/** The strongest reason for doubt; `none` when what is known speaks for the whole site. */
export function doubtOf({ now, health, healthAt, newest, devices }: Told): Doubt {
  if (health === null) return { kind: 'firstReading' }
  if (now - healthAt > MUTE) return { kind: 'mute', since: healthAt }
  const count = { new: 0, up: 0, down: 0 }
  for (const device of devices) count[device.status]++
  if (count.new + count.up + count.down === 0) return { kind: 'noDevices' }
  if (newest === 0 || health.points === 0)
    return count.up === 0 && count.down > 0 ? { kind: 'silent', devices: count.down } : { kind: 'firstReading' }
  if (now - newest > SILENT) return { kind: 'noData', since: newest }
  const { fresh, points, startedAt } = health
  if (fresh < points * ENOUGH)
    return now - startedAt < YOUNG ? { kind: 'reading', fresh, points } : { kind: 'unread', missing: points - fresh, points }
  if (count.down > 0) return { kind: 'silent', devices: count.down }
  return count.new > 0 ? { kind: 'unanswered', devices: count.new } : { kind: 'none' }
}
