// The telemetry store: CPU of an append with its journal and of the upkeep behind it, bytes on the disk, a day of one series read back.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Engine, openEngine } from '../../daemon/store/telemetry/engine.ts'
import { DAY, HOUR } from '../../daemon/store/telemetry/grid.ts'
import { LIMITS, RETENTION } from '../../daemon/store/telemetry/limits.ts'
import { type Bench, type Figure, main, median } from './run.ts'

const STEP = 10_000
/** Readings a batch, as the poller hands them over. */
const BATCH = 500
/** The worker's turn. */
const TURN = 250
const BUDGET = 10

interface Cost {
  append: number
  upkeep: number
  readings: number
  longestTurn: number
}

const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** Values as devices send them: half slow gauges in tenths, a quarter noisy integers, a quarter growing counters. */
function change(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) {
    const was = values[i] as number
    if (i % 4 < 2) {
      if (Math.random() < 0.1) values[i] = Math.round(was * 10 + (Math.random() < 0.5 ? -1 : 1)) / 10
    } else if (i % 4 === 2) values[i] = 4000 + Math.floor(Math.random() * 200)
    else values[i] = was + Math.floor(Math.random() * 5000)
  }
}

/** So many series each 10 s for so long; the clock runs with the readings, so hours are sealed as they end. */
function fill(engine: Engine, moment: { now: number; steady: number }, series: number, hours: number): Cost {
  const cost: Cost = { append: 0, upkeep: 0, readings: 0, longestTurn: 0 }
  const values = Float64Array.from({ length: series }, (_, i) => (i % 4 < 2 ? 23 : 100_000))
  const points = Uint32Array.from({ length: series }, (_, i) => i)
  const at = new Float64Array(series)
  for (let step = 0; step < (hours * HOUR) / STEP; step++) {
    change(values)
    // One answer brings some twenty readings, some milliseconds after it was asked for.
    for (let i = 0; i < series; i += 20) at.fill(moment.now + Math.floor(Math.random() * 15), i, i + 20)
    let begun = cpu()
    for (let i = 0; i < series; i += BATCH) {
      const part = { points: points.subarray(i, i + BATCH), values: values.subarray(i, i + BATCH), at: at.subarray(i, i + BATCH) }
      const failure = engine.append(part) ?? engine.flush()
      if (failure !== null) throw new Error(failure.message)
    }
    cost.append += cpu() - begun
    cost.readings += series
    moment.now += STEP
    moment.steady += STEP
    begun = cpu()
    for (let turn = 0; turn < STEP / TURN; turn++) {
      const from = performance.now()
      const more = engine.tick(BUDGET)
      cost.longestTurn = Math.max(cost.longestTurn, performance.now() - from)
      if (!more) break
    }
    cost.upkeep += cpu() - begun
  }
  return cost
}

function ask(engine: Engine, series: number, from: number, to: number, buckets: number): number {
  return median(
    Array.from({ length: 200 }, () => {
      const point = Math.floor(Math.random() * series)
      const begun = performance.now()
      const plan = engine.plan([point], from, to, buckets)
      if (!plan.ok) throw new Error(plan.failure.message)
      engine.series(plan.value, point)
      return performance.now() - begun
    }),
  )
}

function measured<T>(use: (engine: Engine, moment: { now: number; steady: number }, file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'suar-bench-'))
  const moment = { now: Date.UTC(2026, 10, 20), steady: 0 }
  const opened = openEngine({
    folder,
    retention: RETENTION,
    limits: LIMITS,
    moment: () => moment,
    log: message => process.stderr.write(`${message}\n`),
  })
  try {
    if (!opened.ok) throw new Error(opened.failure.message)
    return use(opened.value, moment, join(folder, 'telemetry.db'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function costs(): Figure[] {
  return measured((engine, moment, file) => {
    const { append, upkeep, readings, longestTurn } = fill(engine, moment, 10_000, 2)
    const sealed = readings - engine.figures().open
    engine.close()
    return [
      { name: 'append with journal, CPU a reading', value: append / readings, unit: 'µs', goal: 0.7 },
      { name: 'seal and roll up, CPU a reading', value: upkeep / sealed, unit: 'µs' },
      { name: 'longest turn of upkeep', value: longestTurn, unit: 'ms' },
      { name: 'on the disk, a sealed reading', value: statSync(file).size / sealed, unit: 'B' },
    ]
  })
}

function questions(): Figure[] {
  return measured((engine, moment) => {
    const series = 200
    fill(engine, moment, series, 25)
    const from = moment.now - DAY
    const figures = [
      { name: 'a day of one series, 8,640 readings', value: ask(engine, series, from, moment.now, 10_000), unit: 'ms', goal: 3 },
      { name: 'a day of one series in 480 buckets', value: ask(engine, series, from, moment.now, 600), unit: 'ms', goal: 3 },
      { name: 'an hour of one series, 360 readings', value: ask(engine, series, moment.now - HOUR, moment.now, 600), unit: 'ms', goal: 1 },
    ]
    engine.close()
    return figures
  })
}

const bench: Bench = { name: 'store', run: async () => [...costs(), ...questions()] }
export default bench

await main(import.meta, bench)
