// IP addresses and subnets as numbers: read, compared, counted; IPv4 (RFC 791) and IPv6 (RFC 4291, written as RFC 5952 says).

export interface Ip {
  readonly version: 4 | 6
  readonly number: bigint
}

export interface Subnet {
  readonly version: 4 | 6
  readonly first: bigint
  readonly last: bigint
  readonly prefix: number
}

const BITS = { 4: 32n, 6: 128n } as const

function readV4(text: string): bigint | null {
  const parts = text.split('.')
  if (parts.length !== 4 || parts.some(part => !/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255)) return null
  return parts.reduce((sum, part) => (sum << 8n) + BigInt(part), 0n)
}

function readV6(text: string): bigint | null {
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  const low = tail === null ? null : readV4(tail[2]!)
  if (tail !== null && low === null) return null
  const plain = low === null ? text : `${tail![1]}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`
  const halves = plain.split('::')
  if (halves.length > 2) return null
  const [head, end] = halves.map(half => (half === '' ? [] : half.split(':'))) as [string[], string[] | undefined]
  const missing = 8 - head.length - (end?.length ?? 0)
  if (end === undefined ? missing !== 0 : missing < 1) return null
  const groups = [...head, ...Array.from({ length: end === undefined ? 0 : missing }, () => '0'), ...(end ?? [])]
  if (groups.some(group => !/^[0-9a-f]{1,4}$/i.test(group))) return null
  return groups.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n)
}

/** Null: no address. */
export function readIp(text: string): Ip | null {
  const plain = text.trim()
  const number = plain.includes(':') ? readV6(plain) : readV4(plain)
  return number === null ? null : { version: plain.includes(':') ? 6 : 4, number }
}

export function writeIp({ version, number }: Ip): string {
  if (version === 4) return [24n, 16n, 8n, 0n].map(shift => (number >> shift) & 255n).join('.')
  const groups = Array.from({ length: 8 }, (_, i) => ((number >> BigInt(112 - 16 * i)) & 0xffffn).toString(16))
  // The longest run of zeros, the first of equals, at least two.
  let [start, length] = [-1, 1]
  for (let i = 0; i < 8; i++) {
    let end = i
    while (end < 8 && groups[end] === '0') end++
    if (end - i > length) [start, length] = [i, end - i]
  }
  return start < 0 ? groups.join(':') : `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`
}

/** Where the PTR of an address stands, `5.0.20.10.in-addr.arpa`; without a dot at the end (RFC 1035, 3.5; RFC 3596, 2.5). */
export function reverseOf(ip: Ip): string {
  if (ip.version === 4) return `${writeIp(ip).split('.').reverse().join('.')}.in-addr.arpa`
  return `${[...ip.number.toString(16).padStart(32, '0')].reverse().join('.')}.ip6.arpa`
}

/** `10.20.0.0/24`; null: none, or bits set beyond the prefix. */
export function readSubnet(text: string): Subnet | null {
  const [address = '', length = '', more] = text.trim().split('/')
  const ip = readIp(address)
  if (ip === null || more !== undefined || !/^\d{1,3}$/.test(length)) return null
  const bits = BITS[ip.version]
  const prefix = BigInt(length)
  if (prefix > bits) return null
  const size = 1n << (bits - prefix)
  return ip.number % size === 0n ? { version: ip.version, first: ip.number, last: ip.number + size - 1n, prefix: Number(prefix) } : null
}

/** One address, or `from-to`. */
export function readRange(text: string): { readonly version: 4 | 6; readonly first: bigint; readonly last: bigint } | null {
  const [from = '', to = from, more] = text.split('-')
  const [first, last] = [readIp(from), readIp(to)]
  if (first === null || last === null || more !== undefined || first.version !== last.version || last.number < first.number) return null
  return { version: first.version, first: first.number, last: last.number }
}
