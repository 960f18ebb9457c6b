// The ports of a switch, a row each: connected or not, traffic both ways, errors.

import { useMemo } from 'preact/hooks'
import { stateOf } from '../../../daemon/domain/state.ts'
import type { PointView } from '../../../daemon/stream/contract.ts'
import { useDerived } from '../../live/derived.ts'
import { store } from '../../live/index.ts'
import { type Column, Icon, Panel, StateShape, Table, type Tone, toneOfNormal, Value } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { t } from '../../words/index.ts'
import { number, stateWord } from '../../words/say.ts'
import { type Port, portsOf } from './ports.ts'

/** A port with nothing in it is no warning by itself, whatever the profile calls it: a cross, quietly. */
function PortState({ port }: { readonly port: Port }) {
  const given = [port]
  const shown = useDerived(() => {
    const point = port.state
    if (point === null) return null
    const value = store.reading(point.no).value?.value ?? null
    if (value === null) return <span class="dim">–</span>
    const state = stateOf(point.states ?? [], value)
    const tone: Tone = toneOfNormal(state.normal)
    return (
      <span class="row">
        {state.meaning === 'down' ? <Icon name="close" class="dim" /> : <StateShape tone={tone} label="" />}
        <span class={state.meaning === 'up' ? '' : 'dim'}>{stateWord(state)}</span>
      </span>
    )
  }, given)
  return <>{shown}</>
}

function Faults({ points }: { readonly points: readonly PointView[] }) {
  const given = [points]
  const sum = useDerived(() => {
    let total = 0
    for (const point of points) total += store.reading(point.no).value?.value ?? 0
    return total
  }, given)
  const name = useDerived(() => (sum.value > 0 ? 't-warn' : 'dim'), given)
  const shown = useDerived(() => number(sum.value, 1), given)
  return points.length === 0 ? null : (
    <span class={name}>
      {shown}
      <span class="unit">/s</span>
    </span>
  )
}

export function PortsTable({ points }: { readonly points: readonly PointView[] }) {
  const given = [points]
  const words = t.value.pages.device
  const ports = useMemo(() => portsOf(points), [points])
  const up = useDerived(() => {
    let count = 0
    for (const port of ports)
      if (port.state !== null && stateOf(port.state.states ?? [], store.reading(port.state.no).value?.value ?? Number.NaN).meaning === 'up') count++
    return words.portsUp(count, ports.length)
  }, given)
  const open = (point: PointView | null) => point !== null && setQuery({ point: point.key, chart: point.quantity === 'state' ? null : point.key })
  const columns: readonly Column<Port>[] = [
    { key: 'port', label: words.port, cell: port => <span class="strong">{port.name}</span> },
    { key: 'state', label: words.oper, width: '128px', cell: port => <PortState port={port} /> },
    { key: 'in', label: words.in, num: true, width: '128px', cell: port => (port.inOctets === null ? null : <Value point={port.inOctets} />) },
    { key: 'out', label: words.out, num: true, width: '128px', cell: port => (port.outOctets === null ? null : <Value point={port.outOctets} />) },
    { key: 'faults', label: words.faults, num: true, width: '150px', wide: true, cell: port => <Faults points={port.faults} /> },
  ]
  return (
    <Panel title={words.ports} end={<span>{up}</span>} class="portspanel">
      <Table label={words.ports} columns={columns} rows={ports} keyOf={port => port.name} onSelect={port => open(port.inOctets ?? port.state)} />
    </Panel>
  )
}
