// What the plant asks of the past, from telemetry's rollups: the day's peak of each point, the power of every day, the energy of a month.
import type { Clock, Instant } from './domain/call.ts'
import type { History, Series } from './domain/history.ts'
import type { PointRef } from './domain/inventory.ts'
import type { Outcome } from './domain/outcome.ts'
import type { Energy } from './domain/plant.ts'
import { energyOfCounter, energyOfPower } from './plant/energy.ts'
import type { Daily } from './plant/forecast.ts'
import type { PointView } from './stream/contract.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** A day's quarters of an hour. */
const QUARTERS = 96
/** The day's peak moves slowly; a month's energy and days past do not move at all. */
const PEAK_KEPT = 5 * 60_000
/** Days that a forecast looks back. */
const BACK = 180
/** Points asked at once: the store answers other pages between. */
const AT_ONCE = 200
/** Of a day's quarters: beyond this share of them is the peak. */
const PEAK = 0.95

export interface PastSources {
  point(ref: PointRef): PointView | undefined
  history(points: readonly number[], from: Instant, to: Instant, buckets: number): Promise<Outcome<History>>
  readonly clock: Clock
}

export function openPast({ point, history, clock }: PastSources) {
  let peaks: { readonly until: Instant; readonly refs: readonly PointRef[]; readonly found: Promise<ReadonlyMap<number, number>> } | null = null

  const numbers = (refs: readonly PointRef[]): number[] => [...new Set(refs.flatMap(ref => point(ref)?.no ?? []))]

  /** Series of the points that can be told; those that cannot are left out, as if they had never been read. */
  async function series(
    nos: readonly number[],
    from: Instant,
    to: Instant,
    buckets: number,
  ): Promise<{ readonly step: number; readonly one: Series }[]> {
    const found: { step: number; one: Series }[] = []
    for (let i = 0; i < nos.length; i += AT_ONCE) {
      const told = await history(nos.slice(i, i + AT_ONCE), from, to, buckets)
      if (told.ok) found.push(...told.value.series.map(one => ({ step: told.value.step, one })))
    }
    return found
  }

  async function findPeaks(refs: readonly PointRef[]): Promise<ReadonlyMap<number, number>> {
    const now = clock()
    const peak = new Map<number, number>()
    for (const { one } of await series(numbers(refs), now - DAY, now, QUARTERS)) {
      const values = one.mean.filter(value => value !== null).sort((a, b) => a - b)
      const at = values[Math.min(values.length - 1, Math.floor(values.length * PEAK))]
      if (at !== undefined) peak.set(one.point, at)
    }
    return peak
  }

  return {
    /** 95th percentile of the last day's quarters of an hour, by point number. `refs`: the same list while nothing was entered anew. */
    peaks(refs: readonly PointRef[]): Promise<ReadonlyMap<number, number>> {
      if (peaks === null || peaks.until < clock() || peaks.refs !== refs) peaks = { until: clock() + PEAK_KEPT, refs, found: findPeaks(refs) }
      return peaks.found
    },

    /** The mean of each day (UTC), summed over the points; days on which one of them was not read are left out. */
    async days(refs: readonly PointRef[]): Promise<Daily[]> {
      const to = Math.floor(clock() / DAY) * DAY
      const nos = numbers(refs)
      const sums = new Map<number, { value: number; points: number }>()
      for (const { one } of await series(nos, to - BACK * DAY, to, BACK)) {
        const days = Map.groupBy(one.at.keys(), i => Math.floor(one.at[i]! / DAY) * DAY)
        for (const [day, rows] of days) {
          const values = rows.map(i => one.mean[i]).filter(value => typeof value === 'number')
          if (values.length === 0) continue
          const sum = sums.get(day) ?? { value: 0, points: 0 }
          sums.set(day, { value: sum.value + values.reduce((a, b) => a + b, 0) / values.length, points: sum.points + 1 })
        }
      }
      return [...sums].filter(([, { points }]) => points === nos.length).map(([day, { value }]) => ({ day, value }))
    },

    /** Wh of each point over a span, by hours. */
    async energy(refs: readonly PointRef[], from: Instant, to: Instant): Promise<ReadonlyMap<number, Energy>> {
      const found = new Map<number, Energy>()
      const wanted = refs.flatMap(ref => point(ref) ?? []).filter(one => one.quantity === 'power' || one.quantity === 'energy')
      const quantities = new Map(wanted.map(one => [one.no, one.quantity]))
      for (const { step, one } of await series([...quantities.keys()], from, to, Math.ceil((to - from) / HOUR) + 1)) {
        const energy = quantities.get(one.point) === 'energy' ? energyOfCounter(one, from, to) : energyOfPower(one, step, from, to)
        if (energy !== null) found.set(one.point, energy)
      }
      return found
    },
  }
}
