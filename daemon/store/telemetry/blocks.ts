// Sealed blocks: the readings of a series in one hour, or its rollup rows of a day or a month, deflated when that helps.
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { type Reader, readByte, readUnsigned, type Writer, writer, writeUnsigned } from './bytes.ts'
import { readTimes, readValues, writeTimes, writeValues } from './columns.ts'

/** Readings in order of time. `digits`: decimals that hold every value exactly, null when none do. */
export interface Readings {
  readonly at: Float64Array
  readonly values: Float64Array
  readonly n: number
  readonly digits: number | null
}

/** Rollup rows in order; `index` counts rows from the beginning of the block's window. Rows without a reading are left out. */
export interface Rows {
  readonly index: Float64Array
  readonly count: Float64Array
  readonly min: Float64Array
  readonly max: Float64Array
  readonly sum: Float64Array
  readonly n: number
  /** Decimals of `sum`, null when unknown. */
  readonly digits: number | null
}

const READINGS = 1
const ROWS = 2
const DEFLATED = 0x80

/** A block has about a kilobyte: zlib's own buffers, at their usual size, would cost more than the deflating. */
const DEFLATE = { level: 6, windowBits: 12, memLevel: 5, chunkSize: 2048 } as const

const scratch = writer(65_536)

/** Encodes into shared scratch, hands out a copy: nothing here waits in between. */
function block(kind: number, n: number, write: (to: Writer) => void): Uint8Array {
  scratch.length = 0
  writeUnsigned(scratch, n)
  write(scratch)
  const plain = scratch.bytes.subarray(0, scratch.length)
  const small = deflateRawSync(plain, DEFLATE)
  const body = small.length < plain.length ? small : plain
  const bytes = new Uint8Array(body.length + 1)
  bytes[0] = body === small ? kind | DEFLATED : kind
  bytes.set(body, 1)
  return bytes
}

/** Reader past the head. Throws RangeError or zlib's error when the bytes are no block of that kind. */
function open(kind: number, bytes: Uint8Array): { from: Reader; n: number } {
  const head = readByte({ bytes, at: 0 })
  if ((head & ~DEFLATED) !== kind) throw new RangeError('block of an unknown kind')
  const from = { bytes: head & DEFLATED ? inflateRawSync(bytes.subarray(1)) : bytes.subarray(1), at: 0 }
  const n = readUnsigned(from)
  // Every reading takes at least one byte in each column.
  if (n > from.bytes.length) throw new RangeError('block counts more readings than it has bytes')
  return { from, n }
}

export const encodeReadings = (at: Float64Array, values: Float64Array, n: number): Uint8Array =>
  block(READINGS, n, to => {
    writeTimes(to, at, n)
    writeValues(to, values, n)
  })

export function decodeReadings(bytes: Uint8Array): Readings {
  const { from, n } = open(READINGS, bytes)
  const at = readTimes(from, n)
  return { at, ...readValues(from, n), n }
}

export const encodeRows = ({ index, count, min, max, sum, n }: Rows): Uint8Array =>
  block(ROWS, n, to => {
    writeTimes(to, index, n)
    for (const column of [count, min, max, sum]) writeValues(to, column, n)
  })

export function decodeRows(bytes: Uint8Array): Rows {
  const { from, n } = open(ROWS, bytes)
  const index = readTimes(from, n)
  const count = readValues(from, n).values
  const min = readValues(from, n).values
  const max = readValues(from, n).values
  const { values: sum, digits } = readValues(from, n)
  return { index, count, min, max, sum, n, digits }
}
