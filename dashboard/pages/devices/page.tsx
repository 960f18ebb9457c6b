// All devices: searched, filtered, sorted and paged by the URL; each row with its most telling value, live.
import { useEffect, useState } from 'preact/hooks'
import { KINDS } from '../../../daemon/domain/device.ts'
import { NOUNS } from '../../../daemon/domain/words/kind-words.ts'
import type { DeviceView } from '../../../daemon/stream/contract.ts'
import { useDerived } from '../../live/derived.ts'
import { now, store, useTopic } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import {
  type Column,
  Empty,
  PageHead,
  Pager,
  Panel,
  SearchField,
  Segmented,
  Skeleton,
  StateShape,
  Table,
  toneOfAlarm,
  useValue,
} from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import '../../style/pages.css'
import { lang, t } from '../../words/index.ts'
import { age, number, text } from '../../words/say.ts'
import { deviceTone, placeOf } from '../device/head.tsx'
import './devices.css'
import { listed, type Row, SORTS, STATUSES, wantedOf } from './filter.ts'

const SIZE = 100
const GRAVITY = { ok: 0, work: 0, unknown: 1, warn: 2, crit: 3 } as const

/** The most telling value with its name; its point comes with the topic of the list. */
function Headline({ no }: { readonly no: number }) {
  const point = store.pointNow(no)
  return point === undefined ? <span class="dim">–</span> : <HeadlineValue point={point} />
}

function HeadlineValue({ point }: { readonly point: NonNullable<ReturnType<typeof store.pointNow>> }) {
  const { number: figure, unit, stale, tone } = useValue(point)
  const name = useDerived(
    () => (stale.value ? 'value stale' : tone.value === 'warn' ? 'value t-warn' : tone.value === 'crit' ? 'value t-crit' : 'value'),
    [stale, tone],
  )
  return (
    <span class="headline" title={text(point.label)}>
      <span class="ell dim">{text(point.label)}</span>
      <span class={name}>
        <b>{figure}</b>
        <span class="unit">{unit}</span>
      </span>
    </span>
  )
}

function StateOf({ row }: { readonly row: Row }) {
  const words = t.value
  const { device, alarms } = row
  const tone = deviceTone(device)
  return (
    <span class="row statecell">
      <StateShape tone={tone} label={words.state[device.status]} />
      {alarms > 0 ? (
        <a href={`/alarms?device=${encodeURIComponent(device.id)}`}>{words.pages.devices.alarms(alarms)}</a>
      ) : (
        <span class={device.status === 'up' ? 'dim' : ''}>{words.state[device.status]}</span>
      )}
    </span>
  )
}

/** How long ago it was last heard; its newest reading counts too, which comes live. */
function Seen({ device }: { readonly device: DeviceView }) {
  const shown = useDerived(() => {
    const read = device.headline === null ? null : (store.reading(device.headline).value?.at ?? null)
    const last = Math.max(read ?? 0, device.lastSeen ?? 0)
    return last === 0 ? t.value.pages.devices.never : age(Math.max(0, now.value - last))
  }, [device])
  return <span class="dim">{shown}</span>
}

