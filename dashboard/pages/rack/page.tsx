// One rack: front and rear, what feeds it and what if a feed fails, its air by height, its day and its alarms.
import { useMemo } from 'preact/hooks'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { lastOf } from '../../charts/range.ts'
import { sumTracks } from '../../charts/sum.ts'
import { type TracksState, useTracks } from '../../charts/tracks.ts'
import { useDerived } from '../../live/derived.ts'
import { nowExact, store, useTopic } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { Button, Empty, PageHead, Panel, Pill, Skeleton, type Tone, TopicGate, toneOfAlarm, worse } from '../../parts/index.ts'
import { Timeline } from '../../parts/timeline.tsx'
import { setQuery } from '../../router.ts'
import { may } from '../../signin/session.ts'
import '../../style/pages.css'
import { lang, t } from '../../words/index.ts'
import { number } from '../../words/say.ts'
import { liveReader, numbersOf } from '../floor/live.ts'
import { figuresOf } from '../floor/modes.ts'
import { isAbout, thingsOf } from './alarms.ts'
import { RackEditor } from './edit.tsx'
import { elevationOf } from './elevation.ts'
import { Face } from './face.tsx'
import { FeedsPanel } from './feeds-panel.tsx'
import { HeightsChart } from './heights-chart.tsx'
import { Items } from './items.tsx'
import { PowerChart, RACK_POWER } from './power-chart.tsx'
import './rack.css'
import { RackTiles } from './tiles.tsx'

export default function RackPage({ params, query }: PageProps) {
  const id = params['id'] ?? ''
  const status = useTopic(`rack:${id}`)
  const layout = store.layout.value
  const words = t.value.pages.rack
  if (layout === null) return <Skeleton lines={10} />
  const rack = layout.racks.find(each => each.id === id)
  if (rack === undefined) {
    return (
      <Empty
        title={words.unknown}
        hint={words.unknownHint}
        action={
          <a class="btn primary" href="/racks">
            {words.toRacks}
          </a>
        }
      />
    )
  }
  if (query.get('edit') !== null && may('place.manage')) return <RackEditor key={id} rack={id} />
  return (
    <TopicGate status={status} lines={12}>
      <RackView key={id} rack={rack} layout={layout} item={query.get('item')} />
    </TopicGate>
  )
}

interface RackViewProps {
  readonly rack: Layout['racks'][number]
  readonly layout: Layout
  /** Equipment that is looked at, by its id. */
  readonly item: string | null
}

/** The rack on the plan of its site. */
function floorOf(layout: Layout, rack: Layout['racks'][number]): string {
  const site = layout.rooms.find(room => room.id === rack.room)?.site
  const query = new URLSearchParams({ rack: rack.id, ...(site === undefined || site === layout.site.id ? {} : { site }) })
  return `/floor?${query}`
}

