// The wire against Debian's snmpd: v1, v2c, every kind of v3 user, wrong credentials, SET.
import assert from 'node:assert/strict'
import { createSocket, type RemoteInfo } from 'node:dgram'
import { once } from 'node:events'
import { Authentication, AuthProtocols } from 'net-snmp'
import { cursor, drain, enter, filled, putBytes, putHeader, putInteger, readInt32, SEQUENCE, sink } from '../../collectors/wire/ber.ts'
import { encodeOid } from '../../collectors/wire/oid.ts'
import { openWire, type Wire } from '../../collectors/wire/open.ts'
import { TYPE, type Varbind } from '../../collectors/wire/session.ts'
import { layKeys, readEnvelope } from '../../collectors/wire/usm.ts'
import type { Target } from '../../daemon/domain/collector.ts'
import type { SnmpAccess } from '../../daemon/domain/device.ts'
import type { Outcome } from '../../daemon/domain/outcome.ts'
import { AUTH_PASSWORD, hasSnmpd, PRIV_PASSWORD, type Snmpd, startSnmpd, user, WRITABLE } from '../support/snmpd.ts'

const NAME = '1.3.6.1.2.1.1.5.0'

const text = (answer: Outcome<readonly Varbind[]>): string => {
  assert.ok(answer.ok, answer.ok ? '' : answer.failure.message)
  const held = answer.value[0]?.value
  assert.ok(held instanceof Uint8Array)
  return Buffer.from(held).toString()
}
const failure = <T>(answer: Outcome<T>) => {
  assert.ok(!answer.ok)
  return answer.failure
}

