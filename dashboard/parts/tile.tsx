// A stat tile: label, age, value, line and note, each in its own place, so that nothing moves when the value does.
import type { ComponentChildren } from 'preact'
import type { FigureOptions } from '../../daemon/domain/words/format.ts'
import type { PointView } from '../../daemon/stream/contract.ts'
import { useDerived } from '../live/derived.ts'
import { t } from '../words/index.ts'
import { measured, text } from '../words/say.ts'
import { Sparkline } from './sparkline.tsx'
import { limitsOf, type Tone } from './tone.ts'
import { useTrend } from './trend.ts'
import { useValue } from './value.tsx'

/** Tiles side by side; as many in a row as fit. */
export const Tiles = ({ children }: { readonly children: ComponentChildren }) => <div class="tiles">{children}</div>

interface TileProps {
  readonly label: string
  readonly value: ComponentChildren
  readonly unit?: string
  readonly age?: ComponentChildren
  readonly note?: ComponentChildren
  readonly aside?: ComponentChildren
  readonly tone?: Tone
  readonly stale?: boolean
}

/** A tile of anything. */
export function Tile({ label, value, unit = '', age, note, aside, tone = 'ok', stale = false }: TileProps) {
  return (
    <div class={`tile ${stale ? 'stale' : tone} ${age === undefined ? 'noage' : ''}`}>
      <span class="k">{label}</span>
      <span class="age">{age}</span>
      <span class="v">
        {value}
        <span class="unit">{unit}</span>
      </span>
      <span class="s">{aside}</span>
      <span class="n">{note}</span>
    </div>
  )
}

interface PointTileProps {
  readonly point: PointView
  readonly label?: string
  readonly options?: FigureOptions
  readonly note?: ComponentChildren
  /** Milliseconds the line reaches back; 0 for none. */
  readonly span?: number
}

/** A tile of one live point: goes amber or red by its limits, grey and hatched when stale. */
export function PointTile({ point, label, options, note, span = 3_600_000 }: PointTileProps) {
  const { number, unit, age, stale, tone } = useValue(point, options)
  const { low, high } = limitsOf(point)
  const name = useDerived(() => `tile ${stale.value ? 'stale' : tone.value}`, [stale, tone])
  const limit = high ?? low
  const below = note ?? (limit === null || point.quantity === 'state' ? '' : t.value.parts.limit(measured(limit, point.quantity, options)))
  return (
    <div class={name}>
      <span class="k">{label ?? text(point.label)}</span>
      <span class="age">{age}</span>
      <span class="v">
        <span>{number}</span>
        <span class="unit">{unit}</span>
      </span>
      <span class="s">{span > 0 && point.states === null ? <TrendLine point={point} span={span} limit={limit} /> : null}</span>
      <span class="n">{below}</span>
    </div>
  )
}

/** The last hour(s) of a point as a small line; loaded once, then live. */
export function TrendLine({
  point,
  span = 3_600_000,
  limit = null,
}: {
  readonly point: PointView
  readonly span?: number
  readonly limit?: number | null
}) {
  return <Sparkline series={useTrend(point.no, span)} limit={limit} label={`${text(point.label)}, ${t.value.parts.history}`} />
}
