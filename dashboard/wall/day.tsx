// The hottest rack inlet of the last 24 hours against its limit: whether today is a day like any other.
import { useComputed } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import type { Layout } from '../../daemon/domain/inventory.ts'
import { Sparkline } from '../parts/sparkline.tsx'
import { t } from '../words/index.ts'
import { measured } from '../words/say.ts'
import { useDay, useSpan } from './energy.tsx'
import type { Heat } from './heat.ts'

/** Sensors asked for the past at most; a hall of hundreds is told by its first ones. */
const MOST = 60

const highest = (values: readonly number[]): number => Math.max(...values)

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
  const day = useDay(refs, highest)
  const now = useComputed(() =>
    heat.hottest.value === null ? '' : `${heat.hottest.value.name} ${measured(heat.hottest.value.value, 'temperature')}`,
  )
  const span = useSpan(day)
  if (refs.length === 0) return null
  return (
    <section class="panel inletday" aria-label={wall.trendTitle}>
      <header>
        <h2>{wall.trendTitle}</h2>
        <span class="end">
          {now} · {span}
        </span>
      </header>
      <Sparkline series={day} limit={layout.site.inlet.warning} width={572} height={96} label={wall.trendTitle} />
    </section>
  )
}