describe('the wire against snmpd', () => {
  let agent: Snmpd
  let wire: Wire

  before(async function () {
    if (!hasSnmpd()) this.skip()
    agent = await startSnmpd()
    wire = await openWire({ address: '127.0.0.1', timeout: 2000, retries: 1 })
  })
  after(async () => {
    await wire?.close()
    await agent?.close()
  })

  const targetOf = (access: SnmpAccess, port = agent.port): Target => ({ address: { host: '127.0.0.1', port }, access })
  const v2c = (community: string, version: '1' | '2c' = '2c') => targetOf({ via: 'snmp', version, community })

  for (const version of ['1', '2c'] as const) {
    it(`gets, walks and leaps on v${version}`, async () => {
      const session = wire.session(v2c('public', version))
      assert.equal(text(await session.get([NAME])), 'test-agent')
      assert.equal(text(await session.getNext(['1.3.6.1.2.1.1.5'])), 'test-agent')
      const bulk = await session.getBulk(1, 3, ['1.3.6.1.2.1.1.4', '1.3.6.1.2.1.1.9.1.2'])
      assert.ok(bulk.ok)
      assert.equal(bulk.value.length, version === '1' ? 2 : 4)
      session.close()
    })
  }

  it('is met with silence under a wrong community', async () => {
    const impatient = await openWire({ address: '127.0.0.1', timeout: 100, retries: 1 })
    const session = impatient.session(v2c('wrong'))
    assert.deepEqual(failure(await session.get([NAME])).kind, 'timeout')
    assert.deepEqual({ ...session.spent }, { pdus: 2, timeouts: 2 })
    await impatient.close()
  })

  const auths = ['md5', 'sha', 'sha224', 'sha256', 'sha384', 'sha512'] as const
  const privs = ['des', 'aes', 'aes192', 'aes256'] as const
  const everybody = [user(), ...auths.flatMap(auth => [user(auth), ...privs.map(priv => user(auth, priv))])]
  for (const access of everybody) {
    it(`speaks v3 as ${access.user}`, async () => {
      const session = wire.session(targetOf(access))
      assert.equal(text(await session.get([NAME])), 'test-agent')
      const bulk = await session.getBulk(1, 3, ['1.3.6.1.2.1.1.4', '1.3.6.1.2.1.1.9.1.2'])
      assert.ok(bulk.ok)
      assert.deepEqual(
        bulk.value.map(({ oid }) => oid),
        ['1.3.6.1.2.1.1.4.0', '1.3.6.1.2.1.1.9.1.2.1', '1.3.6.1.2.1.1.9.1.2.2', '1.3.6.1.2.1.1.9.1.2.3'],
      )
      // Discovery, and one PDU each.
      assert.deepEqual({ ...session.spent }, { pdus: 3, timeouts: 0 })
      session.close()
    })
  }

  it('answers over v3 what it answers over v2c', async () => {
    const oids = [
      NAME,
      '1.3.6.1.2.1.1.2.0',
      '1.3.6.1.2.1.1.7.0',
      '1.3.6.1.2.1.1.99.0',
      '1.3.6.1.2.1.4.20.1.1.127.0.0.1',
      '1.3.6.1.2.1.31.1.1.1.6.1',
      '1.3.6.1.2.1.2.2.1.5.1',
    ]
    const [plain, secure] = [wire.session(v2c('public')), wire.session(targetOf(user('sha256', 'aes')))]
    const [one, other] = [await plain.get(oids), await secure.get(oids)]
    assert.ok(one.ok && other.ok)
    const still = (list: readonly Varbind[]) =>
      list.map(({ oid, type, value }) => ({ oid, type, value: type === TYPE.counter64 ? typeof value : value }))
    assert.deepEqual(still(other.value), still(one.value))
    secure.close()
  })

  it('names the part of a v3 credential that is wrong, and no secret', async () => {
    const impatient = await openWire({ address: '127.0.0.1', timeout: 200, retries: 0 })
    const good = user('sha', 'aes')
    const wrong: [RegExp, SnmpAccess][] = [
      [/knows no user nobody/, { ...good, user: 'nobody' }],
      [/authentication password or protocol of user u-sha-aes/, { ...good, auth: { protocol: 'sha', password: 'not-this-one' } }],
      [/authentication password or protocol of user u-sha-aes/, { ...good, auth: { protocol: 'sha256', password: AUTH_PASSWORD } }],
      [/privacy password or protocol/, { ...good, priv: { protocol: 'aes', password: 'not-this-one' } }],
    ]
    for (const [words, access] of wrong) {
      const { kind, message, retry } = failure(await impatient.session(targetOf(access)).get([NAME]))
      assert.equal(kind, 'wrongCredential')
      assert.match(message, words)
      assert.equal(retry, false)
      for (const secret of ['not-this-one', AUTH_PASSWORD, PRIV_PASSWORD]) assert.ok(!message.includes(secret))
    }
    await impatient.close()
  })

  it('is refused by name where the user may not go', async () => {
    const answer = await wire.session(targetOf({ ...user('sha', 'aes'), priv: undefined } as SnmpAccess)).get([NAME])
    assert.deepEqual(failure(answer).kind, 'forbidden')
  })

  it('waits in vain for a v3 device that is not there', async () => {
    const impatient = await openWire({ address: '127.0.0.1', timeout: 50, retries: 1 })
    const silent = createSocket('udp4')
    silent.bind(0, '127.0.0.1')
    await once(silent, 'listening')
    const session = impatient.session(targetOf(user('sha', 'aes'), silent.address().port))
    assert.equal(failure(await session.get([NAME])).kind, 'timeout')
    assert.deepEqual({ ...session.spent }, { pdus: 2, timeouts: 2 })
    silent.close()
    await impatient.close()
  })

  it('finds a v3 device again that was restarted with another engine', async () => {
    const first = await startSnmpd()
    const session = wire.session(targetOf(user('sha', 'aes'), first.port))
    assert.equal(text(await session.get([NAME])), 'test-agent')
    await first.close()
    const second = await startSnmpd(first.port)
    assert.equal(text(await session.get([NAME])), 'test-agent')
    session.close()
    await second.close()
  })

  it('does not take a plain answer to an authenticated question, which anyone could write', async () => {
    const relay = createSocket('udp4')
    relay.bind(0, '127.0.0.1')
    await once(relay, 'listening')
    let asker: RemoteInfo | null = null
    let forged = 0
    relay.on('message', (bytes, from) => {
      if (from.port === agent.port) {
        if (asker !== null) relay.send(bytes, asker.port, asker.address)
        return
      }
      asker = from
      const envelope = readEnvelope(bytes)
      if (envelope?.authenticated) {
        forged++
        relay.send(forge(bytes, envelope.engineId), from.port, from.address)
      }
      relay.send(bytes, agent.port, '127.0.0.1')
    })
    const session = wire.session(targetOf(user('sha'), relay.address().port))
    assert.equal(text(await session.get([NAME])), 'test-agent')
    assert.equal(forged, 1)
    session.close()
    relay.close()
  })

  it('derives the keys of RFC 3414 A.3', () => {
    const engine = Buffer.from('000000000000000000000002', 'hex')
    const vectors = [
      ['md5', '526f5eed9fcce26f8964c2930787d82b'],
      ['sha', '6695febc9288e36282235fc7151f128497b38f3f'],
    ] as const
    for (const [protocol, key] of vectors) {
      layKeys({ via: 'snmp', version: '3', user: 'x', context: '', auth: { protocol, password: 'maplesyrup' } }, engine)
      assert.equal(Authentication.authToKeyCache[Authentication.computeCacheKey(AuthProtocols[protocol], 'maplesyrup', engine)]?.toString('hex'), key)
    }
  })

  const written: [string, () => Target][] = [
    ['v1', () => v2c('private', '1')],
    ['v2c', () => v2c('private')],
    ['v3', () => targetOf(user('sha', 'aes'))],
  ]
  written.forEach(([name, target], n) => {
    it(`sets a value over ${name}, and it stays`, async () => {
      assert.deepEqual(await wire.set(target(), [{ oid: WRITABLE, type: 'integer', value: 40 + n }]), { ok: true, value: null })
      const read = await wire.session(v2c('public')).get([WRITABLE])
      assert.ok(read.ok)
      assert.equal(read.value[0]?.value, 40 + n)
    })
  })

  it('sets nothing where it may not, and says why', async () => {
    assert.equal(failure(await wire.set(v2c('public'), [{ oid: WRITABLE, type: 'integer', value: 1 }])).kind, 'forbidden')
    assert.equal(failure(await wire.set(v2c('private'), [{ oid: NAME, type: 'integer', value: 1 }])).kind, 'invalid')
    assert.equal(failure(await wire.set(targetOf(user('sha')), [{ oid: WRITABLE, type: 'integer', value: 1 }])).kind, 'forbidden')
    const impatient = await openWire({ address: '127.0.0.1', timeout: 100, retries: 0 })
    const silence = failure(await impatient.set(v2c('nobody'), [{ oid: WRITABLE, type: 'integer', value: 1 }]))
    assert.equal(silence.kind, 'timeout')
    assert.match(silence.message, /may have done it nevertheless/)
    await impatient.close()
  })
})

