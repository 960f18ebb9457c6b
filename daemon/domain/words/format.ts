// Numbers and units as people read them, in both languages; times stand in time.ts. Pure: pages, mails and reports all use it.
import { type Quantity, UNIT_OF } from '../quantity.ts'
import { type Lang, NONE } from './lang.ts'
import { duration } from './time.ts'

export { LANGS, type Lang, say } from './lang.ts'
export * from './time.ts'

/** A narrow no-break space stands between number and unit. */
export const GAP = '\u202f'
const MINUS = '\u2212'
const MARKS: Readonly<Record<Lang, { readonly decimal: string; readonly thousand: string }>> = {
  id: { decimal: ',', thousand: '.' },
  en: { decimal: '.', thousand: ',' },
}

/** A number with fixed decimals, grouped thousands and a true minus; NaN and infinities give a dash. */
export function formatNumber(value: number, decimals: number, lang: Lang): string {
  if (!Number.isFinite(value)) return NONE
  const { decimal, thousand } = MARKS[lang]
  const fixed = Math.abs(value).toFixed(decimals)
  const dot = fixed.indexOf('.')
  const whole = (dot < 0 ? fixed : fixed.slice(0, dot)).replace(/\B(?=(\d{3})+$)/g, thousand)
  const text = dot < 0 ? whole : whole + decimal + fixed.slice(dot + 1)
  // Minus zero and what rounds to zero carry no sign.
  return value < 0 && /[1-9]/.test(fixed) ? MINUS + text : text
}

/** Number and unit apart, because pages set the unit smaller and grey. */
export interface Figure {
  readonly number: string
  readonly unit: string
}

/** A step of a unit: shown from `from` (in the canonical unit) upwards as value ÷ per. */
interface Scale {
  readonly from: number
  readonly per: number
  readonly unit: string
  readonly decimals: number
}

const fixed = (unit: string, decimals: number): readonly Scale[] => [{ from: 0, per: 1, unit, decimals }]

const steps = (base: number, units: readonly string[]): readonly Scale[] =>
  units.map((unit, i) => ({ from: i === 0 ? 0 : base ** i, per: base ** i, unit, decimals: i === 0 ? 0 : 1 }))

const BYTES = steps(1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'])
const PER_SECOND: readonly Scale[] = fixed('/s', 1)

/** How each quantity is written: fixed decimals, and larger units where the trade uses them. */
const SCALES: Readonly<Record<Quantity, readonly Scale[]>> = {
  temperature: fixed('°C', 1),
  dewpoint: fixed('°C', 1),
  humidity: fixed('%', 0),
  charge: fixed('%', 0),
  load: fixed('%', 0),
  level: fixed('%', 0),
  utilisation: fixed('%', 0),
  voltage: fixed('V', 0),
  current: fixed('A', 1),
  power: steps(1000, ['W', 'kW', 'MW']),
  apparent: steps(1000, ['VA', 'kVA', 'MVA']),
  reactive: steps(1000, ['var', 'kvar', 'Mvar']),
  powerfactor: fixed('', 2),
  runtime: [],
  uptime: [],
  duration: [],
  energy: [
    { from: 0, per: 1000, unit: 'kWh', decimals: 2 },
    { from: 1e8, per: 1e6, unit: 'MWh', decimals: 2 },
  ],
  frequency: fixed('Hz', 2),
  rotation: fixed('rpm', 0),
  airflow: fixed('m³/h', 0),
  pressure: [
    { from: 0, per: 1, unit: 'Pa', decimals: 0 },
    { from: 10_000, per: 1000, unit: 'kPa', decimals: 1 },
  ],
  waterflow: fixed('L/min', 1),
  bytes: BYTES,
  storage: BYTES,
  memory: BYTES,
  octets: steps(1000, ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s']),
  packets: PER_SECOND,
  errors: PER_SECOND,
  discards: PER_SECOND,
  signal: fixed('dBm', 1),
  count: fixed('', 0),
  state: fixed('', 0),
  text: fixed('', 0),
}

export interface FigureOptions {
  /** Keep to this unit (`kW`, `MiB` …) whatever the size, so that a column or tile stands still. */
  readonly unit?: string
  readonly decimals?: number
}

/** A value in its canonical unit as number and unit. Seconds become words with an empty unit. */
export function figure(value: number, quantity: Quantity, lang: Lang, options: FigureOptions = {}): Figure {
  const scales = SCALES[quantity]
  const first = scales[0]
  if (first === undefined) return { number: Number.isFinite(value) ? duration(value, lang) : NONE, unit: '' }
  let scale = first
  if (options.unit !== undefined) scale = scales.find(one => one.unit === options.unit) ?? first
  // A value that rounds up to the next unit belongs to it: 999.6 W is 1,0 kW, not 1.000 W.
  else for (const one of scales) if (Math.abs(value) >= one.from - halfDigit(scale)) scale = one
  const decimals = options.decimals ?? (quantity === 'count' ? decimalsOfCount(value) : scale.decimals)
  return { number: formatNumber(value / scale.per, decimals, lang), unit: Number.isFinite(value) ? scale.unit : '' }
}

/** Whole things are counted whole; an average of a count (load of a machine, the mean of an hour) shows three digits. */
function decimalsOfCount(value: number): number {
  const size = Math.abs(value)
  if (Number.isInteger(value) || size >= 99.95) return 0
  return size >= 9.995 ? 1 : 2
}

const halfDigit = (scale: Scale): number => (scale.per * 10 ** -scale.decimals) / 2

/** Number and unit in one text: `27,6 °C`. */
export function measured(value: number, quantity: Quantity, lang: Lang, options: FigureOptions = {}): string {
  const { number, unit } = figure(value, quantity, lang, options)
  return unit === '' ? number : number + GAP + unit
}

/** Watts as kilowatts: one decimal, or two for a rack. */
export const kilowatts = (watts: number, lang: Lang, decimals = 1): string => formatNumber(watts / 1000, decimals, lang)

/** The canonical unit of a quantity as it is shown on an axis. */
export const unitShown = (quantity: Quantity): string => SCALES[quantity][0]?.unit ?? UNIT_OF[quantity]
