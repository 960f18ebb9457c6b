// Points of one profile on one device: which of them the device has, their keys, scales, limits and rules.
import type { AlarmRule } from '../../daemon/domain/alarm.ts'
import type { Cadence, Decode, Limits, Point } from '../../daemon/domain/point.ts'
import type { ColumnPoint, LimitSpec, Profile, Ref, ScalarPoint } from '../../daemon/domain/profile.ts'
import { type Quantity, RATES, UNIT_OF, UNITS_IN } from '../../daemon/domain/quantity.ts'
import type { State } from '../../daemon/domain/state.ts'
import type { Varbind } from '../wire/session.ts'
import { isNumeric, needsText, numberOf, readVarbind, textOf } from './decode.ts'
import { labelOf } from './labels.ts'
import { compareIndexes, fill, fillKey, type Names, nameRows } from './names.ts'
import { type Answers, columnOf, holds, lookUp, oidOf, type Row } from './rows.ts'

/** A point, and what tells whether another one with the same key is the same thing. */
export interface Candidate {
  readonly point: Point
  readonly priority: number
  /** Scalars of a profile, or one row of a table: within it the first point of a key wins. */
  readonly origin: string
  /** Part of the row's index that tells it from rows of other tables. */
  readonly index: string
  /** Keys of lower profiles' points that this one stands for. */
  readonly displaces: readonly string[]
}

const NO_NAMES: Names = new Map()

/** All points of a profile that the device has. */
export function pointsOf(profile: Profile, answers: Answers, remark: (text: string) => void): Candidate[] {
  const candidates: Candidate[] = []
  for (const spec of profile.points) {
    const point = pointOf(profile, spec, spec.oid, answers, null, NO_NAMES, undefined, remark)
    if (point !== null) candidates.push({ point, priority: profile.priority, origin: profile.name, index: '', displaces: spec.displaces })
  }
  for (const table of profile.tables) {
    const indexes = new Set<string>()
    for (const spec of table.points)
      if (spec.by === undefined) for (const index of columnOf(answers, `${spec.join ?? table.entry}.${spec.column}`).keys()) indexes.add(index)
    const rows = [...indexes].filter(index => table.where.every(condition => holds(answers, condition, { entry: table.entry, index })))
    const names = nameRows(answers, table, rows)
    for (const index of rows.sort(compareIndexes)) {
      const row = { entry: table.entry, index }
      for (const spec of table.points) {
        const oid = oidOf(answers, spec, row)
        const point = oid === null ? null : pointOf(profile, spec, oid, answers, row, names.get(index) ?? NO_NAMES, table.cadence, remark)
        if (point !== null)
          candidates.push({ point, priority: profile.priority, origin: `${profile.name} ${table.entry} ${index}`, index, displaces: spec.displaces })
      }
    }
  }
  return candidates
}

function pointOf(
  profile: Profile,
  spec: ScalarPoint | ColumnPoint,
  oid: string,
  answers: Answers,
  row: Row | null,
  names: Names,
  tableCadence: Cadence | undefined,
  remark: (text: string) => void,
): Point | null {
  const varbind = 'oid' in spec ? answers.scalars.get(oid) : lookUp(answers, spec, row)
  if (varbind === undefined || varbind.value === null || !spec.where.every(condition => holds(answers, condition, row))) return null
  const decode = decodeOf(spec, answers, row)
  if (decode === null) return null
  if (!needsText(decode) && !isNumeric(varbind)) {
    // Left empty by the device: it has no such thing. Anything else is worth a word.
    const text = textOf(varbind)
    if (text !== null && text !== '') remark(`${spec.object ?? oid}: ${quoted(text)} where a number was expected (${oid}).`)
    return null
  }
  if (needsText(decode) && Number.isNaN(readVarbind(varbind, decode)) && textOf(varbind) === '') return null
  const states = statesOf(profile, spec)
  const limits = limitsOf(spec, decode, answers, row)
  return {
    key: fillKey(spec.key, names),
    label: labelOf(spec.label, text => fill(text, names)),
    quantity: spec.quantity,
    unit: UNIT_OF[spec.quantity],
    cadence: spec.cadence ?? tableCadence ?? cadenceOf(spec.quantity),
    source: oid,
    decode,
    profile: profile.name,
    limits,
    limitsFrom: limitsFrom(spec, limits),
    states,
    rules: rulesOf(spec, limits, states),
  }
}

