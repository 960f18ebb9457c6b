// A poll's request, encoded once, and the OIDs its answer must bring, as octets to be compared in place.
import type { Target } from '../../daemon/domain/collector.ts'
import { PDU } from './message.ts'
import { encodeOid } from './oid.ts'
import { type Defaults, newPacket, type Packet } from './packet.ts'
import { TYPE } from './session.ts'

export interface Ask {
  readonly pdu: 'get' | 'bulk'
  /** The OIDs in the request; of a GETBULK the OIDs before the wanted ones. */
  readonly oids: readonly string[]
  readonly nonRepeaters?: number
  readonly maxRepetitions?: number
  /** The OIDs of the answer in order (GETBULK: row by row); default: `oids`. The n-th one's value goes to the n-th place. */
  readonly expect?: readonly string[]
  /** Milliseconds and repetitions, when other than the socket's. */
  readonly timeout?: number
  readonly retries?: number
}

export interface Request {
  readonly target: Target
  readonly ask: Ask
  readonly packet: Packet
  /** How many values an answer fills. */
  readonly size: number
  /** Content octets of the expected OIDs, one after another; the n-th is `expected[starts[n]] … expected[starts[n + 1] - 1]`. */
  readonly expected: Uint8Array
  readonly starts: Uint32Array
  /** Where the n-th value goes, when variables that the device refuses were left out; null: to the n-th place. */
  readonly places: Uint16Array | null
  /** The variables left out: their places, and the tag each is answered with. */
  readonly absent: readonly { readonly place: number; readonly tag: number }[]
  /** The request without what the device has refused, and how often the whole was not asked since. */
  narrowed: Request | null
  skipped: number
}

/** Encodes the request. Throws RangeError for what is no OID and for targets not asked by v1 or v2c. */
export function prepare(defaults: Defaults, target: Target, ask: Ask): Request {
  return build(defaults, target, ask, null, [])
}

function build(defaults: Defaults, target: Target, ask: Ask, places: Uint16Array | null, absent: Request['absent']): Request {
  const bulk = ask.pdu === 'bulk'
  const packet = newPacket(defaults, target, {
    type: bulk ? PDU.getBulk : PDU.get,
    errorStatus: bulk ? (ask.nonRepeaters ?? 0) : 0,
    errorIndex: bulk ? (ask.maxRepetitions ?? 10) : 0,
    varbinds: ask.oids.map(oid => ({ oid, type: TYPE.null, value: null })),
  })
  if (ask.timeout !== undefined) packet.timeout = ask.timeout
  if (ask.retries !== undefined) packet.retries = ask.retries
  const octets = (ask.expect ?? ask.oids).map(oid => {
    const content = encodeOid(oid)
    if (content === null) throw new RangeError(`${JSON.stringify(oid)} is no object identifier`)
    return content
  })
  const starts = new Uint32Array(octets.length + 1)
  octets.forEach((content, n) => {
    starts[n + 1] = (starts[n] ?? 0) + content.length
  })
  const expected = new Uint8Array(starts[octets.length] ?? 0)
  octets.forEach((content, n) => {
    expected.set(content, starts[n])
  })
  return { target, ask, packet, size: octets.length, expected, starts, places, absent, narrowed: null, skipped: 0 }
}

/** The GET without its variable `index` (0 is the first), which `tag` will stand for. */
export function without(defaults: Defaults, request: Request, index: number, tag: number): Request {
  const { ask, places, absent } = request
  const left = Array.from({ length: request.size }, (_, n) => places?.[n] ?? n).toSpliced(index, 1)
  const narrower: Ask = { ...ask, oids: ask.oids.toSpliced(index, 1) }
  return build(defaults, request.target, narrower, Uint16Array.from(left), [...absent, { place: places?.[index] ?? index, tag }])
}
