// What one server says of RRsets, asked for each.
import type { Call } from '../../daemon/domain/call.ts'
import { done, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import type { Message } from './message.ts'
import { type Asking, query, refusal } from './query.ts'
import { keyText, type RrsetKey, type RrsetState, rrsetsOf } from './state.ts'
import { RCODE, TYPE, typeNumber } from './types.ts'

/** What it answers for one; a wildcard answers for others. */
export async function lookUp(key: RrsetKey, zone: string, asking: Asking, call: Call): Promise<Outcome<RrsetState | null>> {
  const type = typeNumber(key.type)
  if (type === null) return failed('invalid', `There is no record type ${key.type}.`)
  const answer = await query(key.owner, type, asking, call)
  return answer.ok ? saidOf(answer.value, key, zone, asking.server) : answer
}

function saidOf(message: Message, key: RrsetKey, zone: string, server: string): Outcome<RrsetState | null> {
  if (message.rcode !== RCODE.NOERROR && message.rcode !== RCODE.NXDOMAIN) return refusal(server, message.rcode, zone)
  const text = keyText(key)
  if (message.authoritative) return done(rrsetsOf(message.answers).get(text) ?? null)
  // Below a delegation the parent refers: its own NS stand in the authority section, addresses of those in the additional one.
  const referral = message.answers.length === 0 && message.authorities.some(({ type }) => type === TYPE.NS)
  if (referral) return done(rrsetsOf([...message.authorities, ...message.additionals]).get(text) ?? null)
  return failed('unreachable', `The DNS server ${server} does not answer for ${zone} with authority. Look whether it serves the zone.`)
}

/** As many questions at a time to one server. */
const AT_ONCE = 16

/** Stops at the first that fails. */
export async function lookUpAll(
  keys: readonly RrsetKey[],
  zone: string,
  asking: Asking,
  call: Call,
): Promise<Outcome<ReadonlyMap<string, RrsetState | null>>> {
  const found = new Map<string, RrsetState | null>()
  let wrong: Outcome<never> | null = null
  const left = keys.values()
  const work = async () => {
    for (const key of left) {
      if (wrong !== null) return
      const one = await lookUp(key, zone, asking, call)
      if (one.ok) found.set(keyText(key), one.value)
      else wrong = one
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, keys.length) }, work))
  return wrong ?? done(found)
}
