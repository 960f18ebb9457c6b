// The socket among strangers, liars and the dead.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createSocket, type Socket as Udp } from 'node:dgram'
import { once } from 'node:events'
import { type Answer, ask } from '../../collectors/wire/ask.ts'
import { decodeMessage, encodeMessage, type Message } from '../../collectors/wire/message.ts'
import { TYPE } from '../../collectors/wire/session.ts'
import { openSocket, type Socket } from '../../collectors/wire/socket.ts'
import { prepare } from '../../collectors/wire/template.ts'
import { openSession } from '../../collectors/wire/v2c.ts'
import type { Target } from '../../daemon/domain/collector.ts'
import { whyText } from '../../daemon/domain/words/why-words.ts'
import { type AgentOptions, mib, openAgent } from './agent.ts'

const OID = '1.3.6.1.2.1.33.1.2.4.0'
const TABLE = mib([{ oid: OID, type: TYPE.integer, value: 98 }])

const said = ({ why }: Answer): string => (why === null ? '' : whyText(why, 'en'))

const targetOf = (port: number, host = '127.0.0.1', community = 'public'): Target => ({
  address: { host, port },
  access: { via: 'snmp', version: '2c', community },
})

describe('the SNMP socket', () => {
  const doors: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of doors.splice(0).toReversed()) await close()
  })

  const socketWith = async (timeout: number, retries: number): Promise<Socket> => {
    const socket = await openSocket({ address: '127.0.0.1', timeout, retries })
    doors.push(socket.close)
    return socket
  }
  const agentWith = async (options: AgentOptions = {}) => {
    const agent = await openAgent(TABLE, options)
    doors.push(agent.close)
    return agent
  }
  const bare = async (address = '127.0.0.1', port = 0): Promise<Udp> => {
    const udp = createSocket('udp4')
    doors.push(() => new Promise<void>(shut => void udp.close(() => shut())))
    udp.bind(port, address)
    await once(udp, 'listening')
    return udp
  }
  const poll = (socket: Socket, target: Target): Promise<{ value: number | undefined; answer: Answer }> => {
    const values = new Float64Array(1)
    const request = prepare(socket, target, { pdu: 'get', oids: [OID] })
    return new Promise(tell => ask(socket, request, values, null, 0, answer => tell({ value: values[0], answer: { ...answer } })))
  }

  it('gets its answer', async () => {
    const [socket, agent] = [await socketWith(1000, 0), await agentWith()]
    const { value, answer } = await poll(socket, targetOf(agent.port))
    assert.equal(value, 98)
    assert.deepEqual(answer, { status: 'ok', errorStatus: 0, errorIndex: 0, missing: 0, strange: 0, pdus: 1, timeouts: 0, why: null })
  })

  it('tells one that answers nonsense from one that does not answer', async () => {
    const [socket, web] = [await socketWith(100, 0), await bare()]
    web.on('message', (_, from) => web.send('HTTP/1.1 400 Bad Request', from.port, from.address))
    const { answer } = await poll(socket, targetOf(web.address().port))
    assert.equal(answer.status, 'garbage')
    assert.match(said(answer), /^127\.0\.0\.1:\d+ answers, but with nothing that is an answer to an SNMP request\.$/)
    web.removeAllListeners('message')
    assert.equal((await poll(socket, targetOf(web.address().port))).answer.status, 'timeout')
  })

  it('believes only the device asked: another port, another address, another id, community, version or kind of PDU counts for nothing', async () => {
    const socket = await socketWith(1000, 0)
    const otherPort = await bare()
    let otherAddress: Udp | null = null
    const agent = await agentWith({
      mood(right, send, from) {
        const lie: Message = { ...right, pdu: { ...right.pdu, varbinds: [{ oid: OID, type: TYPE.integer, value: 666 }] } }
        otherPort.send(encodeMessage(lie), from.port, from.address)
        otherAddress?.send(encodeMessage(lie), from.port, from.address)
        send(encodeMessage({ ...lie, pdu: { ...lie.pdu, requestId: right.pdu.requestId ^ 1 } }))
        send(encodeMessage({ ...lie, community: 'Public' }))
        send(encodeMessage({ ...lie, version: 0 }))
        send(encodeMessage({ ...lie, pdu: { ...lie.pdu, type: 0xa0 } }))
        // The truth comes last: when it has been heard all lies have had their turn.
        send(encodeMessage(right))
      },
    })
    otherAddress = await bare('127.0.0.2', agent.port)
    const { value, answer } = await poll(socket, targetOf(agent.port))
    assert.equal(answer.status, 'ok')
    assert.equal(value, 98)
    const { wrongSource, unknownId, wrongEcho, noResponse, answered, received } = socket.counters()
    assert.deepEqual(
      { wrongSource, unknownId, wrongEcho, noResponse, answered, received },
      { wrongSource: 2, unknownId: 1, wrongEcho: 2, noResponse: 1, answered: 1, received: 7 },
    )
  })

  it('hears its answer through any noise: garbage, fragments, 65 kB datagrams', async () => {
    const socket = await socketWith(3000, 0)
    const noise = await bare()
    const agent = await agentWith({
      mood(right, send, from) {
        const bytes = encodeMessage(right)
        for (let n = 0; n < 200; n++) noise.send(randomBytes(n * 4), from.port, from.address)
        for (let n = 0; n < bytes.length; n++) send(bytes.subarray(0, n))
        noise.send(Buffer.alloc(65_507, 0x30), from.port, from.address)
        send(Buffer.alloc(65_507, 0x02))
        send(bytes)
      },
    })
    const { value, answer } = await poll(socket, targetOf(agent.port))
    assert.equal(answer.status, 'ok')
    assert.equal(value, 98)
    assert.ok((socket.counters()['malformed'] ?? 0) > 200)
  })

  it('reads an answer of 65 kB to its request as what it is', async () => {
    const filler = Array.from({ length: 2400 }, (_, n) => ({ oid: `1.3.6.1.4.1.9999.${n}`, type: TYPE.octets, value: new Uint8Array(8) }))
    const [socket, agent] = [
      await socketWith(1000, 0),
      await agentWith({
        mood: (right, send) => send(encodeMessage({ ...right, pdu: { ...right.pdu, varbinds: [...filler, ...right.pdu.varbinds] } })),
      }),
    ]
    const { value, answer } = await poll(socket, targetOf(agent.port))
    assert.equal(value, 98)
    assert.equal(answer.status, 'short')
    assert.equal(answer.strange, 2400)
  })

  it('asks again under a new id, and still takes a late answer to the old one', async () => {
    let first: Buffer | null = null
    const socket = await socketWith(100, 3)
    const agent = await agentWith({
      mood(right, send) {
        if (first === null) first = encodeMessage(right)
        else send(first)
      },
    })
    const { value, answer } = await poll(socket, targetOf(agent.port))
    assert.equal(value, 98)
    assert.equal(answer.pdus, 2)
    assert.equal(answer.timeouts, 1)
    const ids = agent.heard.map(({ pdu }) => pdu.requestId)
    assert.equal(new Set(ids).size, 2)
  })

  it('counts what comes twice and what comes too late, and tells the caller of neither', async () => {
    const socket = await socketWith(60, 0)
    const late: (() => void)[] = []
    const agent = await agentWith({ mood: (right, send) => void late.push(() => send(encodeMessage(right))) })
    const twice = await agentWith({
      mood(right, send) {
        send(encodeMessage(right))
        send(encodeMessage(right))
      },
    })
    assert.equal((await poll(socket, targetOf(twice.port))).answer.status, 'ok')
    const { answer } = await poll(socket, targetOf(agent.port))
    assert.equal(answer.status, 'timeout')
    assert.match(said(answer), /^No answer from 127\.0\.0\.1:\d+ to one request\.$/)
    for (const send of late) send()
    // One more full exchange: what was sent before it has been heard by then.
    assert.equal((await poll(socket, targetOf(twice.port))).answer.status, 'ok')
    const counters = socket.counters()
    assert.equal(counters['late'], 1)
    assert.ok((counters['duplicate'] ?? 0) >= 1)
    assert.equal(counters['answered'], 2)
    assert.equal(counters['inFlight'], 0)
  })

  it('says precisely that a closed port gives no answer', async () => {
    const socket = await socketWith(50, 1)
    const shut = await bare()
    const { port } = shut.address()
    await doors.pop()?.()
    const { answer } = await poll(socket, targetOf(port))
    assert.deepEqual({ status: answer.status, pdus: answer.pdus, timeouts: answer.timeouts }, { status: 'timeout', pdus: 2, timeouts: 2 })
    assert.match(said(answer), /to 2 requests/)
  })

  it('lets a wrong community be a silence, as devices do', async () => {
    const [socket, agent] = [await socketWith(50, 0), await agentWith()]
    assert.equal((await poll(socket, targetOf(agent.port, '127.0.0.1', 'secret'))).answer.status, 'timeout')
    assert.equal(agent.heard.length, 0)
  })

  it('is not delayed by the dead: 1,000 live targets are done while 50 dead ones are still waited for', async () => {
    const socket = await socketWith(1000, 0)
    const agents = await Promise.all(Array.from({ length: 50 }, (_, n) => agentWith({ address: `127.0.1.${n + 1}` })))
    const dead = await agentWith({ mood: () => undefined })
    const order: string[] = []
    const one = async (target: Target, kind: string) => {
      const { answer } = await poll(socket, target)
      order.push(`${kind} ${answer.status}`)
    }
    const all = [
      ...Array.from({ length: 50 }, () => one(targetOf(dead.port), 'dead')),
      ...Array.from({ length: 1000 }, (_, n) => {
        const agent = agents[n % agents.length]
        assert.ok(agent !== undefined)
        return one(targetOf(agent.port, agent.address), 'live')
      }),
    ]
    await Promise.all(all)
    assert.deepEqual(order, [...Array(1000).fill('live ok'), ...Array(50).fill('dead timeout')])
  })

  it('finds hosts by name once, and says so when there is none', async () => {
    const [socket, agent] = [await socketWith(1000, 0), await agentWith()]
    assert.equal((await poll(socket, targetOf(agent.port, 'localhost'))).answer.status, 'ok')
    const { answer } = await poll(socket, targetOf(agent.port, 'no-such-host.invalid'))
    assert.ok(answer.status === 'notFound' || answer.status === 'unreachable', answer.status)
    assert.match(said(answer), /no-such-host\.invalid/)
    assert.equal(answer.pdus, 0)
  })

  it('gives back what the kernel will not send, each as its kind', async () => {
    const socket = await socketWith(1000, 0)
    // Bound to 127.0.0.1 it has no way to an address in the world; and a datagram ends at 65,507 octets.
    const { answer } = await poll(socket, targetOf(161, '192.0.2.1'))
    assert.equal(answer.status, 'unreachable')
    const huge = Array.from({ length: 2500 }, (_, n) => `1.3.6.1.4.1.4294967295.4294967295.4294967295.${n}`)
    const outcome = await openSession(socket, targetOf(161)).getBulk(0, 1, huge)
    assert.ok(!outcome.ok && outcome.failure.kind === 'tooBig')
    assert.equal(socket.counters()['sendErrors'], 2)
  })

  it('asks over IPv6 where the machine has it', async function () {
    const udp = createSocket('udp6')
    try {
      udp.bind(0, '::1')
      await once(udp, 'listening')
    } catch {
      this.skip()
    }
    doors.push(() => new Promise<void>(shut => void udp.close(() => shut())))
    udp.on('message', (bytes, from) => {
      const message = decodeMessage(bytes)
      assert.ok(message.ok)
      const { pdu } = message.value
      udp.send(
        encodeMessage({ ...message.value, pdu: { ...pdu, type: 0xa2, varbinds: [{ oid: OID, type: TYPE.integer, value: 6 }] } }),
        from.port,
        from.address,
      )
    })
    const socket = await socketWith(1000, 0)
    // Not the canonical way to write it: the answer's source is.
    const { value, answer } = await poll(socket, targetOf(udp.address().port, '0:0:0:0:0:0:0:1'))
    assert.equal(answer.status, 'ok')
    assert.equal(value, 6)
  })

  it('cancels what is under way when it closes, and all that is asked afterwards', async () => {
    const socket = await socketWith(5000, 3)
    const silent = await agentWith({ mood: () => undefined })
    const under = poll(socket, targetOf(silent.port))
    await socket.close()
    assert.equal((await under).answer.status, 'cancelled')
    assert.equal((await poll(socket, targetOf(silent.port))).answer.status, 'cancelled')
  })

  it('says how much receive buffer it got, and what to do when that is less than asked', async () => {
    const greedy = await openSocket({ address: '127.0.0.1', receiveBuffer: 2 ** 30 })
    doors.push(greedy.close)
    const granted = greedy.counters()['receiveBuffer'] ?? 0
    assert.ok(granted > 0 && granted < 2 ** 30)
    assert.match(greedy.warning ?? '', new RegExp(`grants ${granted} of ${2 ** 30} .*net\\.core\\.rmem_max`))
    const modest = await openSocket({ address: '127.0.0.1', receiveBuffer: 65_536 })
    doors.push(modest.close)
    assert.equal(modest.warning, null)
  })

  it('draws ids that cannot be foreseen', async () => {
    const [socket, agent] = [await socketWith(1000, 0), await agentWith()]
    for (let n = 0; n < 64; n++) await poll(socket, targetOf(agent.port))
    const ids = agent.heard.map(({ pdu }) => pdu.requestId)
    assert.equal(new Set(ids).size, 64)
    assert.ok(ids.every(id => id > 0 && id <= 0x7fff_ffff))
    // Of 64 fair coins none of 31 bits stands always, or never (once in 2^58 runs).
    const always = ids.reduce((a, b) => a & b)
    const ever = ids.reduce((a, b) => a | b)
    assert.equal(always, 0)
    assert.equal(ever, 0x7fff_ffff)
  })
})
