// Servers that lie, babble, dribble or say nothing: whoever asks gets a failure in time, never a belief and never a crash.
import assert from 'node:assert/strict'
import { randomBytes, randomInt } from 'node:crypto'
import { createSocket, type RemoteInfo, type Socket as Udp } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { nameWire } from '../../../provisioning/dns/name.ts'
import { query } from '../../../provisioning/dns/query.ts'
import { endpointOf, readServer } from '../../../provisioning/dns/server.ts'
import { transfer } from '../../../provisioning/dns/transfer.ts'
import { TYPE } from '../../../provisioning/dns/types.ts'
import { update } from '../../../provisioning/dns/update.ts'
import { bad, call, good, rrset } from './ground.ts'

const HERE = '127.103.1.1'
const ZONE = 'liar.go.id.'
const key = { name: 'suar-key.', algorithm: 'hmac-sha256', secret: randomBytes(32) } as const

describe('a hostile DNS server', () => {
  let udp: Udp
  let tcp: Server
  let server: string
  /** What it does with a question. */
  let onUdp: (message: Buffer, from: RemoteInfo) => void
  let onTcp: (message: Buffer, socket: Socket) => void
  const open = new Set<Socket>()

  before(async () => {
    udp = createSocket('udp4').bind(0, HERE)
    await once(udp, 'listening')
    const { port } = udp.address()
    udp.on('message', (message, from) => onUdp(message, from))
    tcp = createServer(socket => {
      open.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('data', chunk => onTcp(chunk.subarray(2), socket))
    }).listen(port, HERE)
    await once(tcp, 'listening')
    server = `${HERE}:${port}`
  })
  after(() => {
    for (const socket of open) socket.destroy()
    udp?.close()
    tcp?.close()
  })

  const asked = (ms = 20_000) => query(`www.${ZONE}`, TYPE.A, { server, key: null }, call(ms))
  const framed = (message: Buffer) => Buffer.concat([Buffer.from([message.length >> 8, message.length & 255]), message])
  /** An answer to it that looks right: authoritative, one address. */
  const answerTo = (question: Buffer, address: readonly number[] = [10, 6, 6, 6]): Buffer => {
    const end = question.indexOf(0, 12) + 5
    const answer = Buffer.concat([question.subarray(0, end), Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 1, 44, 0, 4, ...address])])
    answer.writeUInt16BE(0x8400, 2)
    answer.writeUInt16BE(1, 6)
    answer.writeUInt16BE(0, 10)
    return answer
  }

  it('is believed when it only seems so: the answer that this story forges is a right one', async () => {
    onUdp = (message, from) => udp.send(answerTo(message), from.port, from.address)
    assert.equal(good(await asked()).answers[0]?.text, '10.6.6.6')
  })

  it('is not heard with another number, another question, as a question, or from another port', async () => {
    const other = createSocket('udp4').bind(0, HERE)
    await once(other, 'listening')
    const lies: readonly ((message: Buffer) => Buffer)[] = [
      message => {
        message.writeUInt16BE((message.readUInt16BE(0) + 1) & 0xffff, 0)
        return message
      },
      message => {
        message[13]! ^= 1
        return message
      },
      message => {
        message.writeUInt16BE(0x0400, 2)
        return message
      },
      message => message.subarray(0, message.length - 1),
      () => randomBytes(40),
      () => Buffer.alloc(0),
    ]
    let ports = new Set<number>()
    let ids = new Set<number>()
    onUdp = (message, from) => {
      ports.add(from.port)
      ids.add(message.readUInt16BE(0))
      for (const lie of lies) udp.send(lie(answerTo(message)), from.port, from.address)
      other.send(answerTo(message), from.port, from.address)
    }
    const failure = bad(await asked())
    assert.equal(failure.kind, 'timeout')
    assert.equal(ports.size, 3, 'each time from another port')
    assert.ok(ids.size >= 2)
    // The true one behind them all is heard.
    ports = new Set()
    ids = new Set()
    onUdp = (message, from) => {
      for (const lie of lies) udp.send(lie(answerTo(message)), from.port, from.address)
      other.send(answerTo(message), from.port, from.address)
      udp.send(answerTo(message, [10, 0, 0, 1]), from.port, from.address)
    }
    assert.equal(good(await asked()).answers[0]?.text, '10.0.0.1')
    other.close()
  })

  it('that sends a thousand lies to a question leaves it unanswered, and the one who asked unharmed', async () => {
    onUdp = (message, from) => {
      for (let i = 0; i < 300; i++) {
        const lie = i % 2 === 0 ? randomBytes(randomInt(1, 500)) : answerTo(message)
        if (i % 2 === 1) lie[randomInt(12, lie.length)] = randomInt(256)
        if (i % 2 === 1) lie.writeUInt16BE(randomInt(65_536), 0)
        udp.send(lie, from.port, from.address)
      }
    }
    const outcome = await asked()
    assert.ok(!outcome.ok || outcome.value.questions[0]?.name === `www.${ZONE}`)
  })

  it('that says yes to a change without a signature, or with any octets, has changed nothing that we believe', async () => {
    const wish = () => update([{ name: `www.${ZONE} A`, before: null, after: rrset('A', 60, '10.0.0.1') }], { zone: ZONE, server, key }, call(5000))
    const yes = (message: Buffer) => {
      const answer = Buffer.from(message.subarray(0, 12))
      answer.writeUInt16BE(0xa800, 2)
      answer.fill(0, 4)
      return answer
    }
    onTcp = (message, socket) => socket.write(framed(yes(message)))
    assert.equal(bad(await wish()).kind, 'garbage')
    onTcp = (message, socket) => {
      // Its own question back, signature and all, as an answer.
      message.writeUInt16BE(0xa800, 2)
      socket.write(framed(message))
    }
    assert.equal(bad(await wish()).kind, 'garbage')
    onTcp = (_, socket) => socket.destroy()
    assert.equal(bad(await wish()).retry, true)
    for (let round = 0; round < 100; round++) {
      onTcp = (_, socket) => socket.end(randomBytes(randomInt(1, 400)))
      assert.ok(!(await wish()).ok)
    }
  })

  it('that dribbles, or promises 65,535 octets and sends none, holds nobody beyond his patience', async () => {
    onTcp = (_, socket) => {
      socket.write(Buffer.from([0xff, 0xff]))
      const dribble = setInterval(() => socket.write(Buffer.from([0])), 20)
      socket.once('close', () => clearInterval(dribble))
    }
    const began = performance.now()
    assert.equal(bad(await transfer(ZONE, server, key, call(600))).kind, 'cancelled')
    assert.ok(performance.now() - began < 1500)
  })

  it('that never ends a transfer is stopped at a quarter of a million records, and one that sends nothing at once', async () => {
    const name = nameWire(ZONE)!
    const message = (id: number, records: readonly Uint8Array[]) => {
      const head = Buffer.alloc(12)
      head.writeUInt16BE(id, 0)
      head.writeUInt16BE(0x8400, 2)
      head.writeUInt16BE(1, 4)
      head.writeUInt16BE(records.length, 6)
      return Buffer.concat([head, name, Buffer.from([0, TYPE.AXFR, 0, 1]), ...records])
    }
    const soa = Buffer.concat([Buffer.from([0xc0, 12, 0, TYPE.SOA, 0, 1, 0, 0, 0, 1, 0, 24, 0xc0, 12, 0xc0, 12]), Buffer.alloc(20)])
    const addresses = Array.from({ length: 4000 }, (_, i) => Buffer.from([0xc0, 12, 0, TYPE.A, 0, 1, 0, 0, 0, 1, 0, 4, 10, 0, i >> 8, i & 255]))
    onTcp = (question, socket) => {
      const id = question.readUInt16BE(0)
      const endless = framed(message(id, addresses))
      const more = () => {
        while (!socket.destroyed && socket.write(endless));
      }
      socket.on('drain', more)
      socket.write(framed(message(id, [soa, ...addresses])))
      more()
    }
    assert.equal(bad(await transfer(ZONE, server, null, call(20_000))).kind, 'tooBig')
    assert.equal(bad(await transfer(ZONE, server, key, call(20_000))).kind, 'garbage', 'nothing of it is signed')
    onTcp = (question, socket) => socket.write(framed(message(question.readUInt16BE(0), [])))
    assert.equal(bad(await transfer(ZONE, server, null, call(5000))).kind, 'garbage')
    onTcp = (question, socket) => socket.write(framed(message(question.readUInt16BE(0), addresses)))
    assert.match(bad(await transfer(ZONE, server, null, call(5000))).message, /begin with its SOA/)
  })

  it('is asked over IPv6 as well', async function () {
    const six = createSocket('udp6')
    const bound = await new Promise<boolean>(resolve => {
      six.once('error', () => resolve(false))
      six.bind(0, '::1', () => resolve(true))
    })
    if (!bound) return this.skip()
    six.on('message', (message, from) => six.send(answerTo(message), from.port, from.address))
    const answer = await query(`www.${ZONE}`, TYPE.A, { server: `[::1]:${six.address().port}`, key: null }, call())
    assert.equal(good(answer).answers[0]?.text, '10.6.6.6')
    six.close()
  })

  it('is written host:port, and what is none is said to be', async () => {
    assert.deepEqual(readServer('[2001:db8::53]:5353'), { host: '2001:db8::53', port: 5353 })
    assert.deepEqual(readServer('2001:db8::53'), { host: '2001:db8::53', port: 53 })
    assert.deepEqual(readServer('ns1.example.go.id'), { host: 'ns1.example.go.id', port: 53 })
    for (const text of ['', ':53', 'a b', 'ns1:0', 'ns1:65536', 'ns1:53:53', '[::1', 'ns1;rm']) assert.equal(readServer(text), null, text)
    assert.equal(bad(await endpointOf('ns1 x')).kind, 'invalid')
    assert.equal(bad(await endpointOf('no-such-host.invalid')).kind, 'unreachable')
  })
})