export default function DevicesPage({ query }: PageProps) {
  const status = useTopic('devices')
  const words = t.value.pages.devices
  const wanted = wantedOf(query)
  const [typed, setTyped] = useState(wanted.search)
  const rows = useDerived<readonly Row[]>(() => {
    const counts = new Map<string, { alarms: number; gravity: number }>()
    for (const alarm of store.alarms.value.values()) {
      if (alarm.clearedAt !== null || alarm.suppressed || alarm.device === null) continue
      const was = counts.get(alarm.device) ?? { alarms: 0, gravity: 0 }
      counts.set(alarm.device, { alarms: was.alarms + 1, gravity: Math.max(was.gravity, GRAVITY[toneOfAlarm(alarm)]) })
    }
    return [...store.devices.value.values()].map(device => {
      const mine = counts.get(device.id)
      return { device, place: placeOf(device), alarms: mine?.alarms ?? 0, gravity: Math.max(mine?.gravity ?? 0, device.status === 'up' ? 0 : 1) }
    })
  }, []).value
  useEffect(() => {
    if (typed === wanted.search) return
    const timer = setTimeout(() => setQuery({ q: typed, page: null }), 120)
    return () => clearTimeout(timer)
  }, [typed, wanted.search])
  if (store.layout.value === null) return <Skeleton lines={12} />
  if (rows.length === 0)
    return (
      <>
        <PageHead title={words.title} />
        <section class="panel">
          <Empty title={words.emptyTitle} hint={words.emptyHint} />
        </section>
      </>
    )

  const found = listed(rows, wanted)
  const pages = Math.max(1, Math.ceil(found.length / SIZE))
  const page = Math.min(pages, Math.max(1, Number(query.get('page') ?? 1) || 1))
  const shown = found.slice((page - 1) * SIZE, page * SIZE)
  const kinds = KINDS.filter(kind => rows.some(row => row.device.kind === kind))
  const up = rows.filter(row => row.device.status === 'up').length
  const points = rows.reduce((sum, row) => sum + row.device.points, 0)
  const clear = () => {
    setTyped('')
    setQuery({ q: null, kind: null, status: null, page: null })
  }
  // Values live in their cells; the list itself is drawn again only when devices or alarms change.
  const ready = status.kind === 'ready'
  const columns: readonly Column<Row>[] = [
    {
      key: 'name',
      label: words.name,
      sortable: true,
      cell: ({ device }) => (
        <a class="quiet rowlink strong nw" href={`/devices/${encodeURIComponent(device.id)}`}>
          {device.name}
        </a>
      ),
    },
    {
      key: 'kind',
      label: words.kind,
      width: '128px',
      sortable: true,
      wide: true,
      cell: ({ device }) => <span class="mid">{NOUNS[lang.value][device.kind] || device.kind}</span>,
    },
    { key: 'state', label: words.state, width: '132px', sortable: true, cell: row => <StateOf row={row} /> },
    {
      key: 'headline',
      label: words.headline,
      width: '230px',
      cell: ({ device }) =>
        device.headline === null || !ready ? <span class="dim">–</span> : <Headline key={device.headline} no={device.headline} />,
    },
    { key: 'place', label: words.place, width: '190px', sortable: true, wide: true, cell: row => <span class="mid">{row.place}</span> },
    {
      key: 'address',
      label: words.address,
      width: '140px',
      sortable: true,
      wide: true,
      cell: ({ device }) => <span class="mono dim">{device.address}</span>,
    },
    { key: 'points', label: words.points, num: true, width: '80px', sortable: true, wide: true, cell: ({ device }) => number(device.points) },
    {
      key: 'seen',
      label: words.seen,
      num: true,
      width: '96px',
      sortable: true,
      wide: true,
      cell: ({ device }) => <Seen device={device} />,
    },
  ]
  return (
    <>
      <PageHead title={words.title} sub={words.sub(up, rows.length, number(points))} />
      <div class="row wrap devicefilters">
        <SearchField label={words.search} value={typed} onInput={setTyped} />
        <label class="kindpick">
          <span class="sr">{words.kind}</span>
          <select class="input" value={wanted.kind ?? ''} onChange={event => setQuery({ kind: event.currentTarget.value, page: null })}>
            <option value="">{words.allKinds}</option>
            {kinds.map(kind => (
              <option key={kind} value={kind}>
                {NOUNS[lang.value][kind] || kind}
              </option>
            ))}
          </select>
        </label>
        <Segmented
          label={words.status}
          chosen={wanted.status}
          choices={STATUSES.map(key => ({ key, label: words.statuses[key] }))}
          onChoose={key => setQuery({ status: key === 'all' ? null : key, page: null })}
        />
        <span class="small dim counted" role="status">
          {found.length === 0 ? '' : words.count((page - 1) * SIZE + 1, (page - 1) * SIZE + shown.length, found.length)}
        </span>
      </div>
      <Panel label={words.title} class="devicelist">
        {found.length === 0 ? (
          <Empty
            title={words.noneTitle}
            hint={words.noneHint}
            action={
              <button type="button" class="btn" onClick={clear}>
                {words.clear}
              </button>
            }
          />
        ) : (
          <Table
            label={words.title}
            columns={columns}
            rows={shown}
            keyOf={row => row.device.id}
            sort={{ key: wanted.sort, down: wanted.down }}
            onSort={sort =>
              SORTS.some(key => key === sort.key)
                ? setQuery({ sort: sort.key === 'name' && !sort.down ? null : `${sort.down ? '-' : ''}${sort.key}`, page: null })
                : undefined
            }
          />
        )}
      </Panel>
      <Pager page={page} pages={pages} onPage={to => setQuery({ page: to === 1 ? null : to })} />
    </>
  )
}
