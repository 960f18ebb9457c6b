// The timeline under the plan: hottest inlet, alarms, doors; its handle takes the whole plan back in time.

import { type ReadonlySignal, type Signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { type Range, SPANS } from '../../charts/range.ts'
import { stretches } from '../../charts/ribbon.ts'
import { type TracksState, useTracks } from '../../charts/tracks.ts'
import { useDerived } from '../../live/derived.ts'
import { now, nowExact, store } from '../../live/index.ts'
import { Button, Icon, Segmented } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { t } from '../../words/index.ts'
import { clockShort, dateShort, moment, number, zone } from '../../words/say.ts'
import { numbersOf } from './live.ts'
import { BUCKETS, heatLine, timeline } from './timeline.ts'

export const PAST = ['day', 'week', 'month'] as const
export type Past = (typeof PAST)[number]

/** Drawn 1,000 wide and stretched to the panel; texts stand outside of it. */
const [WIDE, HIGH] = [1000, 52]

interface ScrubberProps {
  readonly layout: Layout
  readonly span: Past
  /** What history was asked for, and what is drawn: up to now. */
  readonly asked: Range
  readonly shown: ReadonlySignal<Range>
  /** The moment shown; null: live. */
  readonly at: Signal<number | null>
}

export function Scrubber({ layout, span, asked, shown, at }: ScrubberProps) {
  const given = [layout, span, asked, shown, at]
  const range = shown.value
  const words = t.value.pages.floor
  const inlets = useDerived(() => numbersOf(layout.sensors.filter(sensor => sensor.side === 'inlet').map(sensor => sensor.point)), given)
  const doors = useDerived(() => numbersOf(layout.doors.flatMap(door => door.state ?? [])), given)
  const state = useTracks([...inlets.value, ...doors.value], asked, { live: at.value === null, buckets: BUCKETS })
  const { warning } = layout.site.inlet
  const line = useDerived(
    () => (state.value.kind === 'ready' ? heatLine(state.value.tracks.slice(0, inlets.value.length), shown.value, warning, WIDE, HIGH) : null),
    given,
  )
  const open = useDerived(() => doorTimes(state, inlets.value.length, doors.value, shown.value), given)
  const alarms = useDerived(
    () =>
      [...store.alarms.value.values()].filter(
        alarm => alarm.cause === null && alarm.raisedAt >= shown.value.from && alarm.raisedAt <= shown.value.to,
      ),
    given,
  )
  const playing = useSignal(false)
  const place = useDerived(() => `${(((at.value ?? shown.value.to) - shown.value.from) / (shown.value.to - shown.value.from)) * 100}%`, given)
  const left = (time: number) => `${((time - range.from) / (range.to - range.from)) * 100}%`
  const step = (range.to - range.from) / BUCKETS
  const move = (to: number) => {
    at.value = to >= nowExact() - step ? null : to
  }

  // Plays the span in about twenty seconds, then stands live again.
  useEffect(() => {
    if (!playing.value) return
    const { from, to } = shown.peek()
    if (at.peek() === null) at.value = from
    let before = performance.now()
    let frame = requestAnimationFrame(function next(time) {
      const is = (at.peek() ?? to) + ((time - before) / 20_000) * (to - from)
      before = time
      if (is >= nowExact()) {
        at.value = null
        playing.value = false
        return
      }
      at.value = is
      frame = requestAnimationFrame(next)
    })
    return () => cancelAnimationFrame(frame)
  }, [playing.value, span])

  const said = useDerived(() => (at.value === null ? words.now : words.shownAt(moment(at.value, now.value))), given)
  const ticks = timeline(range, zone.value)
  return (
    <section class="panel scrubber" aria-label={words.past}>
      <header>
        <Button label={playing.value ? words.pause : words.play} onClick={() => (playing.value = !playing.value)}>
          {playing.value ? <PauseIcon /> : <Icon name="play" />}
        </Button>
        <h2>
          {words.last[span]}
          {range.to - range.from < SPANS[span] * 0.95 ? <span class="dim small"> {t.value.wall.since(moment(range.from, range.to))}</span> : null}
        </h2>
        <span class="key small dim">
          <svg width="18" height="8" aria-hidden="true">
            <path d="M0 4H18" stroke="var(--ink-2)" stroke-width="1.5" />
          </svg>
          {words.hottestInlet}
        </span>
        <span class="key small dim">
          <Icon name="warn" class="warn" />
          {words.alarmMark}
        </span>
        <span class="key small dim">
          <svg width="8" height="8" aria-hidden="true">
            <path d="M1 0V8" stroke="var(--ink-3)" stroke-width="1.5" />
          </svg>
          {words.doorMark}
        </span>
        <div class="end">
          {at.value === null ? null : (
            <button type="button" class="textbtn" onClick={() => (at.value = null)}>
              {words.backToNow}
            </button>
          )}
          <Segmented
            label={words.past}
            chosen={span}
            choices={PAST.map(key => ({ key, label: t.value.pages.chart.spans[key] }))}
            onChoose={key => setQuery({ past: key === 'day' ? null : key, at: null })}
          />
        </div>
      </header>
      <div class="track">
        <svg viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" aria-hidden="true">
          <path class="env" d={line.value?.area ?? ''} />
          <path class="lim" d={line.value?.limit ?? ''} />
          <path class="inlet" d={line.value?.line ?? ''} />
        </svg>
        <span class="top tiny dim">{line.value === null ? '' : number(line.value.high)}</span>
        <span class="bottom tiny dim">{line.value === null ? '' : number(line.value.low)}</span>
        {open.value.map(time => (
          <i key={time} class="door" style={{ left: left(time) }} />
        ))}
        {alarms.value.map(alarm => (
          <span
            key={alarm.id}
            class={`al ${alarm.severity === 'critical' ? 'crit' : alarm.severity === 'warning' ? 'warn' : 'unknown'}`}
            style={{ left: left(alarm.raisedAt) }}
          >
            <Icon name={alarm.severity === 'critical' ? 'crit' : alarm.severity === 'warning' ? 'warn' : 'unknown'} />
          </span>
        ))}
        <Handle place={place} />
        <input
          type="range"
          aria-label={words.scrub}
          aria-valuetext={said.value}
          min={range.from}
          max={range.to}
          step={step}
          value={at.value ?? range.to}
          onInput={event => {
            playing.value = false
            move(Number(event.currentTarget.value))
          }}
        />
      </div>
      <div class="ticks tiny dim" aria-hidden="true">
        {ticks.map(time => (
          <span key={time} style={{ left: left(time) }}>
            {range.to - range.from <= SPANS.day ? clockShort(time) : dateShort(time)}
          </span>
        ))}
        <b style={{ left: place.value }}>{at.value === null ? `${clockShort(now.value)} ${words.now}` : moment(at.value, now.value)}</b>
      </div>
    </section>
  )
}

const Handle = ({ place }: { readonly place: ReadonlySignal<string> }) => <span class="handle" style={{ left: place.value }} />

const PauseIcon = () => (
  <svg class="i" viewBox="0 0 16 16" aria-hidden="true">
    <path d="M5 3v10M11 3v10" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" />
  </svg>
)

/** Moments doors were opened. */
function doorTimes(state: ReadonlySignal<TracksState>, from: number, nos: readonly number[], range: Range): readonly number[] {
  const is = state.value
  if (is.kind !== 'ready') return []
  return is.tracks.slice(from).flatMap((track, index) => {
    const point = store.pointNow(nos[index] ?? -1)
    return point?.states == null
      ? []
      : stretches(track, point.states, range)
          .filter(each => /^door(Open|Forced|Held)$/.test(each.state?.meaning ?? ''))
          .map(each => each.from)
  })
}
