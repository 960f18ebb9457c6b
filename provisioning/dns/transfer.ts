// A whole zone from its server (AXFR, RFC 5936), signed from the first message to the last.
import type { Call } from '../../daemon/domain/call.ts'
import { done, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import { ask, decode, type Rr } from './message.ts'
import { answersTo, PATIENCE, refusal, request } from './query.ts'
import { endpointOf } from './server.ts'
import type { TsigKey } from './tsig.ts'
import { OPCODE, RCODE, TYPE } from './types.ts'
import { converse } from './wire.ts'

/** Records beyond which a zone is not taken. */
const MOST = 250_000

/** All records, the SOA once. `forbidden`: the server does not hand the zone out to this key. */
export async function transfer(zone: string, server: string, key: TsigKey | null, call: Call): Promise<Outcome<readonly Rr[]>> {
  const to = await endpointOf(server)
  if (!to.ok) return to
  const talk = converse(to.value, call.signal)
  try {
    const outgoing = { opcode: OPCODE.QUERY, questions: [ask(zone, TYPE.AXFR)] }
    const asked = request(outgoing, key)
    talk.send(asked.bytes)
    const records: Rr[] = []
    for (let first = true; ; first = false) {
      const came = await talk.next(PATIENCE)
      if (!came.ok) return came
      const message = decode(came.value)
      // Messages after the first need not repeat the question (RFC 5936, 2.2).
      const ours = message !== null && (answersTo(message, asked, outgoing) || (!first && message.response && message.id === asked.id))
      if (!ours) return failed('garbage', `The DNS server ${server} answered with something that is no transfer of ${zone}.`)
      const believed = asked.signed?.take(came.value, message) ?? done(undefined)
      if (!believed.ok) return believed
      if (message.rcode !== RCODE.NOERROR) return refusal(server, message.rcode, zone)
      if (records.length + message.answers.length > MOST) return failed('tooBig', `The zone ${zone} has more than ${MOST} records.`)
      for (const record of message.answers) {
        if (records.length === 0 && (record.type !== TYPE.SOA || record.name !== zone))
          return failed('garbage', `A transfer of ${zone} did not begin with its SOA.`)
        if (records.length > 0 && record.type === TYPE.SOA && record.name === zone)
          return asked.signed === null || asked.signed.closed()
            ? done(records)
            : failed('garbage', `The transfer of ${zone} ended unsigned; it is not believed.`)
        records.push(record)
      }
      if (message.answers.length === 0) return failed('garbage', `The DNS server ${server} sent an empty piece of ${zone}.`)
    }
  } finally {
    talk.close()
  }
}
