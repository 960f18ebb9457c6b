// The agents on the network, asked by clients that nobody here has written: the net-snmp package and Debian's snmpwalk.
import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { promisify } from 'node:util'
import snmp, { type Session } from 'net-snmp'
import { DEFAULTS } from '../../collectors/simulator/defaults.ts'
import { type Demonstration, openDemonstration } from '../../collectors/simulator/open.ts'
import { readSite } from '../../collectors/simulator/site.ts'
import { compareOids } from '../../collectors/wire/oid.ts'
import type { Log } from '../../daemon/domain/call.ts'
import type { Address } from '../../daemon/domain/device.ts'
import { must } from '../store/support/must.ts'

const quiet: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => quiet }
const run = promisify(execFile)

let demonstration: Demonstration
let addressOf: (id: string) => Address

const session = (id: string, options: object = {}): Session => {
  const { host, port } = addressOf(id)
  return snmp.createSession(host, 'public', { port, version: snmp.Version2c, timeout: 1000, retries: 1, ...options })
}

const walk = (id: string): Promise<string[]> => {
  const asked = session(id)
  const names: string[] = []
  return new Promise((resolve, reject) =>
    asked.walk(
      '1',
      30,
      varbinds => {
        for (const { oid } of varbinds) names.push(oid)
      },
      error => {
        asked.close()
        if (error === null || error === undefined) resolve(names)
        else reject(error)
      },
    ),
  )
}

/** True where Debian's tools are. */
function hasTools(): boolean {
  try {
    execFileSync('snmpget', ['-V'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe('the agents of the demonstration', () => {
  before(async function () {
    this.timeout(60_000)
    const opened = await openDemonstration({ log: quiet, site: must(readSite(DEFAULTS.address, 0)), seed: 5 })
    assert.ok(opened.ok)
    demonstration = opened.value
    addressOf = id => demonstration.inventory.devices.find(device => device.id === id)?.address ?? assert.fail(id)
  })
  after(() => demonstration.close())

  describe('asked by net-snmp', () => {
    it('every kind walks strictly forward to its end', async () => {
      for (const id of ['ups-a', 'ats', 'genset', 'crac-1', 'fire', 'door-d1', 'env-1', 'pdu-a1-a', 'pdu-b1-b', 'sw-core-1', 'web-1']) {
        const names = await walk(id)
        assert.ok(names.length > 30, `${id}: ${names.length} names`)
        for (let k = 1; k < names.length; k++) assert.ok(compareOids(names[k - 1] ?? '', names[k] ?? '') < 0, `${id}: ${names[k]}`)
      }
    })

    it('a wrong community gets no answer', async () => {
      const { host, port } = addressOf('ups-a')
      const wrong = snmp.createSession(host, 'secret', { port, version: snmp.Version2c, timeout: 150, retries: 0 })
      const error = await new Promise<Error | null>(resolve => wrong.get(['1.3.6.1.2.1.1.1.0'], resolve))
      wrong.close()
      assert.equal(error?.name, 'RequestTimedOutError')
    })
  })

  describe("asked by Debian's tools", () => {
    before(function () {
      if (!hasTools()) this.skip()
    })
    const where = (id: string): string => `${addressOf(id).host}:${addressOf(id).port}`

    it('snmpwalk by GETNEXT and snmpbulkwalk by GETBULK see the same names', async () => {
      for (const id of ['ups-b', 'sw-a5', 'pdu-b3-a']) {
        const names = async (tool: string, ...more: string[]): Promise<string[]> => {
          const { stdout } = await run(tool, ['-v2c', '-c', 'public', '-On', '-Oq', ...more, where(id), '1'], { maxBuffer: 8e6 })
          return stdout.split('\n').flatMap(line => (line.startsWith('.1.') && !line.includes('No more variables') ? [line.split(' ')[0] ?? ''] : []))
        }
        const [single, bulk] = [await names('snmpwalk'), await names('snmpbulkwalk', '-Cr40')]
        assert.ok(single.length > 100)
        assert.deepEqual(bulk, single, id)
      }
    })

    it('snmpget in v1 reads a value with its type', async () => {
      const { stdout } = await run('snmpget', ['-v1', '-c', 'public', '-On', where('ups-a'), '1.3.6.1.4.1.318.1.1.1.4.1.1.0'])
      assert.equal(stdout.trim(), '.1.3.6.1.4.1.318.1.1.1.4.1.1.0 = INTEGER: 2')
    })
  })

  describe('the operator panel', () => {
    it('breaks and mends what is asked over the network, and tells who listens', async () => {
      const open = async (): Promise<unknown> => {
        const asked = session('door-d3')
        const got = await new Promise<unknown>((resolve, reject) =>
          asked.get(['1.3.6.1.4.1.318.1.1.20.1.4.2.0'], (error, varbinds) => (error ? reject(error) : resolve(varbinds?.[0]?.value))),
        )
        asked.close()
        return got
      }
      const turned = async (value: number): Promise<void> => {
        for (const deadline = Date.now() + 8000; (await open()) !== value; ) assert.ok(Date.now() < deadline, `door never read ${value}`)
      }
      let heard = 0
      demonstration.onChange(() => heard++)
      await turned(2)
      assert.ok(demonstration.set('door-forced', true).ok)
      await turned(1)
      assert.deepEqual(
        demonstration.scenarios().flatMap(({ id, active }) => (active ? [id] : [])),
        ['door-forced'],
      )
      assert.ok(demonstration.set('door-forced', false).ok)
      await turned(2)
      assert.equal(heard, 2)
    })

    it('knows no scenario it does not list, and labels all in both languages', () => {
      const unknown = demonstration.set('meteor', true)
      assert.ok(!unknown.ok && unknown.failure.kind === 'notFound')
      for (const { label } of demonstration.scenarios()) assert.ok(label.en.length > 5 && label.id.length > 5 && label.en !== label.id)
    })
  })
})

describe('an address that cannot be used', () => {
  it('is named, with the reason and what to do', async () => {
    const squatter = createSocket('udp4')
    squatter.bind(0, '127.42.1.1')
    await once(squatter, 'listening')
    const { port } = squatter.address()
    const refused = await openDemonstration({ log: quiet, site: must(readSite(DEFAULTS.address, port)) })
    squatter.close()
    assert.ok(!refused.ok)
    assert.equal(refused.failure.kind, 'conflict')
    assert.match(refused.failure.message, new RegExp(`127\\.42\\.1\\.1:${port}.*another program.*demonstration\\.port`))
  })

  it('outside the loopback is refused before anything is bound', () => {
    const astray = readSite('127.255.250.0', 0)
    assert.ok(!astray.ok && astray.failure.kind === 'invalid', 'reaches 128.0.x.y')
  })

  it('elsewhere on the loopback is fine', async () => {
    const moved = await openDemonstration({ log: quiet, site: must(readSite('127.77.3.0', 0)) })
    assert.ok(moved.ok)
    assert.equal(moved.value.inventory.devices.find(({ id }) => id === 'ups-a')?.address.host, '127.77.4.1')
    await moved.value.close()
  })
})
