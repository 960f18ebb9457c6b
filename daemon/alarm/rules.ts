// From a point's rules, its limits, the site's wishes and its place to the levels that its readings are judged by. Pure.
import type { AlarmRule, Condition, LimitSource, Severity } from '../domain/alarm.ts'
import type { DeviceId } from '../domain/device.ts'
import type { Layout } from '../domain/inventory.ts'
import type { Point } from '../domain/point.ts'
import { type Quantity, UNIT_OF } from '../domain/quantity.ts'
import { type State, stateOf } from '../domain/state.ts'
import { lettered } from '../domain/supply.ts'
import type { Level } from './evaluate.ts'
import { isOff, type LimitOverride } from './overrides.ts'
import { type Relaxed, secondLimit } from './relax.ts'

type Family = 'above' | 'below' | 'state' | 'supply'

/** Levels of one point that make one alarm between them. */
export interface Channel {
  readonly family: Family
  /** Of the alarm. Points that measure the same supply share one. */
  readonly key: string
  readonly levels: readonly Level[]
  /** For the quiet interval: values within need no look. Null for states, whose quiet value is the last one found ok. */
  readonly quiet: { readonly low: number; readonly high: number } | null
  /** The figures, for pages; null for states. */
  readonly shown: ShownLimit | null
}

export interface ShownLimit {
  readonly limit: number
  readonly hysteresis: number
  /** Seconds. */
  readonly delay: number
  readonly from: LimitSource
}

/** What the layout says about points: which measure the air into a rack, which the public supply. Keyed `device/key`. */
export interface Bound {
  readonly inlets: ReadonlySet<string>
  /** Probes that stand in the plan: one that has no value is broken or pulled out. */
  readonly probes: ReadonlySet<string>
  /** Point → utility node. */
  readonly supplies: ReadonlyMap<string, string>
  /** Points that tell of an input which a genset feeds: without power while it stands by, which is no failure. */
  readonly standby: (device: DeviceId, key: string) => boolean
  readonly inlet: { readonly warning: number; readonly critical: number } | null
}

export const keyOf = (device: DeviceId, key: string): string => `${device}/${key}`

export const NOTHING_BOUND: Bound = { inlets: new Set(), probes: new Set(), supplies: new Map(), standby: () => false, inlet: null }

export function boundBy(layout: Layout): Bound {
  const inlets = layout.sensors.filter(sensor => sensor.rack !== undefined && sensor.side === 'inlet')
  const supplies = layout.power
    .filter(node => node.kind === 'utility')
    .flatMap(node => [node.measures['voltage'] ?? []].flat().map(at => [keyOf(at.device, at.key), node.id] as const))
  return {
    inlets: new Set(inlets.map(sensor => keyOf(sensor.point.device, sensor.point.key))),
    probes: new Set(
      [...layout.sensors.map(sensor => sensor.point), ...layout.doors.flatMap(door => door.state ?? [])].map(ref => keyOf(ref.device, ref.key)),
    ),
    supplies: new Map(supplies),
    standby: (device, key) => lettered(layout.power, device, key)?.kind === 'genset',
    inlet: layout.site.inlet,
  }
}

/** Rack air climbs by a degree or two a minute when cooling stops, so a high one is believed sooner than the usual five minutes. */
const INLET = { hysteresis: 1, delay: { warning: 60, critical: 30 } }

/** Volts under which the public supply counts as gone, and over which as back. */
const SUPPLY = { gone: 100, back: 150 }

/** What a limit of the site goes by when neither it nor a profile says: enough to stand above noise. */
const HYSTERESIS: Partial<Record<Quantity, number>> = {
  temperature: 1,
  dewpoint: 1,
  humidity: 2,
  charge: 2,
  load: 2,
  level: 2,
  utilisation: 2,
  voltage: 2,
}
const SITE_DELAY = 60

