// What stands before the varbinds of an answer, read in place: enough to tell whose answer it is.
import { type Cursor, enter, readHeader, readInt32, SEQUENCE } from './ber.ts'
import { TYPE } from './session.ts'

/** One is used again and again: after `readHead` the varbinds lie from `at` to `end`. */
export interface Head extends Cursor {
  bytes: Buffer
  /** 0 is v1, 1 is v2c, 3 is v3, whose other fields are not read. */
  version: number
  communityAt: number
  communityLength: number
  /** Tag of the PDU. */
  type: number
  /** Where the content of the request id lies in a message of ours. */
  idAt: number
  requestId: number
  errorStatus: number
  errorIndex: number
}

export const newHead = (): Head => ({
  bytes: Buffer.alloc(0),
  at: 0,
  end: 0,
  bad: null,
  version: 0,
  communityAt: 0,
  communityLength: 0,
  type: 0,
  idAt: 0,
  requestId: 0,
  errorStatus: 0,
  errorIndex: 0,
})

/** False, with the reason in `head.bad`, when the datagram is no SNMP message. Every length is held against the buffer. */
export function readHead(head: Head, bytes: Buffer): boolean {
  head.bytes = bytes
  head.at = 0
  head.end = bytes.length
  head.bad = null
  if (enter(head, SEQUENCE) < 0) return false
  head.version = readInt32(head)
  if (head.version === 3) return head.bad === null
  const length = readHeader(head, TYPE.octets)
  if (length < 0) return false
  head.communityAt = head.at
  head.communityLength = length
  head.at += length
  if (head.at >= head.end) return false
  head.type = bytes[head.at] ?? 0
  if (enter(head, head.type) < 0) return false
  head.idAt = head.at + 2
  head.requestId = readInt32(head)
  head.errorStatus = readInt32(head)
  head.errorIndex = readInt32(head)
  return enter(head, SEQUENCE) >= 0 && head.bad === null
}

/** Whether the message carries this community, octet by octet. */
export function hasCommunity(head: Head, community: Uint8Array): boolean {
  if (head.communityLength !== community.length) return false
  for (let k = 0; k < community.length; k++) if (head.bytes[head.communityAt + k] !== community[k]) return false
  return true
}
