// SNMPv1 and v2c messages, whole and general: RFC 1157, 1901, 3416. Asking and answering side use the same codec.
import { because } from '../../daemon/domain/because.ts'
import { done, type Outcome } from '../../daemon/domain/outcome.ts'
import {
  type Cursor,
  cursor,
  drain,
  enter,
  filled,
  leave,
  putBytes,
  putHeader,
  putInteger,
  putUnsigned64,
  readHeader,
  readInt32,
  readLength,
  SEQUENCE,
  type Sink,
  signedAt,
  sink,
  spoil,
  unsignedAt,
} from './ber.ts'
import { opaqueAt, UINTEGER32 } from './numbers.ts'
import { decodeOid, encodeOid } from './oid.ts'
import { TYPE, type Varbind } from './session.ts'

/** PDU tags (RFC 3416 section 3). A v1 Trap (0xa4) has another shape and is not read here. */
export const PDU = { get: 0xa0, getNext: 0xa1, response: 0xa2, set: 0xa3, getBulk: 0xa5, inform: 0xa6, trap: 0xa7, report: 0xa8 } as const

/** Versions as they stand in the message. */
export const VERSION = { '1': 0, '2c': 1 } as const

export interface Pdu {
  /** One of PDU. */
  readonly type: number
  readonly requestId: number
  /** In a GETBULK: non-repeaters. */
  readonly errorStatus: number
  /** 1 is the first varbind. In a GETBULK: max-repetitions. */
  readonly errorIndex: number
  readonly varbinds: readonly Varbind[]
}

export interface Message {
  /** 0 is v1, 1 is v2c. */
  readonly version: number
  readonly community: string
  readonly pdu: Pdu
}

const scratch: Sink = sink()

/** The datagram of a message. Throws RangeError for values no SNMP type can carry: that is a bug of the caller. */
export function encodeMessage({ version, community, pdu }: Message): Buffer {
  scratch.at = scratch.bytes.length
  for (let k = pdu.varbinds.length - 1; k >= 0; k--) {
    const varbind = pdu.varbinds[k]
    if (varbind === undefined) continue
    const before = filled(scratch)
    putValue(scratch, varbind)
    putBytes(scratch, TYPE.oid, oidOctets(varbind.oid))
    putHeader(scratch, SEQUENCE, filled(scratch) - before)
  }
  putHeader(scratch, SEQUENCE, filled(scratch))
  putInteger(scratch, TYPE.integer, pdu.errorIndex)
  putInteger(scratch, TYPE.integer, pdu.errorStatus)
  putInteger(scratch, TYPE.integer, pdu.requestId)
  putHeader(scratch, pdu.type, filled(scratch))
  putBytes(scratch, TYPE.octets, Buffer.from(community, 'utf8'))
  putInteger(scratch, TYPE.integer, version)
  putHeader(scratch, SEQUENCE, filled(scratch))
  return drain(scratch)
}

function oidOctets(text: string): Uint8Array {
  const octets = encodeOid(text)
  if (octets === null) throw new RangeError(`${JSON.stringify(text)} is no object identifier`)
  return octets
}

function putValue(s: Sink, { type, value, oid }: Varbind): void {
  if (value === null) putHeader(s, type, 0)
  else if (typeof value === 'number') putInteger(s, type, value)
  else if (typeof value === 'bigint') putUnsigned64(s, type, value)
  else if (typeof value !== 'string') putBytes(s, type, value)
  else if (type === TYPE.oid) putBytes(s, type, oidOctets(value))
  else if (type === TYPE.ipAddress) putBytes(s, type, ipOctets(value))
  else if (type === TYPE.octets) putBytes(s, type, Buffer.from(value, 'utf8'))
  else throw new RangeError(`text cannot be carried by type 0x${type.toString(16)} of ${oid}`)
}

function ipOctets(text: string): Uint8Array {
  const parts = text.split('.').map(Number)
  if (parts.length !== 4 || !parts.every(part => Number.isInteger(part) && part >= 0 && part <= 255))
    throw new RangeError(`${text} is no IPv4 address`)
  return Uint8Array.from(parts)
}

/**
 * Reads a v1 or v2c datagram. Any octets are allowed: what is no such message comes back as `garbage` saying where it breaks.
 * Octets after the message are ignored, as some agents pad.
 */
