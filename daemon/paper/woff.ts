// WOFF 1.0 unpacked to the font within it (W3C recommendation of 2012), once: pdfkit would unpack it again for every document, in JavaScript.
import { inflateSync } from 'node:zlib'

const HEADER = { woff: 44, sfnt: 12 } as const
const ENTRY = { woff: 20, sfnt: 16 } as const

/** Throws for what is no WOFF file: ours are packed with the program. */
export function unpackWoff(file: Buffer): Buffer {
  if (file.toString('latin1', 0, 4) !== 'wOFF') throw new RangeError('not a WOFF file')
  const count = file.readUInt16BE(12)
  const tables = Array.from({ length: count }, (_, i) => {
    const at = HEADER.woff + i * ENTRY.woff
    const [offset, packed, length] = [file.readUInt32BE(at + 4), file.readUInt32BE(at + 8), file.readUInt32BE(at + 12)]
    const content = file.subarray(offset, offset + packed)
    return { tag: file.subarray(at, at + 4), checksum: file.readUInt32BE(at + 16), data: packed === length ? content : inflateSync(content), length }
  })
  const start = HEADER.sfnt + count * ENTRY.sfnt
  const font = Buffer.alloc(tables.reduce((sum, { length }) => sum + padded(length), start))
  file.copy(font, 0, 4, 8)
  font.writeUInt16BE(count, 4)
  // Search range, entry selector and range shift: how a program of 1990 finds a table.
  const power = Math.floor(Math.log2(count))
  font.writeUInt16BE(2 ** power * 16, 6)
  font.writeUInt16BE(power, 8)
  font.writeUInt16BE(count * 16 - 2 ** power * 16, 10)
  let at = start
  for (const [i, { tag, checksum, data, length }] of tables.entries()) {
    const entry = HEADER.sfnt + i * ENTRY.sfnt
    tag.copy(font, entry)
    font.writeUInt32BE(checksum, entry + 4)
    font.writeUInt32BE(at, entry + 8)
    font.writeUInt32BE(length, entry + 12)
    data.copy(font, at)
    at += padded(length)
  }
  return font
}

/** Tables begin at multiples of four. */
const padded = (length: number): number => Math.ceil(length / 4) * 4
