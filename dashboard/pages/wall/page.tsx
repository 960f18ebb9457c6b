// The wallboard: one screen for the whole site, drawn for 1920 × 1080 and scaled to the panel. Runs for weeks: its markup stays, texts and classes change.
import { useComputed, useSignalEffect } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { store, useTopic } from '../../live/index.ts'
import { Empty, Skeleton } from '../../parts/index.ts'
import { Alarms, Events } from '../../wall/alarms.tsx'
import { buildChain } from '../../wall/chain.ts'
import { SlaClocks, useSlaClocks } from '../../wall/clocks.tsx'
import { Cooling } from '../../wall/cooling.tsx'
import { Countdowns, openCountdowns } from '../../wall/countdowns.tsx'
import { InletDay } from '../../wall/day.tsx'
import { Energy } from '../../wall/energy.tsx'
import { openFigures } from '../../wall/figures.ts'
import { openHeat } from '../../wall/heat.ts'
import { Inlet } from '../../wall/inlet.tsx'
import { Oneline } from '../../wall/oneline.tsx'
import { PremisesPanel } from '../../wall/premises.tsx'
import { Readiness, RoomPanel, SuarLine } from '../../wall/ready.tsx'
import { groups, situation } from '../../wall/situation.ts'
import { Top } from '../../wall/top.tsx'
import { lang, t } from '../../words/index.ts'
import { ofSite } from '../floor/site.ts'
import './wall.css'
import './oneline.css'
import './below.css'
import './side.css'
import './narrow.css'

let drawings = 0

export default function WallPage() {
  useTopic('overview')
  const whole = store.layout.value
  // The wall is of the first site; a second one has a plan of its own.
  const layout = useMemo(() => whole && ofSite(whole, whole.site.id), [whole])
  const board = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const fit = (): void => {
      const scale = Math.min(innerWidth / 1920, innerHeight / 1080)
      document.documentElement.style.setProperty('--k', String(scale))
      board.current?.classList.toggle('fits', innerWidth >= 900)
    }
    fit()
    addEventListener('resize', fit)
    return () => removeEventListener('resize', fit)
  }, [])
  const { nav } = t.value
  // Figures and words are bound to the layout and language they were made for: another one draws the board anew.
  const drawn = useMemo(() => ++drawings, [layout])
  useSignalEffect(() => {
    document.title = `${t.value.nav.wall} · ${store.layout.value?.site.name ?? 'Suar'}`
  })
  const name = useComputed(() => {
    const { kind } = situation.value
    return `wallpage ${kind === 'alarm' ? 'fail' : kind}`
  })
  return (
    <div class={name}>
      <div class="wall fits" ref={board}>
        <Top />
        <main aria-label={nav.wall}>
          {layout === null ? <Skeleton lines={6} height={48} /> : <Board key={`${drawn} ${lang.value}`} layout={layout} />}
        </main>
      </div>
    </div>
  )
}

function Board({ layout }: { readonly layout: Layout }) {
  const chain = useMemo(() => buildChain(layout), [layout])
  const figures = useMemo(() => openFigures(layout), [layout])
  const heat = useMemo(() => openHeat(layout), [layout])
  useEffect(() => heat.close, [heat])
  // The same place and height: what the desk owes within the hour, else the day's temperatures.
  const clocks = useSlaClocks()
  const running = useMemo(() => openCountdowns(layout, figures, heat), [layout, figures, heat])
  const pressing = useComputed(() => running.value.length > 0)
  const many = useComputed(() => situation.value.kind === 'alarm')
  // The room gives way only when the alarms need its place.
  const crowded = useComputed(
    () => running.value.length > 1 || groups.value.reduce((sum, group) => sum + 1 + group.effects.length + group.suppressed.length, 0) > 4,
  )
  if (layout.racks.length === 0 && layout.power.length === 0 && layout.rooms.length === 0) {
    return <Empty title={t.value.wall.emptyTitle} hint={t.value.wall.emptyHint} />
  }
  const fails = pressing.value || many.value
  return (
    <div class="cols">
      <div class="c">
        <Oneline chain={chain} figures={figures} />
        <div class="bot">
          <Cooling layout={layout} figures={figures} />
          <Inlet layout={layout} heat={heat} />
          <Energy layout={layout} figures={figures} />
        </div>
      </div>
      <div class={fails ? 'c side fails' : 'c side'}>
        <Countdowns running={running} figures={figures} />
        <Alarms />
        {fails ? null : <Readiness figures={figures} />}
        {crowded.value ? null : <RoomPanel layout={layout} />}
        <PremisesPanel brief={fails} />
        {fails ? null : (
          // Kept while it is out of sight: coming back it would ask for the whole day anew.
          <div class="inletturn" hidden={clocks.value}>
            <InletDay layout={layout} heat={heat} />
          </div>
        )}
        {fails || !clocks.value ? null : <SlaClocks />}
        <Events />
        <SuarLine />
      </div>
    </div>
  )
}
