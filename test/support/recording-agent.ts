// A recorded device on the network: a real UDP agent on loopback that answers v1 and v2c from a recording.
import { createSocket } from 'node:dgram'
import { decodeMessage, encodeMessage, PDU, type Pdu } from '../../collectors/wire/message.ts'
import { TYPE, type Varbind } from '../../collectors/wire/session.ts'
import { agentOf } from './recording.ts'

export interface RecordingAgent {
  readonly port: number
  /** Requests answered so far. */
  readonly asked: () => number
  close(): Promise<void>
}

export interface AgentHabits {
  readonly community?: string
  /** Largest answer; a GETBULK is cut to it, a GET that exceeds it is tooBig. */
  readonly octets?: number
  /** Answers only these many requests, then falls silent. */
  readonly dies?: number
  /** Changes an answer before it is sent, or swallows it with null. */
  readonly twist?: (answer: Pdu, request: Pdu) => Pdu | null
}

const ERROR = { tooBig: 1, noSuchName: 2 }

/** Serves the variables (in order) until closed. */
export async function startAgent(variables: readonly Varbind[], habits: AgentHabits = {}): Promise<RecordingAgent> {
  const agent = agentOf(variables)
  const octets = habits.octets ?? 1472
  const udp = createSocket('udp4')
  let asked = 0
  udp.on('message', (bytes, from) => {
    const message = decodeMessage(bytes)
    if (!message.ok || message.value.community !== (habits.community ?? 'public')) return
    if (asked >= (habits.dies ?? Number.POSITIVE_INFINITY)) return
    asked++
    const { version, community, pdu } = message.value
    const answered = version === 0 ? answerV1(pdu) : answerV2(pdu)
    const twisted = habits.twist === undefined ? answered : habits.twist(answered, pdu)
    if (twisted === null) return
    let answer = encodeMessage({ version, community, pdu: twisted })
    let { varbinds } = twisted
    while (answer.length > octets && pdu.type === PDU.getBulk && varbinds.length > 1) {
      varbinds = varbinds.slice(0, Math.max(1, Math.floor((varbinds.length * octets) / answer.length) - 1))
      answer = encodeMessage({ version, community, pdu: { ...twisted, varbinds } })
    }
    if (answer.length > octets)
      answer = encodeMessage({ version, community, pdu: { ...twisted, errorStatus: ERROR.tooBig, errorIndex: 0, varbinds: [] } })
    udp.send(answer, from.port, from.address)
  })
  await new Promise<void>(bound => udp.bind(0, '127.0.0.1', bound))

  const response = (request: Pdu, varbinds: readonly Varbind[], errorStatus = 0, errorIndex = 0): Pdu => ({
    type: PDU.response,
    requestId: request.requestId,
    errorStatus,
    errorIndex,
    varbinds,
  })

  function answerV2(pdu: Pdu): Pdu {
    const oids = pdu.varbinds.map(varbind => varbind.oid)
    if (pdu.type === PDU.getBulk) return response(pdu, agent.bulk(pdu.errorStatus, Math.min(pdu.errorIndex, 100), oids, 400))
    return response(pdu, oids.map(pdu.type === PDU.getNext ? agent.next : agent.get))
  }

  /** v1 has no exceptions and no Counter64 (RFC 1157, RFC 3584 4.2). */
  function answerV1(pdu: Pdu): Pdu {
    const varbinds: Varbind[] = []
    for (const [k, { oid }] of pdu.varbinds.entries()) {
      let found = pdu.type === PDU.getNext ? agent.next(oid) : agent.get(oid)
      while (pdu.type === PDU.getNext && found.type === TYPE.counter64) found = agent.next(found.oid)
      if (found.type >= TYPE.noSuchObject || found.type === TYPE.counter64) return response(pdu, pdu.varbinds, ERROR.noSuchName, k + 1)
      varbinds.push(found)
    }
    return response(pdu, varbinds)
  }

  return {
    port: udp.address().port,
    asked: () => asked,
    close: () => new Promise(closed => void udp.close(() => closed())),
  }
}