const quoted = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)

/** The scale with everything the device itself says about it; null when the device contradicts itself. */
function decodeOf(spec: ScalarPoint | ColumnPoint, answers: Answers, row: Row | null): Decode | null {
  const conversion = UNITS_IN[spec.unit ?? ''] ?? { factor: 1, offset: 0 }
  const number = (ref: Ref): number => {
    const varbind = lookUp(answers, ref, row)
    return varbind === undefined ? Number.NaN : numberOf(varbind)
  }
  let scale = spec.scale
  if (spec.exponent) scale = tenTo(scale, number(spec.exponent))
  if (spec.digits) scale = tenTo(scale, -number(spec.digits))
  if (spec.factor) scale *= number(spec.factor)
  if (spec.divisor) scale /= number(spec.divisor)
  if (spec.sensorScale) {
    // EntitySensorDataScale: units(9) is 10^0, each step a thousand. Missing precision is none.
    const units = number(spec.sensorScale.scale)
    const precision = number(spec.sensorScale.precision)
    scale = tenTo(scale, (Number.isNaN(units) ? 0 : (units - 9) * 3) - (Number.isNaN(precision) ? 0 : precision))
  }
  // No column of scale where there should be one: the bare number, as its digits stand. A zero divisor is no number at all.
  if (Number.isNaN(scale)) scale = spec.scale
  if (!Number.isFinite(scale) || scale === 0) return null
  return {
    scale: exact(scale * conversion.factor),
    offset: spec.offset * conversion.factor + conversion.offset,
    absent: spec.quantity === 'state' || spec.counter !== undefined || SIGNED.has(spec.quantity) ? spec.absent : [...new Set([-1, ...spec.absent])],
    counter: spec.counter ?? null,
    decoder: spec.decoder ?? null,
    ...(spec.bits !== undefined && { mask: spec.bits }),
    ...(spec.range !== undefined && { range: spec.range }),
    ...(spec.range === undefined && RANGE[spec.quantity] !== undefined && { range: RANGE[spec.quantity] }),
    ...(spec.words !== undefined && { words: Object.fromEntries(Object.entries(spec.words).map(([word, value]) => [word.toLowerCase(), value])) }),
  }
}

/** Times a power of ten without the dust of 10 ** -3: dividing by an exact power is exact where multiplying is not. */
function tenTo(scale: number, power: number): number {
  if (!Number.isInteger(power) || Math.abs(power) > 30) return Number.NaN
  return power < 0 ? scale / 10 ** -power : scale * 10 ** power
}

/** The nearest number of 15 digits: 0.1 × 3600 is 360, not 360.00000000000006. */
const exact = (value: number): number => Number(value.toPrecision(15))

/** Quantities for which −1 can be a reading; for all others agents mean "none" by it. */
const SIGNED: ReadonlySet<Quantity> = new Set([
  'temperature',
  'dewpoint',
  'power',
  'reactive',
  'current',
  'voltage',
  'powerfactor',
  'pressure',
  'signal',
  'count',
])

/** Beyond these no sensor of a data centre reads: it is broken or not there. */
const RANGE: Partial<Record<Quantity, readonly [number, number]>> = {
  temperature: [-100, 1500],
  dewpoint: [-100, 100],
  humidity: [0, 110],
  signal: [-60, 60],
}

const cadenceOf = (quantity: Quantity): Cadence => {
  if (RATES.has(quantity)) return 'normal'
  return quantity === 'memory' || quantity === 'utilisation'
    ? 'normal'
    : quantity === 'storage' || quantity === 'energy' || quantity === 'duration'
      ? 'slow'
      : 'fast'
}

