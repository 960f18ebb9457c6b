// The data of each record type: from a message to its one text, and from that text to octets. Hostile octets give null, never a crash.
import { readIp, writeIp } from '../../daemon/domain/ip.ts'
import { at16, at32, hexBytes, hexOf, u16 } from './bytes.ts'
import { nameWire, readName } from './name.ts'
import { quotedText, wordsOf } from './strings.ts'
import { typeName, typeNumber } from './types.ts'

interface Codec {
  /** Names in it may point into the message; it must end just at `to`. */
  read(message: Uint8Array, from: number, to: number): string | null
  write(text: string): Uint8Array | null
}

const name: Codec = {
  read(message, from, to) {
    const found = readName(message.subarray(0, to), from)
    return found?.next === to ? found.name : null
  },
  write: nameWire,
}

const plain = (text: string): readonly string[] => text.trim().split(/[ \t]+/)
const integer = (text: string | undefined, most: number): number | null =>
  text !== undefined && /^\d{1,5}$/.test(text) && Number(text) <= most ? Number(text) : null

/** Numbers of 16 bits and a name: MX, SRV. */
const numbersAndName = (count: number): Codec => ({
  read(message, from, to) {
    if (to < from + 2 * count) return null
    const numbers = Array.from({ length: count }, (_, i) => at16(message, from + 2 * i))
    const last = name.read(message, from + 2 * count, to)
    return last === null ? null : [...numbers, last].join(' ')
  },
  write(text) {
    const words = plain(text)
    const numbers = words.slice(0, count).map(word => integer(word, 65_535))
    const last = words.length === count + 1 ? nameWire(words[count]!) : null
    if (last === null) return null
    const octets: number[] = []
    for (const number of numbers) {
      if (number === null) return null
      octets.push(...u16(number))
    }
    return Uint8Array.from([...octets, ...last])
  },
})

/** Numbers of these widths and a rest in hexadecimal: SSHFP, TLSA, DS. */
const numbersAndHex = (...widths: readonly (1 | 2)[]): Codec => ({
  read(message, from, to) {
    const numbers: number[] = []
    let at = from
    for (const width of widths) {
      if (at + width >= to) return null
      numbers.push(width === 1 ? message[at]! : at16(message, at))
      at += width
    }
    return [...numbers, hexOf(message.subarray(at, to))].join(' ')
  },
  write(text) {
    const words = plain(text)
    const octets: number[] = []
    for (const [i, width] of widths.entries()) {
      const number = integer(words[i], width === 1 ? 255 : 65_535)
      if (number === null) return null
      octets.push(...(width === 1 ? [number] : u16(number)))
    }
    const hex = hexBytes(words.slice(widths.length).join(''))
    return hex === null || hex.length === 0 ? null : Uint8Array.from([...octets, ...hex])
  },
})

const address = (version: 4 | 6): Codec => ({
  read(message, from, to) {
    if (to - from !== (version === 4 ? 4 : 16)) return null
    const number = message.subarray(from, to).reduce((sum, octet) => (sum << 8n) + BigInt(octet), 0n)
    return writeIp({ version, number })
  },
  write(text) {
    const ip = readIp(text)
    if (ip?.version !== version) return null
    const octets = version === 4 ? 4 : 16
    return Uint8Array.from({ length: octets }, (_, i) => Number((ip.number >> BigInt(8 * (octets - 1 - i))) & 255n))
  },
})

const texts: Codec = {
  read(message, from, to) {
    const parts: string[] = []
    for (let at = from; at < to; ) {
      const end = at + 1 + message[at]!
      if (end > to) return null
      parts.push(quotedText(message.subarray(at + 1, end)))
      at = end
    }
    return parts.length === 0 ? null : parts.join(' ')
  },
  write(text) {
    const words = wordsOf(text)
    if (words === null || words.length === 0 || words.some(({ octets }) => octets.length > 255)) return null
    return Uint8Array.from(words.flatMap(({ octets }) => [octets.length, ...octets]))
  },
}

const caa: Codec = {
  read(message, from, to) {
    const length = message[from + 1]
    if (to < from + 3 || length === undefined || length === 0 || from + 2 + length > to) return null
    const tag = Buffer.from(message.subarray(from + 2, from + 2 + length)).toString('latin1')
    return /^[A-Za-z0-9]+$/.test(tag) ? `${message[from]} ${tag.toLowerCase()} ${quotedText(message.subarray(from + 2 + length, to))}` : null
  },
  write(text) {
    const [flags, tag, value, ...more] = wordsOf(text) ?? []
    if (flags === undefined || tag === undefined || value === undefined || more.length > 0) return null
    const number = integer(Buffer.from(flags.octets).toString('latin1'), 255)
    const label = Buffer.from(tag.octets).toString('latin1').toLowerCase()
    if (number === null || !/^[a-z0-9]{1,15}$/.test(label)) return null
    return Uint8Array.from([number, label.length, ...Buffer.from(label), ...value.octets])
  },
}

/** Only read: a server makes its own. */
const soa: Codec = {
  read(message, from, to) {
    const primary = readName(message.subarray(0, to), from)
    const mail = primary === null ? null : readName(message.subarray(0, to), primary.next)
    if (primary === null || mail === null || mail.next + 20 !== to) return null
    return [primary.name, mail.name, ...[0, 4, 8, 12, 16].map(at => at32(message, mail.next + at))].join(' ')
  },
  write: () => null,
}

/** RFC 3597: `\# 3 0a0b0c`. */
const unknown: Codec = {
  read: (message, from, to) => `\\# ${to - from}${to > from ? ` ${hexOf(message.subarray(from, to))}` : ''}`,
  write(text) {
    const [mark, length, ...hex] = plain(text)
    const octets = hexBytes(hex.join(''))
    return mark === '\\#' && octets !== null && integer(length, 65_535) === octets.length ? octets : null
  },
}

const CODECS: Readonly<Record<string, Codec>> = {
  A: address(4),
  AAAA: address(6),
  CNAME: name,
  NS: name,
  PTR: name,
  MX: numbersAndName(1),
  SRV: numbersAndName(3),
  TXT: texts,
  CAA: caa,
  SSHFP: numbersAndHex(1, 1),
  TLSA: numbersAndHex(1, 1, 1),
  DS: numbersAndHex(2, 1, 1),
  SOA: soa,
}

/** Null: these octets are no data of this type. */
export const readData = (type: number, message: Uint8Array, from: number, to: number): string | null =>
  (CODECS[typeName(type)] ?? unknown).read(message, from, to)

/** Null: this text is no data of this type. What is unknown is written `\# 3 0a0b0c`. */
export const writeData = (type: number, text: string): Uint8Array | null => (CODECS[typeName(type)] ?? unknown).write(text)

/** The one text of this data, however it was typed; null: it is none. */
export function dataOf(type: string, text: string): string | null {
  const number = typeNumber(type)
  const octets = number === null ? null : writeData(number, text)
  return number === null || octets === null ? null : readData(number, octets, 0, octets.length)
}

export const serialOf = (soaText: string): number => Number(soaText.split(' ')[2])
