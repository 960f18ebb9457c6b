// What snmpd does not speak: the key extension of Cisco's makes, and devices that answer in ways of their own, with net-snmp's agent.
import assert from 'node:assert/strict'
import snmp from 'net-snmp'
import snmpCollector from '../../collectors/snmp.ts'
import { openWire, type Wire } from '../../collectors/wire/open.ts'
import { TYPE } from '../../collectors/wire/session.ts'
import { userOf, type V3Access } from '../../collectors/wire/usm.ts'
import type { Errand, ErrandResult, Target } from '../../daemon/domain/collector.ts'
import type { Point } from '../../daemon/domain/point.ts'
import { quiet } from '../store/support/must.ts'
import { freePort } from '../support/snmpd.ts'

const OID = '1.3.6.1.4.1.9.2.1.58'

const ACCESS: V3Access = { via: 'snmp', version: '3', user: 'watch', context: '', auth: { protocol: 'sha', password: 'authpass123' } }

const LOAD: Point = {
  ...{ key: 'load', label: { en: 'load' }, quantity: 'count', unit: '1', cadence: 'fast', source: `${OID}.0`, profile: 'made' },
  ...{ decode: { scale: 1, offset: 0, absent: [], counter: null, decoder: null }, limits: {}, states: null, rules: [] },
}
const ran = (errand: Errand): Promise<ErrandResult> => new Promise(tell => errand.run(new Float64Array(1), tell))

/** A device with one value, under an engine of its own. */
function device(port: number, value: number, engineID: string) {
  const agent = snmp.createAgent({ port, address: '127.0.0.1', disableAuthorization: false, engineID }, () => undefined)
  agent.getAuthorizer().addUser(userOf(ACCESS))
  agent.registerProvider({
    name: 'load',
    type: snmp.MibProviderType.Scalar,
    oid: OID,
    scalarType: snmp.ObjectType.Gauge,
    maxAccess: snmp.MaxAccess['read-only'],
  })
  agent.getMib().setScalarValue('load', value)
  return agent
}

describe('the collector and a v3 device', () => {
  it('part when the device leaves: its session is closed, also to what is still under way, and a device taken up again has a new one', async () => {
    const port = await freePort()
    const agent = device(port, 17, '8000b98380cccccccccccccccccccccccc')
    const collector = await snmpCollector.open({ log: quiet, timeout: 100, retries: 5, siteProfiles: null })
    const adopted = (): Target => ({ address: { host: '127.0.0.1', port }, access: ACCESS })
    const first = adopted()
    const errand = collector.compile(first, [LOAD])
    assert.equal((await ran(errand)).status, 'answered')
    collector.leave?.(first)
    assert.deepEqual((await ran(errand)).why, { code: 'closed' })
    assert.deepEqual((await ran(collector.compile(first, [LOAD]))).why, { code: 'closed' })
    assert.equal((await ran(collector.compile(adopted(), [LOAD]))).status, 'answered')
    await collector.close()
    agent.close()
  })
})

describe('the wire against another v3 agent', () => {
  let wire: Wire
  before(async () => {
    // The agent does not say when its port is open: what comes too early is asked again.
    wire = await openWire({ address: '127.0.0.1', timeout: 100, retries: 5 })
  })
  after(() => wire.close())

  it('meets a device that was exchanged with many requests at once, and gets an answer to each', async () => {
    const port = await freePort()
    const first = device(port, 17, '8000b98380aaaaaaaaaaaaaaaaaaaaaaaa')
    const session = wire.session({ address: { host: '127.0.0.1', port }, access: ACCESS })
    assert.ok((await session.get([`${OID}.0`])).ok)
    first.close()
    const second = device(port, 18, '8000b98380bbbbbbbbbbbbbbbbbbbbbbbb')
    const answers = await Promise.all(Array.from({ length: 8 }, () => session.get([`${OID}.0`])))
    assert.deepEqual(
      answers.map(answer => (answer.ok ? answer.value[0]?.value : answer.failure)),
      Array(8).fill(18),
    )
    session.close()
    second.close()
  })

  for (const protocol of ['aes192r', 'aes256r', 'aes256', 'des'] as const) {
    it(`speaks ${protocol}`, async () => {
      const access: V3Access = {
        via: 'snmp',
        version: '3',
        user: 'watch',
        context: '',
        auth: { protocol: 'sha', password: 'authpass123' },
        priv: { protocol, password: 'privpass123' },
      }
      const port = await freePort()
      const troubles: Error[] = []
      const agent = snmp.createAgent({ port, address: '127.0.0.1', disableAuthorization: false }, (error: Error | null) => {
        if (error !== null) troubles.push(error)
      })
      agent.getAuthorizer().addUser(userOf(access))
      agent.registerProvider({
        name: 'load',
        type: snmp.MibProviderType.Scalar,
        oid: OID,
        scalarType: snmp.ObjectType.Gauge,
        maxAccess: snmp.MaxAccess['read-only'],
      })
      agent.getMib().setScalarValue('load', 17)
      const session = wire.session({ address: { host: '127.0.0.1', port }, access })
      const answer = await session.get([`${OID}.0`])
      assert.deepEqual(answer, { ok: true, value: [{ oid: `${OID}.0`, type: TYPE.gauge32, value: 17 }] })
      assert.deepEqual(troubles, [])
      session.close()
      agent.close()
    })
  }
})
