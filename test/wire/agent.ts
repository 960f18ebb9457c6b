// A real SNMP v1/v2c agent on a loopback socket, answering from a table in memory: what the wire is tested and measured against.
import { createSocket, type RemoteInfo } from 'node:dgram'
import { decodeMessage, encodeMessage, type Message, PDU } from '../../collectors/wire/message.ts'
import { compareOids } from '../../collectors/wire/oid.ts'
import { TYPE, type Varbind } from '../../collectors/wire/session.ts'

export interface Mib {
  /** In walking order. */
  readonly rows: readonly Varbind[]
  readonly places: ReadonlyMap<string, number>
}

export function mib(rows: readonly Varbind[]): Mib {
  const sorted = rows.toSorted((a, b) => compareOids(a.oid, b.oid))
  return { rows: sorted, places: new Map(sorted.map((row, n) => [row.oid, n])) }
}

/** The first row after an OID, by halving. */
function after({ rows, places }: Mib, oid: string): Varbind | undefined {
  const place = places.get(oid)
  if (place !== undefined) return rows[place + 1]
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compareOids(rows[middle]?.oid ?? '', oid) <= 0) low = middle + 1
    else high = middle
  }
  return rows[low]
}

/** What RFC 1157 and RFC 3416 have an agent answer; a GETBULK is cut at `maxSize` octets. */
export function reply(table: Mib, { version, community, pdu }: Message, maxSize = 1472): Message {
  const respond = (varbinds: readonly Varbind[], errorStatus = 0, errorIndex = 0): Message => ({
    version,
    community,
    pdu: { type: PDU.response, requestId: pdu.requestId, errorStatus, errorIndex, varbinds },
  })
  const next = (oid: string): Varbind => after(table, oid) ?? { oid, type: TYPE.endOfMibView, value: null }
  if (pdu.type === PDU.getBulk) {
    const found = pdu.varbinds.slice(0, pdu.errorStatus).map(({ oid }) => next(oid))
    let row = pdu.varbinds.slice(pdu.errorStatus)
    const empty = encodeMessage(respond([])).length
    let size = empty + 8
    for (let n = 0; n < pdu.errorIndex && size < maxSize; n++) {
      row = row.map(({ oid }) => next(oid))
      for (const varbind of row) {
        size += encodeMessage(respond([varbind])).length - empty
        if (size < maxSize) found.push(varbind)
      }
    }
    return respond(found)
  }
  const varbinds = pdu.varbinds.map(({ oid }): Varbind => {
    if (pdu.type === PDU.getNext) return next(oid)
    return table.rows[table.places.get(oid) ?? -1] ?? { oid, type: TYPE.noSuchInstance, value: null }
  })
  const absent = version === 0 ? varbinds.findIndex(({ type }) => type >= 0x80) : -1
  if (absent >= 0) return respond(pdu.varbinds, 2, absent + 1)
  return respond(varbinds)
}

export interface Agent {
  readonly address: string
  readonly port: number
  /** Requests seen. */
  readonly heard: Message[]
  close(): Promise<void>
}

export interface AgentOptions {
  readonly address?: string
  readonly port?: number
  readonly community?: string
  readonly maxSize?: number
  /** Sends what it likes instead of the right answer. */
  readonly mood?: (right: Message, send: (bytes: Uint8Array) => void, from: RemoteInfo) => void
}

export async function openAgent(table: Mib, options: AgentOptions = {}): Promise<Agent> {
  const { address = '127.0.0.1', port = 0, community = 'public', maxSize, mood } = options
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4 << 20 })
  const heard: Message[] = []
  socket.on('message', (bytes, from) => {
    const message = decodeMessage(bytes)
    if (!message.ok || message.value.community !== community) return
    heard.push(message.value)
    const right = reply(table, message.value, maxSize)
    const send = (octets: Uint8Array): void => socket.send(octets, from.port, from.address)
    if (mood === undefined) send(encodeMessage(right))
    else mood(right, send, from)
  })
  await new Promise<void>((bound, refused) => {
    socket.once('error', refused)
    socket.bind(port, address, bound)
  })
  return { address, port: socket.address().port, heard, close: () => new Promise(told => void socket.close(() => told())) }
}
