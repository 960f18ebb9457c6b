// A figure with where it comes from and how old it is: what is only partly known does not look as if it were read.
import type { Amount, Burden } from '../../../daemon/domain/plant.ts'
import { now } from '../../live/index.ts'
import { Meter } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { age, kilowatts, measured, number } from '../../words/say.ts'

/** `1,24 kW`, and small watts too: a figure of the chain always has this form. */
export const watts = (value: number): string => `${kilowatts(value, 2)} kW`

/** `jumlah · 62% terukur · 3 tanpa data`. */
export function basisText(amount: Amount): string {
  const { basis, part, missing } = t.value.plant
  const parts = [basis[amount.basis]]
  if (amount.basis === 'summed' && amount.value !== null && amount.value > 0) parts.push(part(number(amount.measured * 100)))
  if (amount.missing > 0 && amount.basis !== 'unknown') parts.push(missing(amount.missing))
  return parts.join(' · ')
}

/** Readings older than this are worth a word, ms. */
const OLD = 60_000

export function AmountLine({ amount, unit }: { readonly amount: Amount; readonly unit: 'power' | 'current' }) {
  const words = t.value.plant
  const text = amount.value === null ? '–' : unit === 'power' ? watts(amount.value) : measured(amount.value, 'current', { decimals: 1 })
  const old = amount.at === null ? 0 : now.value - amount.at
  return (
    <>
      <b class="num">
        {amount.missing > 0 && amount.value !== null ? `${words.atLeast} ` : ''}
        {text}
      </b>{' '}
      <span class="small dim">
        {basisText(amount)}
        {old > OLD ? ` · ${words.old(age(old))}` : ''}
      </span>
    </>
  )
}

export const burdenTone = ({ over, percent }: Burden) => (percent > 100 ? 'crit' : over ? 'warn' : 'ok')

/** What flows against what may. */
export function BurdenLine({ burden, name }: { readonly burden: Burden; readonly name: string }) {
  const { limit, of } = t.value.plant.power
  const say = (value: number): string => (burden.by === 'breaker' ? measured(value, 'current', { decimals: 1 }) : watts(value))
  return (
    <div class="burden">
      <span>
        {name}
        {burden.phase === null ? '' : ` ${burden.phase}`}
      </span>
      <Meter
        value={burden.value / burden.rating}
        mark={burden.limit / burden.rating}
        tone={burdenTone(burden)}
        label={`${name} ${limit[burden.by]} ${number(burden.percent)}%`}
      />
      <span class={`num ${burden.over ? 't-warn strong' : ''}`}>
        {number(burden.percent)}% <span class="small dim">{of(say(burden.rating))}</span>
      </span>
    </div>
  )
}
