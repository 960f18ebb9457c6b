// A genset's run test, judged by its readings: when it started, how soon it stood, how long and with what load it ran. Pure.
import type { Instant } from '../domain/call.ts'
import type { GensetRun, RunFault } from '../domain/care.ts'

/** What was read at one moment; null: not. Hz, V, W, parts of the tank. */
export interface GensetSample {
  readonly at: Instant
  readonly running: boolean
  readonly frequency: number | null
  readonly voltage: number | null
  readonly power: number | null
  readonly fuel: number | null
}

/** Voltage and frequency within this of nominal are stable: ISO 8528-5, class G2 in rest. */
const NOMINAL = { frequency: 50, voltage: 230 } as const
const WITHIN = { frequency: 0.02, voltage: 0.06 } as const

/** The load must be on within 30 s of a failure; a monthly run of half an hour, of which ten minutes prove it; with less than 30 % of its load a diesel fouls (NFPA 110, 8.4.2). */
const CRITERIA = { stableWithin: 30, minutes: 10, share: 0.3 } as const

const near = (value: number | null, of: 'frequency' | 'voltage'): boolean =>
  value === null || Math.abs(value - NOMINAL[of]) <= NOMINAL[of] * WITHIN[of]
const stands = ({ running, frequency, voltage }: GensetSample): boolean =>
  running && (frequency !== null || voltage !== null) && near(frequency, 'frequency') && near(voltage, 'voltage')
const meanOf = (values: readonly number[]): number | null => (values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length)

/** `capacity`: W it can carry; null: unknown, and its load is not judged. Of several runs the longest is the test. */
export function judgeRun(samples: readonly GensetSample[], capacity: number | null): GensetRun {
  const runs: GensetSample[][] = []
  let current: GensetSample[] | null = null
  for (const one of samples.toSorted((a, b) => a.at - b.at)) {
    if (!one.running) current = null
    else if (current !== null) current.push(one)
    else {
      current = [one]
      runs.push(current)
    }
  }
  const lasted = (run: readonly GensetSample[]): number => (run.at(-1)?.at ?? 0) - (run[0]?.at ?? 0)
  const run = runs.sort((a, b) => lasted(b) - lasted(a))[0]
  const begun = run?.[0]
  if (run === undefined || begun === undefined)
    return { startedAt: null, stableAfter: null, minutes: 0, load: null, share: null, fuel: null, faults: ['neverRan'] }
  const stable = run.find(stands)
  const minutes = lasted(run) / 60_000
  const carrying = run.filter(({ at }) => stable !== undefined && at >= stable.at)
  const load = meanOf(carrying.flatMap(({ power }) => power ?? []))
  const share = load === null || capacity === null ? null : load / capacity
  const fuels = run.flatMap(({ fuel }) => fuel ?? [])
  const [full, left] = [fuels[0], fuels.at(-1)]
  const stableAfter = stable === undefined ? null : (stable.at - begun.at) / 1000
  const faults: RunFault[] = [
    ...(stableAfter === null || stableAfter > CRITERIA.stableWithin ? ['slow' as const] : []),
    ...(minutes < CRITERIA.minutes ? ['short' as const] : []),
    ...(share !== null && share < CRITERIA.share ? ['light' as const] : []),
    ...(carrying.some(one => !stands(one)) ? ['unstable' as const] : []),
  ]
  return {
    startedAt: begun.at,
    stableAfter,
    minutes,
    load,
    share,
    fuel: full === undefined || left === undefined ? null : Math.max(0, full - left),
    faults,
  }
}
