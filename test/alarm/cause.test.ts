// Who explains whom: paths, power, rooms, and what holds for any site whatever.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { explain } from '../../daemon/alarm/cause.ts'
import type { DeviceFacts, World } from '../../daemon/alarm/power.ts'
import type { Alarm, Condition } from '../../daemon/domain/alarm.ts'
import { KINDS } from '../../daemon/domain/device.ts'
import type { PowerNode } from '../../daemon/domain/inventory.ts'
import { MEANINGS } from '../../daemon/domain/state.ts'
import { openRoom } from './support/room.ts'
import { layout } from './support/site.ts'

const down = (device: string): string => `${device}/-/down`

describe('devices that do not answer', () => {
  it('are down after three polls, not two, and up with the first answer', async () => {
    const room = await openRoom()
    room.silence('access')
    await room.polls(2)
    assert.deepEqual(room.open(), [])
    await room.poll()
    assert.equal(room.find(down('access'))?.severity, 'unknown')
    room.answer('access')
    await room.poll()
    assert.deepEqual(room.open(), [])
    await room.close()
  })

  it('are suppressed behind a dead switch, whichever is seen first', async () => {
    const room = await openRoom()
    room.silence('server-1')
    room.silence('server-2')
    await room.polls(3)
    assert.deepEqual(room.roots().sort(), [down('server-1'), down('server-2')])
    room.silence('access')
    await room.polls(3)
    assert.deepEqual(room.roots(), [down('access')])
    assert.equal(room.find(down('server-1'))?.suppressed, true)
    assert.equal(room.find(down('access'))?.suppressed, false)
    room.answer('access')
    await room.poll()
    assert.deepEqual(room.roots().sort(), [down('server-1'), down('server-2')], 'released: their path is back and they are not')
    await room.close()
  })

  it('are no consequence while one of two paths lives', async () => {
    const room = await openRoom()
    room.silence('access')
    room.silence('server-3')
    await room.polls(3)
    assert.equal(room.causeOf(down('server-3')), null)
    room.silence('core2')
    await room.polls(3)
    assert.notEqual(room.causeOf(down('server-3')), null)
    assert.equal(room.causeOf(down('access')), null, 'its other parent answers')
    room.answer('core2')
    await room.poll()
    assert.equal(room.causeOf(down('server-3')), null)
    await room.close()
  })

  it('say at once when they refuse the credential or show another key', async () => {
    const room = await openRoom()
    room.silence('server-1', 'wrongCredential')
    room.silence('server-2', 'hostKeyChanged')
    room.silence('access')
    await room.poll()
    assert.equal(room.find(down('server-1'))?.severity, 'warning')
    assert.equal(room.find(down('server-2'))?.severity, 'critical')
    await room.polls(3)
    assert.equal(room.causeOf(down('server-1')), null, 'an answer is no silence')
    await room.close()
  })

  it('without power say nothing of their own', async () => {
    const room = await openRoom()
    room.read('ups-a', 'output.state', 4)
    await room.poll()
    room.silence('server-2')
    await room.polls(3)
    assert.equal(room.causeOf(down('server-2')), 'ups-a/output.state/state')
    room.silence('server-1')
    await room.polls(3)
    assert.equal(room.causeOf(down('server-1')), null, 'its other feed lives')
    await room.close()
  })

  it('raise nothing for each of their points', async () => {
    const room = await openRoom()
    room.silence('access')
    await room.polls(30)
    assert.deepEqual(
      room.open().map(alarm => alarm.key),
      [down('access')],
    )
    await room.close()
  })
})

describe('heat in a room', () => {
  it('is explained by the cooling that stands still there, and stands for itself without', async () => {
    const room = await openRoom()
    room.read('env', 'inlet.4', 27.6)
    await room.polls(8)
    assert.equal(room.causeOf('env/inlet.4/above'), null)
    room.read('crac-2', 'unit.state', 3)
    room.read('crac-2', 'return.temperature', 36)
    await room.poll()
    assert.equal(room.causeOf('env/inlet.4/above'), 'crac-2/unit.state/state')
    assert.equal(room.causeOf('crac-2/return.temperature/above'), 'crac-2/unit.state/state')
    room.read('crac-2', 'unit.state', 1)
    await room.polls(40)
    assert.equal(room.causeOf('env/inlet.4/above'), null)
    await room.close()
  })
})