/** All channels of a point. Empty when nothing of it can be an alarm. */
export function compile(
  device: DeviceId,
  point: Point,
  bound: Bound,
  override: LimitOverride | null,
  visited: Relaxed | null = null,
): readonly Channel[] {
  if (isOff(override)) return []
  // Where the site calls every alarm of the point critical, none of it is relaxed.
  const relaxed = override?.severity === 'critical' ? null : visited
  const ref = keyOf(device, point.key)
  const isStandby = bound.standby(device, point.key)
  if (point.quantity === 'state') return stateChannel(ref, isStandby ? { ...point, rules: [] } : point, override, relaxed)
  if (isStandby) return []
  const channels = (['above', 'below'] as const).flatMap(way => side(way, ref, point, bound, override, relaxed))
  const utility = bound.supplies.get(ref)
  return utility !== undefined && UNIT_OF[point.quantity] === 'V' ? [...channels, supplyChannel(device, utility, point)] : channels
}

interface Step {
  readonly severity: Exclude<Severity, 'unknown'>
  readonly limit: number
  readonly hysteresis: number
  readonly delay: number
  readonly from: LimitSource
}

type Way = 'above' | 'below'

function side(way: Way, ref: string, point: Point, bound: Bound, override: LimitOverride | null, relaxed: Relaxed | null): readonly Channel[] {
  const base =
    bound.inlet !== null && way === 'above' && bound.inlets.has(ref)
      ? inletSteps(bound.inlet)
      : point.rules.flatMap(rule => stepsOf(rule, way, point))
  const usual = oneEach(override === null ? base : overridden(way, base, override, point))
  const steps = relaxed === null ? usual : visitedSteps(way, usual, relaxed)
  if (steps.length === 0) return []
  const levels = steps.map(step => levelOf(way, step, override))
  const inner = way === 'above' ? Math.min(...steps.map(step => step.limit)) : Math.max(...steps.map(step => step.limit))
  const first = steps.find(step => step.limit === inner)
  return [
    {
      family: way,
      key: `${ref}/${way}`,
      levels,
      quiet: way === 'above' ? { low: Number.NEGATIVE_INFINITY, high: inner } : { low: inner, high: Number.POSITIVE_INFINITY },
      shown: first === undefined ? null : { limit: first.limit, hysteresis: first.hysteresis, delay: first.delay, from: first.from },
    },
  ]
}

/** Warnings wait for the second limit. */
const visitedSteps = (way: Way, steps: readonly Step[], { delay, share }: Relaxed): readonly Step[] =>
  steps.map(step => {
    if (step.severity === 'critical') return step
    const critical = steps.find(one => one.severity === 'critical')?.limit ?? null
    return { ...step, limit: secondLimit(way, step.limit, share, critical), delay: Math.max(step.delay, delay), from: 'visit' }
  })

function stepsOf(rule: AlarmRule, way: Way, { limits, limitsFrom }: Point): readonly Step[] {
  if (rule.kind === way) {
    const { severity, limit, hysteresis, delay } = rule
    return [{ severity, limit, hysteresis, delay, from: 'profile' }]
  }
  if (rule.kind !== 'limits') return []
  const { hysteresis, delay } = rule
  const warning = way === 'above' ? limits.highWarning : limits.lowWarning
  const critical = way === 'above' ? limits.highCritical : limits.lowCritical
  const step = (severity: Step['severity'], limit: number | undefined): readonly Step[] =>
    limit === undefined || !Number.isFinite(limit) ? [] : [{ severity, limit, hysteresis, delay, from: limitsFrom ?? 'device' }]
  return [...step('warning', warning), ...step('critical', critical)]
}

const inletSteps = (inlet: NonNullable<Bound['inlet']>): readonly Step[] => [
  { severity: 'warning', limit: inlet.warning, hysteresis: INLET.hysteresis, delay: INLET.delay.warning, from: 'site' },
  { severity: 'critical', limit: inlet.critical, hysteresis: INLET.hysteresis, delay: INLET.delay.critical, from: 'site' },
]

