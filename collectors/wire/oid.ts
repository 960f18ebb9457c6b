// Object identifiers: dotted text to BER content octets and back, and their order (X.690 8.19, RFC 2578 3.5).

const LARGEST = 0xffffffff
const DOTTED = /^(0|[1-9]\d*)(\.(0|[1-9]\d*))+$/

/** The arcs of dotted text, or null when it is no OID SNMP can carry: two arcs or more, each below 2^32, the first 0, 1 or 2. */
export function arcs(text: string): number[] | null {
  if (!DOTTED.test(text)) return null
  const list = text.split('.').map(Number)
  const [first = 3, second = 40] = list
  if (first > 2 || (first < 2 && second > 39)) return null
  return list.every(arc => arc <= LARGEST) ? list : null
}

/** Content octets (no tag, no length) of dotted text, or null when it is no OID. */
export function encodeOid(text: string): Uint8Array | null {
  const list = arcs(text)
  if (list === null) return null
  const out: number[] = []
  const [first = 0, second = 0] = list
  push(out, first * 40 + second)
  for (let k = 2; k < list.length; k++) push(out, list[k] ?? 0)
  return Uint8Array.from(out)
}

function push(out: number[], arc: number): void {
  // 40 × 2 + (2^32 - 1) is the largest: five septets, beyond what 32-bit shifts can do.
  let octets = 1
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) octets++
  for (let k = octets - 1; k >= 0; k--) out.push((Math.floor(arc / 128 ** k) % 128) | (k > 0 ? 0x80 : 0))
}

/** Dotted text of content octets; an empty content is 0.0 as net-snmp reads it. Null when malformed. */
export function decodeOid(bytes: Uint8Array, at: number, length: number): string | null {
  if (length === 0) return '0.0'
  const end = at + length
  if ((bytes[end - 1] ?? 0x80) & 0x80) return null
  let text = ''
  let arc = 0
  let fresh = true
  for (let k = at; k < end; k++) {
    const octet = bytes[k] ?? 0
    if (fresh && octet === 0x80) return null
    arc = arc * 128 + (octet & 0x7f)
    fresh = octet < 0x80
    if (!fresh) {
      if (arc > LARGEST) return null
      continue
    }
    if (text === '') {
      const first = arc < 80 ? Math.floor(arc / 40) : 2
      if (arc - first * 40 > LARGEST) return null
      text = `${first}.${arc - first * 40}`
    } else {
      if (arc > LARGEST) return null
      text += `.${arc}`
    }
    arc = 0
  }
  return text
}

/** Below zero, zero or above zero as `a` comes before, is, or comes after `b` in the order in which agents walk. */
export function compareOids(a: string, b: string): number {
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    let x = 0
    let y = 0
    for (; i < a.length && a.charCodeAt(i) !== 46; i++) x = x * 10 + a.charCodeAt(i) - 48
    for (; j < b.length && b.charCodeAt(j) !== 46; j++) y = y * 10 + b.charCodeAt(j) - 48
    if (x !== y) return x - y
    i++
    j++
  }
  return Math.sign(a.length - i - (b.length - j))
}

/** True when `oid` lies in the subtree of `root`, root itself not counted. */
export const isBelow = (oid: string, root: string): boolean => oid.length > root.length && oid[root.length] === '.' && oid.startsWith(root)
