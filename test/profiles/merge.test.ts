// Several profiles on one device: what a vendor says displaces what a standard says of the same thing, and nothing else.
import assert from 'node:assert/strict'
import { recordedSession } from '../support/recording.ts'
import { inOrder, integer, look, profile, system, text } from './made-device.ts'

const B = '1.3.6.1.4.1.99999'
const point = (key: string, oid: string, more = '') => `  - { key: ${key}, label: x, oid: ${oid}, quantity: voltage, unit: V${more} }\n`
const on = (priority: number, points: string) => `priority: ${priority}\nmatch: [{ exists: ${B} }]\npoints:\n${points}`
const device = (...more: number[]) => recordedSession(inOrder(...system(), ...more.map(n => integer(`${B}.${n}.0`, 200 + n))))

describe('points of several profiles', () => {
  it("lets the vendor's point of a key displace the standard one", async () => {
    const vendor = profile('vendor', on(60, point('input.voltage', `${B}.1.0`)))
    const standard = profile('standard', on(10, point('input.voltage', `${B}.2.0`) + point('output.voltage', `${B}.3.0`)))
    const found = await look(device(1, 2, 3), [standard, vendor])
    assert.deepEqual(
      found.points.map(one => [one.key, one.profile]),
      [
        ['input.voltage', 'vendor'],
        ['output.voltage', 'standard'],
      ],
    )
    assert.deepEqual(found.identity.profiles, ['vendor', 'standard'])
  })

  it('displaces another key of the same thing only if the vendor has a reading of its own', async () => {
    const vendor = profile('vendor', on(60, point('input.voltage', `${B}.1.0`, ", displaces: ['input.L*.voltage']")))
    const standard = profile(
      'standard',
      on(10, point('input.L1.voltage', `${B}.2.0`) + point('input.L1.frequency', `${B}.3.0`).replace('voltage, unit: V', 'frequency, unit: Hz')),
    )
    const keys = async (...variables: number[]) => (await look(device(...variables), [standard, vendor])).points.map(one => one.key)
    assert.deepEqual(await keys(1, 2, 3), ['input.voltage', 'input.L1.frequency'])
    assert.deepEqual(await keys(2, 3), ['input.L1.voltage', 'input.L1.frequency'])
  })

  it('takes the first of several objects for one key that the device has', async () => {
    const precise = profile('precise', on(60, point('input.voltage', `${B}.1.0`, ', scale: 0.1') + point('input.voltage', `${B}.2.0`)))
    assert.deepEqual(
      (await look(device(1, 2), [precise])).points.map(one => one.source),
      [`${B}.1.0`],
    )
    assert.deepEqual(
      (await look(device(2), [precise])).points.map(one => one.source),
      [`${B}.2.0`],
    )
  })

  it('numbers different things of one name instead of losing one', async () => {
    const tables = [4, 5].map(
      n =>
        `  - { name: t${n}, entry: ${B}.${n}.1, names: [{ column: 1 }], points: [{ key: 'sensor.{name}.voltage', label: x, column: 2, quantity: voltage, unit: V }] }\n`,
    )
    const two = profile('two', `priority: 60\nmatch: [{ exists: ${B} }]\ntables:\n${tables.join('')}`)
    const rows = [4, 5].flatMap(n => [text(`${B}.${n}.1.1.3`, 'Rack'), integer(`${B}.${n}.1.2.3`, 230)])
    const found = await look(recordedSession(inOrder(...system(), ...rows)), [two])
    assert.deepEqual(
      found.points.map(one => one.key),
      ['sensor.rack.voltage', 'sensor.rack-3.voltage'],
    )
  })
})
