// TSIG (RFC 8945): requests signed with a shared key, answers taken only when they are signed with it too, over many messages of a transfer as well.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { failed, type Outcome } from '../../daemon/domain/outcome.ts'
import { at16, at48, u16, u32, u48 } from './bytes.ts'
import type { Message } from './message.ts'
import { nameWire, readName } from './name.ts'
import { CLASS, RCODE, TYPE } from './types.ts'

export const TSIG_ALGORITHMS = ['hmac-sha256', 'hmac-sha384', 'hmac-sha512'] as const
export type TsigAlgorithm = (typeof TSIG_ALGORITHMS)[number]

export interface TsigKey {
  readonly name: string
  readonly algorithm: TsigAlgorithm
  readonly secret: Uint8Array
}

/** How far two clocks may be apart, seconds. */
const FUDGE = 300
/** A transfer may leave so many messages unsigned between two signed ones (RFC 8945, 5.3.1). */
const UNSIGNED = 99

const hash = { 'hmac-sha256': 'sha256', 'hmac-sha384': 'sha384', 'hmac-sha512': 'sha512' } as const

const mac = (key: TsigKey, ...parts: readonly (Uint8Array | readonly number[])[]): Buffer => {
  const hmac = createHmac(hash[key.algorithm], key.secret)
  for (const part of parts) hmac.update(Uint8Array.from(part))
  return hmac.digest()
}

interface Times {
  readonly time: number
  readonly fudge: number
}

const timers = ({ time, fudge }: Times): readonly number[] => [...u48(time), ...u16(fudge)]
const variables = (key: TsigKey, times: Times, error: number, other: Uint8Array): readonly number[] => [
  ...nameWire(key.name)!,
  ...u16(CLASS.ANY),
  ...u32(0),
  ...nameWire(key.algorithm)!,
  ...timers(times),
  ...u16(error),
  ...u16(other.length),
  ...other,
]
const counted = (octets: Uint8Array): readonly number[] => [...u16(octets.length), ...octets]

/** The message with its signature at the end. `now`: seconds since 1970. */
export function sign(message: Uint8Array, key: TsigKey, now: number): { readonly bytes: Buffer; readonly mac: Uint8Array } {
  const times = { time: now, fudge: FUDGE }
  const signature = mac(key, message, variables(key, times, 0, new Uint8Array()))
  const data = [...nameWire(key.algorithm)!, ...timers(times), ...counted(signature), ...message.subarray(0, 2), ...u16(0), ...u16(0)]
  const bytes = Buffer.concat([
    message,
    Buffer.from([...nameWire(key.name)!, ...u16(TYPE.TSIG), ...u16(CLASS.ANY), ...u32(0), ...u16(data.length), ...data]),
  ])
  bytes.writeUInt16BE(at16(message, 10) + 1, 10)
  return { bytes, mac: signature }
}

interface Signature extends Times {
  readonly algorithm: string
  readonly mac: Uint8Array
  readonly id: number
  readonly error: number
  readonly other: Uint8Array
}

/** Null: no TSIG data. */
function readSignature(data: Uint8Array): Signature | null {
  const algorithm = readName(data, 0)
  if (algorithm === null || algorithm.next + 10 > data.length) return null
  const at = algorithm.next
  const end = at + 10 + at16(data, at + 8)
  if (end + 6 > data.length || end + 6 + at16(data, end + 4) !== data.length) return null
  return {
    algorithm: algorithm.name,
    time: at48(data, at),
    fudge: at16(data, at + 6),
    mac: data.subarray(at + 10, end),
    id: at16(data, end),
    error: at16(data, end + 2),
    other: data.subarray(end + 6),
  }
}

export interface Verifier {
  /** One answer after the other. Fails when it was not signed with our key as it stands: whoever asked must not believe it. */
  take(bytes: Uint8Array, message: Message): Outcome<void>
  /** Whether nothing unsigned is left hanging at the end of a transfer. */
  closed(): boolean
}

const forged = (what: string) => failed('garbage', `The DNS server's answer ${what}; it is not believed.`)

/** `now`: seconds since 1970. */
export function verifier(key: TsigKey, requestMac: Uint8Array, now: () => number): Verifier {
  let prior = requestMac
  let first = true
  let hanging: Uint8Array[] = []

  return {
    closed: () => !first && hanging.length === 0,
    take(bytes, message) {
      const { tsig } = message
      if (tsig === null) {
        if (first) return unsigned(message, key)
        hanging.push(bytes)
        return hanging.length > UNSIGNED ? forged('was left unsigned for too long') : { ok: true, value: undefined }
      }
      const found = readSignature(tsig.rr.data)
      if (found === null || tsig.rr.class !== CLASS.ANY || tsig.rr.ttl !== 0) return forged('carries a signature that cannot be read')
      if (found.error === RCODE.BADKEY || found.error === RCODE.BADSIG) return refusedKey(key)
      if (tsig.rr.name !== `${key.name.toLowerCase().replace(/\.$/, '')}.` || found.algorithm !== `${key.algorithm}.`)
        return forged('was signed with another key')

      const plain = Buffer.from(bytes.subarray(0, tsig.at))
      plain.writeUInt16BE(found.id, 0)
      plain.writeUInt16BE(at16(bytes, 10) - 1, 10)
      const should = first
        ? mac(key, counted(prior), plain, variables(key, found, found.error, found.other))
        : mac(key, counted(prior), ...hanging, plain, timers(found))
      if (found.mac.length !== should.length || !timingSafeEqual(found.mac, should)) return forged('has a signature that is not right')
      if (found.error === RCODE.BADTIME || Math.abs(now() - found.time) > found.fudge)
        return failed(
          'wrongCredential',
          `The clocks of Suar and of the DNS server are more than ${FUDGE} seconds apart, so that signatures do not count. Set both by NTP.`,
        )
      if (found.error !== 0) return forged(`carries the error ${found.error} in its signature`)
      prior = Uint8Array.from(found.mac)
      first = false
      hanging = []
      return { ok: true, value: undefined }
    },
  }
}

const refusedKey = ({ name, algorithm }: TsigKey) =>
  failed('wrongCredential', `The DNS server does not take the key ${name} (${algorithm}). Compare name, algorithm and secret with its configuration.`)

function unsigned({ rcode }: Message, key: TsigKey): Outcome<void> {
  // A server that never got so far as the key may refuse without one; that is a refusal, not a belief.
  if (rcode === RCODE.REFUSED || rcode === RCODE.NOTAUTH || rcode === RCODE.FORMERR || rcode === RCODE.NOTIMP)
    return failed('forbidden', `The DNS server refused without looking at the key ${key.name} (${rcode}). Let it take this key for the zone.`)
  if (rcode === RCODE.SERVFAIL) return failed('unreachable', 'The DNS server says that it cannot answer now (SERVFAIL).')
  return forged('is not signed')
}
