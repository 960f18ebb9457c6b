// The heat of the aisles under the plan: painted when a reading changed, a region at a time, so that a hall costs no long frame.
import { effect, type ReadonlySignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { theme } from '../../charts/colours.ts'
import { now } from '../../live/index.ts'
import type { Reader } from '../rack/reading.ts'
import { type AirPlace, airOf } from './air.ts'
import { gridOf } from './field.ts'
import type { Heat } from './heat-at.ts'
import { paintAir, sizeOf } from './heat-paint.ts'
import { isStale } from './live.ts'
import type { Plan, Rect } from './plan.ts'

/** Painting goes on in the next frame after so long, ms. */
const BUDGET = 8

/** What is told at one place: the hottest of its sensors that are read. */
function toldAt(place: AirPlace, read: Reader, at: number | null): number | null {
  let hottest: number | null = null
  for (const ref of place.refs) {
    const got = read(ref)
    if (got === null || got.value === null || (at !== null && isStale(ref, got, at))) continue
    if (hottest === null || got.value > hottest) hottest = got.value
  }
  return hottest
}

interface LayerProps {
  readonly plan: Plan
  readonly layout: Layout
  readonly read: ReadonlySignal<Reader>
  readonly past: boolean
  readonly style: Record<string, string>
  readonly class: string
  /** Where the newest values are left for the pointer. */
  readonly heat: { current: Heat | null }
}

export function HeatLayer({ plan, layout, read, past, style, class: name, heat }: LayerProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const view: Rect = plan.view
  const size = useMemo(() => sizeOf(view), [view])
  const grids = useMemo(() => airOf(layout).map(gridOf), [layout])
  useEffect(() => {
    const paint = canvas.current?.getContext('2d') ?? null
    if (paint === null) return
    const limits = layout.site.inlet
    const shown: (readonly (number | null)[] | null)[] = grids.map(() => null)
    const waiting = new Set<number>()
    let wanted: readonly (readonly (number | null)[])[] = []
    let frame = 0
    const pass = (): void => {
      frame = 0
      const until = performance.now() + BUDGET
      for (const i of waiting) {
        waiting.delete(i)
        const [grid, values] = [grids[i], wanted[i]]
        if (grid !== undefined && values !== undefined) paintAir(paint, grid, values, view, size, limits)
        if (performance.now() > until) break
      }
      if (waiting.size > 0) frame = requestAnimationFrame(pass)
    }
    const ask = (): void => {
      if (frame === 0 && waiting.size > 0) frame = requestAnimationFrame(pass)
    }
    const stops = [
      effect(() => {
        const reader = read.value
        const at = past ? null : now.value
        wanted = grids.map(({ air }) => air.places.map(place => toldAt(place, reader, at)))
        heat.current = { air: grids.map(({ air }) => air), values: wanted }
        for (const [i, values] of wanted.entries()) {
          const was = shown[i]
          if (was?.every((value, k) => value === values[k])) continue
          shown[i] = values
          waiting.add(i)
        }
        ask()
      }),
      effect(() => {
        void theme.value
        for (const i of grids.keys()) waiting.add(i)
        ask()
      }),
    ]
    return () => {
      for (const stop of stops) stop()
      if (frame !== 0) cancelAnimationFrame(frame)
      paint.clearRect(0, 0, size.width, size.height)
      heat.current = null
    }
  }, [grids, layout, view, size, read, past, heat])
  return <canvas ref={canvas} class={`${name} heatfield`} width={size.width} height={size.height} style={style} />
}