export function decodeMessage(bytes: Uint8Array): Outcome<Message> {
  const c = cursor(bytes)
  const all = enter(c, SEQUENCE)
  const version = readInt32(c)
  if (c.bad === null && version !== VERSION['1'] && version !== VERSION['2c']) spoil(c, `version ${version}, which is neither v1 nor v2c`)
  const community = readText(c)
  const type = c.at < c.end ? (c.bytes[c.at] ?? 0) : 0
  if (c.bad === null && (type < PDU.get || type > PDU.report || type === 0xa4)) spoil(c, `PDU tag 0x${type.toString(16)}`)
  const whole = enter(c, type)
  const requestId = readInt32(c)
  const errorStatus = readInt32(c)
  const errorIndex = readInt32(c)
  const list = enter(c, SEQUENCE)
  const varbinds: Varbind[] = []
  while (c.bad === null && c.at < c.end) {
    const varbind = readVarbind(c)
    if (varbind !== null) varbinds.push(varbind)
  }
  leave(c, list)
  leave(c, whole)
  leave(c, all)
  if (c.bad !== null) return because('garbage', { code: 'malformed' }, `Not an SNMP message: ${c.bad}.`)
  return done({ version, community, pdu: { type, requestId, errorStatus, errorIndex, varbinds } })
}

function readText(c: Cursor): string {
  const length = readHeader(c, TYPE.octets)
  if (length < 0) return ''
  c.at += length
  return Buffer.from(c.bytes.buffer, c.bytes.byteOffset + c.at - length, length).toString('utf8')
}

function readVarbind(c: Cursor): Varbind | null {
  const outer = enter(c, SEQUENCE)
  const length = readHeader(c, TYPE.oid)
  const oid = length < 0 ? null : decodeOid(c.bytes, c.at, length)
  if (c.bad === null && oid === null) spoil(c, 'malformed OID')
  if (oid === null) return null
  c.at += length
  const type = c.at < c.end ? (c.bytes[c.at] ?? 0) : -1
  c.at++
  const size = readLength(c)
  if (size < 0) return null
  const value = readValue(c, type, size)
  if (value === undefined) return null
  c.at += size
  leave(c, outer)
  return c.bad === null ? { oid, type, value } : null
}

/** The content of `size` octets at the cursor, or undefined with the cursor spoiled. */
function readValue(c: Cursor, type: number, size: number): Varbind['value'] | undefined {
  switch (type) {
    case TYPE.integer:
      return number(c, signedAt(c.bytes, c.at, size))
    case TYPE.counter32:
    case TYPE.gauge32:
    case TYPE.timeTicks:
    case UINTEGER32:
      return number(c, unsignedAt(c.bytes, c.at, size))
    case TYPE.counter64: {
      if (!(unsignedAt(c.bytes, c.at, size) >= 0)) return number(c, Number.NaN)
      let value = 0n
      for (let k = 0; k < size; k++) value = (value << 8n) | BigInt(c.bytes[c.at + k] ?? 0)
      return value
    }
    case TYPE.oid: {
      const text = decodeOid(c.bytes, c.at, size)
      if (text === null) spoil(c, 'malformed OID')
      return text ?? undefined
    }
    case TYPE.ipAddress:
      if (size === 4) return c.bytes.subarray(c.at, c.at + 4).join('.')
      spoil(c, `IpAddress of ${size} octets`)
      return undefined
    case TYPE.null:
    case TYPE.noSuchObject:
    case TYPE.noSuchInstance:
    case TYPE.endOfMibView:
      return null
    default:
      // Copied (a Buffer's own slice would not): the datagram would otherwise live as long as one short string of it.
      return new Uint8Array(c.bytes.subarray(c.at, c.at + size))
  }
}

function number(c: Cursor, value: number): number | undefined {
  if (Number.isSafeInteger(value)) return value
  spoil(c, 'integer of no or too many octets')
  return undefined
}

/** The number in an Opaque-wrapped float or double (net-snmp's extension), or null when it holds none. */
export function opaqueNumber(content: Uint8Array): number | null {
  const value = opaqueAt(content, 0, content.length)
  return Number.isNaN(value) ? null : value
}
