// A record of the journal, and reading a file of them: torn ends are cut off, damaged middles stepped over.
import { readFileSync, truncateSync } from 'node:fs'
import { crc32 } from 'node:zlib'

/** One append: parallel columns. */
export interface Entry {
  /** Running number over all segments; a sealed block remembers the last one in it. */
  readonly seq: number
  readonly points: Uint32Array
  readonly values: Float64Array
  readonly at: Float64Array
}

/** "SUAJ". Columns are written as they lie in memory: little-endian on every machine Node runs Suar on. */
const MAGIC = 0x4a41_5553
/** magic u32, CRC-32 u32 of all that follows, seq f64, count u32, nought u32. Then at, values, points, padded to 8. */
const HEAD = 24
export const sizeOf = (count: number): number => HEAD + 16 * count + 8 * Math.ceil(count / 2)

/** Writes a record at `start`, a multiple of eight with room enough behind it. */
export function writeRecord(into: ArrayBuffer, start: number, { seq, points, values, at }: Entry): void {
  const view = new DataView(into)
  const count = points.length
  const size = sizeOf(count)
  view.setUint32(start, MAGIC, true)
  view.setFloat64(start + 8, seq, true)
  view.setUint32(start + 16, count, true)
  view.setUint32(start + 20, 0, true)
  new Float64Array(into, start + HEAD, count).set(at)
  new Float64Array(into, start + HEAD + 8 * count, count).set(values)
  new Uint32Array(into, start + HEAD + 16 * count, count).set(points)
  if (count % 2 === 1) view.setUint32(start + size - 4, 0, true)
  view.setUint32(start + 4, crc32(new Uint8Array(into, start + 8, size - 8)), true)
}

/** Bytes up to the end of the last whole record. A torn end is cut off; a damaged middle is stepped over. */
export function readSegment(file: string, damage: string[], each: (entry: Entry) => void): number {
  // Copied, so that columns lie on multiples of eight.
  const buffer = new Uint8Array(readFileSync(file)).buffer
  const view = new DataView(buffer)
  let good = 0
  let at = 0
  while (at < buffer.byteLength) {
    const entry = recordAt(buffer, view, at)
    if (entry === null) {
      // Records are whole multiples of eight long: the next one, if any, is found there.
      at += 8
      continue
    }
    if (at > good) damage.push(`${file}: ${at - good} damaged bytes at ${good} skipped`)
    each(entry)
    at += sizeOf(entry.points.length)
    good = at
  }
  if (good < buffer.byteLength) {
    damage.push(`${file}: torn end of ${buffer.byteLength - good} bytes cut off`)
    truncateSync(file, good)
  }
  return good
}

function recordAt(buffer: ArrayBuffer, view: DataView, at: number): Entry | null {
  if (at + HEAD > buffer.byteLength || view.getUint32(at, true) !== MAGIC) return null
  const count = view.getUint32(at + 16, true)
  const size = sizeOf(count)
  if (at + size > buffer.byteLength) return null
  if (crc32(new Uint8Array(buffer, at + 8, size - 8)) !== view.getUint32(at + 4, true)) return null
  return {
    seq: view.getFloat64(at + 8, true),
    at: new Float64Array(buffer, at + HEAD, count),
    values: new Float64Array(buffer, at + HEAD + 8 * count, count),
    points: new Uint32Array(buffer, at + HEAD + 16 * count, count),
  }
}
