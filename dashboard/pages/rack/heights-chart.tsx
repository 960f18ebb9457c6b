// Temperatures of a rack by height: inlet and outlet as lines from the floor up, with the site's limit.
import type { ReadonlySignal } from '@preact/signals'
import { useDerived } from '../../live/derived.ts'
import { t } from '../../words/index.ts'
import { number } from '../../words/say.ts'
import type { RackFigures } from '../floor/modes.ts'
import type { AtHeight } from './heights.ts'

const [WIDTH, TOP, BOTTOM, LEFT, RIGHT] = [256, 10, 240, 34, 244]

interface HeightsProps {
  readonly figures: ReadonlySignal<RackFigures>
  readonly limit: number
}

/** Whole steps of 4 °C around what is there. */
function scaleOf(values: readonly number[]): readonly [number, number] {
  const low = Math.floor((Math.min(...values) - 2) / 4) * 4
  const high = Math.ceil((Math.max(...values) + 2) / 4) * 4
  return [low, Math.max(high, low + 12)]
}

export function HeightsChart({ figures, limit }: HeightsProps) {
  const words = t.value.pages.rack
  const drawing = useDerived(() => {
    const { heights, units } = figures.value
    const known = (all: readonly AtHeight[]) => all.filter((each): each is AtHeight & { readonly value: number } => each.value !== null)
    const [inlet, outlet] = [known(heights.inlet), known(heights.outlet)]
    const all = [...inlet, ...outlet]
    if (all.length === 0) return <p class="small dim">{words.noHeights}</p>
    const [low, high] = scaleOf([...all.map(each => each.value), limit])
    const x = (value: number) => LEFT + ((value - low) / (high - low)) * (RIGHT - LEFT)
    const y = (u: number) => BOTTOM - ((u - 1) / Math.max(1, units - 1)) * (BOTTOM - TOP)
    const path = (points: readonly (AtHeight & { readonly value: number })[]) =>
      points.map((each, index) => `${index === 0 ? 'M' : 'L'}${x(each.value).toFixed(1)} ${y(each.u).toFixed(1)}`).join('')
    const ticks = Array.from({ length: (high - low) / 4 + 1 }, (_, index) => low + index * 4)
    const marks = [units, Math.round(units * 0.76), Math.round(units / 2), Math.round(units * 0.26), 1]
    const dots = (points: typeof inlet, series: 1 | 2) =>
      points.map(each => (
        <g key={each.sensor.id}>
          <circle cx={x(each.value)} cy={y(each.u)} r="3.2" class={`dot${series}`} />
          <text class="lbl" x={x(each.value) + (series === 1 ? -8 : 8)} y={y(each.u) + 4} text-anchor={series === 1 ? 'end' : 'start'}>
            {number(each.value, 1)}
          </text>
        </g>
      ))
    const said = all.map(each => `U${Math.round(each.u)} ${number(each.value, 1)} °C`).join(', ')
    return (
      <svg class="chart heights" viewBox={`0 0 ${WIDTH} 262`} role="img" aria-label={`${words.heights}: ${said}`}>
        {ticks.map(value => (
          <g key={value}>
            <path class="g" d={`M${x(value)} ${TOP}V${BOTTOM}`} />
            <text x={x(value)} y={BOTTOM + 16} text-anchor="middle">
              {number(value)}
            </text>
          </g>
        ))}
        {marks.map(u => (
          <text key={u} x="24" y={y(u) + 4} text-anchor="end">
            U{u}
          </text>
        ))}
        <path class="lim" d={`M${x(limit)} ${TOP}V${BOTTOM}`} />
        <text x={x(limit) + 5} y={BOTTOM - 3} class="limword">
          {t.value.pages.floor.limit(number(limit))}
        </text>
        <path class="s s1" d={path(inlet)} />
        <path class="s s2" d={path(outlet)} />
        {dots(inlet, 1)}
        {dots(outlet, 2)}
      </svg>
    )
  }, [figures, limit, words])
  return <>{drawing}</>
}
