// One UDP socket for thousands of targets: sends, matches answers with what was asked, asks again, gives up.
//
//   const socket = await openSocket()                       // once
//   const request = prepare(socket, target, { pdu: 'get', oids })              // template.ts: once per device and plan
//   ask(socket, request, values, tags, 0, answer => { … })  // ask.ts: each poll; nothing is encoded or allocated
//   const session = openSession(socket, target)             // v2c.ts: for looking around, with promises
//
// There is no pool and no limit of requests in flight: a dead device costs one timed-out packet and some memory, and delays nobody.
// An answer counts only if it comes from the address and port asked, with an id still waited for and the version and
// community sent; everything else is dropped and counted by cause.
import { createSocket, type RemoteInfo, type Socket as Udp } from 'node:dgram'
import { whyOf } from '../../daemon/domain/because.ts'
import type { FailureKind } from '../../daemon/domain/outcome.ts'
import type { Why } from '../../daemon/domain/why.ts'
import { sendFailure } from './errors.ts'
import { hasCommunity, newHead, readHead } from './head.ts'
import { type Hosts, openHosts } from './hosts.ts'
import { openIds } from './ids.ts'
import { PDU } from './message.ts'
import type { Packet, Taker } from './packet.ts'
import { openWheel } from './wheel.ts'

export interface SocketOptions {
  /** Milliseconds; default 1,000. */
  readonly timeout?: number
  /** Default 2. */
  readonly retries?: number
  /** Octets of receive buffer to ask the kernel for; default 4 MiB. */
  readonly receiveBuffer?: number
  /** Local IPv4 address to send from; default any. */
  readonly address?: string
}

export interface Socket {
  readonly timeout: number
  readonly retries: number
  readonly hosts: Hosts
  /** Local IPv4 port. */
  readonly port: number
  /** For people, when the kernel grants a smaller receive buffer than bursts need; null when all is well. */
  readonly warning: string | null
  exchange(packet: Packet, taker: Taker): void
  /** Sends octets of another protocol version; `sent` is told the error or null. */
  send(bytes: Uint8Array, port: number, address: string, family: 4 | 6, sent: (error: Error | null) => void): void
  /** Hears the v3 datagrams from one address and port until the returned function is called. */
  hear(address: string, port: number, heard: (bytes: Buffer) => void): () => void
  counters(): Readonly<Record<string, number>>
  close(): Promise<void>
}

const RECEIVE_BUFFER = 4 << 20
const BABBLERS = 1000
const CLOSED = 'The SNMP socket is closed.'
const SHUT: Why = { code: 'closed' }