function statesOf(profile: Profile, spec: ScalarPoint | ColumnPoint): readonly State[] | null {
  const map = typeof spec.states === 'string' ? profile.states[spec.states] : spec.states
  return map === undefined ? null : Object.entries(map).map(([value, state]) => ({ value: Number(value), ...state }))
}

function limitsOf(spec: ScalarPoint | ColumnPoint, decode: Decode, answers: Answers, row: Row | null): Limits {
  const read = (limit: LimitSpec | undefined): { value: number } | null => {
    if (limit === undefined) return null
    if (typeof limit === 'number') return { value: limit }
    if (!(limit.when ?? []).every(condition => holds(answers, condition, row))) return null
    const varbind = limit.among === undefined ? lookUp(answers, limit, row) : lookAmong(answers, limit, row)
    if (varbind === undefined) return null
    const ownScale = limit.scale === undefined ? decode : { ...decode, scale: limit.scale, offset: 0 }
    const value = readVarbind(varbind, { ...ownScale, absent: limit.absent ?? decode.absent })
    return Number.isNaN(value) ? null : { value }
  }
  const found = spec.limits ?? {}
  const low = read(found.lowCritical)
  const lower = read(found.lowWarning)
  const higher = read(found.highWarning)
  const high = read(found.highCritical)
  const limits: Limits = {
    ...(low && { lowCritical: low.value }),
    ...(lower && { lowWarning: lower.value }),
    ...(higher && { highWarning: higher.value }),
    ...(high && { highCritical: high.value }),
  }
  return inOrder(limits)
}

/** Of limits that are half the device's it is said that the device set them: those are the ones it may change. */
function limitsFrom(spec: ScalarPoint | ColumnPoint, limits: Limits): 'device' | 'profile' | null {
  const used = Object.keys(limits).map(key => spec.limits?.[key as keyof Limits])
  if (used.length === 0) return null
  return used.some(limit => typeof limit === 'object') ? 'device' : 'profile'
}

/** The first row of the joined table below this row's index that meets the conditions. */
function lookAmong(answers: Answers, limit: Exclude<LimitSpec, number>, row: Row | null): Varbind | undefined {
  if (row === null || limit.join === undefined || limit.column === undefined) return undefined
  for (const [index, varbind] of columnOf(answers, `${limit.join}.${limit.column}`)) {
    const below = { entry: limit.join, index }
    if (index.startsWith(`${row.index}.`) && limit.among?.every(condition => holds(answers, condition, below))) return varbind
  }
  return undefined
}

/** Some devices name warning and critical the other way round; a warning beyond critical would never be seen. All zero is none set. */
function inOrder(limits: Limits): Limits {
  const { lowCritical, lowWarning, highWarning, highCritical } = limits
  const values = Object.values(limits)
  if (values.length > 1 && values.every(value => value === 0)) return {}
  let ordered = limits
  if (lowCritical !== undefined && lowWarning !== undefined && lowCritical > lowWarning)
    ordered = { ...ordered, lowCritical: lowWarning, lowWarning: lowCritical }
  if (highCritical !== undefined && highWarning !== undefined && highCritical < highWarning)
    ordered = { ...ordered, highCritical: highWarning, highWarning: highCritical }
  return ordered
}

/** How far back a value must come before a limit's alarm clears, canonical unit. */
const HYSTERESIS: Partial<Record<Quantity, number>> = {
  temperature: 1,
  humidity: 2,
  charge: 2,
  load: 2,
  level: 2,
  voltage: 2,
  frequency: 0.2,
  runtime: 30,
}

function rulesOf(spec: ScalarPoint | ColumnPoint, limits: Limits, states: readonly State[] | null): readonly AlarmRule[] {
  if (spec.alarms !== undefined) return spec.alarms
  if (states?.some(state => state.normal === 'warning' || state.normal === 'critical')) return [{ kind: 'state', delay: 0 }]
  return Object.keys(limits).length > 0 ? [{ kind: 'limits', hysteresis: HYSTERESIS[spec.quantity] ?? 0, delay: 0 }] : []
}
