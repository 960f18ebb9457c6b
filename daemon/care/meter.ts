// A counter of running hours read now and then: what it has counted in all, through a reset and another counter in its place. Pure.
import type { Instant } from '../domain/call.ts'
import type { Meter } from '../domain/care.ts'

const DAY = 86_400_000
/** How fast it grows is told by so many days. */
const DAYS = 28
/** A counter of whole hours may be one behind. Seconds. */
const COARSE = 3_600
/** Kept of resets: nobody replaces a controller more often. */
const CHANGES = 20

/**
 * With one reading more; `value` in seconds. An hour has one hour: what grew faster than time is another counter in its place, and tells nothing of
 * what ran. What went back was set to zero, and what it shows has run since, unless that is more than the time since.
 */
export function metered(meter: Meter | null, { device, key }: Pick<Meter, 'device' | 'key'>, at: Instant, value: number): Meter {
  if (meter === null) return { device, key, raw: value, at, total: value, days: [{ at, total: value }], changes: [] }
  if (at <= meter.at) return meter
  const most = (at - meter.at) / 1000 + COARSE
  const grown = value - meter.raw
  const isSame = grown >= 0 && grown <= most
  const ran = isSame ? grown : grown < 0 && value <= most ? value : 0
  const total = meter.total + ran
  return {
    ...meter,
    ...{ raw: value, at, total },
    days: daily(meter.days, at, total),
    changes: isSame ? meter.changes : [...meter.changes, { at, from: meter.raw, to: value }].slice(-CHANGES),
  }
}

/** The first of each day; none older than is looked at, but for one that spans it. */
function daily(days: Meter['days'], at: Instant, total: number): Meter['days'] {
  const last = days.at(-1)
  const more = last !== undefined && at - last.at < DAY ? days : [...days, { at, total }]
  const from = more.findLastIndex(one => one.at <= at - DAYS * DAY)
  return from <= 0 ? more : more.slice(from)
}

/** Seconds that it runs in a second of late, 0 … 1; null: it is not watched for a day yet. */
export function rateOf({ days, at, total }: Pick<Meter, 'days' | 'at' | 'total'>): number | null {
  const first = days[0]
  return first === undefined || at - first.at < DAY ? null : Math.min(1, (total - first.total) / ((at - first.at) / 1000))
}

/** When its total comes to `due` if it goes on as of late; what is reached was reached when it was last read. Null: nobody can tell. */
export function reachedAt(meter: Pick<Meter, 'days' | 'at' | 'total'>, due: number): Instant | null {
  if (meter.total >= due) return meter.at
  const rate = rateOf(meter)
  return rate === null || rate <= 0 ? null : meter.at + ((due - meter.total) / rate) * 1000
}
