// The plan of the demonstration: complete, and every figure it names is found on the device it names, by the collector that will poll it.
import assert from 'node:assert/strict'
import { DEFAULTS } from '../../collectors/simulator/defaults.ts'
import { type Demonstration, openDemonstration } from '../../collectors/simulator/open.ts'
import { readSite } from '../../collectors/simulator/site.ts'
import snmp from '../../collectors/snmp.ts'
import type { Log } from '../../daemon/domain/call.ts'
import type { Collector, Discovery, Errand } from '../../daemon/domain/collector.ts'
import type { Device, Kind } from '../../daemon/domain/device.ts'
import type { PointRef } from '../../daemon/domain/inventory.ts'
import type { Point } from '../../daemon/domain/point.ts'
import { stateOf } from '../../daemon/domain/state.ts'
import { must } from '../store/support/must.ts'

const quiet: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => quiet }

let demonstration: Demonstration
let collector: Collector
const found = new Map<string, Discovery>()

/** Every point that rooms, racks, doors, sensors, fixtures, the power chain and supplies refer to, with where. */
function references(node: unknown, where: string): { readonly where: string; readonly ref: PointRef }[] {
  if (node === null || typeof node !== 'object') return []
  if ('device' in node && 'key' in node && Object.keys(node).length === 2)
    return [{ where, ref: { device: String(node.device), key: String(node.key) } }]
  const name = 'id' in node && typeof node.id === 'string' ? `${where}/${node.id}` : where
  return Object.entries(node).flatMap(([key, value]) => references(value, Array.isArray(node) ? name : `${name}.${key}`))
}

const pointAt = ({ device, key }: PointRef): Point | undefined => found.get(device)?.points.find(point => point.key === key)

