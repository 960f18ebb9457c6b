// Administration: how Suar itself is, whether its notices get out, and which devices are silent.
import { useEffect } from 'preact/hooks'
import { whyText } from '../../../daemon/domain/words/why-words.ts'
import type { DeviceView } from '../../../daemon/stream/contract.ts'
import { now, store } from '../../live/index.ts'
import { type Column, Empty, Icon, PageHead, Panel, Pill, Skeleton, Table, Tile, Tiles, type Tone } from '../../parts/index.ts'
import { lang, t } from '../../words/index.ts'
import { duration, moment, number, text } from '../../words/say.ts'
import { Channels } from './channels.tsx'
import { DeskChannels } from './desk-channels.tsx'
import './admin.css'

export default function AdminPage() {
  const { admin } = t.value
  useEffect(() => {
    document.title = `${admin.title} · Suar`
  }, [admin])
  return (
    <>
      <PageHead title={admin.title} sub={admin.sub} beside={<Whole />} />
      <Health />
      <div class="adminpair">
        <div class="stack">
          <Channels />
          <DeskChannels />
        </div>
        <Silent />
      </div>
    </>
  )
}

/** All well, or how many troubles. */
function Whole() {
  const health = store.health.value
  if (health === null) return null
  const { admin } = t.value
  const tone: Tone = health.troubles.length > 0 ? 'warn' : 'ok'
  return <Pill tone={tone}>{health.troubles.length > 0 ? `${admin.troubles}: ${number(health.troubles.length)}` : admin.well}</Pill>
}

function Health() {
  const { admin } = t.value
  const health = store.health.value
  if (health === null) return <Skeleton lines={3} />
  const share = health.points === 0 ? 1 : health.fresh / health.points
  return (
    <>
      <Tiles>
        <Tile
          label={admin.fresh}
          value={number(health.fresh)}
          unit={`/ ${number(health.points)}`}
          note={admin.freshNote}
          tone={share < 0.9 ? 'warn' : 'ok'}
        />
        <Tile label={admin.polls} value={number(health.pollsPerSecond, 1)} note={`${admin.devices}: ${number(store.devices.value.size)}`} />
        <Tile label={admin.lag} value={number(health.lag)} unit="ms" note={admin.lagNote} tone={health.lag > 1000 ? 'warn' : 'ok'} />
        <Tile label={admin.timeouts} value={number(health.timeouts)} note={admin.timeoutsNote} />
        <Tile label={admin.behind} value={number(health.storeBehind)} note={admin.behindNote} tone={health.storeBehind > 10_000 ? 'warn' : 'ok'} />
        <Uptime since={health.startedAt} />
      </Tiles>
      {health.troubles.length === 0 ? null : (
        <Panel title={admin.troubles} class="troubles">
          <ul>
            {health.troubles.map(trouble => (
              <li key={trouble.en}>
                <Icon name="warn" class="warn" />
                {text(trouble)}
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  )
}

function Uptime({ since }: { readonly since: number }) {
  return <Tile label={t.value.admin.uptime} value={duration((now.value - since) / 1000)} note={t.value.admin.since(moment(since, now.value))} />
}

/** Devices that do not answer, and why. */
function Silent() {
  const { admin } = t.value
  const rows = [...store.devices.value.values()].filter(device => device.status === 'down').sort((a, b) => b.statusSince - a.statusSince)
  const columns: readonly Column<DeviceView>[] = [
    { key: 'name', label: admin.device, cell: device => <a href={`/devices/${device.id}`}>{device.name}</a> },
    { key: 'why', label: admin.why, cell: device => (device.why === null ? '' : whyText(device.why, lang.value)) },
    { key: 'address', label: admin.address, cell: device => <span class="mono">{device.address}</span>, wide: true },
    { key: 'since', label: admin.from, num: true, cell: device => moment(device.statusSince, now.peek()) },
  ]
  return (
    <Panel title={admin.silent} end={rows.length > 0 ? number(rows.length) : undefined}>
      {rows.length === 0 ? (
        <Empty title={admin.noneSilent} />
      ) : (
        <Table label={admin.silent} columns={columns} rows={rows} keyOf={device => device.id} />
      )}
    </Panel>
  )
}
