// BER as SNMP uses it (X.690, RFC 3417 section 8): definite lengths, one-octet tags. Reading never throws and never leaves its bounds.

export const SEQUENCE = 0x30

/** A place in some bytes. `end` is the first octet not to be read; `bad` says what was wrong first, after which every read yields nothing. */
export interface Cursor {
  bytes: Uint8Array
  at: number
  end: number
  bad: string | null
}

export const cursor = (bytes: Uint8Array, at = 0, end = bytes.length): Cursor => ({ bytes, at, end, bad: null })

export function spoil(c: Cursor, why: string): void {
  c.bad ??= `${why} at octet ${c.at}`
  c.at = c.end
}

/** Reads one tag and length; the content then lies at `c.at`. Gives the content's length, or -1. */
export function readHeader(c: Cursor, tag: number): number {
  if (c.at >= c.end) {
    spoil(c, 'cut short')
    return -1
  }
  if (c.bytes[c.at] !== tag) {
    spoil(c, `tag 0x${(c.bytes[c.at] ?? 0).toString(16)} where 0x${tag.toString(16)} belongs`)
    return -1
  }
  c.at++
  return readLength(c)
}

/** Length octets, short or long form of at most four octets; the content must lie within the cursor. -1 when it does not. */
export function readLength(c: Cursor): number {
  const first = c.at < c.end ? (c.bytes[c.at++] ?? 0) : -1
  let length = first
  if (first > 0x80 && first <= 0x84 && c.at + (first & 0x7f) <= c.end) {
    length = 0
    for (let n = first & 0x7f; n > 0; n--) length = length * 256 + (c.bytes[c.at++] ?? 0)
  } else if (first < 0 || first >= 0x80) {
    spoil(c, first === 0x80 ? 'indefinite length' : 'length cut short or too long')
    return -1
  }
  if (length > c.end - c.at) {
    spoil(c, `length ${length} beyond the end`)
    return -1
  }
  return length
}

/** Narrows the cursor to the content of a constructed value; gives the end to return to with `leave`, or -1. */
export function enter(c: Cursor, tag: number): number {
  const length = readHeader(c, tag)
  if (length < 0) return -1
  const outer = c.end
  c.end = c.at + length
  return outer
}

/** Back out of what `enter` opened; octets left over inside are an error. */
export function leave(c: Cursor, outer: number): void {
  if (c.bad !== null) return
  if (c.at !== c.end) spoil(c, 'octets left over')
  c.end = outer
}

/**
 * Two's complement of 1 to 8 octets as a double: exact up to 2^53, beyond that the nearest double.
 * NaN for no octets or more than eight.
 */
export function signedAt(bytes: Uint8Array, at: number, length: number): number {
  if (length < 1 || length > 8) return Number.NaN
  const first = bytes[at] ?? 0
  if (length <= 4) {
    let v = first & 0x80 ? -1 : 0
    for (let k = 0; k < length; k++) v = (v << 8) | (bytes[at + k] ?? 0)
    return v
  }
  let high = first & 0x80 ? -1 : 0
  for (let k = 0; k < length - 4; k++) high = (high << 8) | (bytes[at + k] ?? 0)
  return high * 4294967296 + word(bytes, at + length - 4, 4)
}

/**
 * Unsigned of 1 to 8 octets (or nine with a leading zero) as a double: exact up to 2^53, beyond that the nearest double.
 * Agents that forget the leading zero of large counters are understood. NaN for other lengths.
 */
export function unsignedAt(bytes: Uint8Array, at: number, length: number): number {
  if (length === 9 && bytes[at] === 0) return unsignedAt(bytes, at + 1, 8)
  if (length < 1 || length > 8) return Number.NaN
  if (length <= 4) return word(bytes, at, length)
  return word(bytes, at, length - 4) * 4294967296 + word(bytes, at + length - 4, 4)
}

function word(bytes: Uint8Array, at: number, length: number): number {
  let v = 0
  for (let k = 0; k < length; k++) v = (v << 8) | (bytes[at + k] ?? 0)
  return v >>> 0
}

/** INTEGER within 32 bits (requests, statuses); 0 with the cursor spoiled otherwise. */
export function readInt32(c: Cursor): number {
  const length = readHeader(c, 0x02)
  if (length < 0) return 0
  const value = signedAt(c.bytes, c.at, length)
  if (!(value >= -2147483648 && value <= 2147483647)) {
    spoil(c, 'INTEGER of no or too many octets')
    return 0
  }
  c.at += length
  return value
}

// Writing goes from the back to the front, so that every length is known when its octets are due.

/** A buffer being filled from its end; the octets written so far begin at `at`. */
export interface Sink {
  bytes: Buffer
  at: number
}

export const sink = (size = 2048): Sink => ({ bytes: Buffer.allocUnsafe(size), at: size })

function room(s: Sink, octets: number): void {
  if (s.at >= octets) return
  const used = s.bytes.length - s.at
  const larger = Buffer.allocUnsafe(2 * s.bytes.length + octets)
  s.bytes.copy(larger, larger.length - used, s.at)
  s.at = larger.length - used
  s.bytes = larger
}

/** Tag and length before the content that begins at `at` and ends where the sink stood at `mark` octets from the end. */
export function putHeader(s: Sink, tag: number, length: number): void {
  room(s, 6)
  if (length < 0x80) s.bytes[--s.at] = length
  else {
    let octets = 0
    for (let rest = length; rest > 0; rest = Math.floor(rest / 256), octets++) s.bytes[--s.at] = rest % 256
    s.bytes[--s.at] = 0x80 | octets
  }
  s.bytes[--s.at] = tag
}

/** How many octets the sink holds: taken before writing a content, its difference afterwards is the content's length. */
export const filled = (s: Sink): number => s.bytes.length - s.at

export function putBytes(s: Sink, tag: number, content: Uint8Array): void {
  room(s, content.length)
  s.at -= content.length
  s.bytes.set(content, s.at)
  putHeader(s, tag, content.length)
}

/** Shortest two's complement of an integer; `tag` may be any of SNMP's integer types. Throws RangeError beyond ±2^53. */
export function putInteger(s: Sink, tag: number, value: number): void {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no integer that SNMP can carry`)
  room(s, 9)
  const before = filled(s)
  let rest = value
  for (;;) {
    const low = ((rest % 256) + 256) % 256
    s.bytes[--s.at] = low
    rest = (rest - low) / 256
    if ((rest === 0 && low < 0x80) || (rest === -1 && low >= 0x80)) break
  }
  putHeader(s, tag, filled(s) - before)
}

/** Counter64 and the like: unsigned 64 bits. Throws RangeError outside. */
export function putUnsigned64(s: Sink, tag: number, value: bigint): void {
  if (value < 0n || value > 0xffffffffffffffffn) throw new RangeError(`${value} is no unsigned 64-bit number`)
  room(s, 9)
  const before = filled(s)
  let rest = value
  do {
    s.bytes[--s.at] = Number(rest & 0xffn)
    rest >>= 8n
  } while (rest > 0n)
  if ((s.bytes[s.at] ?? 0) & 0x80) s.bytes[--s.at] = 0
  putHeader(s, tag, filled(s) - before)
}

/** A copy of what the sink holds; the sink is empty afterwards. */
export function drain(s: Sink): Buffer {
  const copy = Buffer.from(s.bytes.subarray(s.at))
  s.at = s.bytes.length
  return copy
}
