// The hot store with a clock we turn.
import { type Engine, openEngine } from '../../../daemon/store/telemetry/engine.ts'
import { DAY } from '../../../daemon/store/telemetry/grid.ts'
import type { Limits, Retention } from '../../../daemon/store/telemetry/limits.ts'
import { must } from './must.ts'

export interface Turned {
  now: number
  steady: number
}

export interface EngineHouse {
  readonly folder: string
  readonly clock: Turned
  readonly said: string[]
  readonly retention?: Partial<Retention>
  readonly limits?: Partial<Limits>
}

export const engineIn = ({ folder, clock, said, retention, limits }: EngineHouse): Engine =>
  must(
    openEngine({
      folder,
      retention: { raw: 7 * DAY, minutes: 90 * DAY, quarters: 1830 * DAY, ...retention },
      limits: { readings: 12_000_000, queued: 2 ** 26, ...limits },
      moment: () => ({ ...clock }),
      log: message => said.push(message),
    }),
  )

/** Both clocks go on together. */
export function pass(clock: Turned, ms: number): void {
  clock.now += ms
  clock.steady += ms
}

/** Upkeep until nothing is left to do now. */
export function settle(engine: Engine, clock: Turned): void {
  pass(clock, 20_001)
  while (engine.tick(1_000));
}

export interface One {
  readonly point: number
  readonly at: number
  readonly value: number
}

export const append = (engine: Engine, readings: readonly One[]): void => {
  const failure = engine.append({
    points: Uint32Array.from(readings, ({ point }) => point),
    values: Float64Array.from(readings, ({ value }) => value),
    at: Float64Array.from(readings, ({ at }) => at),
  })
  if (failure !== null) throw new Error(failure.message)
  const unwritten = engine.flush()
  if (unwritten !== null) throw new Error(unwritten.message)
}

/** Every reading of the point in [from, to), as [time, value]. */
export function readingsOf(engine: Engine, point: number, from: number, to: number): [number, number | null][] {
  const plan = must(engine.plan([point], from, to, 1_000_000))
  if (plan.step !== 0) throw new Error(`wanted readings, got buckets of ${plan.step}`)
  const { at, mean } = engine.series(plan, point)
  return at.map((time, i) => [time, mean[i] ?? null])
}
