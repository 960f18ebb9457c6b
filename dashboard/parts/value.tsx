// A live value: number, unit and age, each in its fixed place. One text node changes with a reading; nothing is drawn again.
import type { ReadonlySignal } from '@preact/signals'
import type { FigureOptions } from '../../daemon/domain/words/format.ts'
import type { PointView } from '../../daemon/stream/contract.ts'
import { useDerived } from '../live/derived.ts'
import { type Live, now, staleAfter, store } from '../live/index.ts'
import { age, reading } from '../words/say.ts'
import { type Tone, toneOfValue } from './tone.ts'

/** Everything a live value needs, as signals to put straight into markup. */
export function useValue(point: PointView, options?: FigureOptions) {
  const given = [point, options?.unit, options?.decimals]
  const live = useDerived<Live | null>(() => store.reading(point.no).value, given)
  const figure = useDerived(() => reading(live.value?.value ?? null, point, options), given)
  const stale = useDerived(() => live.value !== null && now.value - live.value.at > staleAfter(point), given)
  const tone = useDerived<Tone>(() => (live.value === null || stale.value ? 'unknown' : toneOfValue(live.value.value, point)), given)
  return {
    live: live as ReadonlySignal<Live | null>,
    number: useDerived(() => figure.value.number, given),
    unit: useDerived(() => figure.value.unit, given),
    age: useDerived(() => (live.value === null ? '' : age(now.value - live.value.at)), given),
    stale: stale as ReadonlySignal<boolean>,
    /** By state or limit alone, `unknown` when stale or never read. */
    tone: tone as ReadonlySignal<Tone>,
  }
}

/** `13,6 kW`; grey when stale. */
export function Value({ point, options }: { readonly point: PointView; readonly options?: FigureOptions }) {
  const { number, unit, stale } = useValue(point, options)
  const name = useDerived(() => (stale.value ? 'value stale' : 'value'), [stale])
  return (
    <span class={name}>
      <span>{number}</span>
      <span class="unit">{unit}</span>
    </span>
  )
}

/** How old the value of a point is: `3 dtk`. */
export function ValueAge({ point }: { readonly point: PointView }) {
  const { age: text } = useValue(point)
  return <span class="age">{text}</span>
}
