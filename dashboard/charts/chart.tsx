// A chart of one or several points over a range: lines, ribbons of states, limits, marks, hover across all, zoom by hand or keys.

import { effect, type ReadonlySignal, useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type uPlot from 'uplot'
import { useDerived } from '../live/derived.ts'
import 'uplot/dist/uPlot.min.css'
import './chart.css'
import type { PointView } from '../../daemon/stream/contract.ts'
import { now, nowExact } from '../live/index.ts'
import { t } from '../words/index.ts'
import { clockShort, dateShort, figure, zone } from '../words/say.ts'
import { align, axis, extent, firstOf } from './align.ts'
import { theme } from './colours.ts'
import { type Hover, HoverCard } from './hover.tsx'
import type { Limit, Mark } from './limits.ts'
import { createPlot, GUTTER } from './plot.ts'
import { grown, moved, type Range, zoomed } from './range.ts'
import { Ribbons } from './ribbons.tsx'
import { FLOOR, LEAST, unitFor } from './scale.ts'
import type { TracksState } from './tracks.ts'

export interface ChartProps {
  /** What the lines show, in the order of `state`'s tracks; state points become ribbons. At most two units. */
  readonly points: readonly PointView[]
  readonly state: ReadonlySignal<TracksState>
  readonly range: Range
  /** The range ends now and moves with it. */
  readonly live: boolean
  readonly label: string
  readonly limits?: readonly Limit[]
  readonly marks?: readonly Mark[]
  readonly height?: number
  /** Charts of the same name show the cursor together. */
  readonly sync?: string
  /** Told the range dragged out, or null to go back. Without it the chart cannot be zoomed. */
  readonly onZoom?: (range: Range | null) => void
}

const NO_LIMITS: readonly Limit[] = []
const NO_MARKS: readonly Mark[] = []
const DAY = 86_400_000

export function Chart({ points, state, range, live, label, limits = NO_LIMITS, marks = NO_MARKS, height = 240, sync, onZoom }: ChartProps) {
  const given = [points, state, range, live, limits, marks, height, sync]
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const hover = useSignal<Hover | null>(null)
  const lines = useMemo(() => points.map((point, index) => ({ point, index })).filter(({ point }) => point.quantity !== 'state'), [points])
  const ribbons = useMemo(() => points.map((point, index) => ({ point, index })).filter(({ point }) => point.quantity === 'state'), [points])
  const first = lines[0]?.point
  const other = lines.find(({ point }) => point.unit !== first?.unit)?.point
  // What the drawing asks for while it paints; kept in one place so that the plot itself is made only once.
  const asked = useRef({ range, live, limits, marks, onZoom })
  asked.current = { range, live, limits, marks, onZoom }

  const shown = (): Range => {
    const { range: is, live: moves } = asked.current
    if (!moves) return is
    const to = nowExact()
    const data = state.peek()
    return grown({ from: to - (is.to - is.from), to }, data.kind === 'ready' ? firstOf(data.tracks) : null)
  }

  useEffect(() => {
    const element = host.current
    if (element === null || first === undefined) return
    const units = { left: '', right: '' }
    const tracksOf = (side: 'left' | 'right') => {
      const is = state.peek()
      return is.kind !== 'ready'
        ? []
        : lines.flatMap(({ point, index }) => ((point.unit === first.unit) === (side === 'left') ? (is.tracks[index] ?? []) : []))
    }
    const quantity = { left: first.quantity, right: other?.quantity ?? first.quantity }
    const span = (side: 'left' | 'right'): readonly [number, number] => {
      const { from, to } = shown()
      const data = extent(tracksOf(side), from, to)
      const found = axis(data, side === 'left' ? asked.current.limits.map(limit => limit.value) : [], LEAST[quantity[side]], FLOOR[quantity[side]])
      units[side] = unitFor(quantity[side], found[1])
      return found
    }
    const u = createPlot(element, {
      width: Math.max(200, element.clientWidth),
      height,
      zone: zone.peek(),
      axes: lines.map(({ point }) => (point.unit === first.unit ? 'left' : 'right')),
      sync: sync ?? null,
      limits: () => asked.current.limits,
      marks: () => asked.current.marks,
      span,
      value: (side, value, step) => {
        const unit = units[side]
        const { number, unit: written } = figure(value, quantity[side], { unit, decimals: decimalsFor(step, quantity[side], unit) })
        return side === 'right' && written !== '' ? `${number} ${written}` : number
      },
      time: (at, step) => (step >= DAY || (clockShort(at) === '00.00' && step >= 3_600_000) ? dateShort(at) : clockShort(at)),
      hover: is => {
        const { left, idx } = is.cursor
        hover.value = idx == null || left == null || left < 0 ? null : { at: is.data[0][idx] ?? 0, left: left + GUTTER.left, width: is.width }
      },
      zoom: (from, to) => asked.current.onZoom?.(zoomed(from, to)),
    })
    plot.current = u
    const resize = new ResizeObserver(() => u.setSize({ width: Math.max(200, element.clientWidth), height }))
    resize.observe(element)
    const back = () => asked.current.onZoom?.(null)
    u.over.addEventListener('dblclick', back)
    const stop = effect(() => {
      const is = state.value
      theme.value
      if (is.kind !== 'ready') return
      const { at, columns } = align(lines.flatMap(({ index }) => is.tracks[index] ?? []))
      u.setData([[...at], ...columns.map(column => [...column])] as uPlot.AlignedData, false)
      const { from, to } = shown()
      u.setScale('x', { min: from, max: to })
    })
    return () => {
      stop()
      resize.disconnect()
      u.destroy()
      plot.current = null
    }
  }, [lines, height, sync, first, other, state])

  // Limits and marks may change while the data stays. `redraw` would put back the scale as it last was drawn, which at first is none.
  useEffect(() => {
    const { from, to } = shown()
    plot.current?.setScale('x', { min: from, max: to })
  }, [limits, marks])
  useEffect(() => {
    const { from, to } = shown()
    plot.current?.setScale('x', { min: from, max: to })
    if (!live) return
    let drawn = nowExact()
    const pixel = (range.to - range.from) / 800
    return now.subscribe(at => {
      if (at - drawn < pixel) return
      drawn = at
      const is = shown()
      plot.current?.setScale('x', { min: is.from, max: is.to })
    })
  }, [live, range.from, range.to])

  const empty = useDerived(() => {
    const is = state.value
    return is.kind === 'ready' && is.tracks.every(track => track.at.length === 0)
  }, given)
  const keys = (event: KeyboardEvent) => {
    const u = plot.current
    if (u === null) return
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const zoom = { '+': 0.5, '=': 0.5, '-': 2 }[event.key]
    if (step !== undefined) {
      const row = Math.max(0, Math.min((u.data[0]?.length ?? 1) - 1, (u.cursor.idx ?? (step < 0 ? (u.data[0]?.length ?? 1) : -1)) + step))
      const at = u.data[0]?.[row]
      if (at !== undefined) u.setCursor({ left: u.valToPos(at, 'x'), top: 10 })
    } else if (zoom !== undefined && onZoom) onZoom(moved(shown(), 0, zoom, nowExact()))
    else if ((event.key === '0' || event.key === 'Escape') && onZoom) onZoom(null)
    else return
    event.preventDefault()
  }
  const is = state.value
  return (
    <div>
      {first !== undefined && (
        <div
          class="plot"
          ref={host}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move the cursor and zoom, which a mouse does by dragging
          tabIndex={0}
          role="application"
          aria-roledescription={t.value.pages.chart.chart}
          aria-label={label}
          onKeyDown={keys}
          style={{ height: `${height}px` }}
        >
          <HoverCard hover={hover} state={state} points={points} />
          {is.kind === 'loading' && <div class="plot-wait skel" />}
          {is.kind === 'failed' && (
            <p class="plot-note" role="alert">
              {t.value.pages.chart.failed(is.problem.detail ?? is.problem.title)}
            </p>
          )}
          {empty.value && <p class="plot-note">{t.value.pages.chart.empty}</p>}
        </div>
      )}
      {ribbons.length > 0 && <Ribbons ribbons={ribbons} state={state} range={range} live={live} tall={first === undefined} />}
    </div>
  )
}

/** Decimals that tell two ticks apart, within what the quantity is written with. */
function decimalsFor(step: number, quantity: PointView['quantity'], unit: string): number {
  const per = figure(1, quantity, { unit, decimals: 12 }).number.replace(',', '.')
  const written = step * (Number(per) || 1)
  return written >= 1 ? 0 : written >= 0.1 ? 1 : written >= 0.01 ? 2 : 3
}
