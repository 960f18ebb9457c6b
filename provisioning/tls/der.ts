// DER, as much of it as certificates need (X.690): a value is a tag, a length and a body. What does not end where it says is null, never a crash.

export interface Der {
  readonly tag: number
  readonly body: Buffer
  /** Tag, length and body. */
  readonly whole: Buffer
}

export const TAG = { boolean: 0x01, integer: 0x02, bits: 0x03, octets: 0x04, oid: 0x06, utf8: 0x0c, utc: 0x17, time: 0x18, sequence: 0x30 } as const

/** Of a context: `[0] EXPLICIT` and the like. */
export const explicit = (number: number): number => 0xa0 | number
export const implicit = (number: number): number => 0x80 | number

export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  const { length } = body
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : length < 0x1_0000 ? [0x82, length >> 8, length & 0xff] : null
  if (size === null) throw new RangeError(`${length} octets are more than a certificate has`)
  return Buffer.concat([Uint8Array.of(tag, ...size), body])
}

/** `2.5.29.17` */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const octets = [first * 40 + second, ...rest].flatMap(number => {
    const groups = [number & 0x7f]
    for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128)) groups.unshift((left & 0x7f) | 0x80)
    return groups
  })
  return der(TAG.oid, Uint8Array.from(octets))
}

/** From octets, the highest first; positive. */
export function integer(octets: Uint8Array): Buffer {
  let from = 0
  while (from < octets.length - 1 && octets[from] === 0) from++
  const least = octets.subarray(from)
  return der(TAG.integer, ...((least[0] ?? 0) >= 0x80 || least.length === 0 ? [Uint8Array.of(0)] : []), least)
}

export const bits = (octets: Uint8Array, unused = 0): Buffer => der(TAG.bits, Uint8Array.of(unused), octets)

/** UTCTime until 2049, then GeneralizedTime (RFC 5280, 4.1.2.5). Whole seconds. */
export function time(instant: number): Buffer {
  const text = `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`
  return instant < Date.UTC(2050, 0) ? der(TAG.utc, Buffer.from(text.slice(2))) : der(TAG.time, Buffer.from(text))
}

/** All values one after the other; null: these octets are not such. */
export function readDer(bytes: Uint8Array): readonly Der[] | null {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found: Der[] = []
  for (let at = 0; at < all.length; ) {
    const first = all[at + 1]
    if (first === undefined) return null
    const more = first < 0x80 ? 0 : first & 0x7f
    // An indefinite length is not DER, and none of ours needs more than three octets.
    if (first === 0x80 || more > 3 || at + 2 + more > all.length) return null
    const head = at + 2 + more
    const length = more === 0 ? first : all.readUIntBE(at + 2, more)
    if (head + length > all.length) return null
    found.push({ tag: all[at]!, body: all.subarray(head, head + length), whole: all.subarray(at, head + length) })
    at = head + length
  }
  return found
}

/** `1.2.840.113549.1.1.5` of the body of an OID. */
export function oidText(body: Uint8Array): string {
  const numbers: number[] = []
  let number = 0
  for (const octet of body) {
    number = number * 128 + (octet & 0x7f)
    if (octet >= 0x80) continue
    numbers.push(number)
    number = 0
  }
  const [first = 0, ...rest] = numbers
  const head = Math.min(2, Math.floor(first / 40))
  return [head, first - head * 40, ...rest].join('.')
}
