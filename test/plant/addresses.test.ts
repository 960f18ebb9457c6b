// Addresses and their pools: written and read alike, counted to the last one, and every contradiction named.
import assert from 'node:assert/strict'
import { isIPv4, isIPv6 } from 'node:net'
import fc from 'fast-check'
import { Network } from '../../daemon/domain/inventory.ts'
import { readIp, readSubnet, writeIp } from '../../daemon/domain/ip.ts'
import { addressesOf } from '../../daemon/plant/addresses.ts'

const network = (more: object) => Network.parse({ id: 'srv', name: 'Server', cidr: '10.20.0.0/28', vlan: 20, ...more })
const thing = (id: string, addresses: string[], device?: string) => ({
  id,
  name: id.toUpperCase(),
  addresses,
  ...(device === undefined ? {} : { device }),
})

describe('addresses', () => {
  it('are read exactly when they are some, and come back as they are usually written', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string({ maxLength: 24 })), text => {
        const plain = text.trim()
        const read = readIp(text)
        assert.equal(read !== null, isIPv4(plain) || (isIPv6(plain) && !plain.includes('%')), text)
        if (read !== null) assert.deepEqual(readIp(writeIp(read)), read)
      }),
    )
    for (const [text, written] of [
      ['2001:0db8:0:0:0:0:2:1', '2001:db8::2:1'],
      ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
      ['::ffff:10.1.2.3', '::ffff:a01:203'],
      ['::', '::'],
    ] as const) {
      const read = readIp(text)
      assert.equal(read === null ? null : writeIp(read), written)
    }
  })

  it('make a subnet only without bits beyond its prefix', () => {
    assert.equal(readSubnet('10.20.0.0/24')?.prefix, 24)
    for (const text of ['10.20.0.1/24', '10.20.0.0/33', '10.20.0.0', '10.20.0/24', 'fd00::1/64']) assert.equal(readSubnet(text), null, text)
    assert.equal(Network.safeParse({ id: 'x', name: 'X', cidr: '10.0.0.0/24', gateway: '10.0.1.1' }).success, false)
    assert.equal(Network.safeParse({ id: 'x', name: 'X', cidr: '10.0.0.0/24', reserved: ['10.0.0.9-10.0.0.3'] }).success, false)
    assert.equal(Network.safeParse({ id: 'x', name: 'X', cidr: '10.0.0.0/24', vlan: 4095 }).success, false)
  })
})

describe('pools of addresses', () => {
  it('count what is used, kept back and free, and name the next', () => {
    const pool = network({ gateway: '10.20.0.1', reserved: ['10.20.0.2-10.20.0.4', '10.20.0.10'] })
    const { networks, conflicts, outside } = addressesOf(
      [pool],
      [thing('web', ['10.20.0.5', '192.0.2.9']), thing('db', ['10.20.0.7'], 'db')],
      [{ id: 'db', name: 'DB', host: '10.20.0.7' }],
    )
    // Sixteen, without network and broadcast, gateway, three and one reserved, two used.
    assert.deepEqual(networks, [{ network: 'srv', used: 2, reserved: 7, free: 7, next: '10.20.0.6' }])
    assert.deepEqual(conflicts, [])
    assert.equal(outside, 1)
  })

  it('name what contradicts itself: used twice, reserved and used, no host’s address, one pool in another', () => {
    const { conflicts } = addressesOf(
      [network({ reserved: ['10.20.0.4'] }), network({ id: 'all', name: 'All', cidr: '10.20.0.0/16' })],
      [thing('a', ['10.20.0.4']), thing('b', ['10.20.0.6', '10.20.0.15']), thing('c', ['10.20.0.6/28'])],
      [{ id: 'sw', name: 'SW', host: '10.20.0.6' }],
    )
    const said = conflicts.map(one =>
      one.kind === 'overlap' ? `overlap ${one.networks.join(' ')}` : `${one.kind} ${one.address} ${one.holders.map(({ name }) => name).join(' ')}`,
    )
    assert.deepEqual(said.sort(), ['edge 10.20.0.15 B', 'overlap srv all', 'reserved 10.20.0.4 A', 'twice 10.20.0.6 B C SW'])
  })

  it('give out every address once and then none', () =>
    fc.assert(
      fc.property(fc.integer({ min: 24, max: 32 }), fc.uniqueArray(fc.nat(255), { maxLength: 20 }), (prefix, used) => {
        const cidr = `10.9.0.0/${prefix}`
        const size = 2 ** (32 - prefix)
        const things = used.filter(n => n < size).map(n => thing(`t${n}`, [`10.9.0.${n}`]))
        const given = new Set<string>()
        for (;;) {
          const [found] = addressesOf([network({ cidr })], [...things, ...[...given].map(ip => thing(`n${ip}`, [ip]))], []).networks
          assert.ok(found)
          if (found.next === null) {
            assert.equal(found.free, 0)
            break
          }
          assert.ok(!given.has(found.next) && !things.some(one => one.addresses.includes(found.next ?? '')))
          given.add(found.next)
          assert.ok(given.size <= size)
        }
        const hosts = prefix >= 31 ? size : size - 2
        const taken = used.filter(n => n < size && (prefix >= 31 || (n > 0 && n < size - 1))).length
        assert.equal(given.size, hosts - taken)
      }),
      { numRuns: 15 },
    ))

  it('do not count what is countless', () => {
    const [found] = addressesOf([network({ cidr: 'fd00:20::/64' })], [thing('a', ['fd00:20::1'])], []).networks
    assert.deepEqual([found?.free, found?.used, found?.next], [null, 1, 'fd00:20::2'])
  })
})
