// The drawing of the plan: rooms, walls, aisles, and everything that stands in them, to scale.

import type { ReadonlySignal, Signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { useDerived } from '../../live/derived.ts'
import { t } from '../../words/index.ts'
import { measured, number } from '../../words/say.ts'
import type { Reader } from '../rack/reading.ts'
import type { Aisle } from './aisles.ts'
import { type Heat, heatAt, type Pointed } from './heat-at.ts'
import { HeatLayer } from './heat-layer.tsx'
import { meanOf } from './modes.ts'
import { PeopleInside } from './people.tsx'
import type { Plan } from './plan.ts'
import { PX } from './scale.ts'
import { isInside } from './sensors.ts'
import { DoorMark, FixtureMark, SensorPoint } from './things.tsx'

/** Middle of a box, as text wants it. */
const middle = (aisle: Aisle) => ({ x: aisle.x + aisle.w / 2, y: aisle.y + aisle.h / 2 + 4 })

/** Mean of the free-standing sensors inside an aisle, by quantity. */
function ColdAisle({ aisle, layout, read }: { readonly aisle: Aisle; readonly layout: Layout; readonly read: ReadonlySignal<Reader> }) {
  const given = [aisle, layout, read]
  const at = middle(aisle)
  const words = useDerived(() => {
    const inside = layout.sensors.filter(sensor => sensor.rack === undefined && isInside(sensor, aisle))
    const inlets = layout.sensors.filter(
      sensor => sensor.side === 'inlet' && layout.racks.some(rack => rack.id === sensor.rack && rack.room === aisle.room),
    )
    const temperatures = inside.filter(sensor => /temperature/.test(sensor.point.key))
    const warmth = meanOf(
      read.value,
      (temperatures.length > 0 ? temperatures : inlets).map(sensor => sensor.point),
    )
    const damp = meanOf(
      read.value,
      inside.filter(sensor => /humidity/.test(sensor.point.key)).map(sensor => sensor.point),
    )
    return [
      t.value.pages.floor.coldAisle,
      warmth === null ? '' : measured(warmth, 'temperature'),
      damp === null ? '' : `${measured(damp, 'humidity')} RH`,
    ]
      .filter(part => part !== '')
      .join(' · ')
  }, given)
  return (
    <g class="aisle">
      <rect x={aisle.x - 6} y={aisle.y + 1} width={aisle.w + 12} height={aisle.h - 2} rx="2" />
      <rect class="perfs" x={aisle.x} y={aisle.y + 5} width={aisle.w} height={aisle.h - 10} />
      <text class="lbl halo" x={at.x} y={at.y} text-anchor="middle">
        {words}
      </text>
    </g>
  )
}

/** Beyond this width, px of the drawing, a plan is scrolled rather than shrunk until nobody can read it. */
const LARGE = 1500

/** So much is a plan of one small room blown up, and no more. */
const SMALL = 1.6

interface DrawingProps {
  readonly plan: Plan
  readonly layout: Layout
  readonly read: ReadonlySignal<Reader>
  readonly past: boolean
  /** The heat of the aisles under everything, and where the figure at the pointer goes; null: another mode. */
  readonly heat: Signal<Pointed | null> | null
  /** The racks, drawn by the page because they know the mode. */
  readonly children: ComponentChildren
}

export function Drawing({ plan, layout, read, past, heat, children }: DrawingProps) {
  const words = t.value.pages.floor
  const { view } = plan
  const right = view.x + view.w - 24
  const latest = useRef<Heat | null>(null)
  const size = view.w > LARGE ? 'floorplan large' : 'floorplan'
  // Both layers take the same room: a canvas keeps its shape as a drawing does.
  const style: Record<string, string> =
    view.w > LARGE ? { width: `${Math.round(view.w * 0.8)}px` } : { maxWidth: `${Math.round(view.w * SMALL)}px`, justifySelf: 'center' }
  const point = (event: PointerEvent & { readonly currentTarget: SVGSVGElement }): void => {
    if (heat === null || latest.current === null) return
    const matrix = event.currentTarget.getScreenCTM()
    if (matrix === null) return
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse())
    heat.value = heatAt(latest.current, at.x / PX, at.y / PX)
  }
  return (
    <div class="planlayers">
      {heat === null ? null : <HeatLayer plan={plan} layout={layout} read={read} past={past} class={size} style={style} heat={latest} />}
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing with links in it; fieldset is for forms */}
      <svg
        class={`plan ${size}${heat === null ? '' : ' heated'}`}
        style={style}
        viewBox={`${view.x} ${view.y} ${view.w} ${view.h}`}
        role="group"
        aria-label={words.plan(layout.site.name)}
        onPointerMove={point}
        onPointerLeave={() => {
          if (heat !== null) heat.value = null
        }}
      >
        <defs>
          <pattern id="perf" width="7" height="7" patternUnits="userSpaceOnUse">
            <circle cx="3.5" cy="3.5" r="1.3" class="perfdot" />
          </pattern>
          <pattern id="tile" width={0.6 * PX} height={0.6 * PX} patternUnits="userSpaceOnUse">
            <path class="tile" d={`M0.5 0V${0.6 * PX}M0 0.5H${0.6 * PX}`} />
          </pattern>
          <pattern id="nodata" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
            <path class="nodata" d="M0 3H6" />
          </pattern>
        </defs>
        {plan.rooms.map(room => (
          <g key={room.id}>
            <rect class="room" x={room.x} y={room.y} width={room.w} height={room.h} />
            {room.kind === 'server' ? <rect x={room.x} y={room.y} width={room.w} height={room.h} fill="url(#tile)" /> : null}
            <text class="nm" x={room.x + 12} y={room.y + 22}>
              {room.name}
            </text>
            {room.kind === 'server' ? (
              <text class="lbl" x={room.x + 12} y={room.y + 38}>
                {words.size(number(room.width, 1), number(room.depth, 1))}
              </text>
            ) : null}
            {past ? null : <PeopleInside room={room.id} x={room.x + room.w - 12} y={room.y + 22} />}
          </g>
        ))}
        {plan.aisles.map(aisle =>
          aisle.kind === 'cold' ? (
            <ColdAisle key={`${aisle.x} ${aisle.y}`} aisle={aisle} layout={layout} read={read} />
          ) : (
            <text
              key={`${aisle.x} ${aisle.y}`}
              class="lbl"
              x={aisle.label?.x ?? middle(aisle).x}
              y={aisle.label?.y ?? middle(aisle).y}
              text-anchor="middle"
            >
              {words.hotAisle}
            </text>
          ),
        )}
        {layout.cages.map(cage => (
          <g key={cage.id} class="cagemark">
            <rect class="cage" x={cage.x * PX} y={cage.y * PX} width={cage.width * PX} height={cage.depth * PX} />
            <text class="lbl halo" x={cage.x * PX + 6} y={cage.y * PX - 5}>
              {cage.name}
            </text>
          </g>
        ))}
        {plan.fixtures.map(shape => (
          <FixtureMark key={shape.fixture.id} shape={shape} read={read} past={past} />
        ))}
        {children}
        {plan.sensors.map(mark => (
          <SensorPoint key={mark.id} mark={mark} read={read} past={past} />
        ))}
        <path class="wall" d={plan.walls} />
        {plan.doors.map(shape => (
          <DoorMark key={shape.door.id} shape={shape} view={view} read={read} past={past} />
        ))}
        <g class="ruler" transform={`translate(${right - PX} ${view.y + view.h - 26})`}>
          <path d={`M0 0H${PX}M0-4V4M${PX}-4V4`} />
          <text class="lbl" x={PX / 2} y="-5" text-anchor="middle">
            1 m
          </text>
        </g>
      </svg>
    </div>
  )
}
