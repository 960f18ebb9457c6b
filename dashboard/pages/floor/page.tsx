// The floor plan: rooms to scale, racks coloured by what is asked, a rack beside it, and the whole of it back through time.

import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { stateOf } from '../../../daemon/domain/state.ts'
import { useTracks } from '../../charts/tracks.ts'
import { useDerived } from '../../live/derived.ts'
import { now, store, useTopic } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { Button, Empty, PageHead, Segmented, Skeleton, TopicGate } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { moment } from '../../words/say.ts'
import { thingsOf } from '../rack/alarms.ts'
import { elevationOf } from '../rack/elevation.ts'
import type { Reader } from '../rack/reading.ts'
import { airOf } from './air.ts'
import { Drawing } from './drawing.tsx'
import '../../style/pages.css'
import './floor.css'
import './rack-cell.css'
import './things.css'
import './callout.css'
import './legend.css'
import './side.css'
import './scrubber.css'
import { PlanEditor } from './edit/editor.tsx'
import type { Pointed } from './heat-at.ts'
import { Legend } from './legend.tsx'
import { liveReader, numbersOf, pastReader, refsOf } from './live.ts'
import { MODES, type Mode, tenantsOf } from './modes.ts'
import { planOf } from './plan.ts'
import { RackCell } from './rack-cell.tsx'
import { RackSide } from './rack-side.tsx'
import { Ranking } from './ranking.tsx'
import { PAST, type Past, Scrubber } from './scrubber.tsx'
import { ofSite, siteNamed } from './site.ts'
import { SiteSwitch } from './site-switch.tsx'
import { BUCKETS } from './timeline.ts'
import { useFigures } from './use-figures.ts'
import { useSpan } from './use-span.ts'

/** The plan without its editing. */
const addressOf = (query: URLSearchParams): string => {
  const rest = new URLSearchParams(query)
  rest.delete('edit')
  return `/floor${rest.size === 0 ? '' : `?${rest}`}`
}
const modeOf = (text: string | null): Mode => MODES.find(mode => mode === text) ?? 'inlet'
const pastOf = (text: string | null): Past => PAST.find(span => span === text) ?? 'day'

export default function FloorPage({ query }: PageProps) {
  const status = useTopic('overview')
  const whole = store.layout.value
  const words = t.value.pages.floor
  const site = query.get('site')
  const layout = useMemo(() => whole && ofSite(whole, siteNamed(whole, site).id), [whole, site])
  if (whole === null || layout === null) return <Skeleton lines={10} />
  if (query.get('edit') !== null && may('place.manage')) return <PlanEditor site={layout.site.id} back={addressOf(query)} />
  const mode = modeOf(query.get('mode'))
  const empty = layout.rooms.length === 0 && layout.racks.length === 0
  return (
    <>
      <PageHead
        title={words.title}
        sub={<Sub layout={layout} />}
        actions={
          <div class="row wrap">
            <SiteSwitch layout={whole} chosen={layout.site.id} />
            <Segmented
              label={words.mode}
              chosen={mode}
              choices={MODES.map(key => ({ key, label: words.modes[key] }))}
              onChoose={key => setQuery({ mode: key === 'inlet' ? null : key })}
            />
            {may('place.manage') ? <Button onClick={() => setQuery({ edit: 1 }, { push: true })}>{t.value.place.edit.start}</Button> : null}
            <a class="btn" href="/place">
              {t.value.place.open}
            </a>
          </div>
        }
      />
      {empty ? (
        <section class="panel">
          <Empty title={words.emptyTitle} hint={words.emptyHint} />
        </section>
      ) : (
        <TopicGate status={status} lines={12}>
          <Floor layout={layout} mode={mode} picked={query.get('rack')} span={pastOf(query.get('past'))} />
        </TopicGate>
      )}
    </>
  )
}

