// States under a chart, on the same time axis: quiet where all is normal, coloured where it was not.

import type { ReadonlySignal } from '@preact/signals'
import type { Normal } from '../../daemon/domain/state.ts'
import type { PointView } from '../../daemon/stream/contract.ts'
import { useDerived } from '../live/derived.ts'
import { now } from '../live/index.ts'
import { t } from '../words/index.ts'
import { age, clockShort, stateWord, text } from '../words/say.ts'
import { firstOf } from './align.ts'
import { grown, type Range } from './range.ts'
import { stretches } from './ribbon.ts'
import type { TracksState } from './tracks.ts'

const TONE: Readonly<Record<Normal, string>> = { ok: '', warning: 'warn', critical: 'crit', maintenance: 'work', unknown: 'unknown' }

interface RibbonsProps {
  readonly ribbons: readonly { readonly point: PointView; readonly index: number }[]
  readonly state: ReadonlySignal<TracksState>
  readonly range: Range
  readonly live: boolean
  readonly tall: boolean
}

export function Ribbons({ ribbons, state, range, live, tall }: RibbonsProps) {
  return (
    <div class="ribbons">
      {ribbons.map(({ point, index }) => (
        <Ribbon key={point.no} point={point} index={index} state={state} range={range} live={live} tall={tall} />
      ))}
    </div>
  )
}

function Ribbon({ point, index, state, range, live, tall }: Omit<RibbonsProps, 'ribbons'> & { point: PointView; index: number }) {
  const given = [point, index, state, range, live, tall]
  const usual = point.states?.find(each => each.normal === 'ok')?.value
  const found = useDerived(() => {
    const is = state.value
    if (is.kind !== 'ready') return []
    const to = live ? now.value : range.to
    const whole = { from: to - (range.to - range.from), to }
    const shown = live ? grown(whole, firstOf(is.tracks)) : whole
    const track = is.tracks[index]
    return track
      ? stretches(track, point.states ?? [], shown).map(stretch => ({
          ...stretch,
          left: (stretch.from - shown.from) / (shown.to - shown.from),
          width: (stretch.to - stretch.from) / (shown.to - shown.from),
        }))
      : []
  }, given)
  const all = found.value
  const worth = all.filter(stretch => stretch.state !== null && stretch.state.normal !== 'ok')
  const said =
    worth.length === 0
      ? t.value.pages.chart.noChange
      : worth.map(({ state: at, from, to }) => `${at === null ? '' : stateWord(at)} ${clockShort(from)}, ${age(to - from)}`).join('; ')
  return (
    <div class={tall ? 'ribbon tall' : 'ribbon'}>
      <span title={text(point.label)}>{text(point.label)}</span>
      <div role="img" aria-label={`${text(point.label)}: ${said}`}>
        {all.map(stretch => {
          const tone = stretch.state === null ? 'unknown' : TONE[stretch.state.normal] || (stretch.state.value === usual ? 'usual' : 'other')
          return (
            <i
              key={stretch.from}
              class={tone}
              title={
                stretch.state === null ? t.value.state.noValue : `${stateWord(stretch.state)}, ${clockShort(stretch.from)}–${clockShort(stretch.to)}`
              }
              style={{ left: `${stretch.left * 100}%`, width: `${stretch.width * 100}%` }}
            />
          )
        })}
      </div>
    </div>
  )
}
