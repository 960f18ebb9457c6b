// The names of addresses: where the PTR of an address stands, and in which zone of ours (RFC 1035, 3.5; RFC 3596, 2.5).
import { readIp } from '../../daemon/domain/ip.ts'
import { zoneOf } from './name.ts'

/** `5.0.20.10.in-addr.arpa.`; null: no address. */
export function reverseOwner(address: string): string | null {
  const ip = readIp(address)
  if (ip === null) return null
  const [steps, bits, base, root] = ip.version === 4 ? ([4, 8n, 10, 'in-addr.arpa.'] as const) : ([32, 4n, 16, 'ip6.arpa.'] as const)
  const mask = (1n << bits) - 1n
  return `${Array.from({ length: steps }, (_, i) => ((ip.number >> (BigInt(i) * bits)) & mask).toString(base)).join('.')}.${root}`
}

/** The most particular of these zones in which the address has its name, as it was given; null: none of ours. */
export function reverseZone(address: string, zones: Iterable<string>): string | null {
  const owner = reverseOwner(address)
  return owner === null ? null : zoneOf(owner, zones)
}
