// The one-line diagram: boxes, wires, rows of racks. Calm and failure are the same drawing with other texts and classes.
import { useComputed } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import type { PowerNode } from '../../daemon/domain/inventory.ts'
import { NONE } from '../../daemon/domain/words/lang.ts'
import { t } from '../words/index.ts'
import { kilowatts } from '../words/say.ts'
import type { Chain, RowBox, Wire } from './chain.ts'
import { Figure } from './figure.tsx'
import type { Figures, Measured } from './figures.ts'
import { type Flow, wireFlow } from './flow.ts'
import { DiagramNode } from './nodes.tsx'

interface OnelineProps {
  readonly chain: Chain
  readonly figures: Figures
}

const CLASS: Readonly<Record<Flow, string>> = { on: 'wire', batt: 'wire batt', dead: 'wire dead', off: 'wire off', unknown: 'wire off' }

export function Oneline({ chain, figures }: OnelineProps) {
  const { wall } = t.value
  const names = new Map(figures.all.map(one => [one.node.id, one.node.name]))
  return (
    <section class="panel ol" aria-label={wall.oneline}>
      <svg width="1216" height="550" viewBox="0 0 1216 550" aria-hidden="true">
        {chain.wires.map(wire => (
          <WirePath key={wire.key} wire={wire} figures={figures} />
        ))}
        {chain.cooling === null ? null : <CoolingWire cooling={chain.cooling} chain={chain} figures={figures} />}
      </svg>
      {chain.nodes.map(one => {
        const found = figures.of(one.node.id)
        return found === null ? null : (
          <DiagramNode key={one.node.id} one={one} figures={found} sources={one.node.from.map(id => names.get(id) ?? id)} />
        )
      })}
      {chain.cooling === null ? null : <CoolingLoad cooling={chain.cooling} figures={figures} />}
      {chain.rows.map(row => (
        <Row key={row.id} row={row} figures={figures} />
      ))}
      {chain.nodes.length === 0 && chain.rows.length === 0 ? (
        <div class="empty">
          <b>{wall.noPower}</b>
          {wall.emptyHint}
        </div>
      ) : null}
    </section>
  )
}

function WirePath({ wire, figures }: { readonly wire: Wire; readonly figures: Figures }) {
  const source = figures.of(wire.from)
  const target = wire.to === null ? null : figures.of(wire.to)
  const name = useComputed(() => {
    const flow = source?.flow.value ?? 'unknown'
    return CLASS[wireFlow(flow, target?.node ?? null, target?.node.from.indexOf(wire.from) ?? -1, target?.meaning.value ?? null)]
  })
  return <path class={name} d={wire.path} />
}

type Cooling = NonNullable<Chain['cooling']>

function CoolingWire({ cooling, chain, figures }: { readonly cooling: Cooling; readonly chain: Chain; readonly figures: Figures }) {
  const box = chain.nodes.find(one => one.node.id === cooling.from)?.box
  const name = useComputed(() => CLASS[wireFlow(figures.of(cooling.from)?.flow.value ?? 'unknown', null, -1, null)])
  return <path class={name} d={`M${cooling.x} ${(box?.y ?? 0) + (box?.height ?? 0)}V550`} />
}

function CoolingLoad({ cooling, figures }: { readonly cooling: Cooling; readonly figures: Figures }) {
  const power = useComputed<Measured | null>(() => sum(cooling.nodes.map(node => figures.of(node.id)?.power.value ?? null)))
  const name = useComputed(() => (['dead', 'off'].includes(figures.of(cooling.from)?.flow.value ?? 'on') ? 'cl dead' : 'cl'))
  return (
    <div class={name} style={{ left: `${cooling.x + 12}px` }}>
      <span>{t.value.wall.coolingLoad}</span>
      <b>
        <Figure of={power} unit="kW" />
      </b>
    </div>
  )
}

/** Sum of what is known; null when nothing is. */
export function sum(parts: readonly (Measured | null)[]): Measured | null {
  const known = parts.filter(part => part !== null)
  if (known.length === 0) return null
  return {
    value: known.reduce((total, part) => total + part.value, 0),
    at: Math.min(...known.map(part => part.at)),
    stale: known.some(part => part.stale),
  }
}

function Row({ row, figures }: { readonly row: RowBox; readonly figures: Figures }) {
  const { box } = row
  const racks = useMemo(() => row.racks.map(rack => ({ ...rack, nodes: rack.feeds })), [row])
  const total = useComputed(() => sum(racks.flatMap(rack => rack.nodes.map(node => figures.of(node.id)?.power.value ?? null))))
  const columns = racks.length <= 6 ? 3 : racks.length <= 12 ? 4 : 5
  const tight = box.height < 160
  return (
    <>
      <div class={`nd rw c${columns}`} style={{ left: `${box.x}px`, top: `${box.y}px`, width: `${box.width}px`, height: `${box.height}px` }}>
        <span class="nm">
          <span class="ell">{row.name}</span>
          <em>
            <Figure of={total} unit="kW" />
          </em>
        </span>
        {tight ? null : (
          <span class="cells">
            {racks.slice(0, columns * 4).map(rack => (
              <RackCell key={rack.id} id={rack.id} name={rack.name} nodes={rack.nodes} figures={figures} />
            ))}
          </span>
        )}
      </div>
      {row.ports.map(port => (
        <span key={`${port.name}${port.from}`} class="port" style={{ left: '978px', top: `${port.y - 12}px` }}>
          {port.name}
        </span>
      ))}
    </>
  )
}

interface RackCellProps {
  readonly id: string
  readonly name: string
  readonly nodes: readonly PowerNode[]
  readonly figures: Figures
}

/** A rack's load, and amber or red when one of its feeds is gone. */
function RackCell({ id, name, nodes, figures }: RackCellProps) {
  const power = useComputed(() => sum(nodes.map(node => figures.of(node.id)?.power.value ?? null)))
  const text = useComputed(() => (power.value === null ? NONE : kilowatts(power.value.value)))
  const state = useComputed(() => {
    const alarms = nodes.map(node => figures.of(node.id)?.alarm.value ?? null).filter(alarm => alarm !== null && !alarm.suppressed)
    const worst = alarms.some(alarm => alarm?.severity === 'critical') ? ' crit' : alarms.some(alarm => alarm?.severity === 'warning') ? ' warn' : ''
    return `cell${worst}${power.value?.stale === true ? ' stale' : ''}`
  })
  return (
    <a class={state} href={`/racks/${id}`}>
      <small>{name}</small>
      <b>{text}</b>
    </a>
  )
}
