// The racks that matter most in the mode that is shown, each with a bar and the limit in it.

import type { ReadonlySignal } from '@preact/signals'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { useDerived } from '../../live/derived.ts'
import { store } from '../../live/index.ts'
import { Meter, Panel, type Tone } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { t } from '../../words/index.ts'
import { kilowatts, number } from '../../words/say.ts'
import type { Mode, RackFigures } from './modes.ts'

/** The scale of inlet bars, °C: what a person still calls a machine room. */
const [COLD, HOT] = [15, 32]
const MOST = 6

const layoutHasInlets = () => store.layout.value?.sensors.some(sensor => sensor.side === 'inlet') ?? false

interface Ranked {
  readonly id: string
  readonly name: string
  readonly value: number
  /** 0 … 1 along the bar. */
  readonly share: number
  readonly text: string
  readonly unit: string
  readonly tone: Tone
}

/** What racks are put in order by; null: nothing is known. */
function weightOf(mode: Mode, { heights, power, free, units }: RackFigures): number | null {
  if (mode === 'inlet') return heights.hottest?.value ?? null
  if (mode === 'power' || mode === 'feeds') return power.total === null ? null : power.used
  return units - free
}

function rankedOf(mode: Mode, { rack, power, units }: RackFigures, value: number, limits: Layout['site']['inlet']): Ranked {
  const base = { id: rack.id, name: rack.name, value }
  if (mode === 'inlet') {
    const tone = value > limits.critical ? 'crit' : value > limits.warning ? 'warn' : 'ok'
    return { ...base, share: (value - COLD) / (HOT - COLD), text: number(value, 1), unit: '°C', tone }
  }
  if (mode === 'power' || mode === 'feeds')
    return { ...base, share: value, text: kilowatts(power.total ?? 0, 2), unit: 'kW', tone: value > 1 ? 'crit' : value > 0.9 ? 'warn' : 'ok' }
  return { ...base, share: value / units, text: `${value} / ${units}`, unit: 'U', tone: 'ok' }
}

/** Only those that are shown are put in words: of a hall there are hundreds of others. */
function rank(mode: Mode, figures: readonly RackFigures[], limits: Layout['site']['inlet']): readonly Ranked[] {
  const weighed = figures.flatMap(each => {
    const value = weightOf(mode, each)
    return value === null ? [] : [{ each, value }]
  })
  return weighed
    .sort((one, other) => other.value - one.value)
    .slice(0, MOST)
    .map(({ each, value }) => rankedOf(mode, each, value, limits))
}

export function Ranking({
  mode,
  all,
  limits,
}: {
  readonly mode: Mode
  readonly all: readonly ReadonlySignal<RackFigures>[]
  readonly limits: Layout['site']['inlet']
}) {
  const given = [mode, all, limits]
  const words = t.value.pages.floor
  const rows = useDerived(
    () =>
      rank(
        mode,
        all.map(each => each.value),
        limits,
      ),
    given,
  )
  const list = useDerived(
    () =>
      rows.value.length === 0 ? (
        <p class="small dim">{mode === 'inlet' && !layoutHasInlets() ? words.noInletHint : t.value.wall.waitingData}</p>
      ) : (
        rows.value.map(row => (
          <button key={row.id} type="button" class="ranked" onClick={() => setQuery({ rack: row.id })}>
            <b>{row.name}</b>
            <Meter
              value={row.share}
              tone={row.tone}
              label={`${row.name} ${row.text} ${row.unit}`}
              {...(mode === 'inlet' ? { mark: (limits.warning - COLD) / (HOT - COLD) } : {})}
            />
            <span class="num">
              {row.text}
              <span class="unit">{row.unit}</span>
            </span>
          </button>
        ))
      ),
    given,
  )
  const title = mode === 'inlet' ? words.hottest : mode === 'power' || mode === 'feeds' ? words.heaviest : words.fullest
  return (
    <Panel title={title} end={mode === 'inlet' ? words.limit(`${number(limits.warning, 1)} °C`) : ''} class="ranking">
      <div class="ranklist">{list}</div>
    </Panel>
  )
}
