// The names of addresses: where the PTR of an address stands, and in which zone of ours (RFC 1035, 3.5; RFC 3596, 2.5).
import { readIp, reverseOf } from '../../daemon/domain/ip.ts'
import { zoneOf } from './name.ts'

/** `5.0.20.10.in-addr.arpa.`; null: no address. */
export function reverseOwner(address: string): string | null {
  const ip = readIp(address)
  return ip === null ? null : `${reverseOf(ip)}.`
}

/** The most particular of these zones in which the address has its name, as it was given; null: none of ours. */
export function reverseZone(address: string, zones: Iterable<string>): string | null {
  const owner = reverseOwner(address)
  return owner === null ? null : zoneOf(owner, zones)
}
