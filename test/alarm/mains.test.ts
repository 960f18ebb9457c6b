// The night the mains fail: thirteen alarms, one cause, and everything comes back.
import assert from 'node:assert/strict'
import { namesOf } from '../../daemon/domain/words/alarm-names.ts'
import { alarmTitle } from '../../daemon/domain/words/alarm-words.ts'
import { memoryRecords, openRoom, type Room } from './support/room.ts'
import { devices, layout, numbered } from './support/site.ts'

const SUPPLY = 'ats/pln/supply'
const UPS_A = 'ups-a/output.state/state'
const UPS_B = 'ups-b/output.state/state'
const book = {
  layout,
  device: (id: string) => devices.find(device => device.id === id),
  point: (no: number) => devices.flatMap(({ id }) => numbered(id)).find(point => point.no === no),
}

async function mainsFail(room: Room) {
  room.read('ats', 'input.A.L1.voltage', 0)
  room.read('ats', 'input.A.L2.voltage', 0)
  room.read('ats', 'source.state', 3)
  room.read('ups-a', 'output.state', 2)
  room.read('ups-b', 'output.state', 2)
  room.read('crac-1', 'unit.state', 2)
  room.read('crac-2', 'unit.state', 2)
  room.read('genset', 'engine.state', 2)
  await room.poll()
}

/** The alarm of a key, open or over. */
const idOf = (room: Room, key: string): number | undefined => room.records.all().find(alarm => alarm.key === key)?.id

