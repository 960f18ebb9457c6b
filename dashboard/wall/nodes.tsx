// The boxes of the one-line diagram: supply, genset, transfer switch, UPS, distribution. Fixed markup; texts and classes change.
import { useComputed } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { NONE } from '../../daemon/domain/words/lang.ts'
import { now } from '../live/index.ts'
import { Icon } from '../parts/icons.tsx'
import { toneWord } from '../parts/state.tsx'
import { shapeOf, shapeOfAlarm } from '../parts/tone.ts'
import { t } from '../words/index.ts'
import { clock, countdown, number, stateWord } from '../words/say.ts'
import type { NodeBox } from './chain.ts'
import { Bar, Figure } from './figure.tsx'
import type { NodeFigures } from './figures.ts'
import { sourceOf } from './flow.ts'

interface NodeProps {
  readonly one: NodeBox
  readonly figures: NodeFigures
  /** Names of its sources in order of preference. */
  readonly sources: readonly string[]
}

export function DiagramNode(props: NodeProps) {
  switch (props.one.node.kind) {
    case 'utility':
      return <Utility {...props} />
    case 'genset':
      return <Genset {...props} />
    case 'ats':
      return <Transfer {...props} />
    case 'ups':
      return <Ups {...props} />
    default:
      return <Distribution {...props} />
  }
}

/** The frame of a box: place, name, shape. */
function Frame({
  one,
  figures,
  beside,
  children,
}: Pick<NodeProps, 'one' | 'figures'> & { readonly beside?: ComponentChildren; readonly children: ComponentChildren }) {
  const name = useComputed(
    () =>
      `nd k-${one.node.kind} ${one.box.height < 150 && one.column !== 'dist' ? 'tight' : ''} ${figures.solid.value ? figures.tone.value : ''} ${figures.stale.value ? 'stale' : ''}`,
  )
  const { box, node } = one
  const style = { left: `${box.x}px`, top: `${box.y}px`, width: `${box.width}px`, height: `${box.height}px` }
  const inside = (
    <>
      <span class="nm">
        <span class="ell">{node.name}</span>
        <span class="mark">
          {beside}
          <Shape figures={figures} />
        </span>
      </span>
      {children}
    </>
  )
  return node.device === undefined ? (
    <div class={name} style={style}>
      {inside}
    </div>
  ) : (
    <a class={name} style={style} href={`/devices/${node.device}`}>
      {inside}
    </a>
  )
}

/** Drawn again only when the tone or the alarm changes. An alarm whose cause is told elsewhere is a quiet diamond. */
function Shape({ figures }: { readonly figures: NodeFigures }) {
  const tone = figures.tone.value
  const alarm = figures.alarm.value
  const solid = figures.solid.value
  const shape = solid || alarm === null ? shapeOf(tone) : shapeOfAlarm(alarm)
  return <Icon name={shape} class={solid ? '' : tone} label={toneWord(tone)} />
}

function Utility({ one, figures }: NodeProps) {
  const dead = useComputed(() => figures.flow.value === 'dead')
  const word = useComputed(() => (dead.value ? t.value.meaning.utilityFailed : ''))
  const volts = useComputed(() => {
    const known = figures.voltages.map(phase => phase.value).filter(phase => phase !== null)
    return known.length === 0 ? '' : `${known.map(phase => number(phase.value)).join(' · ')} V`
  })
  const below = useComputed(() => {
    const alarm = figures.alarm.value
    if (dead.value) return alarm === null ? '' : t.value.wall.sinceClock(clock(alarm.raisedAt))
    const hertz = figures.frequency.value
    return hertz === null ? '' : `${number(hertz.value, 2)} Hz`
  })
  return (
    <Frame one={one} figures={figures}>
      <span class={useComputed(() => (dead.value ? 'big word' : 'big'))}>
        <span class="whendead">{word}</span>
        <span class="whenalive">
          <Figure of={figures.power} unit="kW" />
        </span>
      </span>
      <span class="sb at">
        <span class="line">{volts}</span>
        <span class="line">{below}</span>
      </span>
    </Frame>
  )
}

