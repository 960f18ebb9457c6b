// The hottest rack inlet of the last 24 hours against its limit: whether today is a day like any other.
import { useComputed } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import type { Layout } from '../../daemon/domain/inventory.ts'
import { type Series, Sparkline } from '../parts/sparkline.tsx'
import { t } from '../words/index.ts'
import { measured } from '../words/say.ts'
import { useDay } from './energy.tsx'
import type { Heat } from './heat.ts'

/** The largest value of each bucket. Pure. */
export function topOf(parts: readonly Series[], step: number): Series {
  const tops = new Map<number, number>()
  for (const part of parts) {
    part.at.forEach((at, i) => {
      const value = part.values[i]
      if (value === null || value === undefined) return
      const bucket = Math.floor(at / step) * step
      tops.set(bucket, Math.max(tops.get(bucket) ?? value, value))
    })
  }
  const sorted = [...tops].sort(([a], [b]) => a - b)
  return { at: sorted.map(([at]) => at), values: sorted.map(([, value]) => value) }
}

/** Sensors asked for the past at most; a hall of hundreds is told by its first ones. */
const MOST = 60

export function InletDay({ layout, heat }: { readonly layout: Layout; readonly heat: Heat }) {
  const { wall } = t.value
  const refs = useMemo(
    () =>
      layout.sensors
        .filter(sensor => sensor.side === 'inlet')
        .slice(0, MOST)
        .map(sensor => sensor.point),
    [layout],
  )
  const day = useDay(refs, topOf)
  const now = useComputed(() =>
    heat.hottest.value === null ? '' : `${heat.hottest.value.name} ${measured(heat.hottest.value.value, 'temperature')}`,
  )
  if (refs.length === 0) return null
  return (
    <section class="panel inletday" aria-label={wall.trendTitle}>
      <header>
        <h2>{wall.trendTitle}</h2>
        <span class="end">
          {now} · {wall.hours24}
        </span>
      </header>
      <Sparkline series={day} limit={layout.site.inlet.warning} width={572} height={96} label={wall.trendTitle} />
    </section>
  )
}