/** A plain Response with sysName "forged" to the v3 request in `bytes`. */
function forge(bytes: Buffer, engineId: Uint8Array): Buffer {
  const c = cursor(bytes)
  enter(c, SEQUENCE)
  readInt32(c)
  enter(c, SEQUENCE)
  const messageId = readInt32(c)
  const out = sink()
  const wrap = (tag: number, before: number) => putHeader(out, tag, filled(out) - before)
  putBytes(out, TYPE.octets, Buffer.from('forged'))
  putBytes(out, TYPE.oid, encodeOid(NAME) ?? new Uint8Array())
  wrap(SEQUENCE, 0)
  wrap(SEQUENCE, 0)
  for (let k = 0; k < 3; k++) putInteger(out, TYPE.integer, 0)
  wrap(0xa2, 0)
  putBytes(out, TYPE.octets, new Uint8Array())
  putBytes(out, TYPE.octets, engineId)
  wrap(SEQUENCE, 0)
  const security = filled(out)
  for (let k = 0; k < 3; k++) putBytes(out, TYPE.octets, new Uint8Array())
  putInteger(out, TYPE.integer, 1)
  putInteger(out, TYPE.integer, 1)
  putBytes(out, TYPE.octets, engineId)
  wrap(SEQUENCE, security)
  wrap(TYPE.octets, security)
  const header = filled(out)
  putInteger(out, TYPE.integer, 3)
  putBytes(out, TYPE.octets, Uint8Array.of(0))
  putInteger(out, TYPE.integer, 65_507)
  putInteger(out, TYPE.integer, messageId)
  wrap(SEQUENCE, header)
  putInteger(out, TYPE.integer, 3)
  wrap(SEQUENCE, 0)
  return drain(out)
}
