// Visit mode: second limits while somebody is inside, armed again at the check-out, and a room that must be as it was found.
import assert from 'node:assert/strict'
import type { Relaxation } from '../../daemon/alarm/relax.ts'
import type { Alarm } from '../../daemon/domain/alarm.ts'
import type { State } from '../../daemon/domain/state.ts'
import { openModel } from '../../daemon/stream/model.ts'
import { layoutOf } from '../../daemon/stream/views.ts'
import { openVisitMode, type VisitMode } from '../../daemon/visit-mode.ts'
import { notAsFound, wordsOf } from '../../daemon/visits/as-found.ts'
import { quiet } from '../store/support/must.ts'
import { MINUTE, openYard, type Yard } from './support/yard.ts'

const DOOR: readonly State[] = [
  { value: 1, name: 'closed', normal: 'ok', meaning: 'doorClosed' },
  { value: 2, name: 'open', normal: 'warning', meaning: 'doorOpen' },
]
const D1 = { device: 'door-d1', key: 'door.front.state' }

describe('visit mode', function () {
  this.timeout(30_000)
  let yard: Yard
  let mode: VisitMode
  let relaxation: Relaxation
  let open: Alarm[]
  let system: Map<string, string>
  let read: (at: { readonly device: string; readonly key: string }, value: number) => void

  const start = async () => {
    const model = openModel('test')
    model.setLayout(layoutOf(yard.inventory))
    const inlets = yard.inventory.sensors.filter(({ side, room }) => side === 'inlet' && room === 'server-room').map(({ point }) => point)
    const all = [...inlets, ...yard.inventory.doors.flatMap(({ state }) => state ?? [])]
    const view = (at: (typeof all)[number], i: number) => {
      const isDoor = at.key.startsWith('door.')
      return {
        ...{ no: i + 1, device: at.device, key: at.key, label: { en: at.key }, cadence: 'fast' as const, source: '1', profile: 'test', limits: {} },
        ...(isDoor
          ? { quantity: 'state' as const, unit: '' as const, states: DOOR }
          : { quantity: 'temperature' as const, unit: '°C' as const, states: null }),
        ...{ scale: 1, offset: 0, alarmLimits: null },
      }
    }
    const views = all.map(view)
    for (const device of new Set(all.map(one => one.device)))
      model.setPoints(
        device,
        views.filter(one => one.device === device),
      )
    read = ({ device, key }, value) => {
      const no = views.find(one => one.device === device && one.key === key)?.no ?? 0
      model.observe(Uint32Array.of(no), Float64Array.of(value), Float64Array.of(yard.clock.now))
    }
    for (const at of all) read(at, at.key.startsWith('door.') ? 1 : 22)
    mode = await openVisitMode({
      records: yard.records,
      visits: yard.visits,
      alarms: {
        open: () => open,
        system: (code, state) => void (state === null ? system.delete(code) : system.set(code, state.text.id ?? state.text.en)),
      },
      relax: next => {
        relaxation = next
      },
      by: { delay: 300, share: 0.2 },
      inventory: () => yard.inventory,
      fleet: { members: () => [][Symbol.iterator](), byId: () => undefined },
      model,
      clock: () => yard.clock.now,
      log: quiet,
    })
    return inlets
  }
  const relaxed = () => relaxation('door-d1', { key: 'door.front.state', quantity: 'state', states: DOOR }) !== null
  const wrong = async (visit: number) => (await yard.records.found.find(visit))?.wrong.map(({ kind }) => kind)

  beforeEach(async () => {
    yard = await openYard()
    relaxation = () => null
    open = []
    system = new Map()
  })
  afterEach(async () => {
    await mode.close()
    await yard.close()
  })

  it('relaxes while somebody is inside, arms again at check-out, and reminds until the room is as it was found', async () => {
    const [inlet] = await start()
    assert.ok(inlet)
    const visit = await yard.approved()
    const { qr } = await yard.codeOf(visit.id, 1)
    assert.equal(relaxed(), false)
    assert.equal((await yard.door({ kind: 'in', visit: visit.id, visitor: 1, code: qr })).ok, true)
    await mode.tick()
    assert.equal(relaxed(), true)
    assert.equal(mode.visited('d1', null), true)
    assert.equal(mode.visited(null, 'power-room'), false)

    // Out, with the door open, air 4 K warmer, and an alarm that was not there.
    yard.clock.now += 60 * MINUTE
    read(D1, 2)
    read(inlet, 26)
    open = [alarm(9, yard.clock.now - 5 * MINUTE, 'door.d1')]
    assert.equal((await yard.door({ kind: 'out', visit: visit.id, visitor: 1 })).ok, true)
    await mode.tick()
    assert.equal(relaxed(), false)
    assert.deepEqual(await wrong(visit.id), ['door', 'warm', 'alarm'])
    assert.equal(system.size, 0, 'a door may take a moment to shut')
    yard.clock.now += 3 * MINUTE
    await mode.tick()
    assert.match(system.get(`found.${visit.id}`) ?? '', /D1 ruang server masih terbuka; .* 26,0 °C \(semula 22,0 °C\)/)

    // The door shuts: the reminder says what is left. Then all is well, and it passes once.
    read(D1, 1)
    open = []
    await mode.tick()
    assert.deepEqual(await wrong(visit.id), ['warm'])
    assert.doesNotMatch(system.get(`found.${visit.id}`) ?? '', /D1/)
    read(inlet, 23.5)
    await mode.tick()
    assert.deepEqual([await wrong(visit.id), system.size], [[], 0])
    const passed = (await yard.records.found.find(visit.id))?.passedAt
    assert.equal(passed, yard.clock.now)
    yard.clock.now += MINUTE
    read(D1, 2)
    await mode.tick()
    assert.equal((await yard.records.found.find(visit.id))?.passedAt, passed, 'what happens later is not of this visit')
  })

  it('ends with the word of who looked after it, in the trail; what begins later is none of it', async () => {
    const [inlet] = await start()
    assert.ok(inlet)
    const visit = await yard.approved()
    const { qr } = await yard.codeOf(visit.id, 1)
    await yard.door({ kind: 'in', visit: visit.id, visitor: 1, code: qr })
    await mode.tick()
    const guard = await yard.as('noc')
    assert.equal((await mode.settle(visit.id, 'Belum keluar', guard)).ok, false)
    read(inlet, 27)
    await yard.door({ kind: 'out', visit: visit.id, visitor: 1 })
    await mode.tick()
    yard.clock.now += 10 * MINUTE
    // Somebody else's alarm.
    open = [alarm(9, yard.clock.now, 'door.d1')]
    await mode.tick()
    assert.deepEqual(await wrong(visit.id), ['warm'])
    assert.equal(system.size, 1)

    assert.equal((await mode.settle(visit.id, 'Beban server baru, batas disesuaikan', guard)).ok, true)
    assert.equal(system.size, 0)
    yard.clock.now += 10 * MINUTE
    await mode.tick()
    assert.equal(system.size, 0)
    assert.equal((await yard.records.found.find(visit.id))?.settled?.by, guard.name)
    const [entry] = await yard.records.audit.page({ size: 2, action: 'visit.settle' })
    assert.equal(entry?.subject, visit.number)
    assert.equal((await yard.records.visits.trace(visit.id)).at(-1)?.kind, 'settled')
    assert.equal((await mode.settle(visit.id, 'Lagi', guard)).ok, false)
  })

  it('leaves no alarm of a room that passed in the moment before a restart', async () => {
    await start()
    open = [alarm(12, yard.clock.now, 'found.7')]
    system.set('found.7', 'Ruang belum seperti semula')
    await mode.close()
    await start()
    assert.equal(system.size, 0)
  })

  it('goes on after a restart from how the room was at first', async () => {
    await start()
    const visit = await yard.approved()
    const { qr } = await yard.codeOf(visit.id, 1)
    await yard.door({ kind: 'in', visit: visit.id, visitor: 1, code: qr })
    await mode.tick()
    await mode.close()
    const before = (await yard.records.found.find(visit.id))?.before
    await start()
    assert.equal(relaxed(), true)
    assert.deepEqual((await yard.records.found.find(visit.id))?.before, before)
  })
})

