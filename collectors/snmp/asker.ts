// Sends one chunk of a plan and puts the numbers in place: over the fast path for v1 and v2c, over a session for v3.
import { whyOf } from '../../daemon/domain/because.ts'
import type { Target } from '../../daemon/domain/collector.ts'
import { numberOf } from '../profile/decode.ts'
import { type Answer, ask } from '../wire/ask.ts'
import { type SnmpSession, TYPE } from '../wire/session.ts'
import type { Socket } from '../wire/socket.ts'
import { prepare, type Request } from '../wire/template.ts'
import type { Chunk, Plan } from './plan.ts'

/** What came of a chunk; lent for the call. */
export type Told = Pick<Answer, 'status' | 'missing' | 'strange' | 'pdus' | 'timeouts' | 'why'>

/**
 * Asks for a chunk. On `ok` and `short` all its slots of `raw` and `tags` are written, with NaN and 0 for what did not come; else they mean
 * nothing. `once`: no repetition.
 */
export type Ask = (raw: Float64Array, tags: Uint8Array, once: boolean) => void

export interface Asker {
  /** Prepared once, asked each poll. `told` is called once for each asking, never before it returns. */
  prepare(plan: Plan, chunk: Chunk, told: (answer: Told) => void): Ask
}

/** Requests are encoded when first needed and kept as long as their chunk. */
export function fastAsker(socket: Socket, target: Target): Asker {
  return {
    prepare(plan, chunk, told) {
      let request: Request | null = null
      return (raw, tags, once) => {
        request ??= requestOf(plan, chunk)
        request.packet.retries = once ? 0 : socket.retries
        ask(socket, request, raw, tags, chunk.start, told)
      }
    },
  }

  function requestOf({ oids }: Plan, { start, end, bulk }: Chunk): Request {
    const expect = oids.slice(start, end)
    return prepare(
      socket,
      target,
      bulk === null ? { pdu: 'get', oids: expect } : { pdu: 'bulk', oids: bulk.before, nonRepeaters: 0, maxRepetitions: bulk.rows, expect },
    )
  }
}

/** Over promises; values find their slots by OID, so that nothing else can take their place. */
export function sessionAsker(session: SnmpSession): Asker {
  // The session counts for all that ask over it; each answer reports what came on top since the last report.
  const reported = { pdus: session.spent.pdus, timeouts: session.spent.timeouts }
  return {
    prepare: (plan, chunk, told) => (raw, tags) => {
      const expect = plan.oids.slice(chunk.start, chunk.end)
      const asked = chunk.bulk === null ? session.get(expect) : session.getBulk(0, chunk.bulk.rows, chunk.bulk.before)
      void asked.then(answer => {
        const spent = { pdus: session.spent.pdus - reported.pdus, timeouts: session.spent.timeouts - reported.timeouts }
        reported.pdus += spent.pdus
        reported.timeouts += spent.timeouts
        if (!answer.ok) {
          told({ status: answer.failure.kind, missing: 0, strange: 0, ...spent, why: whyOf(answer.failure) })
          return
        }
        let came = 0
        let strange = 0
        raw.fill(Number.NaN, chunk.start, chunk.end)
        tags.fill(0, chunk.start, chunk.end)
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
        told({ status, missing, strange, ...spent, why: status === 'ok' ? null : { code: 'short', asked: expect.length, missing } })
      })
    },
  }
}
