// Looking around on v1 and v2c: what differs between devices must not differ for who asks.
import assert from 'node:assert/strict'
import { encodeMessage, PDU } from '../../collectors/wire/message.ts'
import { compareOids, isBelow } from '../../collectors/wire/oid.ts'
import { type SnmpSession, TYPE, type Varbind } from '../../collectors/wire/session.ts'
import { openSocket, type Socket } from '../../collectors/wire/socket.ts'
import { openSession } from '../../collectors/wire/v2c.ts'
import type { Outcome } from '../../daemon/domain/outcome.ts'
import { type Agent, type AgentOptions, mib, openAgent } from './agent.ts'

const SYSTEM: Varbind[] = [
  { oid: '1.3.6.1.2.1.1.1.0', type: TYPE.octets, value: new TextEncoder().encode('Old UPS') },
  { oid: '1.3.6.1.2.1.1.2.0', type: TYPE.oid, value: '1.3.6.1.4.1.318' },
  { oid: '1.3.6.1.2.1.1.3.0', type: TYPE.timeTicks, value: 100 },
  { oid: '1.3.6.1.2.1.2.2.1.1.1', type: TYPE.integer, value: 1 },
  { oid: '1.3.6.1.2.1.2.2.1.1.2', type: TYPE.integer, value: 2 },
]

