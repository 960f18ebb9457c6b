// The varbinds of an answer, walked in place: numbers go straight to where the caller keeps them.
import type { Head } from './head.ts'
import { numberAt } from './numbers.ts'
import type { Request } from './template.ts'

/** What an answer brought of what was expected. */
export interface Yield {
  /** Expected OIDs that did not come: their values are NaN, their tags 0. */
  missing: number
  /** Varbinds with an OID that was not expected, or not any more. */
  strange: number
}

/** Expected OIDs seen in one answer, when it did not come in order. */
let seen = new Uint8Array(256)

/**
 * Reads the varbinds after `head` into `values[offset + place]`, and each value's ASN.1 tag into `tags` where given.
 * Values that are no number are NaN; their tag tells why. False when the octets are malformed: `values` may then be half written.
 * OIDs out of order, missing or strange are found and counted, never believed by position.
 */
export function readValues(head: Head, request: Request, values: Float64Array, tags: Uint8Array | null, offset: number, got: Yield): boolean {
  const { bytes, end } = head
  const { places, size } = request
  let at = head.at
  let next = 0 // the expected OID whose turn it is
  let ordered = true
  let found = 0
  got.strange = 0
  while (at < end) {
    if (at + 2 > end || bytes[at] !== 0x30) return false
    let length = bytes[at + 1] ?? 0
    at += 2
    if (length >= 0x80) {
      const octets = length & 0x7f
      length = longLength(bytes, at, end, octets)
      at += octets
    }
    const stop = at + length
    if (length < 0 || stop > end || at + 2 > stop || bytes[at] !== 0x06) return false
    length = bytes[at + 1] ?? 0
    at += 2
    if (length >= 0x80) {
      const octets = length & 0x7f
      length = longLength(bytes, at, stop, octets)
      at += octets
    }
    if (length < 0 || at + length + 2 > stop) return false
    let here = next
    if (next >= size || !isExpected(request, next, bytes, at, length)) {
      if (ordered) {
        if (seen.length < size) seen = new Uint8Array(size)
        seen.fill(1, 0, next).fill(0, next, size)
        ordered = false
      }
      here = search(request, next, bytes, at, length)
    }
    at += length
    const tag = bytes[at] ?? 0
    length = bytes[at + 1] ?? 0
    at += 2
    if (length >= 0x80) {
      const octets = length & 0x7f
      length = longLength(bytes, at, stop, octets)
      at += octets
    }
    if (length < 0 || at + length !== stop) return false
    if (here < 0 || (!ordered && seen[here] === 1)) got.strange++
    else {
      const place = offset + (places === null ? here : (places[here] ?? 0))
      values[place] = numberAt(bytes, tag, at, length)
      if (tags !== null) tags[place] = tag
      if (!ordered) seen[here] = 1
      found++
      next = here
    }
    next++
    at = stop
  }
  got.missing = size - found
  if (got.missing > 0) blank(request, ordered ? found : -1, values, tags, offset)
  return true
}

/** Long-form length of `octets` octets at `at`; -1 when it is indefinite, longer than four octets or beyond `end`. */
function longLength(bytes: Uint8Array, at: number, end: number, octets: number): number {
  if (octets < 1 || octets > 4 || at + octets > end) return -1
  let length = 0
  for (let k = 0; k < octets; k++) length = length * 256 + (bytes[at + k] ?? 0)
  return length
}

function isExpected({ expected, starts }: Request, n: number, bytes: Uint8Array, at: number, length: number): boolean {
  const start = starts[n] ?? 0
  if ((starts[n + 1] ?? 0) - start !== length) return false
  // From the end: there siblings differ.
  for (let k = length - 1; k >= 0; k--) if (bytes[at + k] !== expected[start + k]) return false
  return true
}

/** The expected OID that these octets are, looked for from `next` on and then from the beginning; -1 when it is none. */
function search(request: Request, next: number, bytes: Uint8Array, at: number, length: number): number {
  for (let n = next; n < request.size; n++) if (isExpected(request, n, bytes, at, length)) return n
  for (let n = 0; n < next && n < request.size; n++) if (isExpected(request, n, bytes, at, length)) return n
  return -1
}

/** Marks what did not come: in an ordered answer all after the `found` first, else what was not seen. */
function blank({ places, size }: Request, found: number, values: Float64Array, tags: Uint8Array | null, offset: number): void {
  for (let n = Math.max(found, 0); n < size; n++) {
    if (found < 0 && seen[n] === 1) continue
    const place = offset + (places === null ? n : (places[n] ?? 0))
    values[place] = Number.NaN
    if (tags !== null) tags[place] = 0
  }
}
