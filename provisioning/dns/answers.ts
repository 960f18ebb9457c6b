// What every server that answers for a zone says, each asked directly and as anybody asks.
import type { Call } from '../../daemon/domain/call.ts'
import type { State } from '../../daemon/domain/change.ts'
import { failed, type Outcome } from '../../daemon/domain/outcome.ts'
import type { ZoneLook } from '../hands.ts'
import { lookUp } from './lookup.ts'
import { query } from './query.ts'
import { serialOf } from './rdata.ts'
import { readKey } from './state.ts'
import { RCODE, TYPE } from './types.ts'

export async function askAll(
  name: string,
  zone: string,
  servers: readonly string[],
  call: Call,
): Promise<readonly { readonly server: string; readonly state: Outcome<State | null> }[]> {
  const key = readKey(name)
  return await Promise.all(
    servers.map(async server => ({
      server,
      state: key === null ? failed('invalid', `“${name}” is no owner with a type.`) : await lookUp(key, zone, { server, key: null }, call),
    })),
  )
}

/** Serial numbers, and whether the zone is signed: a key at its top and a signature over its SOA, by the first server that answers. */
export async function lookAt(zone: string, servers: readonly string[], call: Call): Promise<ZoneLook> {
  const looks = await Promise.all(
    servers.map(async server => {
      const soa = await query(zone, TYPE.SOA, { server, key: null, dnssec: true }, call)
      const records = soa.ok && soa.value.authoritative && soa.value.rcode === RCODE.NOERROR ? soa.value.answers : []
      const own = records.find(({ type, name }) => type === TYPE.SOA && name === zone)?.text ?? null
      return {
        server,
        serial: own === null ? null : serialOf(own),
        reachable: soa.ok,
        signature: records.some(({ type }) => type === TYPE.RRSIG),
      }
    }),
  )
  const first = looks.find(({ serial }) => serial !== null)
  const dnssec = first === undefined ? 'unknown' : first.signature && (await hasKey(zone, first.server, call)) ? 'signed' : 'unsigned'
  return { servers: looks.map(({ server, serial, reachable }) => ({ server, serial, reachable })), dnssec }
}

async function hasKey(zone: string, server: string, call: Call): Promise<boolean> {
  const keys = await query(zone, TYPE.DNSKEY, { server, key: null, dnssec: true }, call)
  return keys.ok && keys.value.answers.some(({ type }) => type === TYPE.DNSKEY)
}