describe('a session over v1 and v2c', () => {
  let socket: Socket
  const agents: Agent[] = []
  before(async () => {
    socket = await openSocket({ address: '127.0.0.1', timeout: 1000, retries: 0 })
  })
  after(() => socket.close())
  afterEach(async () => {
    for (const agent of agents.splice(0)) await agent.close()
  })

  const sessionWith = async (version: '1' | '2c', options: AgentOptions = {}): Promise<{ session: SnmpSession; agent: Agent }> => {
    const agent = await openAgent(mib(SYSTEM), options)
    agents.push(agent)
    return {
      agent,
      session: openSession(socket, { address: { host: '127.0.0.1', port: agent.port }, access: { via: 'snmp', version, community: 'public' } }),
    }
  }
  const values = (answer: Outcome<readonly Varbind[]>): readonly Varbind[] => {
    assert.ok(answer.ok, answer.ok ? '' : answer.failure.message)
    return answer.value
  }

  for (const version of ['1', '2c'] as const) {
    it(`of v${version} says of an absent variable that it is absent, and answers the others`, async () => {
      const { session } = await sessionWith(version)
      const answered = values(await session.get(['1.3.6.1.2.1.1.9.0', '1.3.6.1.2.1.1.3.0', '1.3.6.1.2.1.1.8.0']))
      assert.deepEqual(answered, [
        { oid: '1.3.6.1.2.1.1.9.0', type: TYPE.noSuchInstance, value: null },
        { oid: '1.3.6.1.2.1.1.3.0', type: TYPE.timeTicks, value: 100 },
        { oid: '1.3.6.1.2.1.1.8.0', type: TYPE.noSuchInstance, value: null },
      ])
      assert.equal(session.spent.pdus, version === '1' ? 3 : 1)
    })

    it(`of v${version} can be walked to the end of the device by getBulk`, async () => {
      const { session } = await sessionWith(version)
      const seen: string[] = []
      let at = '1.3.6.1.2.1'
      for (let n = 0; n < 20; n++) {
        const part = values(await session.getBulk(0, 3, [at]))
        const inside = part.filter(({ oid, type }) => type !== TYPE.endOfMibView && isBelow(oid, '1.3.6.1.2.1'))
        seen.push(...inside.map(({ oid }) => oid))
        at = inside.at(-1)?.oid ?? at
        if (inside.length < part.length) break
      }
      assert.deepEqual(
        seen,
        SYSTEM.map(({ oid }) => oid),
      )
    })
  }

  it('of v1 never sends a GETBULK', async () => {
    const { session, agent } = await sessionWith('1')
    const row = values(await session.getBulk(0, 10, ['1.3.6.1.2.1.1.1', '1.3.6.1.2.1.2.2.1.1']))
    assert.deepEqual(
      row.map(({ oid }) => oid),
      ['1.3.6.1.2.1.1.1.0', '1.3.6.1.2.1.2.2.1.1.1'],
    )
    assert.deepEqual(
      agent.heard.map(({ pdu }) => pdu.type),
      [PDU.getNext],
    )
  })

  it('hands on a device that walks backwards as it answers: who walks sees that the OIDs do not grow', async () => {
    const { session } = await sessionWith('2c', {
      mood: (right, send) =>
        send(encodeMessage({ ...right, pdu: { ...right.pdu, varbinds: [{ oid: '1.3.6.1.2.1.1.1.0', type: TYPE.integer, value: 1 }] } })),
    })
    const [next] = values(await session.getNext(['1.3.6.1.2.1.1.3.0']))
    assert.ok(next !== undefined && compareOids(next.oid, '1.3.6.1.2.1.1.3.0') < 0)
  })

  it('halves what is too big for the device, down to what it can answer', async () => {
    const { session, agent } = await sessionWith('2c', {
      mood: (right, send) =>
        send(encodeMessage(right.pdu.varbinds.length > 2 ? { ...right, pdu: { ...right.pdu, errorStatus: 1, varbinds: [] } } : right)),
    })
    const oids = SYSTEM.map(({ oid }) => oid)
    assert.deepEqual(
      values(await session.get(oids)).map(({ oid }) => oid),
      oids,
    )
    assert.deepEqual(
      agent.heard.map(({ pdu }) => pdu.varbinds.length),
      [5, 2, 3, 1, 2],
    )
  })

  it('puts answers back in the order asked, and refuses answers about something else', async () => {
    const sorting = await sessionWith('2c', {
      mood: (right, send) => send(encodeMessage({ ...right, pdu: { ...right.pdu, varbinds: right.pdu.varbinds.toReversed() } })),
    })
    const oids = ['1.3.6.1.2.1.1.1.0', '1.3.6.1.2.1.1.3.0']
    assert.deepEqual(
      values(await sorting.session.get(oids)).map(({ oid }) => oid),
      oids,
    )
    const lying = await sessionWith('2c', {
      mood: (right, send) =>
        send(
          encodeMessage({ ...right, pdu: { ...right.pdu, varbinds: right.pdu.varbinds.map(varbind => ({ ...varbind, oid: '1.3.6.1.2.1.1.9.0' })) } }),
        ),
    })
    const answer = await lying.session.get(['1.3.6.1.2.1.1.3.0'])
    assert.ok(!answer.ok && answer.failure.kind === 'garbage')
  })

  it('says what the device refuses, and where', async () => {
    const { session } = await sessionWith('2c', {
      mood: (right, send) => send(encodeMessage({ ...right, pdu: { ...right.pdu, errorStatus: 16, errorIndex: 1 } })),
    })
    const answer = await session.get(['1.3.6.1.2.1.1.3.0'])
    assert.ok(!answer.ok)
    const { kind, message, retry, why } = answer.failure
    assert.deepEqual(
      { kind, message, retry },
      { kind: 'forbidden', message: 'The device refused with authorizationError at 1.3.6.1.2.1.1.3.0.', retry: false },
    )
    assert.deepEqual(why, { code: 'refusedWith', error: 'authorizationError', at: '1.3.6.1.2.1.1.3.0' })
  })

  it('counts what it spends, and gives up at once when it is closed', async () => {
    const { session } = await sessionWith('2c', { mood: () => undefined })
    const under = session.get(['1.3.6.1.2.1.1.3.0'])
    session.close()
    const answer = await under
    assert.ok(!answer.ok && answer.failure.kind === 'cancelled')
    const after = await session.get(['1.3.6.1.2.1.1.3.0'])
    assert.ok(!after.ok && after.failure.kind === 'cancelled')
  })

  it('carries any number of requests at the same time', async () => {
    const { session } = await sessionWith('2c')
    const answers = await Promise.all(Array.from({ length: 300 }, () => session.get(['1.3.6.1.2.1.1.3.0'])))
    assert.ok(answers.every(answer => values(answer)[0]?.value === 100))
    assert.deepEqual({ ...session.spent }, { pdus: 300, timeouts: 0 })
  })
})
