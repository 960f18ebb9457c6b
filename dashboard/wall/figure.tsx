// A number of the wall with its smaller grey unit, as two texts that change in place.
import { type ReadonlySignal, useComputed, useSignalEffect } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { NONE } from '../../daemon/domain/words/lang.ts'
import { kilowatts, number } from '../words/say.ts'
import type { Measured } from './figures.ts'

interface FigureProps {
  readonly of: ReadonlySignal<Measured | null>
  /** `kW` divides watts by a thousand. */
  readonly unit: 'kW' | '%' | '°C' | 'Hz' | 'V'
  readonly decimals?: number
}

export function Figure({ of, unit, decimals = unit === '%' || unit === 'V' ? 0 : 1 }: FigureProps) {
  const text = useComputed(() => {
    const is = of.value
    if (is === null) return NONE
    return unit === 'kW' ? kilowatts(is.value, decimals) : number(is.value, decimals)
  })
  const name = useComputed(() => (of.value?.stale === true ? 'fig stale' : 'fig'))
  return (
    <span class={name}>
      <span>{text}</span>
      <span class="unit">{unit}</span>
    </span>
  )
}

/** A bar as wide as its share of a hundred; its width is set through the style object, as the page's policy wants. */
export function Bar({ of }: { readonly of: ReadonlySignal<number> }) {
  const bar = useRef<HTMLElement>(null)
  useSignalEffect(() => {
    bar.current?.style.setProperty('width', `${Math.min(100, Math.max(0, of.value))}%`)
  })
  return (
    <span class="mt">
      <i ref={bar} />
    </span>
  )
}
