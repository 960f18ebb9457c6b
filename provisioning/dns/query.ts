// One question to one server: by UDP with EDNS(0), by TCP when the answer is too long; an answer counts only with our number, our question and our key.
import { randomInt } from 'node:crypto'
import type { Call } from '../../daemon/domain/call.ts'
import { done, type Failure, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import { ask, decode, edns, encode, type Message, type Outgoing } from './message.ts'
import { endpointOf } from './server.ts'
import { sign, type TsigKey, type Verifier, verifier } from './tsig.ts'
import { OPCODE, RCODE, rcodeName } from './types.ts'
import { askByUdp, type Conversation, converse } from './wire.ts'

/** ms before the same is asked anew, from another port with another number. */
const TRIES = [700, 1500, 2500]
/** ms a server may take to answer by TCP. */
export const PATIENCE = 10_000

export interface Asking {
  readonly server: string
  /** Null: unsigned, as anybody asks. */
  readonly key: TsigKey | null
  /** Wants signatures of DNSSEC too. */
  readonly dnssec?: boolean
  readonly recursion?: boolean
}

const seconds = (): number => Math.floor(Date.now() / 1000)

interface Request {
  readonly bytes: Buffer
  readonly id: number
  readonly signed: Verifier | null
}

export function request(outgoing: Omit<Outgoing, 'id'>, key: TsigKey | null): Request {
  const id = randomInt(65_536)
  const plain = encode({ ...outgoing, id })
  if (key === null) return { bytes: plain, id, signed: null }
  const { bytes, mac } = sign(plain, key, seconds())
  return { bytes, id, signed: verifier(key, mac, seconds) }
}

/** Whether it is an answer to this at all; whose it is, the signature says. */
export const answersTo = (message: Message, { id }: Request, outgoing: Omit<Outgoing, 'id'>): boolean => {
  const [asked] = outgoing.questions
  const [echoed, ...more] = message.questions
  if (!message.response || message.id !== id || message.opcode !== outgoing.opcode) return false
  // A refusal may leave the question out.
  if (echoed === undefined) return message.rcode !== RCODE.NOERROR || outgoing.opcode === OPCODE.UPDATE
  return more.length === 0 && asked !== undefined && echoed.name === asked.name && echoed.type === asked.type && echoed.class === asked.class
}

/** Whatever the server says, also a refusal; fails when nothing came that may be believed. */
export async function query(
  name: string,
  type: number,
  { server, key, dnssec = false, recursion = false }: Asking,
  call: Call,
): Promise<Outcome<Message>> {
  const to = await endpointOf(server)
  if (!to.ok) return to
  const outgoing = { opcode: OPCODE.QUERY, recursion, questions: [ask(name, type)], additionals: [edns(dnssec)] }
  let last: Outcome<Message> = failed('timeout', `The DNS server ${server} does not answer.`)
  for (const patience of TRIES) {
    const asked = request(outgoing, key)
    const accept = (bytes: Buffer): Outcome<Message> | null => {
      const message = decode(bytes)
      if (message === null || !answersTo(message, asked, outgoing)) return null
      const believed = asked.signed?.take(bytes, message) ?? done(undefined)
      // A forged one is passed over: the right one may still come. A refusal of the key is an answer.
      if (!believed.ok && believed.failure.kind === 'garbage') return null
      return believed.ok ? done(message) : believed
    }
    const answer = await askByUdp(to.value, asked.bytes, accept, patience, call.signal)
    last = answer.ok ? answer.value : answer
    if (last.ok && last.value.truncated) return await inOne(server, outgoing, key, call)
    if (last.ok || last.failure.kind !== 'timeout') return last
  }
  return last
}

/** One message there and one back, by TCP. */
export async function inOne(server: string, outgoing: Omit<Outgoing, 'id'>, key: TsigKey | null, call: Call): Promise<Outcome<Message>> {
  const to = await endpointOf(server)
  if (!to.ok) return to
  const talk = converse(to.value, call.signal)
  try {
    return await exchange(talk, outgoing, key)
  } finally {
    talk.close()
  }
}

async function exchange(talk: Conversation, outgoing: Omit<Outgoing, 'id'>, key: TsigKey | null): Promise<Outcome<Message>> {
  const asked = request(outgoing, key)
  if (asked.bytes.length > 65_535) return failed('tooBig', 'This is too much for one DNS message: make it two changes.')
  talk.send(asked.bytes)
  const came = await talk.next(PATIENCE)
  if (!came.ok) return came
  const message = decode(came.value)
  if (message === null || !answersTo(message, asked, outgoing))
    return failed('garbage', 'The DNS server answered with something else than was asked.')
  const believed = asked.signed?.take(came.value, message) ?? done(undefined)
  return believed.ok ? done(message) : believed
}

/** What a code other than NOERROR and NXDOMAIN means for whoever asked. */
export function refusal(server: string, rcode: number, zone: string): { readonly ok: false; readonly failure: Failure } {
  const code = rcodeName(rcode)
  if (rcode === RCODE.SERVFAIL) return failed('unreachable', `The DNS server ${server} cannot answer for ${zone} now (${code}).`)
  if (rcode === RCODE.REFUSED)
    return failed('forbidden', `The DNS server ${server} refuses this for ${zone} (${code}). Give the key this right there.`)
  if (rcode === RCODE.NOTAUTH || rcode === RCODE.NOTZONE)
    return failed('notFound', `The DNS server ${server} does not serve the zone ${zone} (${code}). Make the zone there, or name another server.`)
  if (rcode === RCODE.NOTIMP) return failed('notSupported', `The DNS server ${server} does not know how to do this (${code}).`)
  return failed('garbage', `The DNS server ${server} answers ${code}.`)
}
