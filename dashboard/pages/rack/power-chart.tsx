// Power of a rack over the last day, feeds together, with what N-1 allows.
import type { ReadonlySignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import type { PointView } from '../../../daemon/stream/contract.ts'
import { Chart } from '../../charts/chart.tsx'
import type { Limit } from '../../charts/limits.ts'
import type { Range } from '../../charts/range.ts'
import type { TracksState } from '../../charts/tracks.ts'
import { useDerived } from '../../live/derived.ts'
import { Panel } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { kilowatts } from '../../words/say.ts'

/** Stands for the sum of the feeds, which no device measures. */
export const RACK_POWER: PointView = {
  no: -1,
  device: '',
  key: 'rack.power',
  label: { en: 'Rack power', id: 'Daya rak' },
  quantity: 'power',
  unit: 'W',
  cadence: 'fast',
  source: '',
  profile: '',
  limits: {},
  states: null,
  scale: 1,
  offset: 0,
  alarmLimits: null,
}

interface PowerChartProps {
  readonly state: ReadonlySignal<TracksState>
  readonly range: Range
  readonly limit: number | null
}

export function PowerChart({ state, range, limit }: PowerChartProps) {
  const words = t.value.pages.rack
  const points = useMemo(() => [RACK_POWER], [])
  const limits = useMemo<readonly Limit[]>(
    () => (limit === null ? [] : [{ value: limit, side: 'high', severity: 'warning', label: words.nPlusOne(`${kilowatts(limit, 2)} kW`) }]),
    [limit, words],
  )
  const peak = useDerived(() => {
    const is = state.value
    if (is.kind !== 'ready') return ''
    const values = is.tracks.flatMap(track => track.max.filter(value => value !== null))
    return values.length === 0 ? '' : words.peak(`${kilowatts(Math.max(...values), 2)} kW`)
  }, [state, words])
  return (
    <Panel title={words.history} end={<span>{peak}</span>}>
      <div class="chartbody">
        <Chart points={points} state={state} range={range} live label={words.history} limits={limits} height={180} />
      </div>
    </Panel>
  )
}
