// One device: how it is now, how it was, every point with its evidence, who it is.

import { useMemo } from 'preact/hooks'
import { whyText } from '../../../daemon/domain/words/why-words.ts'
import { SPANS, type Span } from '../../charts/range.ts'
import { useDerived } from '../../live/derived.ts'
import { now, store, useDevice, useTopic } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { acknowledge, Empty, PointTile, Skeleton, Tiles, TopicGate } from '../../parts/index.ts'
import { lang, t } from '../../words/index.ts'
import { moment } from '../../words/say.ts'
import { ChartPanel } from './chart-panel.tsx'
import '../../style/pages.css'
import './device.css'
import { Evidence } from './evidence.tsx'
import { alarmsOf, DeviceHead } from './head.tsx'
import { Identity } from './identity.tsx'
import { useAcknowledgeKey } from './page-keys.ts'
import { PointsTable } from './points-table.tsx'
import { PortsTable } from './ports-table.tsx'
import { charted, tellingPoints } from './telling.ts'

const spanOf = (text: string | null): Span => (text !== null && text in SPANS ? (text as Span) : 'day')

export default function DevicePage({ params, query }: PageProps) {
  const given = [params, query]
  const id = params['id'] ?? ''
  const status = useTopic(`device:${id}`)
  const device = useDevice(id).value
  const all = useDerived(() => store.pointsOf(id).value, given).value
  const words = t.value.pages.device
  const points = useMemo(() => all.filter(point => !point.key.startsWith('port.')), [all])
  const ports = useMemo(() => all.filter(point => point.key.startsWith('port.')), [all])
  const kind = device?.kind ?? 'other'
  const telling = useMemo(() => tellingPoints(kind, all, device?.headline ?? null), [kind, all, device?.headline])
  const states = useMemo(() => points.filter(point => point.quantity === 'state' && (point.states?.length ?? 0) > 1).slice(0, 3), [points])
  const asked = query.get('point')
  const open = asked === null ? undefined : all.find(point => point.key === asked || String(point.no) === asked)
  const first = charted(telling)

  useAcknowledgeKey(() => {
    const mine = alarmsOf(id).filter(alarm => alarm.acknowledged === null && !alarm.suppressed)
    acknowledge(...(open === undefined ? mine : mine.filter(alarm => alarm.point?.no === open.no)))
  })

  if (device === null) {
    if (store.layout.value === null) return <Skeleton lines={8} />
    return (
      <Empty
        title={words.unknown}
        hint={words.unknownHint}
        action={
          <a class="btn primary" href="/devices">
            {words.toDevices}
          </a>
        }
      />
    )
  }
  return (
    <>
      <DeviceHead device={device} />
      {device.status === 'down' ? (
        <p class="silent" role="status">
          <b>{words.silent(device.why === null ? '' : whyText(device.why, lang.value))}</b>{' '}
          {device.lastSeen === null ? '' : words.silentKept(moment(device.lastSeen, now.peek()))}
        </p>
      ) : null}
      <TopicGate status={status} lines={10}>
        {all.length === 0 ? (
          <div class="devicegrid">
            <section class="panel">
              <Empty title={words.newTitle} hint={words.newHint} />
            </section>
            <Identity device={device} points={all} />
          </div>
        ) : (
          <>
            <div class="devicetiles">
              <Tiles>
                {telling.map(point => (
                  <PointTile key={point.no} point={point} {...(point.quantity === 'uptime' ? { span: 0 } : {})} />
                ))}
              </Tiles>
            </div>
            <div class="devicegrid">
              <div class="stack">
                {first === null ? null : (
                  <ChartPanel
                    device={id}
                    points={all}
                    chosen={(query.get('chart') ?? '').split(',').filter(key => key !== '')}
                    first={first}
                    states={states}
                    span={spanOf(query.get('span'))}
                  />
                )}
                {ports.length > 0 ? <PortsTable points={ports} /> : null}
                {points.length > 0 ? <PointsTable points={points} selected={open?.no ?? null} /> : null}
              </div>
              <div class="stack side">
                {open === undefined ? null : <Evidence key={open.no} device={device} point={open} />}
                <Identity device={device} points={all} />
              </div>
            </div>
          </>
        )}
      </TopicGate>
    </>
  )
}
