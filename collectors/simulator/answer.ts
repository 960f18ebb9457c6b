// The answering half of an SNMP v1/v2c agent, without a socket: a sorted table of objects, and one datagram for another (RFC 1157, RFC 3416 section 4.2).
import type { Outcome } from '../../daemon/domain/outcome.ts'
import { decodeMessage, encodeMessage, type Message, PDU, VERSION } from '../wire/message.ts'
import { compareOids, encodeOid } from '../wire/oid.ts'
import { TYPE, type Varbind } from '../wire/session.ts'
import type { Variable } from './mibs/variable.ts'
import type { World } from './world.ts'

/** Octets of the largest answer: what one Ethernet frame carries without being cut. */
export const LARGEST = 1472

const ERROR = { none: 0, tooBig: 1, noSuchName: 2, notWritable: 17, readOnly: 4 } as const

/** Octets that message, community and PDU header take at most; the community is counted apart. */
const OVERHEAD = 44

export interface Table {
  readonly sorted: readonly Variable[]
  readonly byOid: ReadonlyMap<string, Variable>
  readonly objects: ReadonlySet<string>
}

/** Sorts an agent's objects as walks go through them. A name served twice is a mistake of the program: RangeError. */
export function makeTable(variables: readonly Variable[]): Table {
  const byOid = new Map(variables.map(variable => [variable.oid, variable]))
  if (byOid.size !== variables.length) {
    const twice = variables.find(variable => byOid.get(variable.oid) !== variable)
    throw new RangeError(`${twice?.oid} is served twice`)
  }
  return { sorted: [...byOid.values()].sort((a, b) => compareOids(a.oid, b.oid)), byOid, objects: new Set(variables.map(({ object }) => object)) }
}

/** The answer to a datagram, or null when an agent would stay silent: no SNMP, another community, not a request. */
export function answer(table: Table, world: World, community: string, datagram: Uint8Array): Buffer | null {
  const request: Outcome<Message> = decodeMessage(datagram)
  if (!request.ok || request.value.community !== community) return null
  const { version, pdu } = request.value
  const v1 = version === VERSION['1']
  const room = LARGEST - OVERHEAD - Buffer.byteLength(community)
  switch (pdu.type) {
    case PDU.get:
      return reply(
        request.value,
        pdu.varbinds.map(({ oid }) => get(table, world, oid, v1)),
        room,
      )
    case PDU.getNext:
      return reply(
        request.value,
        pdu.varbinds.map(({ oid }) => next(table, world, oid, v1)),
        room,
      )
    case PDU.getBulk:
      return v1 ? null : encode(request.value, ERROR.none, 0, bulk(table, world, request.value, room))
    case PDU.set:
      return encode(request.value, v1 ? ERROR.noSuchName : ERROR.notWritable, 1, pdu.varbinds)
    default:
      return null
  }
}

const encode = ({ version, community, pdu }: Message, errorStatus: number, errorIndex: number, varbinds: readonly Varbind[]): Buffer =>
  encodeMessage({ version, community, pdu: { type: PDU.response, requestId: pdu.requestId, errorStatus, errorIndex, varbinds } })

/** GET and GETNEXT answer whole or not at all; v1 has one error for the first name that is not there. */
function reply(request: Message, found: readonly Varbind[], room: number): Buffer {
  const v1 = request.version === VERSION['1']
  const missing = v1 ? found.findIndex(({ type }) => type >= TYPE.noSuchObject) : -1
  if (missing >= 0) return encode(request, ERROR.noSuchName, missing + 1, request.pdu.varbinds)
  if (found.reduce((sum, varbind) => sum + sizeOf(varbind), 0) > room) return encode(request, ERROR.tooBig, 0, v1 ? request.pdu.varbinds : [])
  return encode(request, ERROR.none, 0, found)
}

function get(table: Table, world: World, oid: string, v1: boolean): Varbind {
  const variable = table.byOid.get(oid)
  const value = variable === undefined || (v1 && variable.type === TYPE.counter64) ? undefined : variable.read(world)
  if (variable !== undefined && value !== undefined) return { oid, type: variable.type, value }
  return { oid, type: isObject(table, oid) ? TYPE.noSuchInstance : TYPE.noSuchObject, value: null }
}

/** True when `oid` lies below an object that is served, so that only this instance is missing. */
function isObject({ objects }: Table, oid: string): boolean {
  for (let end = oid.lastIndexOf('.'); end > 0; end = oid.lastIndexOf('.', end - 1)) if (objects.has(oid.slice(0, end))) return true
  return false
}

function next({ sorted }: Table, world: World, after: string, v1: boolean): Varbind {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const at = sorted[middle]
    if (at !== undefined && compareOids(at.oid, after) <= 0) low = middle + 1
    else high = middle
  }
  for (let k = low; k < sorted.length; k++) {
    const variable = sorted[k]
    if (variable === undefined || (v1 && variable.type === TYPE.counter64)) continue
    const value = variable.read(world)
    if (value !== undefined) return { oid: variable.oid, type: variable.type, value }
  }
  return { oid: after, type: TYPE.endOfMibView, value: null }
}

/** Rows as long as they fit, and no further than where every column has ended. */
function bulk(table: Table, world: World, { pdu }: Message, room: number): Varbind[] {
  const single = Math.min(Math.max(0, pdu.errorStatus), pdu.varbinds.length)
  const repetitions = Math.max(0, pdu.errorIndex)
  const out: Varbind[] = []
  let left = room
  const push = (varbind: Varbind): boolean => {
    left -= sizeOf(varbind)
    if (left < 0) return false
    out.push(varbind)
    return true
  }
  for (const { oid } of pdu.varbinds.slice(0, single)) if (!push(next(table, world, oid, false))) return out
  let columns = pdu.varbinds.slice(single).map(({ oid }) => oid)
  for (let row = 0; row < repetitions && columns.length > 0; row++) {
    const found = columns.map(oid => next(table, world, oid, false))
    for (const varbind of found) if (!push(varbind)) return out
    if (found.every(({ type }) => type === TYPE.endOfMibView)) return out
    columns = found.map(({ oid }) => oid)
  }
  return out
}

const oidOctets = (oid: string): number => encodeOid(oid)?.length ?? 0

function valueOctets({ type, value }: Varbind): number {
  if (value === null) return 0
  if (typeof value === 'bigint') return 9
  if (typeof value === 'number') return 5
  if (typeof value !== 'string') return value.length
  return type === TYPE.oid ? oidOctets(value) : type === TYPE.ipAddress ? 4 : Buffer.byteLength(value)
}

const header = (length: number): number => (length < 128 ? 2 : length < 256 ? 3 : 4)

/** Octets a varbind takes, at most: integers are counted at full width. */
function sizeOf(varbind: Varbind): number {
  const name = oidOctets(varbind.oid)
  const value = valueOctets(varbind)
  const inside = name + header(name) + value + header(value)
  return inside + header(inside)
}
