// The card beside the cursor: the time, every series there with its lowest and highest, and every state.

import type { ReadonlySignal } from '@preact/signals'
import { stateOf } from '../../daemon/domain/state.ts'
import type { PointView } from '../../daemon/stream/contract.ts'
import { useDerived } from '../live/derived.ts'
import { clock, clockShort, dateLong, measured, stateWord, text } from '../words/say.ts'
import { SeriesKey } from './key.tsx'
import { rowAt } from './rows.ts'
import type { Track } from './track.ts'
import type { TracksState } from './tracks.ts'

export interface Hover {
  readonly at: number
  /** Pixels from the left edge of the chart, and the chart's width. */
  readonly left: number
  readonly width: number
}

function Line({ point, track, at, index, alone }: { point: PointView; track: Track; at: number; index: number; alone: boolean }) {
  const row = rowAt(track, at)
  const [mean, min, max] = [track.mean[row] ?? null, track.min[row] ?? null, track.max[row] ?? null]
  if (mean === null) return null
  if (point.quantity === 'state') {
    const worst = stateOf(point.states ?? [], max ?? mean)
    return <div>{`${text(point.label)}: ${stateWord(worst)}`}</div>
  }
  const between = min !== null && max !== null && min !== max ? `${measured(min, point.quantity)}–${measured(max, point.quantity)}` : ''
  return (
    <div class={alone ? 'line one' : 'line'}>
      {!alone && <SeriesKey index={index} />}
      {!alone && <span class="ell">{text(point.label)}</span>}
      <b>{measured(mean, point.quantity)}</b>
      {alone && <span class="between">{between}</span>}
    </div>
  )
}

export function HoverCard({
  hover,
  state,
  points,
}: {
  hover: ReadonlySignal<Hover | null>
  state: ReadonlySignal<TracksState>
  points: readonly PointView[]
}) {
  const given = [hover, state, points]
  const card = useDerived(() => {
    const is = hover.value
    const data = state.value
    if (is === null || data.kind !== 'ready') return null
    const right = is.left > is.width / 2
    const lines = points.filter(point => point.quantity !== 'state').length
    const fine = (data.tracks[0]?.step ?? 0) < 60_000
    return (
      <div
        class="plot-card"
        style={{ transform: `translateX(${Math.round(right ? is.left - 14 : is.left + 14)}px)${right ? ' translateX(-100%)' : ''}` }}
      >
        <div class="when">{`${dateLong(is.at)} ${fine ? clock(is.at) : clockShort(is.at)}`}</div>
        {points.map((point, index) => {
          const track = data.tracks[index]
          return track ? <Line key={point.no} point={point} track={track} at={is.at} index={index} alone={lines === 1} /> : null
        })}
      </div>
    )
  }, given)
  return <>{card}</>
}