/** Opens and binds the socket (an IPv6 one follows with the first IPv6 target). Throws when no port can be had. */
export async function openSocket(options: SocketOptions = {}): Promise<Socket> {
  const wanted = options.receiveBuffer ?? RECEIVE_BUFFER
  const timeout = options.timeout ?? 1000
  const retries = options.retries ?? 2
  const counts = {
    sent: 0,
    received: 0,
    answered: 0,
    timeouts: 0,
    late: 0,
    duplicate: 0,
    unknownId: 0,
    wrongSource: 0,
    wrongEcho: 0,
    malformed: 0,
    noResponse: 0,
    heardV3: 0,
    unheardV3: 0,
    sendErrors: 0,
    socketErrors: 0,
  }
  const hosts = openHosts()
  const ids = openIds<Packet>()
  const wheel = openWheel<Packet>(expired)
  const ears = new Map<string, Set<(bytes: Buffer) => void>>()
  /** Who was heard saying what answers no request, since it was last asked: a web server, a liar. */
  const babblers = new Set<string>()
  const head = newHead()
  let closed = false

  const four = open('udp4')
  await new Promise<void>((bound, refused) => {
    four.once('error', refused)
    four.bind(0, options.address ?? '0.0.0.0', () => {
      four.off('error', refused)
      bound()
    })
  })
  // Linux tells twice what it grants, its own book-keeping included (socket(7)).
  const granted = four.getRecvBufferSize() / (process.platform === 'linux' ? 2 : 1)
  let six: Udp | null = null

  function open(type: 'udp4' | 'udp6'): Udp {
    // Targets are literal addresses by now; Node's own lookup would queue each packet behind four threads of getaddrinfo.
    const lookup = (address: string, _: unknown, found: (error: null, address: string, family: number) => void): void =>
      found(null, address, type === 'udp4' ? 4 : 6)
    const udp = createSocket({ type, lookup, ipv6Only: type === 'udp6', recvBufferSize: wanted, sendBufferSize: wanted })
    udp.on('message', received)
    udp.on('error', () => {
      counts.socketErrors++
    })
    return udp
  }

  function udpOf(family: 4 | 6): Udp {
    if (family === 4) return four
    six ??= open('udp6')
    return six
  }

  function exchange(packet: Packet, taker: Taker): void {
    if (packet.taker !== null) throw new Error(`The request to ${nameOf(packet)} is still under way`)
    packet.taker = taker
    packet.pdus = 0
    packet.timeouts = 0
    packet.sent ??= error => sent(packet, error)
    if (closed) process.nextTick(fail, packet, 'cancelled', SHUT)
    else if (packet.host.place !== null) {
      hosts.freshen(packet.host)
      transmit(packet)
    } else {
      hosts.whenKnown(packet.host, failure => {
        if (closed) process.nextTick(fail, packet, 'cancelled', SHUT)
        else if (failure !== null) process.nextTick(fail, packet, failure.kind, whyOf(failure))
        else transmit(packet)
      })
    }
  }

  function transmit(packet: Packet): void {
    const { place } = packet.host
    if (place === null || packet.sent === null) return
    const { bytes } = packet
    const id = ids.draw(packet)
    // Should the kernel not have taken an earlier send yet, that goes out under this id too and its answer counts as a duplicate.
    bytes.writeInt32BE(id, packet.idAt)
    packet.ids[packet.pdus] = id
    packet.address = place.address
    packet.pdus++
    counts.sent++
    // Up to 5 % more, so that what was lost together is not sent together again.
    wheel.add(packet, packet.timeout * 1.5 ** packet.timeouts * (1 + 0.05 * Math.random()))
    // To be told of each send costs a fifth of a poll: only of those is it asked that did not answer the last time.
    const udp = udpOf(place.family)
    // Without offset and length: with them Node makes a new buffer of each.
    if (packet.answers) udp.send(bytes, packet.port, place.address)
    else udp.send(bytes, packet.port, place.address, packet.sent)
  }

  function sent(packet: Packet, error: (Error & { code?: string }) | null): void {
    if (error === null) return
    counts.sendErrors++
    const code = error.code ?? error.message
    if (packet.taker !== null) fail(packet, sendFailure(code), { code: 'notSent', where: nameOf(packet), error: code })
  }

  function expired(packet: Packet): void {
    counts.timeouts++
    packet.timeouts++
    packet.answers = false
    if (packet.timeouts <= packet.retries) transmit(packet)
    else if (babblers.delete(`${packet.address} ${packet.port}`)) fail(packet, 'garbage', { code: 'notSnmp', where: nameOf(packet) })
    else fail(packet, 'timeout', { code: 'noAnswer', where: nameOf(packet), requests: packet.pdus })
  }

  function fail(packet: Packet, kind: FailureKind, why: Why): void {
    const taker = land(packet, false)
    taker?.failed(kind, why, packet.pdus, packet.timeouts)
  }

  /** The packet is no longer under way: its ids are forgotten but for the counting of stragglers. */
  function land(packet: Packet, answered: boolean): Taker | null {
    const { taker } = packet
    wheel.remove(packet)
    ids.release(packet.ids, packet.pdus, answered)
    packet.taker = null
    return taker
  }

  function received(bytes: Buffer, from: RemoteInfo): void {
    counts.received++
    if (!readHead(head, bytes)) {
      counts.malformed++
      babbled(from)
      return
    }
    if (head.version === 3) {
      heard(bytes, from)
      return
    }
    const packet = ids.find(head.requestId)
    if (packet === null) counts[ids.remembered(head.requestId)]++
    else if (from.port !== packet.port || from.address !== packet.address) counts.wrongSource++
    else if (head.type !== PDU.response) {
      counts.noResponse++
      babbled(from)
    } else if (head.version !== packet.version || !hasCommunity(head, packet.community)) counts.wrongEcho++
    else {
      counts.answered++
      packet.answers = true
      const { pdus, timeouts } = packet
      land(packet, true)?.answered(head, pdus, timeouts)
    }
  }

  function babbled({ address, port }: RemoteInfo): void {
    // Bounded whatever strangers send.
    if (babblers.size >= BABBLERS) babblers.clear()
    babblers.add(`${address} ${port}`)
  }

  function heard(bytes: Buffer, from: RemoteInfo): void {
    const listeners = ears.get(`${from.address} ${from.port}`)
    if (listeners === undefined) counts.unheardV3++
    else {
      counts.heardV3++
      for (const listener of listeners) listener(bytes)
    }
  }

  return {
    timeout,
    retries,
    hosts,
    port: four.address().port,
    warning:
      granted >= wanted
        ? null
        : `The kernel grants ${granted} of ${wanted} octets of receive buffer: answers to large bursts will be lost. Raise it: sysctl -w net.core.rmem_max=${wanted}`,
    exchange,
    send(bytes, port, address, family, told) {
      if (closed) {
        process.nextTick(told, new Error(CLOSED))
        return
      }
      udpOf(family).send(bytes, port, address, told)
      counts.sent++
    },
    hear(address, port, listener) {
      const key = `${address} ${port}`
      const listeners = ears.get(key) ?? new Set()
      ears.set(key, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) ears.delete(key)
      }
    },
    counters: () => ({ ...counts, inFlight: ids.count(), receiveBuffer: granted }),
    async close() {
      if (closed) return
      closed = true
      for (const packet of new Set(ids.all())) fail(packet, 'cancelled', SHUT)
      wheel.close()
      const shut = (udp: Udp) => new Promise<void>(told => void udp.close(() => told()))
      await Promise.all([shut(four), six === null ? null : shut(six)])
    },
  }
}

const nameOf = (packet: Packet): string => `${packet.host.name}:${packet.port}`
