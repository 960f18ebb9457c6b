// The heat map of rack inlets: the figure always stands in its cell, colour only past a limit.
import { useComputed } from '@preact/signals'
import type { Layout } from '../../daemon/domain/inventory.ts'
import { NONE } from '../../daemon/domain/words/lang.ts'
import { t } from '../words/index.ts'
import { measured, number } from '../words/say.ts'
import { type Heat, heatStep, type RackHeat } from './heat.ts'

/** A rise from here on is told instead of the hottest rack, °C per minute. */
const WORTH_TELLING = 0.4

export function Inlet({ layout, heat }: { readonly layout: Layout; readonly heat: Heat }) {
  const { wall } = t.value
  const rises = useComputed(() => (heat.rise.value?.perMinute ?? 0) >= WORTH_TELLING)
  const head = useComputed(() => {
    const { rise, hottest } = { rise: heat.rise.value, hottest: heat.hottest.value }
    if (rises.value && rise !== null) return wall.rising(number(rise.perMinute, 1))
    return hottest === null ? '' : wall.hottest(hottest.name, measured(hottest.value, 'temperature'))
  })
  const { warning, critical } = layout.site.inlet
  const rows = heat.rows.slice(0, 4)
  return (
    <section class="panel inlet" aria-label={wall.inlet}>
      <header>
        <h2>{wall.inlet}</h2>
        <span class={useComputed(() => (rises.value ? 'end t-warn' : 'end'))}>{head}</span>
      </header>
      {rows.length === 0 ? <p class="none">{wall.noInlet}</p> : null}
      <div class={`hm r${rows.length}`}>
        {rows.map((row, i) => [
          <div
            class={`r ${row.racks.length > 8 ? 'dense' : ''}`}
            key={row.id}
            style={{ gridTemplateColumns: `repeat(${row.racks.length}, minmax(0, 1fr))` }}
          >
            {row.racks.map(rack => (
              <Cell key={rack.id} rack={rack} layout={layout} />
            ))}
          </div>,
          i + 1 < rows.length ? (
            <div class="aisle" key={`${row.id} aisle`}>
              {row.aisle === 'cold' ? wall.coldAisle : row.aisle === 'hot' ? wall.hotAisle : ''}
            </div>
          ) : null,
        ])}
      </div>
      {rows.length === 0 ? null : (
        <div class="lg" aria-hidden="true">
          {number(warning - 9)}
          <span class="calm" />
          {number(warning)}
          <span class="over" />
          {number(critical)}
          <span class="far" />
          °C
        </div>
      )}
    </section>
  )
}

function Cell({ rack, layout }: { readonly rack: RackHeat; readonly layout: Layout }) {
  const name = useComputed(() => {
    const is = rack.inlet.value
    return is === null || is.stale ? 'hc stale' : `hc h${heatStep(is.value, layout.site.inlet)}`
  })
  const text = useComputed(() => (rack.inlet.value === null ? NONE : number(rack.inlet.value.value, 1)))
  return (
    <a class={name} href={`/racks/${rack.id}`}>
      <small>{rack.name}</small>
      <b>{text}</b>
    </a>
  )
}
