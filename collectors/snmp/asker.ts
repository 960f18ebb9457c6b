// Sends one chunk of a plan and puts the numbers in place: over the fast path for v1 and v2c, over a session for v3.
import type { Target } from '../../daemon/domain/collector.ts'
import { numberOf } from '../profile/decode.ts'
import { type Answer, ask } from '../wire/ask.ts'
import { type SnmpSession, TYPE } from '../wire/session.ts'
import type { Socket } from '../wire/socket.ts'
import { prepare, type Request } from '../wire/template.ts'
import type { Chunk, Plan } from './plan.ts'

/** What came of a chunk; lent for the call. */
export type Told = Pick<Answer, 'status' | 'missing' | 'strange' | 'pdus' | 'timeouts' | 'message'>

export interface Asker {
  /** Fills the chunk's slots of `raw` and `tags`. `once`: no repetition. `told` is called once, never before this returns. */
  ask(plan: Plan, chunk: Chunk, raw: Float64Array, tags: Uint8Array, once: boolean, told: (answer: Told) => void): void
}

/** Requests are encoded when first needed and kept as long as their chunk. */
export function fastAsker(socket: Socket, target: Target): Asker {
  const requests = new WeakMap<Chunk, Request>()
  return {
    ask(plan, chunk, raw, tags, once, told) {
      let request = requests.get(chunk)
      if (request === undefined) {
        const expect = plan.oids.slice(chunk.start, chunk.end)
        request = prepare(
          socket,
          target,
          chunk.bulk === null
            ? { pdu: 'get', oids: expect }
            : { pdu: 'bulk', oids: chunk.bulk.before, nonRepeaters: 0, maxRepetitions: chunk.bulk.rows, expect },
        )
        requests.set(chunk, request)
      }
      request.packet.retries = once ? 0 : socket.retries
      ask(socket, request, raw, tags, chunk.start, told)
    },
  }
}

/** Over promises; values find their slots by OID, so that nothing else can take their place. */
export function sessionAsker(session: SnmpSession): Asker {
  // The session counts for all that ask over it; each answer reports what came on top since the last report.
  const reported = { pdus: session.spent.pdus, timeouts: session.spent.timeouts }
  return {
    ask(plan, chunk, raw, tags, _once, told) {
      const expect = plan.oids.slice(chunk.start, chunk.end)
      const asked = chunk.bulk === null ? session.get(expect) : session.getBulk(0, chunk.bulk.rows, chunk.bulk.before)
      void asked.then(answer => {
        const spent = { pdus: session.spent.pdus - reported.pdus, timeouts: session.spent.timeouts - reported.timeouts }
        reported.pdus += spent.pdus
        reported.timeouts += spent.timeouts
        if (!answer.ok) {
          told({ status: answer.failure.kind, missing: 0, strange: 0, ...spent, message: answer.failure.message })
          return
        }
        let came = 0
        let strange = 0
        for (const varbind of answer.value) {
          const slot = plan.slotOf.get(varbind.oid)
          if (slot === undefined || slot < chunk.start || slot >= chunk.end) strange++
          else {
            came++
            tags[slot] = varbind.type
            raw[slot] = varbind.type >= TYPE.noSuchObject ? Number.NaN : numberOf(varbind)
          }
        }
        const missing = chunk.end - chunk.start - came
        const status = missing === 0 && strange === 0 ? 'ok' : 'short'
        told({ status, missing, strange, ...spent, message: status === 'ok' ? null : `Of ${expect.length} variables ${missing} did not come.` })
      })
    },
  }
}
