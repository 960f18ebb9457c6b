// Numbers as bytes: variable-length integers, and the growing buffer they go into.

export interface Writer {
  bytes: Uint8Array
  length: number
}

export interface Reader {
  readonly bytes: Uint8Array
  at: number
}

/** Largest magnitude `writeSigned` takes: its zigzag form still fits an exact double. */
export const LARGEST = 2 ** 52

export const writer = (capacity = 4096): Writer => ({ bytes: new Uint8Array(capacity), length: 0 })

/** Room for `more` bytes; existing ones stay. */
export function reserve(to: Writer, more: number): void {
  if (to.length + more <= to.bytes.length) return
  const larger = new Uint8Array(Math.max(to.bytes.length * 2, to.length + more))
  larger.set(to.bytes.subarray(0, to.length))
  to.bytes = larger
}

export function writeByte(to: Writer, byte: number): void {
  reserve(to, 1)
  to.bytes[to.length++] = byte
}

/** LEB128 of an integer from 0 to 2^53. */
export function writeUnsigned(to: Writer, n: number): void {
  reserve(to, 8)
  const { bytes } = to
  let at = to.length
  let rest = n
  // Shifts work on 31 bits; above that by division.
  while (rest >= 0x4000_0000) {
    bytes[at++] = (rest % 128) | 128
    rest = Math.floor(rest / 128)
  }
  while (rest >= 128) {
    bytes[at++] = (rest & 127) | 128
    rest >>>= 7
  }
  bytes[at++] = rest
  to.length = at
}

/** Zigzag LEB128 of an integer of magnitude below LARGEST. */
export const writeSigned = (to: Writer, n: number): void => writeUnsigned(to, n < 0 ? -2 * n - 1 : 2 * n)

/** Throws RangeError past the end: the bytes are not what they are taken for. */
export function readByte(from: Reader): number {
  const byte = from.bytes[from.at++]
  if (byte === undefined) throw new RangeError('block ends too early')
  return byte
}

export function readUnsigned(from: Reader): number {
  const { bytes } = from
  let at = from.at
  let byte = bytes[at++] ?? 0
  let n = byte & 127
  let weight = 128
  while (byte >= 128) {
    byte = bytes[at++] ?? 0
    n += (byte & 127) * weight
    weight *= 128
  }
  if (at > bytes.length) throw new RangeError('block ends too early')
  from.at = at
  return n
}

export function readSigned(from: Reader): number {
  const n = readUnsigned(from)
  return n % 2 === 0 ? n / 2 : -(n + 1) / 2
}

export function readBytes(from: Reader, length: number): Uint8Array {
  if (from.at + length > from.bytes.length) throw new RangeError('block ends too early')
  from.at += length
  return from.bytes.subarray(from.at - length, from.at)
}