describe('the demonstration data centre', () => {
  before(async function () {
    this.timeout(60_000)
    const opened = await openDemonstration({ log: quiet, site: must(readSite(DEFAULTS.address, 0)) })
    assert.ok(opened.ok)
    demonstration = opened.value
    collector = await snmp.open({ log: quiet, timeout: 1000, retries: 2, siteProfiles: null })
    await Promise.all(
      demonstration.inventory.devices.map(async device => {
        const looked = await collector.discover(device, { log: quiet, signal: AbortSignal.timeout(50_000) })
        assert.ok(looked.ok, `${device.id}: ${looked.ok ? '' : looked.failure.message}`)
        found.set(device.id, looked.value)
      }),
    )
  })
  after(async () => {
    await collector.close()
    await demonstration.close()
  })

  it('has the rooms, racks and devices that are promised', () => {
    const { sites, rooms, sensors, doors, devices, equipment, fixtures } = demonstration.inventory
    const there = new Set(rooms.filter(({ site }) => site !== undefined).map(({ id }) => id))
    const racks = demonstration.inventory.racks.filter(({ room }) => !there.has(room))
    assert.deepEqual([sites.map(({ kind }) => kind), demonstration.inventory.racks.length - racks.length], [['drc'], 2])
    const count = (kind: Kind): number => devices.filter(device => device.kind === kind).length
    assert.deepEqual(
      {
        rooms: rooms.filter(({ id, kind }) => !there.has(id) && (kind === 'server' || kind === 'power')).length,
        racks: racks.length,
        sensors: sensors.length,
        doors: doors.length,
      },
      { rooms: 2, racks: 12, sensors: 20, doors: 3 },
    )
    assert.deepEqual(
      {
        ups: count('ups'),
        genset: count('genset'),
        ats: count('ats'),
        crac: count('crac'),
        pdu: count('pdu'),
        fire: count('firepanel'),
        switches: count('switch'),
        servers: count('server'),
      },
      { ups: 2, genset: 1, ats: 1, crac: 2, pdu: 24, fire: 1, switches: 6, servers: 4 },
    )
    assert.ok(equipment.length > 60 && fixtures.length > 8)
  })

  it('puts nothing on top of another and everything inside its room', () => {
    const { racks, rooms, equipment, fixtures } = demonstration.inventory
    for (const thing of [...racks, ...fixtures]) {
      const room = rooms.find(({ id }) => id === thing.room)
      assert.ok(
        room !== undefined &&
          thing.x >= room.x &&
          thing.y >= room.y &&
          thing.x + thing.width <= room.x + room.width &&
          thing.y + thing.depth <= room.y + room.depth,
        thing.id,
      )
    }
    const boxes = [...racks, ...fixtures]
    boxes.forEach((a, k) => {
      for (const b of boxes.slice(k + 1)) {
        const apart =
          a.room !== b.room ||
          a.x + a.width <= b.x + 1e-9 ||
          b.x + b.width <= a.x + 1e-9 ||
          a.y + a.depth <= b.y + 1e-9 ||
          b.y + b.depth <= a.y + 1e-9
        assert.ok(apart, `${a.id} and ${b.id}`)
      }
    })
    const taken = new Map<string, string>()
    for (const { id, rack, u, height } of equipment)
      for (let unit = u; unit < u + height; unit++) {
        assert.equal(taken.get(`${rack} U${unit}`), undefined, `${id} and ${taken.get(`${rack} U${unit}`)} at ${rack} U${unit}`)
        taken.set(`${rack} U${unit}`, id)
        assert.ok(unit <= 42)
      }
  })

  it('is recognised device by device, with the kind the plan says', () => {
    for (const device of demonstration.inventory.devices) {
      const looked = found.get(device.id)
      assert.equal(looked?.identity.kind, device.kind, device.id)
      assert.ok(looked.identity.vendor !== null, device.id)
      assert.deepEqual(looked.remarks, [], device.id)
      assert.equal(looked.identity.sysName, device.name)
    }
    assert.equal(found.get('sw-core-1')?.neighbours.length, 4)
    assert.equal(found.get('sw-a3')?.interfaces.length, 50)
  })

  it('names no figure that discovery does not find', () => {
    const { devices: _, ...layout } = demonstration.inventory
    const all = references(layout, 'demo')
    assert.ok(all.length > 200)
    const missing = all.filter(({ ref }) => pointAt(ref) === undefined)
    assert.deepEqual(
      missing.map(({ where, ref }) => `${where}: ${ref.device} ${ref.key}`),
      [],
    )
  })

  it('reads as believable figures, and calm: no state of any device is warning or critical', async () => {
    const read = async (device: Device): Promise<Map<string, { point: Point; value: number }>> => {
      const points = found.get(device.id)?.points ?? []
      const values = new Map<string, { point: Point; value: number }>()
      for (const cadence of ['fast', 'normal', 'slow'] as const) {
        const some = points.filter(point => point.cadence === cadence)
        if (some.length === 0) continue
        const errand: Errand = collector.compile(device, some)
        const out = new Float64Array(some.length)
        const status = await new Promise(resolve => errand.run(out, resolve))
        assert.equal((status as { status: string }).status, 'answered', `${device.id} ${cadence}`)
        for (const [k, point] of some.entries()) values.set(point.key, { point, value: out[k] ?? Number.NaN })
      }
      return values
    }
    const troubled: string[] = []
    for (const device of demonstration.inventory.devices)
      for (const [key, { point, value }] of await read(device)) {
        const at = `${device.id} ${key} = ${value}`
        if (point.states !== null) {
          const state = stateOf(point.states, value)
          if ((state.normal === 'warning' || state.normal === 'critical') && point.rules.length > 0) troubled.push(`${at} ${state.name}`)
          continue
        }
        if (!Number.isFinite(value)) troubled.push(at)
        if (point.quantity === 'temperature') assert.ok(value > 10 && value < 90, at)
        if (point.quantity === 'humidity') assert.ok(value > 30 && value < 75, at)
        if (point.unit === '%') assert.ok(value >= 0 && value <= 100, at)
        const {
          highCritical = Number.POSITIVE_INFINITY,
          highWarning = highCritical,
          lowCritical = Number.NEGATIVE_INFINITY,
          lowWarning = lowCritical,
        } = point.limits
        if (value > highWarning || value < lowWarning) troubled.push(`${at}, limits ${JSON.stringify(point.limits)}`)
      }
    assert.deepEqual(troubled, [])
  })
})
