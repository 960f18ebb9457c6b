// One face of a rack: a row a unit, things in their units with live watts, outlet strips beside the rear.

import type { ReadonlySignal } from '@preact/signals'
import type { Layout, PointRef } from '../../../daemon/domain/inventory.ts'
import { useDerived } from '../../live/derived.ts'
import { store } from '../../live/index.ts'
import { Icon, type Tone, toneOfAlarm, worse } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { number } from '../../words/say.ts'
import { liveReader } from '../floor/live.ts'
import type { Elevation, Face as FaceName, Slot } from './elevation.ts'
import { Reserved } from './reserved.tsx'

/** Watts a thing takes from one feed, or from all; null when no outlet is measured. */
function wattsOf(slot: Slot, feed: string | null): number | null {
  let sum: number | null = null
  for (const psu of slot.psus) {
    if (psu.power === undefined || (feed !== null && psu.feed !== feed)) continue
    const value = liveReader(psu.power)?.value ?? null
    if (value !== null) sum = (sum ?? 0) + value
  }
  return sum
}

const toneOf = (device: string | null): Tone => {
  let tone: Tone = 'ok'
  if (device !== null)
    for (const alarm of store.alarms.value.values())
      if (alarm.device === device && alarm.clearedAt === null && !alarm.suppressed) tone = worse(tone, toneOfAlarm(alarm))
  return tone
}

interface ThingProps {
  readonly slot: Slot
  readonly face: FaceName
  /** Watts that fill the bar. */
  readonly most: ReadonlySignal<number>
  readonly feeds: readonly string[]
}

function Thing({ slot, face, most, feeds }: ThingProps) {
  const given = [slot, face, most, feeds]
  const words = t.value.pages.rack
  const total = useDerived(() => wattsOf(slot, null), given)
  const watts = useDerived(() => (total.value === null ? '' : `${number(total.value)} W`), given)
  const bar = useDerived(() => `${Math.min(100, ((total.value ?? 0) / most.value) * 100).toFixed(1)}%`, given)
  const tone = useDerived(() => toneOf(slot.device), given)
  const name = useDerived(() => `eq ${tone.value} ${slot.conflict ? 'conflict' : ''}`, given)
  const style = { gridRow: `${slot.row} / span ${slot.height}` }
  const title = `${slot.name}, ${words.unit(slot.u, slot.height)}${slot.tenant === null ? '' : `, ${slot.tenant}`}${slot.conflict ? `, ${words.conflict}` : ''}`
  const inside =
    face === 'front' ? (
      <>
        <i class="load" style={{ width: bar.value }} />
        <Mark tone={tone.value} />
        <b>{slot.name}</b>
        <span class="w">{watts}</span>
      </>
    ) : (
      <RearRow slot={slot} feeds={feeds} />
    )
  return slot.device === null ? (
    <div class={name} style={style} title={title}>
      {inside}
    </div>
  ) : (
    <a class={name} style={style} href={`/devices/${encodeURIComponent(slot.device)}`} title={title}>
      {inside}
    </a>
  )
}

const Mark = ({ tone }: { readonly tone: Tone }) => (tone === 'ok' || tone === 'work' ? null : <Icon name={tone} class={tone} />)

function RearRow({ slot, feeds }: { readonly slot: Slot; readonly feeds: readonly string[] }) {
  const given = [slot, feeds]
  const words = t.value.pages.rack
  const [left, right] = feeds
  const side = (feed: string | undefined) => {
    if (feed === undefined || slot.psus.length === 0) return ''
    if (!slot.psus.some(psu => psu.feed === feed)) return words.without(feed)
    const watts = wattsOf(slot, feed)
    return watts === null ? '' : number(watts)
  }
  const a = useDerived(() => side(left), given)
  const b = useDerived(() => side(right), given)
  const lone = (feed: string | undefined) => feed !== undefined && slot.psus.length > 0 && !slot.psus.some(psu => psu.feed === feed)
  return (
    <>
      <span class={lone(left) ? 'a lone' : 'a'}>{a}</span>
      <span class="m">{slot.name}</span>
      <span class={lone(right) ? 'b lone' : 'b'}>{b}</span>
    </>
  )
}

/** Outlet numbers in keys such as `outlet.12.power`. */
const outletOf = (ref: PointRef | undefined): number => Number(/(?:^|\.)outlet\.(\d+)\./.exec(`.${ref?.key ?? ''}`)?.[1] ?? 0)

function Strip({
  side,
  feed,
  device,
  slots,
}: {
  readonly side: 'a' | 'b'
  readonly feed: string
  readonly device: string | undefined
  readonly slots: readonly Slot[]
}) {
  const given = [side, feed, device, slots]
  const used = new Set(slots.flatMap(slot => slot.psus.filter(psu => psu.feed === feed).map(psu => outletOf(psu.power))).filter(outlet => outlet > 0))
  const outlets = useDerived(() => {
    let most = Math.max(8, ...used)
    if (device !== undefined) for (const point of store.pointsOf(device).value) most = Math.max(most, outletOf({ device, key: point.key }))
    return Array.from({ length: Math.min(most, 48) }, (_, index) => <i key={index} class={used.has(index + 1) ? 'on' : ''} />)
  }, given)
  return (
    <div class={`strip ${side}`} data-n={feed} aria-hidden="true">
      {outlets}
    </div>
  )
}

interface FaceProps {
  readonly rack: Layout['racks'][number]
  readonly nodes: Layout['power']
  readonly elevation: Elevation
  readonly face: FaceName
}

export function Face({ rack, nodes, elevation, face }: FaceProps) {
  const given = [rack, nodes, elevation, face]
  const slots = elevation.slots.filter(slot => slot.faces.includes(face))
  const feeds = rack.feeds.map(feed => feed.name)
  const numbers = Array.from({ length: elevation.units }, (_, index) => elevation.units - index)
  const most = useDerived(() => Math.max(100, ...slots.map(slot => wattsOf(slot, null) ?? 0)) * 1.1, given)
  const device = (feed: string | undefined) => nodes.find(node => node.id === rack.feeds.find(each => each.name === feed)?.node)?.device
  const nums = numbers.map(u => <span key={u}>{u}</span>)
  const [left, right] = feeds
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing with links in it; fieldset is for forms
    <div
      class={face === 'rear' ? 'elev rear' : 'elev'}
      role="group"
      aria-label={`${t.value.pages.rack.label(rack.name)}, ${t.value.pages.rack[face]}`}
    >
      <div class="nums" aria-hidden="true">
        {nums}
      </div>
      <div class="frame" style={{ gridTemplateRows: `repeat(${elevation.units}, var(--u))`, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        {slots.map(slot => (
          <Thing key={slot.id} slot={slot} face={face} most={most} feeds={feeds} />
        ))}
        {may('plant.read') ? <Reserved rack={rack} face={face} /> : null}
        {face === 'rear' && left !== undefined ? <Strip side="a" feed={left} device={device(left)} slots={elevation.slots} /> : null}
        {face === 'rear' && right !== undefined ? <Strip side="b" feed={right} device={device(right)} slots={elevation.slots} /> : null}
      </div>
      <div class="nums r" aria-hidden="true">
        {nums}
      </div>
    </div>
  )
}