describe('causes on any site', () => {
  const ids = Array.from({ length: 4 }, (_, i) => `d${i}`)
  const nodeIds = Array.from({ length: 5 }, (_, i) => `n${i}`)
  const some = (from: readonly string[]) => fc.uniqueArray(fc.constantFrom(...from), { maxLength: 2 })
  // Rings in paths and chains on purpose: people make mistakes.
  const nodes: fc.Arbitrary<PowerNode[]> = fc.tuple(
    ...nodeIds.map(id =>
      fc.record({
        id: fc.constant(id),
        name: fc.constant(id),
        kind: fc.constantFrom<PowerNode['kind']>('utility', 'genset', 'ats', 'ups', 'pdu', 'cooling'),
        from: some(nodeIds),
        device: fc.constantFrom(...ids),
        measures: fc.constant({}),
      }),
    ),
  )
  const facts: fc.Arbitrary<DeviceFacts[]> = fc.tuple(
    ...ids.map(id =>
      fc.record({
        id: fc.constant(id),
        kind: fc.constantFrom(...KINDS),
        power: some(nodeIds),
        network: some(ids),
        place: fc.constantFrom({ room: 'server', height: 1, face: 'both' as const }, undefined),
      }),
    ),
  )
  const condition: fc.Arbitrary<Condition> = fc.oneof(
    { weight: 3, arbitrary: fc.constant<Condition>({ kind: 'down', since: 0, why: 'timeout' }) },
    fc.constant<Condition>({ kind: 'stale', since: 0 }),
    fc.constantFrom('above' as const, 'below' as const).map(kind => ({ kind, value: 1, limit: 0, clear: 0, from: 'site' as const })),
    fc.constantFrom(...MEANINGS).map(meaning => ({ kind: 'state' as const, value: 1, name: meaning, meaning })),
  )
  const alarms = fc.uniqueArray(fc.record({ device: fc.constantFrom(...ids), point: fc.constantFrom(1, 2, 3), condition, raisedAt: fc.nat(3) }), {
    maxLength: 16,
    selector: ({ device, point, condition: { kind } }) => `${device}/${kind === 'down' ? '' : point}/${kind}`,
  })

  it('form groups with exactly one root each, which is never suppressed', () => {
    fc.assert(
      fc.property(nodes, facts, alarms, (power, devices, raised) => {
        const open: Alarm[] = raised.map(({ device, point, condition, raisedAt }, i) => ({
          id: i + 1,
          key: `${device}/${point}/${condition.kind}`,
          device,
          point: condition.kind === 'down' ? null : { no: point, key: String(point) },
          severity: 'warning',
          condition,
          raisedAt,
          clearedAt: null,
          acknowledged: null,
          cause: null,
          suppressed: false,
          notes: [],
        }))
        const world: World = {
          layout: { ...layout, power },
          devices: new Map(devices.map(device => [device.id, device])),
          meanings: () => new Set(),
          quantity: no => (no === 1 ? 'temperature' : no === 2 ? 'charge' : 'airflow'),
        }
        const found = explain(open, world)
        for (const alarm of open) {
          const path = new Set<number>()
          for (let id: number | undefined = alarm.id; id !== undefined; id = found.get(id)?.cause) {
            assert.ok(!path.has(id), `a ring through ${id}`)
            assert.ok(
              open.some(one => one.id === id),
              'a cause that is no open alarm',
            )
            path.add(id)
          }
        }
        assert.ok(open.length === 0 || open.some(alarm => !found.has(alarm.id)), 'a cause is left')
        assert.deepEqual(explain([...open].reverse(), world), found, 'the order of arrival does not matter')
      }),
      { numRuns: 1500 },
    )
  })
})
