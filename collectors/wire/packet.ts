// A datagram to be asked with again and again, and all that is kept of it while it is under way.
import type { Target } from '../../daemon/domain/collector.ts'
import type { FailureKind } from '../../daemon/domain/outcome.ts'
import type { Why } from '../../daemon/domain/why.ts'
import { type Head, newHead, readHead } from './head.ts'
import type { Host, Hosts } from './hosts.ts'
import { encodeMessage, type Pdu, VERSION } from './message.ts'
import type { Timed } from './wheel.ts'

/** Under way at most once at a time, so that asking needs no memory but its own. */
export interface Packet extends Timed {
  readonly bytes: Buffer
  /** Where the four octets of the request id lie. */
  readonly idAt: number
  readonly host: Host
  readonly port: number
  readonly version: number
  readonly community: Uint8Array
  /** Milliseconds until the first repetition; each further wait is half as long again. */
  timeout: number
  /** Repetitions after the first request; a device known dead is asked with 0. */
  retries: number

  /** Who waits for the answer; null when the packet is not under way. */
  taker: Taker | null
  /** The address it went to. */
  address: string
  /** Ids it was sent under, of which the first `pdus` are of this asking; an answer to any of them will do. */
  readonly ids: number[]
  pdus: number
  timeouts: number
  /** Whether it was answered the last time. */
  answers: boolean
  /** Told of errors of sending. */
  sent: ((error: Error | null) => void) | null
}

/** Who waits for the answer to one packet. Told exactly once, never before the asking has returned. */
export interface Taker {
  /** `head` stands before the varbinds; it and the datagram are only lent for the call. */
  answered(head: Head, pdus: number, timeouts: number): void
  failed(kind: FailureKind, why: Why, pdus: number, timeouts: number): void
}

/** Any id of four octets; the real one is laid over it. */
const PLACEHOLDER = 0x7fff_ffff

/** What a packet needs of the socket it will be asked over. */
export interface Defaults {
  readonly timeout: number
  readonly retries: number
  readonly hosts: Hosts
}

/** Encodes a v1 or v2c request to a target. Throws RangeError for what is no OID and for targets with another way in: bugs of the caller. */
export function newPacket(defaults: Defaults, { access, address }: Target, pdu: Omit<Pdu, 'requestId'>): Packet {
  if (access.via !== 'snmp' || access.version === '3') throw new RangeError('This target is not asked by SNMP v1 or v2c')
  const version = VERSION[access.version]
  const bytes = encodeMessage({ version, community: access.community, pdu: { ...pdu, requestId: PLACEHOLDER } })
  const head = newHead()
  readHead(head, bytes)
  return {
    due: 0,
    next: null,
    prev: null,
    bytes,
    idAt: head.idAt,
    host: defaults.hosts.find(address.host),
    port: address.port,
    version,
    community: Buffer.from(access.community, 'utf8'),
    timeout: defaults.timeout,
    retries: defaults.retries,
    taker: null,
    address: '',
    ids: [],
    pdus: 0,
    timeouts: 0,
    answers: false,
    sent: null,
  }
}
