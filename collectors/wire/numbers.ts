// The number in one value of an answer, read in place: every type that can hold one, text included.
import { signedAt, unsignedAt } from './ber.ts'
import { TYPE } from './session.ts'

/** UInteger32 of the withdrawn RFC 1442: old agents still send it. */
export const UINTEGER32 = 0x47

const POWERS = Array.from({ length: 23 }, (_, n) => 10 ** n)

/**
 * The value of `length` octets as a double, or NaN when it holds no number: exceptions, NULL, OIDs, addresses, other text.
 * Exact up to 2^53; a larger Counter64 becomes the nearest double (off by at most 2^-53 of itself, at most 1,024 below 2^64),
 * which a rate over some seconds does not feel.
 */
export function numberAt(bytes: Uint8Array, type: number, at: number, length: number): number {
  switch (type) {
    case TYPE.integer:
      return signedAt(bytes, at, length)
    case TYPE.counter32:
    case TYPE.gauge32:
    case TYPE.timeTicks:
    case TYPE.counter64:
    case UINTEGER32:
      return unsignedAt(bytes, at, length)
    case TYPE.octets:
      return textAt(bytes, at, at + length)
    case TYPE.opaque:
      return opaqueAt(bytes, at, length)
    default:
      return Number.NaN
  }
}

/** Decimal text such as "54.1", " 23 " or "-5", blanks and closing NULs around it allowed; NaN for anything else. */
function textAt(bytes: Uint8Array, from: number, to: number): number {
  let at = from
  let end = to
  while (end > at && ((bytes[end - 1] ?? 0) === 0 || blank(bytes[end - 1] ?? 0))) end--
  while (at < end && blank(bytes[at] ?? 0)) at++
  const sign = bytes[at]
  if (sign === 0x2d || sign === 0x2b) at++
  let mantissa = 0
  let digits = 0
  let point = -1
  for (let k = at; k < end; k++) {
    const octet = bytes[k] ?? 0
    if (octet === 0x2e && point < 0) point = k
    else if (octet >= 0x30 && octet <= 0x39) {
      mantissa = mantissa * 10 + octet - 0x30
      digits++
    } else return Number.NaN
  }
  if (digits === 0) return Number.NaN
  const fraction = point < 0 ? 0 : end - point - 1
  // Up to 15 digits one division of exact integers gives the nearest double; longer ones are rare and may cost a string.
  const power = digits <= 15 ? POWERS[fraction] : undefined
  const size = power === undefined ? Number(String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 400)))) : mantissa / power
  // Hundreds of digits are no measurement.
  if (size === Number.POSITIVE_INFINITY) return Number.NaN
  return sign === 0x2d ? -size : size
}

const blank = (octet: number): boolean => octet === 0x20 || (octet >= 0x09 && octet <= 0x0d)

const FLOAT = new DataView(new ArrayBuffer(8))

/** Float or double wrapped in Opaque (net-snmp's extension: 9f 78 04 …, 9f 79 08 …), else NaN; an infinite one is none either. */
export function opaqueAt(bytes: Uint8Array, at: number, length: number): number {
  if (bytes[at] !== 0x9f || length < 7) return Number.NaN
  const size = bytes[at + 2] ?? 0
  if (length !== size + 3 || !((bytes[at + 1] === 0x78 && size === 4) || (bytes[at + 1] === 0x79 && size === 8))) return Number.NaN
  for (let k = 0; k < size; k++) FLOAT.setUint8(k, bytes[at + 3 + k] ?? 0)
  const value = size === 4 ? FLOAT.getFloat32(0) : FLOAT.getFloat64(0)
  return Number.isFinite(value) ? value : Number.NaN
}
