// A session over v1 or v2c on the shared socket: for discovery, where convenience matters more than the last microsecond.
import { because } from '../../daemon/domain/because.ts'
import type { Target } from '../../daemon/domain/collector.ts'
import { done, type Failure, type Outcome } from '../../daemon/domain/outcome.ts'
import { ERROR, errorFailure } from './errors.ts'
import { inHalves } from './halves.ts'
import { decodeMessage, PDU, type Pdu } from './message.ts'
import { newPacket, type Taker } from './packet.ts'
import { type SnmpSession, TYPE, type Varbind } from './session.ts'
import type { Socket } from './socket.ts'

type Answered = Outcome<readonly Varbind[]>

/** Opens a session; nothing is sent yet. Requests too big for the device are halved, absent variables of v1 come back as in v2c. */
export function openSession(socket: Socket, target: Target): SnmpSession {
  const spent = { pdus: 0, timeouts: 0 }
  const waiting = new Set<(failure: Failure) => void>()
  const old = target.access.via === 'snmp' && target.access.version === '1'
  let closed = false

  /** One request, its answer as the device gave it. */
  function exchange(type: number, oids: readonly string[], nonRepeaters: number, maxRepetitions: number): Promise<Outcome<Pdu>> {
    if (closed) return Promise.resolve(because('cancelled', { code: 'closed' }, 'The session is closed.'))
    const varbinds = oids.map(oid => ({ oid, type: TYPE.null, value: null }))
    const asked = newPacket(socket, target, { type, errorStatus: nonRepeaters, errorIndex: maxRepetitions, varbinds })
    return new Promise(tell => {
      const cancel = (failure: Failure): void => tell({ ok: false, failure })
      const over = (pdus: number, timeouts: number): void => {
        spent.pdus += pdus
        spent.timeouts += timeouts
        waiting.delete(cancel)
      }
      const taker: Taker = {
        answered(head, pdus, timeouts) {
          over(pdus, timeouts)
          const message = decodeMessage(head.bytes)
          tell(message.ok ? done(message.value.pdu) : message)
        },
        failed(kind, why, pdus, timeouts) {
          over(pdus, timeouts)
          tell(because(kind, why))
        },
      }
      waiting.add(cancel)
      socket.exchange(asked, taker)
    })
  }

  /** GET or GETNEXT; asks again without what a v1 device has not, which comes back as `absent`. */
  async function ask(type: number, oids: readonly string[], absent: number): Promise<Answered> {
    if (oids.length === 0) return done([])
    const answer = await exchange(type, oids, 0, 0)
    if (!answer.ok) return answer
    const { errorStatus, errorIndex, varbinds } = answer.value
    const missing = oids[errorIndex - 1]
    if (errorStatus === ERROR.noSuchName && missing !== undefined) {
      const rest = await ask(type, oids.toSpliced(errorIndex - 1, 1), absent)
      return rest.ok ? done(rest.value.toSpliced(errorIndex - 1, 0, { oid: missing, type: absent, value: null })) : rest
    }
    if (errorStatus !== 0) return { ok: false, failure: errorFailure(errorStatus, missing ?? null) }
    if (varbinds.length !== oids.length) return because('garbage', { code: 'count', asked: oids.length, came: varbinds.length })
    return type === PDU.get ? asAsked(oids, varbinds) : done(varbinds)
  }

  const getNext = (oids: readonly string[]): Promise<Answered> => inHalves(oids, part => ask(PDU.getNext, part, TYPE.endOfMibView))

  return {
    get: oids => inHalves(oids, part => ask(PDU.get, part, TYPE.noSuchInstance)),
    getNext,
    async getBulk(nonRepeaters, maxRepetitions, oids) {
      if (old) return getNext(oids)
      const answer = await exchange(PDU.getBulk, oids, nonRepeaters, maxRepetitions)
      if (!answer.ok) return answer
      const { errorStatus, errorIndex, varbinds } = answer.value
      if (errorStatus === ERROR.tooBig && maxRepetitions > 1) return this.getBulk(nonRepeaters, maxRepetitions >> 1, oids)
      if (errorStatus !== 0) return { ok: false, failure: errorFailure(errorStatus, oids[errorIndex - 1] ?? null) }
      return done(varbinds)
    },
    spent,
    close() {
      closed = true
      const { failure } = because('cancelled', { code: 'closed' }, 'The session was closed while it asked.')
      for (const cancel of waiting) cancel(failure)
      waiting.clear()
    },
  }
}

/** The answers to a GET in the order asked, as some agents sort them; `garbage` when another variable is answered. */
function asAsked(oids: readonly string[], varbinds: readonly Varbind[]): Answered {
  if (oids.every((oid, n) => varbinds[n]?.oid === oid)) return done(varbinds)
  const answered = new Map(varbinds.map(varbind => [varbind.oid, varbind]))
  const ordered = oids.map(oid => answered.get(oid)).filter(varbind => varbind !== undefined)
  if (ordered.length === oids.length) return done(ordered)
  return because('garbage', { code: 'otherVariables', oid: oids.find(oid => !answered.has(oid)) ?? '' })
}
