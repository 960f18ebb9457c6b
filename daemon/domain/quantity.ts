// What can be measured, and the one unit each quantity is kept in. Profiles scale into it, pages format out of it.

/** The closed vocabulary: quantity → canonical unit. SI where the trade uses SI; '' where a unit makes no sense. */
export const UNIT_OF = {
  temperature: '°C',
  dewpoint: '°C',
  humidity: '%',
  charge: '%',
  load: '%',
  level: '%',
  utilisation: '%',
  voltage: 'V',
  current: 'A',
  power: 'W',
  apparent: 'VA',
  reactive: 'var',
  powerfactor: '1',
  runtime: 's',
  uptime: 's',
  duration: 's',
  energy: 'Wh',
  frequency: 'Hz',
  rotation: 'rpm',
  airflow: 'm³/h',
  pressure: 'Pa',
  waterflow: 'L/min',
  bytes: 'B',
  storage: 'B',
  memory: 'B',
  octets: 'bit/s',
  packets: '1/s',
  errors: '1/s',
  discards: '1/s',
  signal: 'dBm',
  count: '1',
  state: '',
  text: '',
} as const

export type Quantity = keyof typeof UNIT_OF
export type Unit = (typeof UNIT_OF)[Quantity]

export const QUANTITIES = Object.keys(UNIT_OF) as readonly Quantity[]

/** Quantities whose source is a growing counter and whose reading is a rate. */
export const RATES: ReadonlySet<Quantity> = new Set(['octets', 'packets', 'errors', 'discards'])

/** Linear step from a unit that devices report into the canonical one: canonical = raw × factor + offset. */
export interface Conversion {
  readonly unit: Unit
  readonly factor: number
  readonly offset: number
}

const linear = (unit: Unit, factor: number, offset = 0): Conversion => ({ unit, factor, offset })

/** Units that devices report, by the name profiles use for them. Exact by definition (SI brochure; 1 ft = 0.3048 m, 1 US gal = 3.785411784 L). */
export const UNITS_IN: Readonly<Record<string, Conversion>> = {
  '°C': linear('°C', 1),
  '°F': linear('°C', 5 / 9, -160 / 9),
  K: linear('°C', 1, -273.15),
  '%': linear('%', 1),
  V: linear('V', 1),
  mV: linear('V', 0.001),
  kV: linear('V', 1000),
  A: linear('A', 1),
  mA: linear('A', 0.001),
  W: linear('W', 1),
  mW: linear('W', 0.001),
  kW: linear('W', 1000),
  VA: linear('VA', 1),
  kVA: linear('VA', 1000),
  var: linear('var', 1),
  kvar: linear('var', 1000),
  '1': linear('1', 1),
  s: linear('s', 1),
  ms: linear('s', 0.001),
  ticks: linear('s', 0.01),
  min: linear('s', 60),
  h: linear('s', 3600),
  d: linear('s', 86_400),
  Wh: linear('Wh', 1),
  kWh: linear('Wh', 1000),
  MWh: linear('Wh', 1_000_000),
  Hz: linear('Hz', 1),
  rpm: linear('rpm', 1),
  'm³/h': linear('m³/h', 1),
  'm³/min': linear('m³/h', 60),
  'm³/s': linear('m³/h', 3600),
  'L/s': linear('m³/h', 3.6),
  cfm: linear('m³/h', 1.699_010_795_52),
  'L/min': linear('L/min', 1),
  'm³/h water': linear('L/min', 1000 / 60),
  gpm: linear('L/min', 3.785_411_784),
  Pa: linear('Pa', 1),
  hPa: linear('Pa', 100),
  kPa: linear('Pa', 1000),
  mbar: linear('Pa', 100),
  bar: linear('Pa', 100_000),
  psi: linear('Pa', 6894.757_293_168),
  inH2O: linear('Pa', 249.088_91),
  B: linear('B', 1),
  KiB: linear('B', 1024),
  MiB: linear('B', 1_048_576),
  GiB: linear('B', 1_073_741_824),
  KB: linear('B', 1000),
  MB: linear('B', 1_000_000),
  GB: linear('B', 1_000_000_000),
  octets: linear('bit/s', 8),
  'bit/s': linear('bit/s', 1),
  '1/s': linear('1/s', 1),
  dBm: linear('dBm', 1),
}

/** True when a device's unit may feed the quantity. */
export const fits = (quantity: Quantity, unitIn: string): boolean => UNITS_IN[unitIn]?.unit === UNIT_OF[quantity]
