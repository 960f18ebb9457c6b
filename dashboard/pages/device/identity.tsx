// Who a device is, where it stands, what it hangs on, and how its polling goes.

import type { ComponentChildren } from 'preact'
import { CADENCES } from '../../../daemon/domain/point.ts'
import { brokenText } from '../../../daemon/domain/words/table-words.ts'
import type { DeviceView, PointView } from '../../../daemon/stream/contract.ts'
import { useDerived } from '../../live/derived.ts'
import { now, staleAfter, store } from '../../live/index.ts'
import { Panel } from '../../parts/index.ts'
import { lang, t } from '../../words/index.ts'
import { age, duration, moment } from '../../words/say.ts'
import { placeOf } from './head.tsx'

const Row = ({ name, mono = false, children }: { readonly name: string; readonly mono?: boolean; readonly children: ComponentChildren }) =>
  children === null || children === '' || children === undefined ? null : (
    <>
      <dt>{name}</dt>
      <dd class={mono ? 'mono' : ''}>{children}</dd>
    </>
  )

const VIA = { snmp: 'SNMP', ssh: 'SSH', host: 'host' } as const

export function Identity({ device, points }: { readonly device: DeviceView; readonly points: readonly PointView[] }) {
  const given = [device, points]
  const words = t.value.pages.device
  const { identity } = device
  const layout = store.layout.value
  const nodes = device.power.map(id => layout?.power.find(node => node.id === id)).filter(node => node !== undefined)
  const paths = device.network.map(id => store.devices.value.get(id)).filter(other => other !== undefined)
  const fast = points.length === 0 ? null : Math.min(...points.map(point => CADENCES[point.cadence]))
  const fresh = useDerived(() => {
    const at = now.value
    let count = 0
    for (const point of points) {
      const live = store.reading(point.no).value
      if (live !== null && at - live.at <= staleAfter(point)) count++
    }
    return words.fresh(count, points.length)
  }, given)
  const seen = useDerived(() => {
    let last = device.lastSeen
    for (const point of points) {
      const at = store.reading(point.no).value?.at ?? null
      if (at !== null && (last === null || at > last)) last = at
    }
    return last === null ? '–' : `${moment(last, now.value)}, ${age(Math.max(0, now.value - last))}`
  }, given)
  const rack = layout?.racks.find(each => each.id === device.place?.rack)
  return (
    <Panel title={words.identity}>
      <dl class="facts padded">
        <Row name={words.address} mono>
          {`${device.address} · ${VIA[device.via]}`}
        </Row>
        <Row name={words.vendor}>{identity?.vendor ?? ''}</Row>
        <Row name={words.model}>{identity?.model ?? ''}</Row>
        <Row name={words.serial} mono>
          {identity?.serial ?? ''}
        </Row>
        <Row name={words.firmware}>{identity?.firmware ?? ''}</Row>
        <Row name={words.sysName} mono>
          {identity?.sysName ?? ''}
        </Row>
        <Row name={words.sysDescr}>{identity?.sysDescr == null ? '' : <span class="clamp">{identity.sysDescr}</span>}</Row>
        <Row name={words.profiles}>{identity?.profiles.join(', ') ?? ''}</Row>
        <Row name={words.broken}>
          {identity?.broken === undefined
            ? ''
            : identity.broken.map(one => (
                <span key={one.column} class="block warn oids">
                  {brokenText(one, lang.value)}
                </span>
              ))}
        </Row>
        <Row name={words.place}>{rack === undefined ? placeOf(device) : <a href={`/racks/${rack.id}`}>{placeOf(device)}</a>}</Row>
        <Row name={words.tenant}>{device.tenant ?? ''}</Row>
        <Row name={words.powerFrom}>
          {nodes.length === 0
            ? ''
            : nodes.map((node, index) => (
                <span key={node.id}>
                  {index > 0 ? ', ' : ''}
                  {node.device === undefined ? node.name : <a href={`/devices/${node.device}`}>{node.name}</a>}
                </span>
              ))}
        </Row>
        <Row name={words.networkVia}>
          {paths.length === 0
            ? ''
            : paths.map((other, index) => (
                <span key={other.id}>
                  {index > 0 ? ', ' : ''}
                  <a href={`/devices/${other.id}`}>{other.name}</a>
                </span>
              ))}
          {paths.length > 0 && device.networkObserved === true ? <div class="dim">{words.observed}</div> : null}
        </Row>
        <Row name={words.polling}>
          {fast === null ? '' : words.pollNote(String(points.length), duration(fast))}
          <div class="dim">{fresh}</div>
        </Row>
        <Row name={words.lastSeen}>{seen}</Row>
      </dl>
    </Panel>
  )
}
