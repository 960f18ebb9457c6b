// How a device's points are gathered for its page.
import assert from 'node:assert/strict'
import type { PointView } from '../../daemon/stream/contract.ts'
import { componentsOf } from '../../dashboard/pages/device/components.ts'
import { portOf, portsOf } from '../../dashboard/pages/device/ports.ts'
import { charted, tellingPoints } from '../../dashboard/pages/device/telling.ts'

let no = 0
const point = (key: string, quantity: PointView['quantity'], more: Partial<PointView> = {}): PointView => ({
  no: ++no,
  device: 'd',
  key,
  label: { en: key },
  quantity,
  unit: '',
  cadence: 'fast',
  source: '1.3',
  profile: 'p',
  limits: {},
  states: null,
  scale: 1,
  offset: 0,
  alarmLimits: null,
  ...more,
})

describe('components', () => {
  it('follow the power through the machine, instances in counting order', () => {
    const groups = componentsOf([
      point('outlet.10.current', 'current'),
      point('battery.charge', 'charge'),
      point('outlet.2.current', 'current'),
      point('input.L1.voltage', 'voltage'),
      point('zz.count', 'count'),
    ])
    assert.deepEqual(
      groups.map(group => group.name),
      ['input', 'outlet', 'battery', 'zz'],
    )
    assert.deepEqual(
      groups[1]?.points.map(each => each.key),
      ['outlet.2.current', 'outlet.10.current'],
    )
  })
})

describe('ports', () => {
  it('are read from keys whose names hold dots and slashes', () => {
    assert.deepEqual(portOf('port.GigabitEthernet1/0/1.100.in.octets'), { port: 'GigabitEthernet1/0/1.100', what: 'in.octets' })
    assert.deepEqual(portOf('port.Gi0/1.oper'), { port: 'Gi0/1', what: 'oper' })
    assert.equal(portOf('battery.charge'), null)
  })

  it('are one row each, in counting order, faults apart', () => {
    const rows = portsOf([
      point('port.Gi0/10.in.octets', 'octets'),
      point('port.Gi0/2.in.octets', 'octets'),
      point('port.Gi0/2.oper', 'state'),
      point('port.Gi0/2.in.errors', 'errors'),
    ])
    assert.deepEqual(
      rows.map(row => row.name),
      ['Gi0/2', 'Gi0/10'],
    )
    assert.equal(rows[0]?.state?.key, 'port.Gi0/2.oper')
    assert.deepEqual(
      rows[0]?.faults.map(each => each.key),
      ['port.Gi0/2.in.errors'],
    )
  })
})

describe('telling points', () => {
  it('of a UPS are load, power, charge, runtime, temperature, in that order', () => {
    const points = [
      point('battery.temperature', 'temperature'),
      point('battery.runtime', 'runtime'),
      point('battery.charge', 'charge'),
      point('output.power', 'power'),
      point('output.load', 'load'),
    ]
    assert.deepEqual(
      tellingPoints('ups', points, null).map(each => each.key),
      ['output.load', 'output.power', 'battery.charge', 'battery.runtime', 'battery.temperature'],
    )
  })

  it('of an unknown device are its headline and what alarms go by, never more than asked for, none twice', () => {
    const limits = { low: null, high: 5, hysteresis: 0, delay: 0, from: 'profile' } as const
    const points = [
      point('a.count', 'count'),
      point('b.current', 'current', { alarmLimits: limits }),
      point('c.voltage', 'voltage'),
      point('d.text', 'text'),
    ]
    const told = tellingPoints('other', points, points[2]?.no ?? null, 3)
    assert.deepEqual(
      told.map(each => each.key),
      ['c.voltage', 'b.current', 'a.count'],
    )
    assert.equal(charted(told)?.key, 'c.voltage')
  })
})
