// All racks: inlet, power, what N-1 leaves and what is free, live; each leads to its elevation.
import type { ReadonlySignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { useDerived } from '../../live/derived.ts'
import { store, useTopic } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import {
  type Column,
  Empty,
  Meter,
  PageHead,
  Panel,
  SearchField,
  Skeleton,
  StateShape,
  Table,
  type Tone,
  TopicGate,
  toneOfAlarm,
  worse,
} from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import { kilowatts, measured } from '../../words/say.ts'
import '../devices/devices.css'
import { liveReader } from '../floor/live.ts'
import type { RackFigures } from '../floor/modes.ts'
import { ofSite, siteNamed } from '../floor/site.ts'
import { SiteSwitch } from '../floor/site-switch.tsx'
import { useFigures } from '../floor/use-figures.ts'
import { isAbout, type RackThings, thingsOf } from '../rack/alarms.ts'
import { type Elevation, elevationOf } from '../rack/elevation.ts'

interface Row {
  readonly rack: Layout['racks'][number]
  readonly elevation: Elevation
  readonly things: RackThings
  readonly figures: ReadonlySignal<RackFigures>
}

function Inlet({ row, limits }: { readonly row: Row; readonly limits: Layout['site']['inlet'] }) {
  const warm = useDerived(() => row.figures.value.heights.hottest?.value ?? null, [row])
  const text = useDerived(() => (warm.value === null ? '–' : measured(warm.value, 'temperature')), [warm])
  const name = useDerived(
    () => (warm.value === null ? 'dim' : warm.value > limits.critical ? 't-crit strong' : warm.value > limits.warning ? 't-warn strong' : ''),
    [warm, limits],
  )
  return <span class={name}>{text}</span>
}

const Power = ({ row }: { readonly row: Row }) => (
  <>{useDerived(() => (row.figures.value.power.total === null ? '–' : `${kilowatts(row.figures.value.power.total, 2)} kW`), [row])}</>
)

function Feeds({ row }: { readonly row: Row }) {
  const bars = useDerived(
    () =>
      row.figures.value.power.feeds.map(({ feed, load, rating, takeover, safe }) => (
        <div class="feedbar" key={feed.name}>
          {feed.name}
          <Meter
            value={(load ?? 0) / rating}
            takeover={takeover === null ? 0 : (takeover - (load ?? 0)) / rating}
            mark={safe / rating}
            tone={takeover !== null && takeover > safe ? 'warn' : 'ok'}
            label={`${feed.name} ${load === null ? '–' : kilowatts(load, 2)} kW`}
          />
        </div>
      )),
    [row],
  )
  return <>{bars}</>
}

function Headroom({ row }: { readonly row: Row }) {
  const left = useDerived(() => row.figures.value.power.headroom, [row])
  const name = useDerived(() => (left.value === null ? 'dim' : left.value < 0 ? 't-warn strong' : ''), [left])
  const text = useDerived(() => (left.value === null ? '–' : `${kilowatts(left.value, 2)} kW`), [left])
  return <span class={name}>{text}</span>
}

function State({ things }: { readonly things: RackThings }) {
  const shape = useDerived(() => {
    let tone: Tone = 'ok'
    for (const alarm of store.alarms.value.values())
      if (alarm.clearedAt === null && !alarm.suppressed && isAbout(alarm, things)) tone = worse(tone, toneOfAlarm(alarm))
    return <StateShape tone={tone} />
  }, [things])
  return <>{shape}</>
}

export default function RacksPage({ query }: PageProps) {
  const status = useTopic('overview')
  const whole = store.layout.value
  const words = t.value.pages.racks
  const site = query.get('site')
  const layout = useMemo(() => whole && ofSite(whole, siteNamed(whole, site).id), [whole, site])
  if (whole === null || layout === null) return <Skeleton lines={12} />
  if (whole.racks.length === 0)
    return (
      <>
        <PageHead title={words.title} />
        <section class="panel">
          <Empty title={words.emptyTitle} hint={words.emptyHint} />
        </section>
      </>
    )
  return (
    <TopicGate status={status} lines={12}>
      <Racks layout={layout} whole={whole} search={query.get('q') ?? ''} />
    </TopicGate>
  )
}

const natural = new Intl.Collator('id', { numeric: true, sensitivity: 'base' })

function Racks({ layout, whole, search }: { readonly layout: Layout; readonly whole: Layout; readonly search: string }) {
  const words = t.value.pages.racks
  const devices = store.devices.value
  const read = useDerived(() => liveReader, [])
  const standing = useMemo(
    () =>
      [...layout.racks]
        .sort((one, other) => natural.compare(one.row, other.row) || natural.compare(one.name, other.name))
        .map(rack => ({
          rack,
          elevation: elevationOf(rack, layout.equipment, [...devices.values()]),
          things: thingsOf(rack, layout, devices.values()),
        })),
    [layout, devices],
  )
  const figures = useFigures(layout, standing, read)
  const wanted = search.trim().toLowerCase()
  const rows = standing.flatMap((each, index): Row[] => {
    const mine = figures[index]
    const text = `${each.rack.name} ${each.rack.tenant ?? ''} ${each.rack.use ?? ''}`.toLowerCase()
    return mine === undefined || !text.includes(wanted) ? [] : [{ ...each, figures: mine }]
  })
  const units = standing.reduce((sum, each) => sum + each.elevation.units, 0)
  const free = standing.reduce((sum, each) => sum + each.elevation.free, 0)
  const columns: readonly Column<Row>[] = [
    {
      key: 'rack',
      label: words.rack,
      cell: ({ rack }) => (
        <a class="quiet rowlink" href={`/racks/${encodeURIComponent(rack.id)}`}>
          <span class="strong">{rack.name}</span> <span class="dim">{rack.use ?? ''}</span>
        </a>
      ),
    },
    { key: 'tenant', label: words.tenant, width: '190px', wide: true, cell: ({ rack }) => <span class="mid">{rack.tenant ?? ''}</span> },
    { key: 'inlet', label: words.inlet, num: true, width: '110px', cell: row => <Inlet row={row} limits={layout.site.inlet} /> },
    { key: 'power', label: words.power, num: true, width: '110px', cell: row => <Power row={row} /> },
    { key: 'feeds', label: words.feeds, width: '190px', wide: true, cell: row => <Feeds row={row} /> },
    { key: 'headroom', label: words.headroom, num: true, width: '130px', wide: true, cell: row => <Headroom row={row} /> },
    { key: 'free', label: words.free, num: true, width: '96px', wide: true, cell: ({ elevation }) => `${elevation.free} U` },
    {
      key: 'longest',
      label: words.longest,
      num: true,
      width: '80px',
      wide: true,
      cell: ({ elevation }) => <span class="dim">{`${elevation.longestFree} U`}</span>,
    },
    { key: 'state', label: words.state, width: '92px', cell: ({ things }) => <State things={things} /> },
  ]
  const rowName = (row: Row) => layout.rows.find(each => each.id === row.rack.row)?.name ?? row.rack.row
  return (
    <>
      <PageHead
        title={words.title}
        sub={words.sub(layout.racks.length, free, units)}
        actions={
          <div class="row wrap">
            <SiteSwitch layout={whole} chosen={layout.site.id} />
            <SearchField label={words.search} value={search} onInput={to => setQuery({ q: to })} />
          </div>
        }
      />
      <Panel label={words.title} class="devicelist">
        {rows.length === 0 ? (
          <Empty title={words.noneTitle} hint={words.noneHint} />
        ) : (
          <Table label={words.title} columns={columns} rows={rows} keyOf={row => row.rack.id} groupOf={rowName} />
        )}
      </Panel>
    </>
  )
}
