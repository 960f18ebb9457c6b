// What devices told while they were cared for, as care judges it: runs of a genset, batteries of a UPS, counters of running hours.
import type { BatterySample, Said } from './care/battery.ts'
import type { GensetSample } from './care/genset.ts'
import type { CareReadings } from './care/sources.ts'
import type { Call, Instant } from './domain/call.ts'
import type { Inventory } from './domain/inventory.ts'
import type { PointNo } from './domain/point.ts'
import { type State, stateOf } from './domain/state.ts'
import type { Telemetry } from './store/telemetry/telemetry.ts'
import type { PointView } from './stream/contract.ts'
import type { Model } from './stream/model.ts'

export interface ReadingOptions {
  readonly model: Pick<Model, 'pointsOf' | 'value'>
  readonly telemetry: Pick<Telemetry, 'history'>
  readonly inventory: () => Pick<Inventory, 'power'>
  readonly log: Call['log']
}

/** A run test is short: its readings as they came. */
const BUCKETS = 2_000
/** Slow points told last before the work began. */
const LEAD = 10 * 60_000
/** Of weeks of a counter. */
const COARSE = 600

/** A counter of running hours, as profiles call theirs: `engine.hours.duration`, `unit-run-hours.duration`; as a bare number, `runhours.fan.count`. */
const isCounter = ({ key, quantity }: Pick<PointView, 'key' | 'quantity'>): boolean =>
  (quantity === 'duration' || quantity === 'count') && key.includes('hours')
/** What it shows, in seconds; a bare number is of hours. */
const shownBy = ({ quantity }: Pick<PointView, 'quantity'>, value: number): number => (quantity === 'count' ? value * 3_600 : value)

/** What a UPS's own word for its last test means: RFC 1628, PowerNet-MIB, XUPS-MIB. A test that was never made, or was broken off, says nothing. */
const SAID: Readonly<Record<string, Said>> = {
  donePass: 'pass',
  doneWarning: 'warning',
  doneError: 'fail',
  ok: 'pass',
  passed: 'pass',
  failed: 'fail',
}
const saidBy = ({ name, meaning }: State): Said | null => (meaning === 'batteryTest' ? 'running' : (SAID[name] ?? null))

export function careReadings({ model, telemetry, inventory, log }: ReadingOptions): CareReadings {
  const pointsOf = (device: string): readonly PointView[] => [...model.pointsOf(device).values()]

  /** Each moment at which anything of it was read, with the last value of everything else. */
  async function moments(device: string, points: readonly PointView[], from: Instant, to: Instant) {
    const told = await telemetry.history(
      points.map(({ no }) => no),
      from - LEAD,
      to,
      BUCKETS,
    )
    if (!told.ok) {
      log.warn({ device, reason: told.failure.message }, 'a test could not be read')
      return []
    }
    const read = new Map<Instant, Map<PointNo, number>>()
    for (const { point, at, mean } of told.value.series)
      for (const [i, when] of at.entries()) {
        const value = mean[i]
        if (typeof value !== 'number') continue
        // Of one poll: moments of its points differ by little. What was told before the work is how it stood when it began.
        const second = Math.max(from, Math.round(when / 1000) * 1000)
        read.set(second, (read.get(second) ?? new Map<PointNo, number>()).set(point, value))
      }
    let last: ReadonlyMap<PointNo, number> = new Map()
    return [...read]
      .sort(([one], [other]) => one - other)
      .map(([at, values]) => {
        last = new Map([...last, ...values])
        const values_ = last
        return { at, value: (point: PointView | undefined) => (point === undefined ? null : (values_.get(point.no) ?? null)) }
      })
  }
  const stateAt = (point: PointView | undefined, value: number | null): State | null =>
    point?.states == null || value === null ? null : stateOf(point.states, Math.round(value))

  async function genset(device: string, from: Instant, to: Instant): Promise<readonly GensetSample[]> {
    const points = pointsOf(device)
    const engine = points.find(({ states }) => states?.some(({ meaning }) => meaning === 'starting' || meaning === 'startFailed') ?? false)
    const frequency = points.find(({ key, quantity }) => quantity === 'frequency' && key.startsWith('output'))
    const voltage = points.find(({ key, quantity }) => quantity === 'voltage' && key === 'output.L1.voltage')
    const power = points.find(({ key }) => key === 'output.power')
    const fuel = points.find(({ quantity, key }) => quantity === 'level' && key.startsWith('fuel'))
    const asked = [engine, frequency, voltage, power, fuel].filter(point => point !== undefined)
    return (await moments(device, asked, from, to)).map(({ at, value }) => {
      const meaning = stateAt(engine, value(engine))?.meaning ?? null
      const hertz = value(frequency)
      const level = value(fuel)
      return {
        at,
        running: meaning === null ? engine === undefined && (hertz ?? 0) > 5 : meaning === 'running' || meaning === 'starting',
        frequency: hertz,
        voltage: value(voltage),
        power: value(power),
        fuel: level === null ? null : level / 100,
      }
    })
  }

  async function battery(device: string, from: Instant, to: Instant): Promise<readonly BatterySample[]> {
    const points = pointsOf(device)
    const states = points.filter(({ quantity, states: known }) => quantity === 'state' && known !== null)
    const tests = states.filter(({ key }) => /(^|\.)test\.state$/.test(key))
    const others = states.filter(point => !tests.includes(point))
    const [charge, runtime, voltage] = ['battery.charge', 'battery.runtime', 'battery.voltage'].map(key => points.find(point => point.key === key))
    const elapsed = points.find(({ key }) => key === 'battery.onbattery.duration')
    const load = points.find(({ key }) => key === 'output.load')
    const asked = [...states, charge, runtime, voltage, elapsed, load].filter(point => point !== undefined)
    return (await moments(device, asked, from, to)).map(({ at, value }) => {
      const means = new Set(others.map(point => stateAt(point, value(point))?.meaning ?? null))
      const said = tests.map(point => {
        const state = stateAt(point, value(point))
        return state === null ? null : saidBy(state)
      })
      return {
        at,
        onBattery: means.has('onBattery') || means.has('batteryTest') || (value(elapsed) ?? 0) > 0,
        off: means.has('outputOff'),
        low: means.has('batteryLow'),
        charge: value(charge),
        runtime: value(runtime),
        voltage: value(voltage),
        load: value(load),
        said: said.find(one => one !== null) ?? null,
      }
    })
  }

  return {
    genset,
    battery,
    capacity: device => inventory().power.find(node => node.device === device && node.kind === 'genset')?.capacity ?? null,
    counters(device) {
      const points = pointsOf(device)
      if (points.length === 0) return null
      return points.filter(isCounter).map(point => {
        const { no, key, label } = point
        const told = model.value(no)
        return { key, label, reading: told?.value == null ? null : { at: told.at, value: shownBy(point, told.value) } }
      })
    },
    async counted(device, key, from, to) {
      const point = model.pointsOf(device).get(key)
      if (point === undefined || !isCounter(point)) return []
      const told = await telemetry.history([point.no], from, to, COARSE)
      if (!told.ok) {
        log.warn({ device, key, reason: told.failure.message }, 'a counter of running hours could not be read')
        return []
      }
      return told.value.series.flatMap(({ at, max }) =>
        at.flatMap((when, i) => {
          const value = max[i]
          return typeof value === 'number' ? [{ at: when, value: shownBy(point, value) }] : []
        }),
      )
    },
  }
}