describe('mains failure', () => {
  it('makes one cause of thirteen alarms', async () => {
    const room = await openRoom()
    await mainsFail(room)
    room.read('genset', 'engine.state', 4)
    for (const n of [1, 2, 3, 4]) room.read('env', `inlet.${n}`, 27.4)
    room.read('crac-1', 'return.temperature', 36)
    await room.polls(8)
    room.read('ups-a', 'battery.charge', 18)
    await room.poll()

    assert.deepEqual(room.roots(), [SUPPLY])
    assert.equal(room.open().length, 13)
    assert.equal(room.causeOf('ups-a/output.state/state'), SUPPLY)
    assert.equal(room.causeOf('ats/source.state/state'), SUPPLY)
    assert.equal(room.causeOf('genset/engine.state/state'), SUPPLY)
    assert.equal(room.causeOf('crac-2/unit.state/state'), SUPPLY)
    assert.equal(room.causeOf('ups-a/battery.charge/below'), 'ups-a/output.state/state')
    assert.equal(room.causeOf('env/inlet.4/above'), 'crac-1/unit.state/state')
    const root = room.find(SUPPLY)
    assert.ok(root)
    assert.equal(alarmTitle(root, namesOf(root, book, 'id'), 'id'), 'Listrik PLN padam')
    assert.equal(alarmTitle(root, namesOf(root, book, 'en'), 'en'), 'PLN power failed')
    await room.close()
  })

  it('finds the cause also when it is seen last', async () => {
    const room = await openRoom()
    room.read('crac-1', 'unit.state', 2)
    room.read('ups-a', 'output.state', 2)
    await room.poll(3)
    assert.deepEqual(room.roots().sort(), ['crac-1/unit.state/state', 'ups-a/output.state/state'])
    room.read('ats', 'input.A.L1.voltage', 0)
    await room.poll()
    assert.deepEqual(room.roots(), [SUPPLY])
    await room.close()
  })

  it('is known from two UPSs on battery alone, and ends with them', async () => {
    const room = await openRoom()
    room.read('ups-a', 'output.state', 2)
    await room.poll()
    assert.deepEqual(room.roots(), ['ups-a/output.state/state'], 'one UPS on battery is its own affair')
    room.read('ups-b', 'output.state', 2)
    await room.poll()
    assert.deepEqual(room.roots(), ['power/pln/supply'])
    room.read('ups-a', 'output.state', 1)
    room.read('ups-b', 'output.state', 1)
    await room.polls(2)
    assert.deepEqual(room.open(), [])
    await room.close()
  })

  it('lets consequences outlive the return of power for a while, then calls them causes', async () => {
    const room = await openRoom()
    await mainsFail(room)
    room.read('genset', 'engine.state', 3)
    room.read('ats', 'source.state', 2)
    room.read('ups-a', 'output.state', 1)
    room.read('ups-b', 'output.state', 1)
    room.read('crac-1', 'unit.state', 1)
    await room.polls(3)
    assert.equal(room.causeOf('crac-2/unit.state/state'), SUPPLY, 'a unit takes its time to restart')
    await room.polls(32)
    assert.equal(room.causeOf('crac-2/unit.state/state'), null, 'one that stays off has a fault of its own')
    assert.equal(room.causeOf('ats/source.state/state'), SUPPLY)
    await room.close()
  })

  it('explains a unit that starts again on the genset, but not one that never comes back', async () => {
    const room = await openRoom()
    await mainsFail(room)
    room.silence('crac-1')
    room.read('genset', 'engine.state', 3)
    room.read('ats', 'source.state', 2)
    await room.polls(3)
    const silent = room.find('crac-1/-/down')
    assert.deepEqual([room.causeOf('crac-1/-/down'), silent?.suppressed], [SUPPLY, true])
    await room.polls(32)
    assert.equal(room.causeOf('crac-1/-/down'), null, 'five minutes later it has a reason of its own')
    await room.close()
  })

  it('releases what persists when the mains come back', async () => {
    const room = await openRoom()
    await mainsFail(room)
    room.read('ats', 'input.A.L1.voltage', 230)
    room.read('ats', 'input.A.L2.voltage', 229)
    room.read('ats', 'source.state', 1)
    room.read('ups-a', 'output.state', 1)
    room.read('genset', 'engine.state', 1)
    room.read('crac-1', 'unit.state', 1)
    room.read('crac-2', 'unit.state', 1)
    await room.polls(5)
    assert.equal(room.find(UPS_B)?.cause, idOf(room, SUPPLY), 'a rectifier waits for steady mains')
    await room.polls(2)
    assert.deepEqual(room.roots(), [UPS_B])
    assert.equal(room.find(UPS_B)?.notes.at(-1)?.kind, 'released')
    await room.close()
  })

  /** The mains are back and the genset is asked to stop; each UPS takes the load back when it will. */
  const mainsReturn = (room: Room) => {
    room.read('ats', 'input.A.L1.voltage', 230)
    room.read('ats', 'input.A.L2.voltage', 229)
  }
  const changedOver = (room: Room) => {
    room.read('genset', 'engine.state', 3)
    room.read('ats', 'source.state', 2)
    for (const ups of ['ups-a', 'ups-b']) room.read(ups, 'output.state', 1)
    for (const crac of ['crac-1', 'crac-2']) room.read(crac, 'unit.state', 1)
  }
  const changesBack = (room: Room) => {
    room.read('genset', 'engine.state', 1)
    room.read('ats', 'source.state', 1)
    for (const ups of ['ups-a', 'ups-b']) room.read(ups, 'output.state', 2)
  }

  it('keeps the UPSs that go on battery once more when the load goes back to the mains, and calls nothing a second failure', async () => {
    const records = memoryRecords()
    const room = await openRoom({
      records,
      settings: { recipients: [{ channel: 'mail', to: 'noc', severities: ['critical', 'warning'], cleared: false, language: 'id' }] },
    })
    await mainsFail(room)
    changedOver(room)
    await room.polls(4)
    mainsReturn(room)
    await room.poll()
    const mains = records.all().find(alarm => alarm.key === SUPPLY)
    assert.ok(mains?.clearedAt)
    // The mains prove themselves for ten minutes: longer than an alarm counts as the same one.
    await room.polls(59)
    assert.equal(room.find('ats/source.state/state')?.cause, mains.id, 'on the genset for the sake of the failure')
    changesBack(room)
    await room.poll()
    for (const key of [UPS_A, UPS_B]) assert.deepEqual([room.find(key)?.cause, room.find(key)?.suppressed], [mains.id, false], key)
    for (const ups of ['ups-a', 'ups-b']) room.read(ups, 'output.state', 1)
    await room.polls(12)
    assert.deepEqual(room.open(), [])
    assert.equal(records.all().filter(alarm => alarm.condition.kind === 'state' && alarm.condition.meaning === 'utilityFailed').length, 1)
    assert.deepEqual(
      records.notices().map(({ payload }) => payload.title),
      ['Listrik PLN padam'],
      'told once, and nothing of what settles',
    )
    await room.close()
  })

  it('waits for a genset that runs without an alarm: it goes back ten minutes later', async () => {
    const room = await openRoom()
    const engine = numbered('genset').map(point => ({ ...point, states: (point.states ?? []).map(state => ({ ...state, normal: 'ok' as const })) }))
    room.alarms.setPoints('genset', engine)
    await mainsFail(room)
    changedOver(room)
    room.read('ats', 'source.state', 1)
    await room.polls(4)
    mainsReturn(room)
    await room.polls(60)
    assert.deepEqual(room.open(), [], 'nothing tells of it any more')
    changesBack(room)
    await room.poll()
    assert.deepEqual([room.find(UPS_A)?.cause, room.find(UPS_B)?.cause], [idOf(room, SUPPLY), idOf(room, SUPPLY)])
    assert.deepEqual(room.roots(), [])
    for (const ups of ['ups-a', 'ups-b']) room.read(ups, 'output.state', 1)
    await room.polls(10)
    room.read('ups-a', 'output.state', 2)
    await room.poll()
    assert.deepEqual(room.roots(), [UPS_A], 'settled: a reason of its own')
    await room.close()
  })

  it('ends: a UPS that stays on battery after the load went back, or goes there later, has a reason of its own', async () => {
    const room = await openRoom()
    await mainsFail(room)
    changedOver(room)
    await room.polls(4)
    mainsReturn(room)
    await room.polls(3)
    changesBack(room)
    room.read('ups-a', 'output.state', 1)
    await room.polls(5)
    assert.equal(room.find(UPS_B)?.cause, idOf(room, SUPPLY))
    await room.polls(3)
    assert.deepEqual(room.roots(), [UPS_B])
    room.read('ups-b', 'output.state', 1)
    await room.poll()
    room.read('ups-a', 'output.state', 2)
    await room.poll()
    assert.deepEqual(room.roots(), [UPS_A])
    await room.close()
  })

  it('is not a minute-old one that a device tells of anew', async () => {
    const room = await openRoom()
    await mainsFail(room)
    changedOver(room)
    await room.polls(2)
    mainsReturn(room)
    await room.polls(2)
    room.read('ats', 'input.A.L1.voltage', 0)
    await room.poll()
    assert.deepEqual(room.roots(), [SUPPLY], 'it failed again, and says so itself')
    await room.close()
  })

  it('goes on settling after a restart', async () => {
    const kept = memoryRecords()
    const room = await openRoom({ records: kept })
    await mainsFail(room)
    mainsReturn(room)
    room.read('ats', 'source.state', 1)
    await room.poll()
    const { now } = room
    await room.close()
    const again = await openRoom({
      records: kept,
      now,
      before: early => {
        early.read('ups-a', 'output.state', 2)
        early.read('ups-b', 'output.state', 2)
        for (const crac of ['crac-1', 'crac-2']) early.read(crac, 'unit.state', 2)
        early.read('genset', 'engine.state', 2)
      },
    })
    assert.deepEqual([again.find(UPS_A)?.cause, again.find(UPS_B)?.cause], [idOf(again, SUPPLY), idOf(again, SUPPLY)])
    await again.close()
  })

  it('is told once, whoever else sees it', async () => {
    const room = await openRoom()
    room.read('ats', 'source.A.state', 1)
    await room.poll()
    room.read('ats', 'input.A.L1.voltage', 0)
    await room.poll()
    assert.deepEqual(room.roots(), ['ats/source.A.state/state'])
    assert.equal(room.find(SUPPLY)?.suppressed, true, 'a second voice for the same failure')
    room.read('ats', 'source.A.state', 2)
    await room.poll()
    assert.deepEqual(room.roots(), [SUPPLY], 'the other voice goes on')
    await room.close()
  })

  it('is not what a genset that stands by looks like', async () => {
    const room = await openRoom()
    room.read('ats', 'source.B.state', 1)
    await room.polls(3)
    assert.deepEqual(room.open(), [])
    await room.close()
  })

  it('has one alarm for three phases', async () => {
    const room = await openRoom()
    room.read('ats', 'input.A.L1.voltage', 0)
    await room.poll()
    room.read('ats', 'input.A.L2.voltage', 0)
    await room.poll()
    assert.deepEqual(
      room.open().map(alarm => alarm.key),
      [SUPPLY],
    )
    room.read('ats', 'input.A.L1.voltage', 230)
    await room.poll()
    assert.deepEqual(
      room.open().map(alarm => alarm.key),
      [SUPPLY],
      'one phase is still dead',
    )
    room.read('ats', 'input.A.L2.voltage', 230)
    await room.poll()
    assert.deepEqual(room.open(), [])
    await room.close()
  })
})
