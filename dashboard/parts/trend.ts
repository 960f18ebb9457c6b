// The recent past of a point for small lines: asked once (many points in one request), then grown by live readings, bounded.
import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { PointNo } from '../../daemon/domain/point.ts'
import type { History } from '../../daemon/http/contract.ts'
import { api } from '../api.ts'
import { nowExact, store } from '../live/index.ts'
import { compact, grow, type Series } from './series.ts'

/** Points of a line: enough for 80 px, little enough for a hundred lines on a page for a month. */
const BUCKETS = 72
/** Spans up to here have buckets fine enough for a young site too, ms. */
const LONG = 7_200_000
/** Finest step, ms: points are not asked more often. */
const FINEST = 10_000

interface Kept {
  count: number
  readonly series: Signal<Series | null>
  readonly stop: () => void
}
const held = new Map<string, Kept>()

interface Wanted {
  readonly no: PointNo
  readonly span: number
  readonly got: (series: Series) => void
}
let waiting: Wanted[] = []

/** Collects what one paint asks for into one request a span. */
function ask(no: PointNo, span: number, got: (series: Series) => void): void {
  waiting.push({ no, span, got })
  if (waiting.length > 1) return
  queueMicrotask(() => {
    const now = waiting
    waiting = []
    const bySpan = Map.groupBy(now, one => one.span)
    for (const [each, all] of bySpan) for (let i = 0; i < all.length; i += 60) void load(each, all.slice(i, i + 60))
  })
}

async function load(span: number, wanted: readonly Wanted[]): Promise<void> {
  const to = Math.floor(nowExact())
  const points = wanted.map(one => one.no).join(',')
  const past = (from: number) => api.get<History>(`/api/v1/history?points=${points}&from=${from}&to=${to}&buckets=${BUCKETS}`)
  let answer = await past(to - span)
  if (answer.ok && span > LONG) {
    // A young site fills only the last few buckets of a day: asked again from where it begins, they are fine enough to see.
    const begins = Math.min(...answer.value.series.map(series => series.at[firstKnown(series.mean)] ?? to))
    if (begins > to - span / 3 && begins < to) answer = await past(begins)
  }
  for (const one of wanted) {
    const found = answer.ok ? answer.value.series.find(series => series.point === one.no) : undefined
    // Without its past the line begins now: a line is help, not the value itself.
    if (found === undefined) one.got({ at: [], values: [] })
    else {
      const first = firstKnown(found.mean)
      one.got(first < 0 ? { at: [], values: [] } : { at: found.at.slice(first), values: found.mean.slice(first) })
    }
  }
}

/** Index of the first value, or -1: what lies before it is no part of the line. */
const firstKnown = (values: readonly (number | null)[]): number => values.findIndex(value => value !== null)

function open(no: PointNo, span: number): Kept {
  const series = signal<Series | null>(null)
  // A young site has only minutes to show: steps begin fine and widen as the line fills, until it spans all.
  let step = FINEST
  let closed = false
  const put = (next: Series): void => {
    let fitted = next
    while (fitted.at.length > 2 * BUCKETS) {
      step *= 2
      fitted = compact(fitted, step)
    }
    series.value = fitted
  }
  ask(no, span, past => {
    if (closed) return
    const early = series.peek()
    const from = past.at[0]
    const to = past.at[past.at.length - 1]
    if (from !== undefined && to !== undefined) while (step * 2 * BUCKETS < to - from) step *= 2
    let grown = compact(past, step)
    early?.at.forEach((at, i) => {
      grown = grow(grown, at, early.values[i] ?? null, step, span)
    })
    put(grown)
  })
  const stop = effect(() => {
    const live = store.reading(no).value
    if (live !== null) put(grow(series.peek() ?? { at: [], values: [] }, live.at, live.value, step, span))
  })
  return {
    count: 0,
    series,
    stop: () => {
      closed = true
      stop()
    },
  }
}

/** The last `span` milliseconds of a point, shared by everyone who shows it, until closed. */
export function openTrend(no: PointNo, span: number): { readonly series: ReadonlySignal<Series | null>; readonly close: () => void } {
  const key = `${no}/${span}`
  let one = held.get(key)
  if (one === undefined) {
    one = open(no, span)
    held.set(key, one)
  }
  const mine = one
  mine.count++
  let closed = false
  return {
    series: mine.series,
    close: () => {
      if (closed) return
      closed = true
      mine.count--
      if (mine.count > 0) return
      mine.stop()
      held.delete(key)
    },
  }
}

/** The same while the component is mounted. */
export function useTrend(no: PointNo, span: number): ReadonlySignal<Series | null> {
  const key = `${no}/${span}`
  const [empty] = useState(() => signal<Series | null>(null))
  const [shown, show] = useState<{ readonly key: string; readonly series: ReadonlySignal<Series | null> }>({ key: '', series: empty })
  useEffect(() => {
    const trend = openTrend(no, span)
    show({ key, series: trend.series })
    return trend.close
  }, [key])
  return shown.key === key ? shown.series : empty
}
