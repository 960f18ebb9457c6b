// The chart of a device: its first tile's point or what the reader picked, states as ribbons below, others of the device to compare.

import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import type { PointView } from '../../../daemon/stream/contract.ts'
import { Chart } from '../../charts/chart.tsx'
import { csvOf } from '../../charts/csv.ts'
import { download } from '../../charts/download.ts'
import { SeriesKey } from '../../charts/key.tsx'
import { limitsOf, type Mark } from '../../charts/limits.ts'
import { lastOf, type Range, type Span } from '../../charts/range.ts'
import { useTracks } from '../../charts/tracks.ts'
import { useDerived } from '../../live/derived.ts'
import { nowExact, store } from '../../live/index.ts'
import { Button, Icon, Segmented } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { t } from '../../words/index.ts'
import { clockShort, duration, measured, text } from '../../words/say.ts'

const CHOICES = ['hour', 'day', 'week', 'month', 'year'] as const
const MOST_LINES = 5

interface ChartPanelProps {
  readonly device: string
  readonly points: readonly PointView[]
  /** Keys from the URL; the first is the main one. */
  readonly chosen: readonly string[]
  readonly first: PointView
  /** State points shown as ribbons. */
  readonly states: readonly PointView[]
  readonly span: Span
}

export function ChartPanel({ device, points, chosen, first, states, span }: ChartPanelProps) {
  const given = [device, points, chosen, first, states, span]
  const { chart: words } = t.value.pages
  const zoom = useSignal<Range | null>(null)
  const whole = useMemo(() => lastOf(span, nowExact()), [span])
  const lines = useMemo(() => {
    const found = chosen.flatMap(key => points.find(point => point.key === key) ?? [])
    return found.length === 0 ? [first] : found.slice(0, MOST_LINES)
  }, [chosen.join(), points, first])
  const main = lines[0] ?? first
  const shown = useMemo(() => [...lines, ...states.filter(point => !lines.includes(point))], [lines, states])
  const range = zoom.value ?? whole
  const live = zoom.value === null
  const state = useTracks(
    shown.map(point => point.no),
    range,
    { live },
  )
  const marks = useDerived(
    (): readonly Mark[] =>
      [...store.alarms.value.values()]
        .filter(alarm => alarm.device === device && alarm.point !== null && lines.some(point => point.no === alarm.point?.no))
        .map(alarm => ({ at: alarm.raisedAt, label: words.alarmAt(clockShort(alarm.raisedAt)), severity: alarm.severity })),
    given,
  )
  const limits = useMemo(
    () => (lines.length > 1 ? [] : limitsOf(main, value => words.limit(measured(value, main.quantity)))),
    [main, lines.length, words],
  )
  const step = useDerived(() => (state.value.kind === 'ready' ? (state.value.tracks[0]?.step ?? 0) : null), given)
  const pick = (keys: readonly string[]) => setQuery({ chart: keys.length === 0 ? null : keys.join(',') })
  const units = new Set(lines.map(point => point.unit))
  const others = points.filter(
    point => point.quantity !== 'state' && point.quantity !== 'text' && !lines.includes(point) && (units.size < 2 || units.has(point.unit)),
  )
  const csv = () => {
    const is = state.peek()
    if (is.kind !== 'ready') return
    const columns = shown.flatMap((point, index) => {
      const track = is.tracks[index]
      return track ? [{ label: `${device} ${point.key}`, unit: point.unit, track }] : []
    })
    download(`${device}-${main.key}-${new Date(range.from).toISOString().slice(0, 16).replace(':', '')}.csv`, csvOf(columns))
  }
  return (
    <section class="panel chartpanel" aria-label={text(main.label)}>
      <header>
        <h2>{text(main.label)}</h2>
        <span class="dim small ell note">
          {step.value === null ? '' : step.value === 0 ? words.raw : words.averages(duration(step.value / 1000))}
        </span>
        <div class="end">
          {zoom.value === null ? null : (
            <button type="button" class="textbtn" onClick={() => (zoom.value = null)}>
              {words.reset}
            </button>
          )}
          {others.length === 0 || lines.length >= MOST_LINES ? null : (
            <label class="pickone">
              <span class="sr">{words.compareWith}</span>
              <select value="" onChange={event => pick([...lines.map(point => point.key), event.currentTarget.value])}>
                <option value="" disabled>
                  {words.compare}
                </option>
                {others.slice(0, 200).map(point => (
                  <option key={point.no} value={point.key}>
                    {text(point.label)}
                  </option>
                ))}
              </select>
            </label>
          )}
          <Segmented
            label={words.span}
            chosen={span}
            choices={CHOICES.map(key => ({ key, label: words.spans[key] }))}
            onChoose={key => setQuery({ span: key === 'day' ? null : key })}
          />
          <Button kind="ghost" label={words.csv} onClick={csv}>
            <Icon name="download" />
            CSV
          </Button>
        </div>
      </header>
      <div class="chartbody">
        <Chart
          points={shown}
          state={state}
          range={range}
          live={live}
          label={`${text(main.label)}. ${words.zoomHint}`}
          limits={limits}
          marks={marks.value}
          height={250}
          sync={device}
          onZoom={to => (zoom.value = to)}
        />
      </div>
      {lines.length > 1 ? (
        <div class="plot-legend">
          {lines.map((point, index) => (
            <span key={point.no}>
              <SeriesKey index={index} />
              {text(point.label)}
              <button
                type="button"
                aria-label={words.remove(text(point.label))}
                onClick={() => pick(lines.filter(other => other !== point).map(other => other.key))}
              >
                <Icon name="close" />
              </button>
            </span>
          ))}
        </div>
      ) : null}
    </section>
  )
}
