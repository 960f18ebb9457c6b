// Writing to a device over v1 and v2c: one SET with all assignments, which the device carries out together or not at all.
import { Packet, PduTypes, Session, Versions } from 'snmp-native'
import type { Target } from '../../daemon/domain/collector.ts'
import { done, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import { errorFailure, errorStatus } from './errors.ts'
import type { Hosts } from './hosts.ts'
import { arcs } from './oid.ts'
import { TYPE } from './session.ts'

export type Assignment =
  | { readonly oid: string; readonly type: 'integer' | 'gauge' | 'timeTicks'; readonly value: number }
  | { readonly oid: string; readonly type: 'octets'; readonly value: string | Uint8Array }
  | { readonly oid: string; readonly type: 'oid' | 'ipAddress'; readonly value: string }

const TAGS = {
  integer: TYPE.integer,
  gauge: TYPE.gauge32,
  timeTicks: TYPE.timeTicks,
  octets: TYPE.octets,
  oid: TYPE.oid,
  ipAddress: TYPE.ipAddress,
} as const

/** ASN.1 tag and value as both libraries take them. */
export function tagged(assignment: Assignment): { type: number; value: number | string | Buffer } {
  const type = TAGS[assignment.type]
  if (assignment.type === 'octets' && typeof assignment.value !== 'string') return { type, value: Buffer.from(assignment.value) }
  return { type, value: assignment.value as number | string }
}

export interface Patience {
  readonly timeout: number
  readonly retries: number
}

/**
 * Assigns, and is done when the device has confirmed. Failures: `forbidden` (read-only, no access), `invalid` (wrong type or value), `notFound`,
 * `timeout`: then the device may have carried it out nevertheless, so read it again. Throws RangeError for what is no OID.
 */
export async function set(
  hosts: Hosts,
  { access, address }: Target,
  assignments: readonly Assignment[],
  { timeout, retries }: Patience,
): Promise<Outcome<null>> {
  if (access.via !== 'snmp' || access.version === '3') throw new RangeError('This target is not set by SNMP v1 or v2c')
  const packet = new Packet()
  packet.version = access.version === '1' ? Versions.SNMPv1 : Versions.SNMPv2c
  packet.community = access.community
  packet.pdu.type = PduTypes.SetRequestPDU
  packet.pdu.varbinds = assignments.map(assignment => {
    const { type, value } = tagged(assignment)
    return { oid: checked(assignment.oid), type, value: type === TYPE.oid && typeof value === 'string' ? checked(value) : value }
  })
  const host = hosts.find(address.host)
  const failure = await new Promise<Parameters<Parameters<Hosts['whenKnown']>[1]>[0]>(tell => hosts.whenKnown(host, tell))
  if (failure !== null || host.place === null)
    return failure === null ? failed('notFound', `No address is known for ${host.name}.`) : { ok: false, failure }

  const { address: to, family } = host.place
  // A socket of its own: a SET is rare, and its session drops what is not its own by request id.
  const session = new Session({ family: family === 6 ? 'udp6' : 'udp4' })
  try {
    return await new Promise<Outcome<null>>(tell => {
      // Octets that are no message come as an event, not as an answer; the repetitions go on.
      session.on('error', () => undefined)
      const options = { host: to, port: address.port, timeouts: Array.from({ length: retries + 1 }, (_, k) => timeout * 1.5 ** k) }
      session.sendMsg(packet, options, error => tell(error === null ? done(null) : outcomeOf(error, `${address.host}:${address.port}`)))
    })
  } finally {
    session.close()
  }
}

function outcomeOf(error: Error & { code?: string }, name: string): Outcome<null> {
  if (error.message === 'Timeout') return failed('timeout', `${name} did not confirm; it may have done it nevertheless.`)
  const status = errorStatus(error.message)
  if (status !== null) return { ok: false, failure: errorFailure(status, null) }
  return failed('unreachable', `Nothing can be sent to ${name} (${error.code ?? error.message}).`)
}

function checked(oid: string): number[] {
  const list = arcs(oid)
  if (list === null) throw new RangeError(`${JSON.stringify(oid)} is no object identifier`)
  return list
}
