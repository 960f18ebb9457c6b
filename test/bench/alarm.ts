// How much a reading costs the alarms: 10,000 points with limits, all well, and with one in a hundred beyond.
import { explain } from '../../daemon/alarm/cause.ts'
import type { World } from '../../daemon/alarm/power.ts'
import { openWatch } from '../../daemon/alarm/watch.ts'
import type { Alarm, AlarmRule } from '../../daemon/domain/alarm.ts'
import type { Point } from '../../daemon/domain/point.ts'
import { layout, readings } from '../alarm/support/site.ts'
import { type Bench, main, median } from './run.ts'

const POINTS = 10_000
const ROUNDS = 200

const rules: AlarmRule[] = [
  { kind: 'above', limit: 27, hysteresis: 1, delay: 60, severity: 'warning' },
  { kind: 'above', limit: 32, hysteresis: 1, delay: 30, severity: 'critical' },
]
const point: Point = {
  key: 'inlet',
  label: { en: 'Inlet' },
  quantity: 'temperature',
  unit: '°C',
  cadence: 'fast',
  source: '1',
  decode: { scale: 1, offset: 0, absent: [], counter: null, decoder: null },
  profile: 'bench',
  limits: {},
  states: null,
  rules,
}

/** Microseconds a reading, the median of the rounds. */
function measure(beyond: (no: number) => boolean): number {
  const watch = openWatch([], () => null, 0)
  watch.setDevices([{ no: 1, id: 'bench' }])
  watch.setPoints(
    'bench',
    Array.from({ length: POINTS }, (_, no) => ({ ...point, key: `inlet.${no}`, no })),
    0,
  )
  const rows = Array.from({ length: POINTS }, (_, no) => [no, beyond(no) ? 28 : 20 + (no % 60) / 10, 0] as const)
  const batch = readings(rows)
  const rounds: number[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    batch.at.fill(round * 10_000)
    const begin = performance.now()
    watch.observe(batch)
    rounds.push(((performance.now() - begin) * 1000) / POINTS)
  }
  return median(rounds)
}

/** Milliseconds to find the causes when a core switch takes 1,000 devices with it. */
function causes(): number {
  const devices = Array.from({ length: 1_001 }, (_, i) => ({
    id: `d${i}`,
    kind: 'server' as const,
    power: [],
    network: i === 0 ? [] : [i <= 30 ? 'd0' : `d${1 + (i % 30)}`],
  }))
  const alarms = devices.map(
    ({ id }, i): Alarm => ({
      id: i + 1,
      key: `${id}/-/down`,
      device: id,
      point: null,
      severity: 'unknown',
      condition: { kind: 'down', since: 0, why: 'timeout' },
      raisedAt: devices.length - i,
      clearedAt: null,
      acknowledged: null,
      cause: null,
      suppressed: false,
      notes: [],
    }),
  )
  const world: World = { layout, devices: new Map(devices.map(device => [device.id, device])), meanings: () => new Set(), quantity: () => null }
  const times = Array.from({ length: 21 }, () => {
    const begin = performance.now()
    explain(alarms, world)
    return performance.now() - begin
  })
  return median(times)
}

/** Milliseconds of one tick over all points. */
function tick(): number {
  const watch = openWatch([], () => null, 0)
  watch.setDevices([{ no: 1, id: 'bench' }])
  watch.setPoints(
    'bench',
    Array.from({ length: POINTS }, (_, no) => ({ ...point, key: `inlet.${no}`, no })),
    0,
  )
  const begin = performance.now()
  for (let i = 1; i <= 100; i++) watch.tick(i)
  return (performance.now() - begin) / 100
}

const bench: Bench = {
  name: 'alarm',
  async run() {
    return [
      { name: 'observe, all well', value: measure(() => false), unit: 'µs/reading', goal: 0.2 },
      { name: 'observe, 1 % beyond a limit', value: measure(no => no % 100 === 0), unit: 'µs/reading', goal: 0.2 },
      { name: 'tick over 10,000 points', value: tick(), unit: 'ms' },
      { name: 'causes of 1,000 silent devices', value: causes(), unit: 'ms' },
    ]
  },
}

export default bench
await main(import.meta, bench)
