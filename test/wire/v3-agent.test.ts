// What snmpd does not speak: the key extension of Cisco's makes, and devices that answer in ways of their own, with net-snmp's agent.
import assert from 'node:assert/strict'
import snmp from 'net-snmp'
import { openWire, type Wire } from '../../collectors/wire/open.ts'
import { TYPE } from '../../collectors/wire/session.ts'
import { userOf, type V3Access } from '../../collectors/wire/usm.ts'
import { freePort } from '../support/snmpd.ts'

const OID = '1.3.6.1.4.1.9.2.1.58'

const ACCESS: V3Access = { via: 'snmp', version: '3', user: 'watch', context: '', auth: { protocol: 'sha', password: 'authpass123' } }

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
