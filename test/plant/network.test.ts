// Who is out of reach when a switch stands still: by hand for a small tree, and as a property of any.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { cutOff, darkDevices, type Wired } from '../../daemon/plant/network.ts'

const TREE: readonly Wired[] = [
  { id: 'core-1', network: [] },
  { id: 'core-2', network: [] },
  { id: 'sw-a', network: ['core-1', 'core-2'] },
  { id: 'sw-b', network: ['core-1'] },
  { id: 'srv-a', network: ['sw-a'] },
  { id: 'srv-b', network: ['sw-b'] },
  { id: 'far', network: ['elsewhere', 'sw-b'] },
]

describe('the network, when something stands still', () => {
  it('is out of reach behind the last way only', () => {
    assert.deepEqual(cutOff(TREE, new Set(['core-1'])), ['sw-b', 'srv-b'], 'a second core keeps sw-a, a parent nobody knows keeps far')
    assert.deepEqual(cutOff(TREE, new Set(['core-1', 'core-2'])), ['sw-a', 'sw-b', 'srv-a', 'srv-b'])
    assert.deepEqual(cutOff(TREE, new Set(['sw-a'])), ['srv-a'])
    assert.deepEqual(cutOff(TREE, new Set()), [])
  })

  it('is dark where equipment is, and where a node of the chain is', () => {
    const layout = { equipment: [{ id: 'e1', device: 'sw-a' }, { id: 'e2' }], power: [{ id: 'pdu', device: 'pdu-1' }] } as never
    assert.deepEqual([...darkDevices({ failed: ['pdu'], dark: ['item:e1', 'item:e2'], dead: [] }, layout)], ['sw-a', 'pdu-1'])
  })

  it('never comes back by losing more, and never names what is dark', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f']
    // Parents come before their children: no circles, as the inventory's check holds.
    const forest = fc.tuple(...ids.map((id, i) => fc.subarray(ids.slice(0, i)).map(network => ({ id, network }))))
    fc.assert(
      fc.property(forest, fc.subarray(ids), fc.subarray(ids), (devices, some, more) => {
        const less = cutOff(devices, new Set(some))
        const all = new Set([...some, ...more])
        const worse = new Set([...cutOff(devices, all), ...all])
        assert.ok(less.every(id => worse.has(id)))
        for (const id of less) {
          assert.ok(!some.includes(id))
          const own = devices.find(device => device.id === id)
          assert.ok(own?.network.length && own.network.every(parent => some.includes(parent) || less.includes(parent)))
        }
      }),
    )
  })
})
