// The stroke that stands for a series in a legend.
import { SERIES } from './colours.ts'

const DASHES = [undefined, '5 3', undefined, '2 3', '8 3 2 3'] as const

export const SeriesKey = ({ index }: { index: number }) => (
  <svg class="plot-key" viewBox="0 0 14 4" aria-hidden="true">
    <path d="M0 2H14" stroke={`var(${SERIES[index % SERIES.length] ?? '--c1'})`} stroke-width="2" stroke-dasharray={DASHES[index % 5]} />
  </svg>
)
