// Counters of running hours as makes tell them: as a span of time, or as a bare number of hours.
import assert from 'node:assert/strict'
import { careReadings } from '../../daemon/caring-readings.ts'
import type { PointNo } from '../../daemon/domain/point.ts'
import { SILENT } from '../../daemon/log.ts'
import type { PointView } from '../../daemon/stream/contract.ts'

const AT = Date.UTC(2026, 10, 20)
const point = (no: number, key: string, quantity: PointView['quantity']): PointView => ({
  ...{ no: no as PointNo, device: 'crac-1', key, label: key, quantity, unit: '', cadence: 'slow', source: '', profile: '', limits: [], states: [] },
  ...{ scale: 1, offset: 0, alarmLimits: null },
} as unknown as PointView) // biome-ignore format: a row

describe('a counter of running hours', () => {
  it('is told in seconds, whether its make tells a span or bare hours; what counts something else is none', () => {
    const points = [point(1, 'engine.hours.duration', 'duration'), point(2, 'runhours.fan.count', 'count'), point(3, 'starts.count', 'count')]
    const shows = new Map([
      [1, 900_000],
      [2, 250],
      [3, 7],
    ])
    const { counters } = careReadings({
      model: { pointsOf: () => new Map(points.map(one => [one.key, one])), value: no => ({ value: shows.get(no) ?? null, at: AT }) },
      telemetry: { history: () => assert.fail('nothing of the past is asked for') },
      inventory: () => ({ power: [] }),
      log: SILENT,
    })
    assert.deepEqual(
      counters('crac-1')?.map(({ key, reading }) => [key, reading?.value]),
      [
        ['engine.hours.duration', 900_000],
        ['runhours.fan.count', 900_000],
      ],
    )
  })
})
