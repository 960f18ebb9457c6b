// A device's life as the fleet sees it: new, up, failing, down, back.
import assert from 'node:assert/strict'
import type { Device } from '../../daemon/domain/device.ts'
import { POLL_STATUS, type PollReports, type PollStatus } from '../../daemon/domain/reading.ts'
import { openFleet } from '../../daemon/fleet/fleet.ts'
import { headlineOf } from '../../daemon/fleet/headline.ts'

const ups: Device = {
  id: 'ups-a',
  name: 'UPS A',
  kind: 'ups',
  address: { host: '127.0.0.1', port: 161 },
  access: { via: 'snmp', version: '2c', community: 'public' },
  power: [],
  network: [],
}

const polls = (device: number, at: number, ...statuses: PollStatus[]): PollReports => ({
  devices: Uint32Array.from(statuses, () => device),
  at: Float64Array.from(statuses, (_, i) => at + i),
  duration: new Float32Array(statuses.length),
  status: Uint8Array.from(statuses, status => POLL_STATUS.indexOf(status)),
  pdus: new Uint16Array(statuses.length),
  timeouts: new Uint16Array(statuses.length),
  lag: new Float32Array(statuses.length),
})

describe('fleet', () => {
  it('calls a device down only after three failed polls, and up with the first answer', () => {
    const fleet = openFleet(() => 0)
    fleet.put(7, ups, null, [])
    assert.equal(fleet.byId('ups-a')?.status, 'new')
    assert.equal(fleet.polled(polls(7, 100, 'answered'))[0]?.status, 'up')
    fleet.polled(polls(7, 200, 'timeout', 'timeout'))
    assert.deepEqual([fleet.byNo(7)?.status, fleet.byNo(7)?.why], ['up', { code: 'failure', kind: 'timeout' }])
    const [down] = fleet.polled(polls(7, 300, 'timeout'))
    assert.deepEqual([down?.status, down?.statusSince, down?.lastSeen], ['down', 300, 100])
    const [up] = fleet.polled(polls(7, 400, 'answered'))
    assert.deepEqual([up?.status, up?.why, up?.lastSeen], ['up', null, 400])
  })

  it('gives what the poll said where it said more', () => {
    const fleet = openFleet(() => 0)
    fleet.put(7, ups, null, [])
    const why = { code: 'authentication', where: '127.0.0.1:161', user: 'noc' } as const
    const [told] = fleet.polled(polls(7, 100, 'wrongCredential'), no => (no === 7 ? why : null))
    assert.equal(told?.why, why)
    const same = fleet.polled(polls(7, 150, 'wrongCredential'), () => ({ ...why }))
    assert.deepEqual(same, [], 'the same said again is no news')
    assert.equal(fleet.polled(polls(7, 200, 'answered'), () => null)[0]?.why, null)
  })

  it('reports nothing when nothing changed, and ignores polls of a device that was removed', () => {
    const fleet = openFleet(() => 0)
    fleet.put(7, ups, null, [])
    fleet.polled(polls(7, 100, 'answered'))
    assert.deepEqual(fleet.polled(polls(7, 200, 'answered', 'answered')), [])
    fleet.remove(7)
    assert.deepEqual(fleet.polled(polls(7, 300, 'timeout')), [])
    assert.equal(fleet.byId('ups-a'), undefined)
  })

  it('forgets the old id when a device is renamed', () => {
    const fleet = openFleet(() => 0)
    fleet.put(7, ups, null, [])
    fleet.put(7, { ...ups, id: 'ups-b' }, null, [])
    assert.equal(fleet.byId('ups-a'), undefined)
    assert.equal(fleet.byId('ups-b')?.no, 7)
  })

  it('shows the whole before its parts, and nothing when there is nothing telling', () => {
    const points = [
      { no: 1, key: 'output.L1.load', quantity: 'load' },
      { no: 2, key: 'output.load', quantity: 'load' },
      { no: 3, key: 'battery.charge', quantity: 'charge' },
    ] as const
    assert.equal(headlineOf('ups', points), 2)
    assert.equal(headlineOf('firepanel', points), null)
  })
})
