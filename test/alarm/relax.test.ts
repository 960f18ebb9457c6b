// Second limits while people work at a place: warnings wait and go further, nothing critical does, and afterwards it is as strict as before.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Relaxation, relaxationOf, secondLimit } from '../../daemon/alarm/relax.ts'
import { compile, NOTHING_BOUND } from '../../daemon/alarm/rules.ts'
import { openRoom, type Room } from './support/room.ts'
import { devices, layout, numbered, point } from './support/site.ts'

const BY = { delay: 300, share: 0.2 }
const CRAC = 'crac-1/unit.state/state'
const AIRFLOW_LOW = 3
const STOPPED = 2

const stands = (id: string) => devices.find(device => device.id === id)?.place?.room ?? null
const room1 = stands('crac-1') ?? ''
const inside: Relaxation = relaxationOf({ rooms: new Set([room1]), doors: new Set() }, layout, stands, BY)
const nobody: Relaxation = relaxationOf({ rooms: new Set(), doors: new Set() }, layout, stands, BY)
const relax = (room: Room, next: Relaxation) => {
  const concerned = room.alarms.relax(next)
  for (const id of concerned) room.alarms.setPoints(id, numbered(id))
  return concerned
}

describe('limits while people work there', () => {
  it('let a warning of the airflow wait, and not a moment longer once they have left', async () => {
    const room = await openRoom()
    assert.ok(relax(room, inside).includes('crac-1'))
    room.read('crac-1', 'unit.state', AIRFLOW_LOW)
    await room.polls(6)
    assert.equal(room.find(CRAC), null, 'a minute of low airflow is nothing while somebody has the panels open')
    relax(room, nobody)
    await room.wait(1)
    assert.equal(room.find(CRAC)?.severity, 'warning', 'armed again: it has been low for long enough')
    await room.close()
  })

  it('never hide what is critical, nor begin its delay anew', async () => {
    const room = await openRoom()
    relax(room, inside)
    room.read('crac-1', 'unit.state', STOPPED)
    await room.poll()
    assert.equal(room.find(CRAC)?.severity, 'critical')
    await room.close()
  })

  it('end by themselves after their second delay', async () => {
    const room = await openRoom()
    relax(room, inside)
    room.read('crac-1', 'unit.state', AIRFLOW_LOW)
    await room.polls(29)
    assert.equal(room.find(CRAC), null)
    await room.polls(2)
    assert.equal(room.find(CRAC)?.severity, 'warning')
    await room.close()
  })

  it('concern the zone alone, and keep what was raised before', async () => {
    const room = await openRoom()
    room.read('crac-1', 'unit.state', AIRFLOW_LOW)
    await room.poll()
    const before = room.find(CRAC)
    const concerned = relax(room, inside)
    assert.ok(
      concerned.every(id => stands(id) === room1),
      concerned.join(),
    )
    await room.polls(3)
    assert.equal(room.find(CRAC)?.id, before?.id)
    assert.deepEqual(relax(room, inside), [], 'the same again changes nothing')
    await room.close()
  })

  it('are shown as what they are', () => {
    const flow = point('air.airflow', 'airflow', {
      limits: { lowWarning: 100, lowCritical: 90 },
      rules: [{ kind: 'limits', hysteresis: 1, delay: 5 }],
    })
    const [channel] = compile('crac-1', flow, NOTHING_BOUND, null, BY)
    assert.deepEqual(channel?.shown, { limit: 90, hysteresis: 1, delay: 300, from: 'visit' })
    const [critical] = compile('crac-1', flow, NOTHING_BOUND, { point: '*', severity: 'critical' }, BY)
    assert.equal(critical?.shown?.from, 'device', 'where the site calls all of it critical nothing is relaxed')
  })

  it('never go past the critical one, and never the wrong way', () => {
    const figure = fc.double({ min: -1000, max: 1000, noNaN: true })
    fc.assert(
      fc.property(
        fc.constantFrom('above' as const, 'below' as const),
        figure,
        fc.option(figure),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (way, limit, critical, share) => {
          const second = secondLimit(way, limit, share, critical)
          assert.ok(way === 'above' ? second >= limit : second <= limit)
          if (critical !== null && (way === 'above' ? critical >= limit : critical <= limit))
            assert.ok(way === 'above' ? second <= critical : second >= critical)
        },
      ),
    )
  })
})