function Sub({ layout }: { readonly layout: Layout }) {
  const given = [layout]
  const words = t.value.pages.floor
  const open = useDerived(() => {
    let count = 0
    let known = 0
    for (const door of layout.doors) {
      const point = door.state === undefined ? null : store.pointOf(door.state).value
      const value = point === null ? null : (store.reading(point.no).value?.value ?? null)
      if (point === null || value === null) continue
      known++
      if (/^door(Open|Forced|Held)$/.test(stateOf(point.states ?? [], value).meaning ?? '')) count++
    }
    // "All closed" is said only of doors that were asked.
    return count === 0 && (known === 0 || known < layout.doors.length) ? '' : `, ${words.doorsOpen(count)}`
  }, given)
  return (
    <>
      {words.sub(layout.site.name, layout.rooms.length, layout.racks.length)}
      {open}
    </>
  )
}

interface FloorProps {
  readonly layout: Layout
  readonly mode: Mode
  readonly picked: string | null
  readonly span: Past
}

function Floor({ layout, mode, picked, span }: FloorProps) {
  const given = [layout, mode, picked, span]
  const words = t.value.pages.floor
  const plan = useMemo(() => planOf(layout), [layout])
  const tenants = useMemo(() => tenantsOf(layout), [layout])
  const at = useSignal<number | null>(null)
  const pointed = useSignal<Pointed | null>(null)
  const sides = useMemo(() => new Set(airOf(layout).map(({ side }) => side)), [layout])
  useEffect(() => {
    at.value = null
  }, [span])
  const past = at.value !== null
  const { asked, shown } = useSpan(layout, span, past)
  // The past is asked for only when somebody goes there.
  const nos = useDerived(() => numbersOf(refsOf(layout)), given)
  const state = useTracks(past ? nos.value : [], asked, { live: false, buckets: BUCKETS })
  const read = useDerived<Reader>(() => {
    const moment = at.value
    if (moment === null) return liveReader
    const is = state.value
    return is.kind === 'ready' ? pastReader(is.tracks, moment) : () => null
  }, given)
  const devices = store.devices.value
  const racks = useMemo(
    () =>
      layout.racks.map(rack => ({
        rack,
        elevation: elevationOf(rack, layout.equipment, [...devices.values()]),
        things: thingsOf(rack, layout, devices.values()),
      })),
    [layout, devices],
  )
  const figures = useFigures(layout, racks, read)
  const chosen = racks.findIndex(({ rack }) => rack.id === picked)
  const side = figures[chosen]
  return (
    <>
      <div class="floorgrid">
        <section class={past ? 'panel floorpanel past' : 'panel floorpanel'}>
          {past ? (
            <p class="pastnote" role="status">
              {words.shownAt(moment(at.value ?? 0, now.value))}
            </p>
          ) : null}
          <div class="floorscroll">
            <Drawing plan={plan} layout={layout} read={read} past={past} heat={mode === 'inlet' ? pointed : null}>
              {plan.racks.map((shape, index) => {
                const mine = figures[index]
                const rack = racks[index]
                return mine === undefined || rack === undefined ? null : (
                  <RackCell
                    key={shape.id}
                    shape={shape}
                    figures={mine}
                    mode={mode}
                    read={read}
                    past={past}
                    things={rack.things}
                    limits={layout.site.inlet}
                    tenants={tenants}
                    selected={shape.id === picked}
                  />
                )
              })}
            </Drawing>
          </div>
          <Legend mode={mode} limits={layout.site.inlet} tenants={tenants} pointed={pointed} sides={sides} />
        </section>
        <div class="stack floorside">
          {side === undefined || racks[chosen] === undefined ? (
            <section class="panel pickhint">
              <Empty title={words.pick} hint={words.pickHint} />
            </section>
          ) : (
            <RackSide key={picked} figures={side} things={racks[chosen].things} past={past} />
          )}
          <Ranking mode={mode} all={figures} limits={layout.site.inlet} />
        </div>
      </div>
      <Scrubber layout={layout} span={span} asked={asked} shown={shown} at={at} />
    </>
  )
}
