// The list of devices: what the URL asks for is what stands there, always in the same order.
import assert from 'node:assert/strict'
import type { DeviceView } from '../../daemon/stream/contract.ts'
import { listed, type Row, wantedOf } from '../../dashboard/pages/devices/filter.ts'

const row = (id: string, more: Partial<DeviceView> = {}, alarms = 0, gravity = 0): Row => ({
  device: {
    id,
    name: id.toUpperCase(),
    kind: 'server',
    address: '10.0.0.1:161',
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
    points: 1,
    headline: null,
    ...more,
  },
  place: 'Ruang Server, Rak A1',
  alarms,
  gravity,
})

const names = (rows: readonly Row[], url: string) => listed(rows, wantedOf(new URLSearchParams(url))).map(each => each.device.id)

describe('the list of devices', () => {
  const rows = [
    row('sw-10', { kind: 'switch' }),
    row('sw-2', { kind: 'switch', status: 'down' }, 1, 1),
    row('ups-a', { kind: 'ups', tenant: 'Dinas Kesehatan' }, 2, 3),
  ]

  it('counts as people do, 2 before 10', () => {
    assert.deepEqual(names(rows, ''), ['sw-2', 'sw-10', 'ups-a'])
    assert.deepEqual(names(rows, 'sort=-name'), ['ups-a', 'sw-10', 'sw-2'])
  })

  it('finds by every word, wherever it stands', () => {
    assert.deepEqual(names(rows, 'q=rak+KESEHATAN'), ['ups-a'])
    assert.deepEqual(names(rows, 'q=rak+nowhere'), [])
    assert.deepEqual(names(rows, 'q=a'), ['ups-a'], 'a letter is a word of its own')
  })

  it('filters by kind and by state, and ignores what it does not know', () => {
    assert.deepEqual(names(rows, 'kind=switch&status=down'), ['sw-2'])
    assert.deepEqual(names(rows, 'status=alarm'), ['sw-2', 'ups-a'])
    assert.deepEqual(names(rows, 'kind=toaster&status=odd&sort=colour'), ['sw-2', 'sw-10', 'ups-a'])
  })

  it('puts the gravest first when asked', () => {
    assert.deepEqual(names(rows, 'sort=-state'), ['ups-a', 'sw-2', 'sw-10'])
  })
})