function overridden(way: Way, base: readonly Step[], override: LimitOverride, point: Point): readonly Step[] {
  const wished = way === 'above' ? override.high : override.low
  const pick = (severity: Step['severity']): readonly Step[] => {
    const step = base.find(one => one.severity === severity)
    const limit = wished?.[severity]
    const like = step ?? base[0]
    const hysteresis = override.hysteresis ?? like?.hysteresis ?? HYSTERESIS[point.quantity] ?? 0
    const delay = override.delay ?? like?.delay ?? SITE_DELAY
    if (limit !== undefined) return [{ severity, limit, hysteresis, delay, from: 'site' }]
    return step === undefined ? [] : [{ ...step, hysteresis: override.hysteresis ?? step.hysteresis, delay: override.delay ?? step.delay }]
  }
  return [...pick('warning'), ...pick('critical')]
}

/** One level each severity: of several rules for one, the later is meant. */
const oneEach = (steps: readonly Step[]): readonly Step[] => [...new Map(steps.map(step => [step.severity, step])).values()]

function levelOf(way: Way, step: Step, override: LimitOverride | null): Level {
  const { limit, from } = step
  const clear = way === 'above' ? limit - step.hysteresis : limit + step.hysteresis
  return {
    severity: override?.severity ?? step.severity,
    beyond: way === 'above' ? value => value > limit : value => value < limit,
    back: way === 'above' ? value => value <= clear : value => value >= clear,
    delay: step.delay * 1000,
    clearDelay: (override?.clearDelay ?? 0) * 1000,
    condition: (value): Condition => ({ kind: way, value, limit, clear, from }),
  }
}

function stateChannel(ref: string, point: Point, override: LimitOverride | null, relaxed: Relaxed | null): readonly Channel[] {
  const rule = point.rules.findLast(one => one.kind === 'state')
  const { states } = point
  if (states === null) return []
  // Without a rule it raises nothing, but what it means is still known: that a genset runs explains others.
  if (rule === undefined) return [{ family: 'state', key: `${ref}/state`, levels: [], quiet: null, shown: null }]
  const normal = (value: number): State['normal'] => stateOf(states, value).normal
  const condition = (value: number): Condition => {
    const { name, meaning } = stateOf(states, value)
    return { kind: 'state', value, name, meaning }
  }
  const delay = (override?.delay ?? rule.delay) * 1000
  const clearDelay = (override?.clearDelay ?? 0) * 1000
  const level = (severity: 'critical' | 'warning', bad: (value: number) => boolean): Level => ({
    severity: override?.severity ?? severity,
    beyond: value => !Number.isNaN(value) && bad(value),
    // A state that the enumeration does not know proves nothing, so it clears nothing.
    back: value => !Number.isNaN(value) && normal(value) !== 'unknown' && !bad(value),
    delay: severity === 'critical' ? delay : Math.max(delay, (relaxed?.delay ?? 0) * 1000),
    clearDelay,
    condition,
  })
  const isCritical = (value: number): boolean => normal(value) === 'critical'
  const isBad = (value: number): boolean => isCritical(value) || normal(value) === 'warning'
  return [{ family: 'state', key: `${ref}/state`, levels: [level('warning', isBad), level('critical', isCritical)], quiet: null, shown: null }]
}

const supplyKey = (device: DeviceId, utility: string): string => `${device}/${utility}/supply`

/** The public supply is gone: what pages call "Listrik PLN padam" when no device says so in a state of its own. */
function supplyChannel(device: DeviceId, utility: string, point: Point): Channel {
  const level: Level = {
    severity: 'critical',
    beyond: value => value < SUPPLY.gone,
    back: value => value >= SUPPLY.back,
    delay: 0,
    clearDelay: 0,
    condition: value => ({ kind: 'state', value, name: point.key, meaning: 'utilityFailed' }),
  }
  return {
    family: 'supply',
    key: supplyKey(device, utility),
    levels: [level],
    quiet: { low: SUPPLY.gone, high: Number.POSITIVE_INFINITY },
    shown: null,
  }
}