function RackView({ rack, layout, item }: RackViewProps) {
  const given = [rack, layout]
  const words = t.value.pages.rack
  const devices = store.devices.value
  const elevation = useMemo(() => elevationOf(rack, layout.equipment, [...devices.values()]), [rack, layout, devices])
  const things = useMemo(() => thingsOf(rack, layout, devices.values()), [rack, layout, devices])
  const figures = useDerived(() => figuresOf(layout, rack, elevation, liveReader), [...given, elevation])
  const range = useMemo(() => lastOf('day', nowExact()), [])
  const feeds = useDerived(() => {
    const nodes = rack.feeds.map(feed => layout.power.find(node => node.id === feed.node))
    return numbersOf(
      nodes.flatMap(node => {
        const refs = node?.measures['power']
        return refs === undefined ? [] : 'device' in refs ? [refs] : refs
      }),
    )
  }, given)
  const parts = useTracks(feeds.value, range, { live: true })
  const power = useDerived<TracksState>(() => {
    const is = parts.value
    return is.kind === 'ready' ? { ...is, tracks: [sumTracks(is.tracks, RACK_POWER.no)] } : is
  }, [parts])
  const limit = useDerived(() => figures.value.power.limit, [figures])
  const tone = useDerived(() => {
    let worst: Tone = 'ok'
    for (const alarm of store.alarms.value.values())
      if (alarm.clearedAt === null && !alarm.suppressed && isAbout(alarm, things)) worst = worse(worst, toneOfAlarm(alarm))
    return worst
  }, [things])
  const room = layout.rooms.find(each => each.id === rack.room)
  const row = layout.rows.find(each => each.id === rack.row)
  const about = [
    [room?.name, row?.name].filter(part => part !== undefined).join(', '),
    [rack.use, rack.tenant].filter(part => part !== undefined).join(' '),
    words.size(number(rack.width * 1000), number(rack.depth * 1000)),
    words.filled(elevation.taken, elevation.free, elevation.units),
  ]
  const [left, right] = rack.feeds.map(feed => feed.name)
  // Who came by the code of a label sees that thing first.
  const items = <Items rack={rack} layout={layout} picked={item} />
  return (
    <>
      <PageHead
        title={words.title(rack.name)}
        beside={<Pill tone={tone.value} />}
        sub={about.filter(part => part !== '').join(' · ')}
        actions={
          <div class="row wrap">
            {may('place.manage') ? <Button onClick={() => setQuery({ edit: 1 }, { push: true })}>{t.value.place.edit.startRack}</Button> : null}
            {may('place.export') ? (
              <a
                class="btn"
                href={`/api/v1/place/labels?racks=${encodeURIComponent(rack.id)}&language=${lang.value}`}
                target="_blank"
                rel="noreferrer"
              >
                {t.value.place.export.labelRack}
              </a>
            ) : null}
            <a class="btn" href={floorOf(layout, rack)}>
              {t.value.pages.floor.title}
            </a>
          </div>
        }
      />
      <div class="racktiles">
        <RackTiles rack={rack} layout={layout} figures={figures} power={power} />
      </div>
      <div class="rackgrid">
        <Panel title={words.front} end={words.frontNote} class="elevation">
          <Face rack={rack} nodes={layout.power} elevation={elevation} face="front" />
        </Panel>
        <Panel
          title={words.rear}
          end={words.rearNote(left === undefined || right === undefined ? (left ?? '') : words.sides(left, right))}
          class="elevation"
        >
          <Face rack={rack} nodes={layout.power} elevation={elevation} face="rear" />
        </Panel>
        <div class="stack">
          {item === null ? null : items}
          <FeedsPanel figures={figures} />
          <PowerChart state={power} range={range} limit={limit.value} />
          <div class="rackpair">
            <Panel title={words.heights}>
              <div class="heightsbody">
                <div class="row small dim">
                  <span class="row">
                    <svg width="16" height="4" aria-hidden="true">
                      <path d="M0 2H16" stroke="var(--c1)" stroke-width="2" />
                    </svg>
                    {words.inletLine}
                  </span>
                  <span class="row">
                    <svg width="16" height="4" aria-hidden="true">
                      <path d="M0 2H16" stroke="var(--c2)" stroke-width="2" stroke-dasharray="4 2.5" />
                    </svg>
                    {words.outletLine}
                  </span>
                </div>
                <HeightsChart figures={figures} limit={layout.site.inlet.warning} />
              </div>
            </Panel>
            {may('timeline.read') ? (
              <Panel title={t.value.timeline.ofRack} end={<a href={`/timeline?rack=${encodeURIComponent(rack.id)}`}>{t.value.timeline.all}</a>}>
                <Timeline path={`/timeline/rack/${encodeURIComponent(rack.id)}?size=8`} label={t.value.timeline.ofRack} />
              </Panel>
            ) : null}
          </div>
          {item === null ? items : null}
        </div>
      </div>
    </>
  )
}
