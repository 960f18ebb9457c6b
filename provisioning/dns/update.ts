// RRsets changed where they are served (RFC 2136): each with its old value as a prerequisite, all in one transaction or nothing of it.
import type { Call } from '../../daemon/domain/call.ts'
import { done, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import type { RecordSwap } from '../hands.ts'
import type { Sent } from './message.ts'
import { inOne, refusal } from './query.ts'
import { writeData } from './rdata.ts'
import { type RrsetState, readKey } from './state.ts'
import type { TsigKey } from './tsig.ts'
import { CLASS, OPCODE, RCODE, TYPE, typeNumber } from './types.ts'

const NOTHING = new Uint8Array()

export interface Updating {
  readonly zone: string
  readonly server: string
  readonly key: TsigKey | null
}

/** `kept`: a prerequisite did not hold, and nothing was done. */
export type Updated = 'done' | 'kept'

/** Looks only: whether every one of these stands there, at that very name, exactly so (null: not at all). No wildcard answers for another. */
export const holds = (now: readonly Omit<RecordSwap, 'after'>[], to: Updating, call: Call): Promise<Outcome<Updated>> =>
  send(
    now.map(({ name, before }) => ({ name, before, after: before })),
    to,
    call,
  )

/** Compare and swap of all of them. TTLs are no part of the comparison: RFC 2136 cannot ask for them. */
export const update = (swaps: readonly RecordSwap[], to: Updating, call: Call): Promise<Outcome<Updated>> => send(swaps, to, call)

async function send(swaps: readonly RecordSwap[], { zone, server, key }: Updating, call: Call): Promise<Outcome<Updated>> {
  const prerequisites: Sent[] = []
  const removals: Sent[] = []
  const additions: Sent[] = []
  for (const { name, before, after } of swaps) {
    const at = readKey(name)
    const type = at === null ? null : typeNumber(at.type)
    if (at === null || type === null) return failed('invalid', `“${name}” is no owner with a type, such as “www.example.go.id. A”.`)
    const records = (state: RrsetState | null, of: number, ttl: number): readonly Sent[] | null => {
      const made = (state?.data ?? []).map(text => ({ name: at.owner, type, class: of, ttl, data: writeData(type, text) }))
      return made.every((one): one is Sent => one.data !== null) ? made : null
    }
    const [was, is] = [before as RrsetState | null, after as RrsetState | null]
    const old = records(was, CLASS.IN, 0)
    const fresh = records(is, CLASS.IN, is?.ttl ?? 0)
    if (old === null || fresh === null) return failed('invalid', `What is wanted of ${name} is no data of its type.`)
    if (was === null) prerequisites.push({ name: at.owner, type, class: CLASS.NONE, ttl: 0, data: NOTHING })
    else prerequisites.push(...old)
    if (before === after) continue
    if (at.owner === zone && type === TYPE.NS) {
      // At the top of a zone a server keeps its last NS, and never drops all of them at once (RFC 2136, 3.4.2.4): new ones first.
      additions.push(...fresh)
      additions.push(...old.filter((_, i) => !is?.data.includes(was?.data[i] ?? '')).map(one => ({ ...one, class: CLASS.NONE })))
    } else {
      if (was !== null) removals.push({ name: at.owner, type, class: CLASS.ANY, ttl: 0, data: NOTHING })
      additions.push(...fresh)
    }
  }
  const answer = await inOne(
    server,
    {
      opcode: OPCODE.UPDATE,
      questions: [{ name: zone, type: TYPE.SOA, class: CLASS.IN }],
      answers: prerequisites,
      // A name that changes from CNAME to others must lose it first: what cannot stand beside it is silently left out (RFC 2136, 3.4.2.2).
      authorities: [...removals, ...additions],
    },
    key,
    call,
  )
  if (!answer.ok) return answer
  const { rcode } = answer.value
  if (rcode === RCODE.NOERROR) return done('done')
  if (rcode === RCODE.NXRRSET || rcode === RCODE.YXRRSET || rcode === RCODE.NXDOMAIN || rcode === RCODE.YXDOMAIN) return done('kept')
  return refusal(server, rcode, zone)
}
