// IT load with its last 24 hours, and how much the site draws for each watt of it.
import { type ReadonlySignal, useComputed } from '@preact/signals'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Layout, PointRef, PowerNode } from '../../daemon/domain/inventory.ts'
import { NONE } from '../../daemon/domain/words/lang.ts'
import { useDerived } from '../live/derived.ts'
import { store } from '../live/index.ts'
import { type Series, together } from '../parts/series.ts'
import { Sparkline } from '../parts/sparkline.tsx'
import { openTrend } from '../parts/trend.ts'
import { t } from '../words/index.ts'
import { age, kilowatts, number } from '../words/say.ts'
import { Figure } from './figure.tsx'
import type { Figures } from './figures.ts'
import { sum } from './oneline.tsx'

const DAY = 86_400_000
/** Steps of the line of a day. */
const STEPS = 120

const addUp = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

/** Where IT load is measured: behind the UPS, or at the distribution when there is none. */
function itNodes(layout: Layout): readonly PowerNode[] {
  for (const kind of ['ups', 'pdu', 'panel'] as const) {
    const found = layout.power.filter(node => node.kind === kind && node.measures['power'] !== undefined)
    if (found.length > 0) return found
  }
  return []
}

const refsOf = (node: PowerNode): readonly PointRef[] => {
  const refs = node.measures['power']
  return refs === undefined ? [] : 'device' in refs ? [refs] : refs
}

export function Energy({ layout, figures }: { readonly layout: Layout; readonly figures: Figures }) {
  const { wall } = t.value
  const nodes = useMemo(() => itNodes(layout), [layout])
  const utility = layout.power.find(node => node.kind === 'utility')
  const load = useComputed(() => sum(nodes.map(node => figures.of(node.id)?.power.value ?? null)))
  const gone = useComputed(() => utility !== undefined && figures.of(utility.id)?.flow.value === 'dead')
  const pue = useComputed(() => {
    const site = utility === undefined ? null : (figures.of(utility.id)?.power.value ?? null)
    if (gone.value || site === null || load.value === null || load.value.value <= 0) return NONE
    const ratio = site.value / load.value.value
    return ratio < 1 ? NONE : number(ratio, 2)
  })
  const note = useComputed(() => (gone.value && utility !== undefined ? wall.noUtility(utility.name) : ''))
  const refs = useMemo(() => nodes.flatMap(refsOf), [nodes])
  const day = useDay(refs, addUp)
  const peak = useDerived(() => {
    const known = (day.value?.values ?? []).filter(value => value !== null)
    return known.length === 0 ? '' : wall.peak(`${kilowatts(Math.max(...known))} kW`)
  }, [day, wall])
  const span = useSpan(day)
  return (
    <section class="panel energy" aria-label={wall.energy}>
      <header>
        <h2>{wall.energy}</h2>
        <span class="end">{span}</span>
      </header>
      <dl class="en">
        <dt>{wall.itLoad}</dt>
        <dd>
          <Figure of={load} unit="kW" />
        </dd>
        <dd class="line">
          <Sparkline series={day} width={248} height={76} label={wall.itLoad} />
        </dd>
        <dd class="sb">{peak}</dd>
        <dt>{wall.pueNow}</dt>
        <dd class="sb2">
          {pue} <small>{note}</small>
        </dd>
      </dl>
    </section>
  )
}

/** The last day of several points as one line; each part is loaded once and then grows by live readings. */
export function useDay(refs: readonly PointRef[], join: (values: readonly number[]) => number) {
  const [trends, show] = useState<readonly ReturnType<typeof openTrend>[]>([])
  // Numbers of points come with the first frame, and again when a device is looked at anew.
  const nos = useComputed(() => refs.map(ref => store.pointOf(ref).value?.no ?? -1).join())
  const known = nos.value
  useEffect(() => {
    const open = known === '' || known.includes('-1') ? [] : known.split(',').map(no => openTrend(Number(no), DAY))
    show(open)
    return () => {
      for (const one of open) one.close()
    }
  }, [known])
  return useDerived<Series | null>(() => {
    const parts = trends.map(one => one.series.value)
    const known = parts.filter(part => part !== null)
    return known.length === 0 || known.length < parts.length ? null : together(known, STEPS, join)
  }, [trends])
}

/** How far a line reaches back: 24 hours, or as long as there is something to show. */
export function useSpan(day: ReadonlySignal<Series | null>): ReadonlySignal<string> {
  return useDerived(() => {
    const at = day.value?.at ?? []
    const [from, to] = [at[0], at[at.length - 1]]
    if (from === undefined || to === undefined) return ''
    return to - from > DAY * 0.95 ? t.value.wall.hours24 : age(to - from)
  }, [day])
}
