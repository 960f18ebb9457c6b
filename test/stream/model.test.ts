// A page that misses frames, comes back, or is slow must end with the truth: the model's promise, by story and by property.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Layout } from '../../daemon/domain/inventory.ts'
import { Inventory } from '../../daemon/domain/inventory.ts'
import type { DeviceView, Frame, Have, PointView } from '../../daemon/stream/contract.ts'
import { openModel } from '../../daemon/stream/model.ts'
import { layoutOf } from '../../daemon/stream/views.ts'

const device = (id: string, headline: number | null = null): DeviceView => ({
  id,
  name: id,
  kind: 'ups',
  address: '127.0.0.1:161',
  via: 'snmp',
  place: null,
  tenant: null,
  power: [],
  network: [],
  identity: null,
  status: 'up',
  statusSince: 0,
  why: null,
  lastSeen: null,
  points: 0,
  headline,
})

const point = (deviceId: string, no: number): PointView => ({
  no,
  device: deviceId,
  key: `sensor.${no}.temperature`,
  label: { en: 'Temperature' },
  quantity: 'temperature',
  unit: '°C',
  cadence: 'fast',
  source: '1.3',
  profile: 'p',
  limits: {},
  states: null,
  scale: 1,
  offset: 0,
  alarmLimits: null,
})

const layout: Layout = layoutOf(
  Inventory.parse({
    site: { id: 'dc', name: 'DC' },
    rooms: [{ id: 'r', name: 'R', x: 0, y: 0, width: 5, depth: 5 }],
    sensors: [{ id: 's', name: 'S', room: 'r', x: 1, y: 1, point: { device: 'a', key: 'sensor.1.temperature' } }],
  }),
)

/** A page: applies frames as the contract says, asks again when one does not fit. */
function page() {
  const values = new Map<number, number | null>()
  let have: Have | null = null
  return {
    values,
    have: () => have,
    take(frame: Frame): boolean {
      if (!frame.full && (have === null || have.epoch !== frame.epoch || have.revision < frame.since)) return false
      if (frame.full) values.clear()
      for (const [i, no] of (frame.values?.nos ?? []).entries()) values.set(no, frame.values?.values[i] ?? null)
      have = { epoch: frame.epoch, revision: frame.revision }
      return true
    },
  }
}

const observe = (model: ReturnType<typeof openModel>, readings: readonly (readonly [number, number])[], at: number) =>
  model.observe(
    Uint32Array.from(readings, r => r[0]),
    Float64Array.from(readings, r => r[1]),
    new Float64Array(readings.length).fill(at),
  )

describe('stream model', () => {
  it('gives a full frame first, then only what changed, then nothing', () => {
    const model = openModel('e')
    model.setLayout(layout)
    model.setDevice(device('a'))
    model.setPoints('a', [point('a', 1), point('a', 2)])
    observe(
      model,
      [
        [1, 20],
        [2, 30],
      ],
      1000,
    )
    model.advance()
    const first = model.frame('device:a', null, 1)
    assert.deepEqual(first?.values, { nos: [1, 2], values: [20, 30], at: [1000, 1000] })
    assert.equal(first?.points?.length, 2)
    observe(model, [[2, 31]], 2000)
    model.advance()
    const second = model.frame('device:a', { epoch: 'e', revision: first?.revision ?? 0 }, 2)
    assert.deepEqual([second?.full, second?.values], [false, { nos: [2], values: [31], at: [2000] }])
    assert.equal(model.frame('device:a', { epoch: 'e', revision: second?.revision ?? 0 }, 3), null)
  })

  it('carries in the overview only what the layout names', () => {
    const model = openModel('e')
    model.setLayout(layout)
    model.setDevice(device('a'))
    model.setPoints('a', [point('a', 1), point('a', 2)])
    observe(
      model,
      [
        [1, 20],
        [2, 30],
      ],
      1000,
    )
    assert.deepEqual(model.frame('overview', null, 1)?.values?.nos, [1])
  })

  it('keeps an older reading from overwriting a newer one, and shows "no value" as null', () => {
    const model = openModel('e')
    model.setDevice(device('a'))
    model.setPoints('a', [point('a', 1)])
    observe(model, [[1, 20]], 2000)
    observe(model, [[1, 10]], 1000)
    assert.deepEqual(model.value(1), { value: 20, at: 2000 })
    observe(model, [[1, Number.NaN]], 3000)
    assert.deepEqual(model.value(1), { value: null, at: 3000 })
  })

  it('goes on with the readings of now when the clock was set back', () => {
    const model = openModel('e')
    model.setDevice(device('a'))
    model.setPoints('a', [point('a', 1)])
    // A machine that started with a dead clock battery, and was put right by NTP.
    observe(model, [[1, 20]], 4_000_000)
    observe(model, [[1, 21]], 1_000_000)
    assert.deepEqual(model.value(1), { value: 21, at: 1_000_000 })
    observe(model, [[1, 22]], 1_010_000)
    assert.deepEqual(model.value(1), { value: 22, at: 1_010_000 })
  })

  it('starts a page over after a restart, and tells of devices that are gone', () => {
    const model = openModel('new')
    model.setDevice(device('a'))
    model.setDevice(device('b'))
    model.advance()
    assert.equal(model.frame('site', { epoch: 'old', revision: 999 }, 1)?.full, true)
    const have = { epoch: 'new', revision: model.revision }
    model.removeDevice('a')
    model.advance()
    assert.deepEqual(model.frame('site', have, 1)?.gone, { devices: ['a'] })
    assert.equal(model.exists('device:a'), false)
  })

  it('ends with the truth whatever frames a page missed', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('reading' as const), no: fc.integer({ min: 1, max: 5 }), value: fc.integer({ min: 0, max: 99 }) }),
      fc.record({ kind: fc.constant('beat' as const), lost: fc.boolean() }),
      fc.record({ kind: fc.constant('return' as const) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), steps => {
        const model = openModel('e')
        model.setDevice(device('a'))
        model.setPoints(
          'a',
          [1, 2, 3, 4, 5].map(no => point('a', no)),
        )
        const truth = new Map<number, number>()
        const reader = page()
        let served = model.revision
        const join = () => {
          const frame = model.frame('device:a', reader.have(), 0)
          if (frame !== null) assert.equal(reader.take(frame), true)
        }
        join()
        let at = 1
        for (const now of steps) {
          if (now.kind === 'reading') {
            observe(model, [[now.no, now.value]], at++)
            truth.set(now.no, now.value)
          } else if (now.kind === 'return') join()
          else {
            const revision = model.advance()
            const frame = model.frame('device:a', { epoch: 'e', revision: served }, 0)
            if (frame === null) continue
            served = revision
            if (!now.lost && !reader.take(frame)) join()
          }
        }
        model.advance()
        join()
        assert.deepEqual(new Map([...reader.values].toSorted()), new Map([...truth].toSorted()))
      }),
      { numRuns: 500 },
    )
  })
})
