// A rack on the plan: its ground by the mode, two figures, its front, and a mark when it has an alarm. Texts change, markup stays.

import type { ReadonlySignal } from '@preact/signals'
import type { Alarm } from '../../../daemon/domain/alarm.ts'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { useDerived } from '../../live/derived.ts'
import { now, store } from '../../live/index.ts'
import { Icon, shapeOfAlarm, type Tone, toneOfAlarm, worse } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { kilowatts, number } from '../../words/say.ts'
import { isAbout, type RackThings } from '../rack/alarms.ts'
import type { Reader } from '../rack/reading.ts'
import { isStale } from './live.ts'
import { groundOf, type Mode, type RackFigures } from './modes.ts'
import type { RackShape } from './plan.ts'

const NONE = '–'
const watts = (value: number | null, decimals = 1) => (value === null ? NONE : kilowatts(value, decimals))

/** What fits on 47 px: `Dinas Kesehatan` → `DK`, `Diskominfo` → `Disk`. */
function shortName(name: string): string {
  const words = name.split(/\s+/)
  return words.length === 1
    ? name.slice(0, 4)
    : words
        .map(word => word.charAt(0).toUpperCase())
        .join('')
        .slice(0, 4)
}

/** The two figures of a mode. */
function told(mode: Mode, figures: RackFigures): readonly [string, string] {
  const { power, heights, free, units, rack } = figures
  switch (mode) {
    case 'inlet':
      return [heights.hottest?.value == null ? NONE : number(heights.hottest.value, 1), `${watts(power.total)} kW`]
    case 'power':
      return [watts(power.total), power.used === null ? 'kW' : `${number(power.used * 100)} %`]
    case 'free':
      return [String(free), `/ ${units} U`]
    case 'tenant':
      return [rack.tenant === undefined ? NONE : shortName(rack.tenant), `${units - free} U`]
    case 'feeds':
      return [watts(power.feeds[0]?.load ?? null), watts(power.feeds[1]?.load ?? null)]
  }
}

interface RackCellProps {
  readonly shape: RackShape
  readonly figures: ReadonlySignal<RackFigures>
  readonly mode: Mode
  readonly read: ReadonlySignal<Reader>
  readonly past: boolean
  readonly things: RackThings
  readonly limits: Layout['site']['inlet']
  readonly tenants: readonly string[]
  readonly selected: boolean
}

/** The ground already tells of these. */
const isInlet = (alarm: Pick<Alarm, 'device' | 'point'>) =>
  store.layout.value?.sensors.some(
    sensor => sensor.side === 'inlet' && sensor.point.device === alarm.device && sensor.point.key === alarm.point?.key,
  ) ?? false

export function RackCell({ shape, figures, mode, read, past, things, limits, tenants, selected }: RackCellProps) {
  const given = [shape, figures, mode, read, past, things, limits, tenants, selected]
  const { x, y, w, h } = shape
  const stale = useDerived(() => {
    const hottest = figures.value.heights.hottest
    return mode === 'inlet' && !past && hottest !== null && isStale(hottest.sensor.point, read.value(hottest.sensor.point), now.value)
  }, given)
  const ground = useDerived(() => groundOf(mode, figures.value, limits, tenants), given)
  const name = useDerived(() => `rk ${stale.value ? 'stale' : ground.value}${selected ? ' sel' : ''}`, given)
  const one = useDerived(() => told(mode, figures.value)[0], given)
  const two = useDerived(() => told(mode, figures.value)[1], given)
  // The heat already tells of an inlet alarm; other alarms of the rack get a shape in its corner.
  const mark = useDerived(() => {
    if (past) return null
    const mine = [...store.alarms.value.values()].filter(
      alarm => alarm.clearedAt === null && !alarm.suppressed && isAbout(alarm, things) && !(mode === 'inlet' && isInlet(alarm)),
    )
    const worst = mine.reduce<Tone>((tone, alarm) => worse(tone, toneOfAlarm(alarm)), 'ok')
    const first = mine.find(alarm => toneOfAlarm(alarm) === worst)
    return first === undefined ? null : { shape: shapeOfAlarm(first), tone: worst }
  }, given)
  const markup = useDerived(
    () =>
      mark.value === null ? null : (
        <g class="mark" transform={`translate(${x + w - 11} ${y - 5})`}>
          <circle cx="6" cy="6" r="8" />
          <svg width="12" height="12" class={mark.value.tone} aria-hidden="true">
            <Icon name={mark.value.shape} />
          </svg>
        </g>
      ),
    given,
  )
  const [cx, cy] = [x + w / 2, y + h / 2]
  const tall = h >= 66
  const pick = (event: Event) => {
    event.preventDefault()
    setQuery({ rack: selected ? null : shape.id })
  }
  return (
    <a class={name} href={`?rack=${encodeURIComponent(shape.id)}`} onClick={pick} aria-current={selected ? 'true' : undefined}>
      <rect class="ground" x={x + 1} y={y} width={w - 2} height={h} rx="3" />
      <path class="front" d={shape.front} />
      <text class="name" x={cx} y={tall ? cy - 22 : cy - 5} text-anchor="middle">
        {shape.name}
      </text>
      <text class="one" x={cx} y={tall ? cy + 4 : cy + 12} text-anchor="middle">
        {one}
      </text>
      {tall ? (
        <text class={mode === 'feeds' ? 'one' : 'two'} x={cx} y={cy + 24} text-anchor="middle">
          {two}
        </text>
      ) : null}
      {markup}
      <rect class="ring" x={x - 0.5} y={y - 1.5} width={w + 1} height={h + 3} rx="4.5" />
    </a>
  )
}
