// Names become addresses once, and addresses are written as the kernel writes them.
import assert from 'node:assert/strict'
import { literal, openHosts, resolve } from '../../collectors/wire/hosts.ts'
import type { Failure } from '../../daemon/domain/outcome.ts'

describe('hosts', () => {
  it('that are addresses are known at once, in the form in which answers name them', () => {
    assert.deepEqual(literal('10.0.0.1'), { address: '10.0.0.1', family: 4 })
    assert.deepEqual(literal('2001:DB8:0:0::00FF'), { address: '2001:db8::ff', family: 6 })
    assert.deepEqual(literal('fe80::1%eth0'), { address: 'fe80::1%eth0', family: 6 })
    for (const name of ['ups-1', '10.0.0', '010.0.0.1', '10.0.0.256', '', '::1::']) assert.equal(literal(name), null, name)
  })

  it('that are names are looked up, IPv4 first', async () => {
    assert.deepEqual(await resolve('localhost'), { ok: true, value: { address: '127.0.0.1', family: 4 } })
    const nobody = await resolve('no-such-host.invalid')
    assert.ok(!nobody.ok && nobody.failure.retry)
    assert.match(nobody.failure.message, /no-such-host\.invalid/)
  })

  it('of one name are one, however many ask', async () => {
    const hosts = openHosts()
    const host = hosts.find('localhost')
    assert.equal(hosts.find('localhost'), host)
    assert.equal(host.place, null)
    const told = await Promise.all(Array.from({ length: 5 }, () => new Promise<Failure | null>(tell => hosts.whenKnown(host, tell))))
    assert.deepEqual(told, [null, null, null, null, null])
    assert.deepEqual(host.place, { address: '127.0.0.1', family: 4 })
  })

  it('that nobody knows are not looked up again for every packet', async () => {
    const hosts = openHosts()
    const host = hosts.find('no-such-host.invalid')
    const first = await new Promise<Failure | null>(tell => hosts.whenKnown(host, tell))
    assert.ok(first !== null)
    // Told at once now, and the same thing.
    let second: Failure | null = null
    hosts.whenKnown(host, failure => {
      second = failure
    })
    assert.equal(second, first)
  })
})
