// Inlet temperatures of racks: the hottest sensor at each front, its step on the heat scale, and the rise of the last minutes.
import { computed, type ReadonlySignal } from '@preact/signals'
import type { Layout } from '../../daemon/domain/inventory.ts'
import { now, store } from '../live/index.ts'
import { openTrend } from '../parts/trend.ts'
import { type Measured, measuredOf } from './figures.ts'
import { secondsTo, slope } from './rise.ts'

export interface RackHeat {
  readonly id: string
  readonly name: string
  readonly inlet: ReadonlySignal<Measured | null>
}

export interface HeatRow {
  readonly id: string
  readonly racks: readonly RackHeat[]
  /** What lies between this row and the one after it. */
  readonly aisle: 'cold' | 'hot' | null
}

export interface Rise {
  readonly rack: string
  readonly value: number
  readonly perMinute: number
  /** Until the critical limit. */
  readonly seconds: number
}

/** 0 … 4 while all is well, 5 past the warning limit, 6 past the critical one. */
export function heatStep(value: number, limits: { readonly warning: number; readonly critical: number }): number {
  if (value > limits.critical) return 6
  if (value > limits.warning) return 5
  return [7, 5, 3, 1].filter(below => value >= limits.warning - below).length
}

/** What a rise is judged by, short enough to end soon after the air turns; and what is kept of each sensor, ms. */
const JUDGED = 100_000
const KEPT = 600_000

export interface Heat {
  readonly rows: readonly HeatRow[]
  readonly hottest: ReadonlySignal<{ readonly name: string; readonly value: number } | null>
  /** The one that will reach the limit first, when one rises. */
  readonly rise: ReadonlySignal<Rise | null>
  readonly close: () => void
}

export function openHeat(layout: Layout): Heat {
  const inlets = layout.sensors.filter(sensor => sensor.side === 'inlet' && sensor.rack !== undefined)
  const rows = layout.rows.flatMap((row, i): HeatRow[] => {
    const racks = layout.racks.filter(rack => rack.row === row.id && inlets.some(sensor => sensor.rack === rack.id))
    if (racks.length === 0) return []
    const next = layout.racks.find(rack => rack.row === layout.rows[i + 1]?.id)
    const facing = racks[0]?.facing
    const faces = facing === 'south' && next?.facing === 'north'
    const backs = facing === 'north' && next?.facing === 'south'
    return [
      {
        id: row.id,
        aisle: faces ? 'cold' : backs ? 'hot' : null,
        racks: racks
          .toSorted((a, b) => a.x - b.x || a.y - b.y)
          .map(rack => ({
            id: rack.id,
            name: rack.name,
            inlet: hottestOf(inlets.filter(sensor => sensor.rack === rack.id).map(sensor => measuredOf(sensor.point))),
          })),
      },
    ]
  })
  const all = rows.flatMap(row => row.racks)
  const hottest = computed(() => {
    let top: { name: string; value: number } | null = null
    for (const rack of all) {
      const is = rack.inlet.value
      if (is !== null && !is.stale && (top === null || is.value > top.value)) top = { name: rack.name, value: is.value }
    }
    return top
  })

  const trends = inlets.map(sensor => {
    const point = store.pointOf(sensor.point)
    // The point's number comes with the first frame: the trend opens when it is known.
    let open: { readonly no: number; readonly trend: ReturnType<typeof openTrend> } | null = null
    const close = (): void => {
      open?.trend.close()
      open = null
    }
    const stop = point.subscribe(view => {
      if (view === null || open?.no === view.no) return
      close()
      open = { no: view.no, trend: openTrend(view.no, KEPT) }
    })
    return {
      sensor,
      point,
      series: () => open?.trend.series.value ?? null,
      close: () => {
        stop()
        close()
      },
    }
  })
  const limit = layout.site.inlet.critical
  const rise = computed<Rise | null>(() => {
    let soonest: Rise | null = null
    for (const one of trends) {
      const view = one.point.value
      const series = one.series()
      const live = view === null ? null : store.reading(view.no).value
      if (series === null || live === null || live.value === null || live.value < layout.site.inlet.warning - 6) continue
      const perMinute = slope(series, live.at - JUDGED)
      const seconds = secondsTo(limit, live.value, perMinute)
      if (seconds === null || perMinute === null || (soonest !== null && seconds >= soonest.seconds)) continue
      const rack = layout.racks.find(found => found.id === one.sensor.rack)?.name ?? one.sensor.name
      soonest = { rack, value: live.value, perMinute, seconds: Math.max(0, seconds - (now.value - live.at) / 1000) }
    }
    return soonest
  })
  return {
    rows,
    hottest,
    rise,
    close: () => {
      for (const one of trends) one.close()
    },
  }
}

function hottestOf(parts: readonly ReadonlySignal<Measured | null>[]): ReadonlySignal<Measured | null> {
  return computed(() => {
    let top: Measured | null = null
    for (const part of parts) {
      const is = part.value
      if (is !== null && (top === null || (top.stale && !is.stale) || (top.stale === is.stale && is.value > top.value))) top = is
    }
    return top
  })
}
