// A battery test of a UPS, judged by its readings: what the battery gave, how it stood before and after, and what the UPS itself says of it. Pure.
import type { Instant } from '../domain/call.ts'
import type { BatteryFault, BatteryRun, Dip } from '../domain/care.ts'

/** What a UPS says of its last test; `running`: one is under way. */
export type Said = 'pass' | 'warning' | 'fail' | 'running'

/** What was read at one moment; null: not. %, s, V, % of its rating. */
export interface BatterySample {
  readonly at: Instant
  /** Carries its load from the battery, for a test or because the utility is gone. */
  readonly onBattery: boolean
  /** Nothing comes out. */
  readonly off: boolean
  /** The UPS says that its battery is low. */
  readonly low: boolean
  readonly charge: number | null
  readonly runtime: number | null
  readonly voltage: number | null
  readonly load: number | null
  readonly said: Said | null
}

const tests = ({ onBattery, said }: BatterySample): boolean => onBattery || said === 'running'
const lasted = (some: readonly BatterySample[]): number => (some.at(-1)?.at ?? 0) - (some[0]?.at ?? 0)

/** Stretches on the battery; the longest is the test. */
function discharges(samples: readonly BatterySample[]): readonly (readonly BatterySample[])[] {
  const found: BatterySample[][] = []
  let current: BatterySample[] | null = null
  for (const one of samples) {
    if (!tests(one)) current = null
    else if (current !== null) current.push(one)
    else {
      current = [one]
      found.push(current)
    }
  }
  return found.sort((a, b) => lasted(b) - lasted(a))
}

/**
 * Of an earlier test the UPS says the same for months: its word counts only when it was seen to test, or when it says another thing at the end than
 * at the beginning.
 */
function saidOf(samples: readonly BatterySample[]): BatteryRun['said'] {
  const told = samples.flatMap(({ said }) => said ?? [])
  const last = told.at(-1)
  if (last === undefined || last === 'running') return null
  return told.includes('running') || told[0] !== last ? last : null
}

export function judgeBattery(given: readonly BatterySample[]): BatteryRun {
  const samples = given.toSorted((a, b) => a.at - b.at)
  const run = discharges(samples)[0] ?? []
  const begun = run[0]?.at ?? null
  const said = saidOf(samples)
  const dip = (of: 'charge' | 'runtime' | 'voltage'): Dip => {
    const values = samples.flatMap(one => {
      const value = one[of]
      return value === null ? [] : [{ at: one.at, value }]
    })
    const before = values.findLast(({ at }) => begun !== null && at < begun) ?? values[0]
    const since = values.filter(({ at }) => begun !== null && at >= begun).map(({ value }) => value)
    return { before: before?.value ?? null, lowest: since.length === 0 ? null : Math.min(...since), after: values.at(-1)?.value ?? null }
  }
  const loads = run.flatMap(({ load }) => load ?? [])
  const faults: BatteryFault[] = [
    ...(begun === null && said === null ? ['neverTested' as const] : []),
    ...(said === 'fail' ? ['saysFailed' as const] : []),
    ...(samples.some(({ off }) => off) ? ['lost' as const] : []),
    ...(run.some(({ low }) => low) ? ['low' as const] : []),
  ]
  return {
    startedAt: begun,
    minutes: lasted(run) / 60_000,
    charge: dip('charge'),
    runtime: dip('runtime'),
    voltage: dip('voltage'),
    load: loads.length === 0 ? null : loads.reduce((sum, one) => sum + one, 0) / loads.length,
    said,
    faults,
  }
}