function Genset({ one, figures }: NodeProps) {
  const runs = useComputed(() => figures.flow.value === 'on')
  const word = useComputed(() => figures.word.value || NONE)
  const fuel = useComputed(() => {
    const level = figures.level.value
    return level === null ? '' : t.value.wall.fuel(`${number(level.value)} %`)
  })
  const above = useComputed(() => (runs.value ? word.value : ''))
  const carries = useComputed(() => runs.value && figures.power.value !== null)
  return (
    <Frame one={one} figures={figures}>
      <span class={useComputed(() => (carries.value ? 'big' : `big word ${word.value.length > 8 ? 'small' : ''}`))}>
        <span class="whendead">{word}</span>
        <span class="whenalive">
          <Figure of={figures.power} unit="kW" />
        </span>
      </span>
      <span class="sb at">
        <span class="line">{above}</span>
        <span class="line">{fuel}</span>
      </span>
    </Frame>
  )
}

/** Where the switch stands; open while it waits. */
function Transfer({ one, figures, sources }: NodeProps) {
  const at = useComputed(() => (figures.flow.value === 'dead' ? null : sourceOf(figures.meaning.value)))
  const blade = useComputed(() => (at.value === 0 ? 'M68 28 28 15' : at.value === 1 ? 'M68 32 28 45' : 'M70 30 30 30'))
  const dash = useComputed(() => (at.value === null ? '1 7' : 'none'))
  const word = useComputed(() => {
    const chosen = at.value === null ? undefined : sources[at.value]
    // A longer name fills the box by itself.
    if (chosen !== undefined) return chosen.length > 5 ? chosen : t.value.wall.position(chosen)
    return figures.flow.value === 'dead' ? t.value.wall.waiting : figures.state.value === null ? '' : stateWord(figures.state.value)
  })
  return (
    <Frame one={one} figures={figures}>
      <svg class="blade" width="100" height="58" viewBox="0 0 100 58" aria-hidden="true">
        <g fill="var(--sunken)" stroke="var(--ink)" stroke-width="3" stroke-linecap="round">
          <path d="M2 14H22M2 46H22M72 30H98" stroke="var(--ink-2)" />
          <path d={blade} stroke-dasharray={dash} />
          <circle cx="26" cy="14" r="4.5" />
          <circle cx="26" cy="46" r="4.5" />
          <circle cx="70" cy="30" r="4.5" />
        </g>
      </svg>
      <span class="sb at">{word}</span>
    </Frame>
  )
}

function Ups({ one, figures }: NodeProps) {
  const battery = useComputed(() => figures.flow.value === 'batt')
  const beside = useComputed(() => (battery.value ? t.value.wall.onBattery : ''))
  // On battery the bar shows what is left, else what is carried.
  const share = useComputed(() => {
    const part = battery.value ? figures.charge.value : figures.load.value
    return part?.value ?? 0
  })
  const charge = useComputed(() => {
    const is = figures.charge.value
    if (is === null) return ''
    const text = `${number(is.value)} %`
    return battery.value ? t.value.wall.charge(text) : t.value.wall.battery(text)
  })
  const runtime = useComputed(() => {
    const is = figures.runtime.value
    if (is === null) return ''
    return battery.value ? countdown(is.value - (now.value - is.at) / 1000) : t.value.wall.minutes(number(Math.floor(is.value / 60)))
  })
  return (
    <Frame one={one} figures={figures} beside={<span>{beside}</span>}>
      <span class="pair">
        <span class="big">
          <Figure of={figures.power} unit="kW" />
        </span>
        <span class="big second">
          <Figure of={figures.load} unit="%" />
        </span>
      </span>
      <Bar of={share} />
      <span class="pair sb at">
        <span>{charge}</span>
        <span class={useComputed(() => (battery.value ? 'runs' : ''))}>{runtime}</span>
      </span>
    </Frame>
  )
}

function Distribution({ one, figures }: NodeProps) {
  return (
    <Frame one={one} figures={figures}>
      <span class="big second">
        <Figure of={figures.power} unit="kW" />
      </span>
      <span class="sb at">{one.below.length > 0 ? t.value.wall.unitsCount(one.below.length) : ''}</span>
    </Frame>
  )
}
