// Spans of time a chart can show, and how they sit on the clock.

export const SPANS = { hour: 3_600_000, day: 86_400_000, week: 604_800_000, month: 2_592_000_000, year: 31_536_000_000 } as const
export type Span = keyof typeof SPANS

/** Milliseconds since 1970. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** Widths a range is rounded to, so that pages opened a moment apart ask for the same and the cache can answer. */
const grain = (length: number): number => (length <= SPANS.hour ? 10_000 : length <= SPANS.day ? 60_000 : length <= SPANS.week ? 300_000 : 3_600_000)

/** The last `span` before `now`, ending on the next whole grain. */
export function lastOf(span: Span, now: number): Range {
  const step = grain(SPANS[span])
  const to = Math.ceil(now / step) * step
  return { from: to - SPANS[span], to }
}

/** A range dragged out by hand: ordered, and never shorter than a minute. */
export function zoomed(one: number, other: number): Range {
  const [from, to] = one <= other ? [one, other] : [other, one]
  const spare = Math.max(0, 60_000 - (to - from)) / 2
  return { from: Math.round(from - spare), to: Math.round(to + spare) }
}

/** The range moved or widened by the keyboard: `shift` in parts of its length, `scale` > 1 shows more. Never beyond `now`. */
export function moved(range: Range, shift: number, scale: number, now: number): Range {
  const length = Math.max(60_000, (range.to - range.from) * scale)
  const middle = (range.from + range.to) / 2 + shift * (range.to - range.from)
  const to = Math.min(now, middle + length / 2)
  return { from: Math.round(to - length), to: Math.round(to) }
}

/** Whole steps of the clock inside a range, at most `most`, for captions under a ribbon or a scrubber. */
export function clockTicks(range: Range, most: number, offset: number): readonly number[] {
  const steps = [
    300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000, 172_800_000, 432_000_000, 604_800_000,
    2_592_000_000,
  ]
  const step = steps.find(each => (range.to - range.from) / each <= most) ?? SPANS.year / 4
  const ticks: number[] = []
  for (let at = Math.ceil((range.from + offset) / step) * step - offset; at <= range.to; at += step) ticks.push(at)
  return ticks
}

/** Least a young chart shows, ms. */
const YOUNG = 600_000

/**
 * A live range whose readings begin in its later part starts with them: a chart that has run for ten minutes is no speck in a
 * day. As time goes by it grows into the whole range.
 */
export function grown(range: Range, first: number | null): Range {
  const { from, to } = range
  if (first === null || first - from < (to - from) * 0.3) return range
  return { from: Math.max(from, Math.min(first, to - YOUNG)), to }
}
