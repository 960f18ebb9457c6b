// In a failure: how long until it hurts, the soonest on the left. Absent while nothing runs out.
import { computed, type ReadonlySignal, signal, useComputed } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { Layout } from '../../daemon/domain/inventory.ts'
import { now } from '../live/index.ts'
import { Icon } from '../parts/icons.tsx'
import { t } from '../words/index.ts'
import { countdown, measured, number } from '../words/say.ts'
import { type Figures, meaningOf } from './figures.ts'
import type { Heat } from './heat.ts'

interface Running {
  readonly key: string
  readonly label: string
  readonly seconds: number
  readonly note: string
}

/** Battery, heat and fuel, soonest first. */
export function openCountdowns(layout: Layout, figures: Figures, heat: Heat): ReadonlySignal<readonly Running[]> {
  const ups = figures.all.filter(one => one.node.kind === 'ups')
  return computed(() => {
    const { wall } = t.value
    const running: Running[] = []
    const left = ups.flatMap(one => {
      const runtime = one.flow.value === 'batt' ? one.runtime.value : null
      return runtime === null ? [] : [{ name: one.node.name, seconds: Math.max(0, runtime.value - (now.value - runtime.at) / 1000) }]
    })
    left.sort((a, b) => a.seconds - b.seconds)
    const first = left[0]
    if (first !== undefined) {
      running.push({
        key: 'battery',
        label: wall.batteryIn,
        seconds: first.seconds,
        note: left
          .slice(0, 3)
          .map(one => `${one.name} ${countdown(one.seconds)}`)
          .join(' · '),
      })
    }
    const rise = heat.rise.value
    if (rise !== null) {
      running.push({
        key: 'heat',
        label: wall.temperatureIn(number(layout.site.inlet.critical)),
        seconds: rise.seconds,
        note: wall.trend(rise.rack, measured(rise.value, 'temperature'), number(rise.perMinute, 1)),
      })
    }
    return running.sort((a, b) => a.seconds - b.seconds)
  })
}

/** Under this it is red, s. */
const PRESSING = 600

export function Countdowns({ running, figures }: { readonly running: ReadonlySignal<readonly Running[]>; readonly figures: Figures }) {
  const { wall } = t.value
  const count = useComputed(() => running.value.length)
  const genset = figures.all.find(one => one.node.kind === 'genset') ?? null
  if (count.value === 0) return null
  return (
    <section class="panel countdowns" aria-label={wall.countdowns}>
      <div class={count.value > 1 ? 'cd' : 'cd one'}>
        {Array.from({ length: Math.min(2, count.value) }, (_, i) => (
          <Countdown key={i} running={running} at={i} />
        ))}
      </div>
      {genset === null ? null : <GensetLine figures={genset} />}
    </section>
  )
}

function Countdown({ running, at }: { readonly running: ReadonlySignal<readonly Running[]>; readonly at: number }) {
  const mine = useComputed(() => running.value[at])
  const label = useComputed(() => mine.value?.label ?? '')
  const time = useComputed(() => (mine.value === undefined ? '' : countdown(mine.value.seconds)))
  const note = useComputed(() => mine.value?.note ?? '')
  const name = useComputed(() => `time ${(mine.value?.seconds ?? PRESSING) < PRESSING ? 'crit' : 'warn'} ${time.value.includes(':') ? '' : 'words'}`)
  return (
    <dl>
      <dt>{label}</dt>
      <dd class={name}>{time}</dd>
      <dd class="note">{note}</dd>
    </dl>
  )
}

/** What the genset does about it, and since when. */
function GensetLine({ figures }: { readonly figures: NonNullable<ReturnType<Figures['of']>> }) {
  const since = useMemo(() => signal<number | null>(null), [figures])
  useEffect(() => {
    let was = figures.meaning.peek()
    return figures.meaning.subscribe(is => {
      if (is !== was) since.value = figures.state.peek()?.at ?? null
      was = is
    })
  }, [figures])
  const { wall } = t.value
  const meaning = figures.meaning.value
  const failed = meaning === 'startFailed' || meaning === 'fault' || meaningOf(figures.alarm.value) === 'startFailed'
  const text =
    meaning === 'running'
      ? wall.carrying(figures.node.name)
      : failed
        ? wall.startFailed(figures.node.name)
        : meaning === 'starting'
          ? wall.starting(figures.node.name)
          : null
  const time = useComputed(() => (since.value === null ? '' : countdown((now.value - since.value) / 1000)))
  if (text === null) return null
  return (
    <div class="gs">
      <Icon name={failed ? 'crit' : meaning === 'running' ? 'ok' : 'warn'} class={failed ? 'crit' : meaning === 'running' ? 'ok' : 'warn'} />
      <b>{text}</b>
      <b class="time">{time}</b>
    </div>
  )
}
