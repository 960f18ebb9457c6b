// A line of the last hours beside a value, with its limit in it. The path changes by attribute; markup stays.
import type { ReadonlySignal } from '@preact/signals'
import { useDerived } from '../live/derived.ts'
import { t } from '../words/index.ts'
import type { Series } from './series.ts'

interface Shape {
  readonly path: string
  readonly limit: string
  readonly end: { readonly x: number; readonly y: number } | null
}

const NOTHING: Shape = { path: '', limit: '', end: null }
const r = (n: number): string => n.toFixed(1)

/** From this height on a line is a picture of its own: it always shows its limit, and noise stays small, px. */
const TALL = 60

/** Fits a series into a box of width × height pixels; the limit is inside the scale so that one sees how near it is. Pure. */
function sparkPath(series: Series, width: number, height: number, limit: number | null): Shape {
  const known = series.values.filter(value => value !== null)
  const from = series.at[0]
  const to = series.at[series.at.length - 1]
  if (known.length < 2 || from === undefined || to === undefined || to <= from) return NOTHING
  let low = Math.min(...known)
  let high = Math.max(...known)
  const span = high - low
  const tall = height >= TALL
  // A limit far away would press a small line flat: it is drawn only when the line comes within three of its own heights.
  const near =
    limit !== null && (tall || (limit <= high + 3 * Math.max(span, Math.abs(high) * 0.02) && limit >= low - 3 * Math.max(span, Math.abs(low) * 0.02)))
  if (near && limit !== null) {
    low = Math.min(low, limit)
    high = Math.max(high, limit)
  }
  const least = Math.max(Math.abs(high) * (tall ? 0.06 : 0.01), 0.1)
  if (high - low < least) {
    const middle = (high + low) / 2
    low = middle - least / 2
    high = middle + least / 2
  }
  const pad = 3
  const x = (at: number): number => ((at - from) / (to - from)) * (width - pad)
  const y = (value: number): number => pad + (1 - (value - low) / (high - low)) * (height - 2 * pad)
  let path = ''
  let pen = false
  let end: Shape['end'] = null
  series.at.forEach((at, i) => {
    const value = series.values[i]
    if (value === null || value === undefined) {
      pen = false
      return
    }
    end = { x: x(at), y: y(value) }
    path += `${pen ? 'L' : 'M'}${r(end.x)} ${r(end.y)}`
    pen = true
  })
  return { path, limit: near && limit !== null ? `M0 ${r(y(limit))}H${width}` : '', end }
}

interface SparklineProps {
  readonly series: ReadonlySignal<Series | null>
  readonly limit?: number | null
  readonly width?: number
  readonly height?: number
  readonly label?: string
}

export function Sparkline({ series, limit = null, width = 72, height = 22, label }: SparklineProps) {
  const given = [series, width, height, limit]
  const shape = useDerived(() => (series.value === null ? NOTHING : sparkPath(series.value, width, height, limit)), given)
  const d = useDerived(() => shape.value.path, given)
  const lim = useDerived(() => shape.value.limit, given)
  const cx = useDerived(() => shape.value.end?.x ?? -9, given)
  const cy = useDerived(() => shape.value.end?.y ?? -9, given)
  return (
    <svg class="spark" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label ?? t.value.parts.history}>
      <path class="lim" d={lim} />
      <path d={d} />
      <circle cx={cx} cy={cy} r="2" />
    </svg>
  )
}