describe('a room as found', () => {
  it('takes a silent sensor for no warm one and an old alarm for no new one', () => {
    const before = { at: 100, rooms: [], doors: [], alarms: [1], inlets: [{ point: { device: 'd', key: 'k' }, name: 'A1', value: 20 }] }
    const title = { en: 'x', id: 'x' }
    const now = (inlet: number | null, alarms: readonly { id: number; raisedAt: number }[]) =>
      notAsFound(before, { until: 200, open: [], inlet: () => inlet, alarms: alarms.map(one => ({ alarm: one, title })) })
    assert.deepEqual(now(null, [{ id: 1, raisedAt: 120 }]), [])
    assert.deepEqual(now(22, [{ id: 2, raisedAt: 90 }]), [])
    assert.deepEqual(
      now(22.1, [{ id: 2, raisedAt: 101 }]).map(({ kind }) => kind),
      ['warm', 'alarm'],
    )
    assert.deepEqual(now(null, [{ id: 3, raisedAt: 201 }]), [])
    assert.deepEqual(wordsOf(now(22.5, [])), { id: 'A1 22,5 °C (semula 20,0 °C)', en: 'A1 22.5 °C (was 20.0 °C)' })
  })
})

const alarm = (id: number, raisedAt: number, code: string): Alarm => ({
  ...{ id, key: `suar/-/${code}`, device: null, point: null, severity: 'warning', clearedAt: null, acknowledged: null },
  ...{
    condition: { kind: 'system', code, text: { en: 'Door held', id: 'Pintu dibiarkan terbuka' } },
    raisedAt,
    cause: null,
    suppressed: false,
    notes: [],
  },
})
