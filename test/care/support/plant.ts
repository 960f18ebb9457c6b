// A plant to care for: the real room of care on real records, a real store of readings and the points that the shipped profiles give, a clock we turn.

import type { Care } from '../../../daemon/care/care.ts'
import { type Caring, openCaring } from '../../../daemon/caring.ts'
import type { Profile } from '../../../daemon/domain/profile.ts'
import type { Quantity } from '../../../daemon/domain/quantity.ts'
import { openTelemetry, type Telemetry } from '../../../daemon/store/telemetry/telemetry.ts'
import type { PointView } from '../../../daemon/stream/contract.ts'
import { openModel } from '../../../daemon/stream/model.ts'
import { tempFolder } from '../../store/support/folder.ts'
import { must, quiet } from '../../store/support/must.ts'
import type { Yard } from '../../visits/support/yard.ts'

export interface Plant {
  readonly care: Care
  readonly routes: Caring['routes']
  /** Alarms of care that stand: code → what it says. */
  readonly alarms: ReadonlyMap<string, string>
  /** Ids that the stream was told. */
  readonly told: readonly string[]
  /** Points of a device as its profile has them. */
  points(device: string, profile: Profile, keys: readonly string[]): void
  /** A reading as a poll brings it. */
  tell(device: string, key: string, value: number, at?: number): Promise<void>
  close(): Promise<void>
}

export async function openPlant(yard: Yard): Promise<Plant> {
  const telemetry: Telemetry = must(await openTelemetry({ folder: tempFolder(), log: quiet }))
  const model = openModel('plant')
  const alarms = new Map<string, string>()
  const told: string[] = []
  const devices = new Map<string, readonly PointView[]>()
  let no = 0
  const caring = openCaring({
    records: yard.records,
    visits: yard.visits,
    alarms: {
      system: (code, state) => void (state === null ? alarms.delete(code) : alarms.set(code, state.text.id ?? state.text.en)),
      open: () => [...alarms.keys()].map(code => ({ key: `suar/-/${code}` })) as never,
    },
    inventory: () => yard.inventory,
    fleet: { byId: id => (devices.has(id) || id === 'genset' ? ({} as never) : undefined) },
    model,
    telemetry,
    office: yard.desk.office,
    files: yard.desk.files,
    clock: () => yard.clock.now,
    log: quiet,
  })
  caring.rows.onChange(ids => told.push(...ids))

  return {
    care: caring.care,
    routes: caring.routes,
    alarms,
    told,
    points(device, profile, keys) {
      const views = keys.map((key): PointView => {
        const point = [...profile.points, ...profile.tables.flatMap(table => table.points)].find(one => one.key === key)
        if (point === undefined) throw new Error(`${profile.name} has no ${key}`)
        const { quantity, states } = point as { quantity: Quantity; states?: string | Profile['states'][string] }
        const named = typeof states === 'string' ? profile.states[states] : states
        return {
          ...{
            no: ++no,
            device,
            key,
            label: { en: key },
            quantity,
            unit: '',
            cadence: 'normal',
            source: '',
            profile: profile.name,
            limits: {} as never,
          },
          ...{ scale: 1, offset: 0, alarmLimits: null },
          states: named === undefined ? null : Object.entries(named).map(([value, state]) => ({ ...state, value: Number(value) })),
        }
      })
      devices.set(device, views)
      model.setPoints(device, views)
    },
    async tell(device, key, value, at = yard.clock.now) {
      const point = model.pointsOf(device).get(key)
      if (point === undefined) throw new Error(`${device} has no ${key}`)
      const readings = { points: Uint32Array.of(point.no), values: Float64Array.of(value), at: Float64Array.of(at) }
      model.observe(readings.points, readings.values, readings.at)
      await telemetry.append(readings)
    },
    async close() {
      await caring.close()
      await telemetry.close()
    },
  }
}
