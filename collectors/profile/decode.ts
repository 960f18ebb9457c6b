// Raw values into readings: the plain rule of the data, and the named decoders for what data cannot say.
import type { Decode } from '../../daemon/domain/point.ts'
import { numberAt } from '../wire/numbers.ts'
import type { Varbind } from '../wire/session.ts'

/** What a decoder makes of the raw number or text; NaN when it is none. */
interface Decoder {
  /** Works on the number the wire read. */
  readonly number?: (raw: number) => number
  /** Needs the octets: the point is asked the slower way. */
  readonly text?: (text: string) => number
}

const FIRST_NUMBER = /[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?/

/** By the name profiles use. */
const DECODERS: Readonly<Record<string, Decoder>> = {
  /** 16-bit two's complement that came as an unsigned number. */
  int16: { number: raw => (raw >= 0x8000 && raw <= 0xffff ? raw - 0x1_0000 : raw) },
  /** 32-bit two's complement that came as an unsigned number. */
  int32: { number: raw => (raw >= 0x8000_0000 && raw <= 0xffff_ffff ? raw - 0x1_0000_0000 : raw) },
  /** Optical power in microwatts → dBm; 0 is no light, hence no value. */
  microwattDbm: { number: raw => (raw > 0 ? 10 * Math.log10(raw / 1000) : Number.NaN) },
  /** Optical power in hundredths of a microwatt → dBm. */
  centiMicrowattDbm: { number: raw => (raw > 0 ? 10 * Math.log10(raw / 100_000) : Number.NaN) },
  /** 100 − raw: an idle time as a utilisation. */
  complement: { number: raw => 100 - raw },
  /** The first number inside a text such as "Temp: 33.5 C". */
  numberInText: { text: text => Number.parseFloat((FIRST_NUMBER.exec(text)?.[0] ?? '').replace(',', '.')) },
  /** The last number inside a text such as "PSU 1 voltage : 33.67A". */
  lastNumberInText: { text: text => Number.parseFloat((text.match(new RegExp(FIRST_NUMBER, 'g'))?.at(-1) ?? '').replace(',', '.')) },
  /** "1:02:03" or "12:30" → seconds. */
  clock: {
    text: text =>
      /^\d+(:\d+)+$/.test(text.trim())
        ? text
            .trim()
            .split(':')
            .reduce((sum, part) => sum * 60 + Number(part), 0)
        : Number.NaN,
  },
}

export const DECODER_NAMES: readonly string[] = Object.keys(DECODERS)
export const isDecoder = (name: string): boolean => Object.hasOwn(DECODERS, name)

/** True when the point's value cannot be read as a number by the wire. */
export const needsText = (decode: Decode): boolean =>
  decode.words !== undefined || (decode.decoder !== null && DECODERS[decode.decoder]?.text !== undefined)

/**
 * 2^31−1, −2^31 and 2^32−1 are how agents say "not available" whatever the object; no gauge of a plant reaches them.
 * Counters pass through them, so this is for gauges only.
 */
const NEVER: ReadonlySet<number> = new Set([2_147_483_647, -2_147_483_648, 4_294_967_295])

/** The reading of a raw number: canonical unit, a counter as it is, NaN for "no value". */
export function readNumber(raw: number, decode: Decode): number {
  if (Number.isNaN(raw) || decode.absent.includes(raw)) return Number.NaN
  if (decode.counter !== null) return raw
  if (NEVER.has(raw)) return Number.NaN
  let value = decode.mask === undefined ? raw : maskOf(raw, decode.mask)
  if (decode.decoder !== null) value = DECODERS[decode.decoder]?.number?.(value) ?? value
  value = scaled(value, decode.scale) + decode.offset
  const { range } = decode
  return range !== undefined && (value < range[0] || value > range[1]) ? Number.NaN : value
}

/** 70 × 0.01 is 0.7000000000000001, 70 / 100 is 0.7: dividing by a whole number is exact where multiplying by its inverse is not. */
function scaled(value: number, scale: number): number {
  if (scale === 1) return value
  if (scale > 0 && scale < 1) {
    const inverse = Math.round(1 / scale)
    if (Math.abs(inverse * scale - 1) < 1e-12) return value / inverse
  }
  return value * scale
}

/** Beyond 2^31 JavaScript's own & turns negative. */
const maskOf = (raw: number, mask: number): number => (raw >= 0 && raw <= 0xffff_ffff ? ((raw | 0) & mask) >>> 0 : Number.NaN)

/** The reading of an answered variable. */
export function readVarbind(varbind: Varbind, decode: Decode): number {
  if (needsText(decode)) {
    const text = textOf(varbind)
    if (text === null) return Number.NaN
    const raw = decode.words ? decode.words[text.trim().toLowerCase()] : DECODERS[decode.decoder ?? '']?.text?.(text)
    return raw === undefined ? Number.NaN : readNumber(raw, decode)
  }
  return readNumber(numberOf(varbind), decode)
}

/** The number of a variable: any integer type, an Opaque float, or a text that is all number. NaN for all else. */
export function numberOf({ type, value }: Varbind): number {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  return value instanceof Uint8Array ? numberAt(value, type, 0, value.length) : Number.NaN
}

/** True for an integer, counter, gauge or ticks, or a text that is all number. */
export const isNumeric = (varbind: Varbind): boolean => !Number.isNaN(numberOf(varbind))

/** Octets of a text that are looked at: names and descriptions are shorter; what is longer would go to every page and through every pattern. */
const LONGEST_TEXT = 1024

/** The text of a variable, trimmed of NULs and blanks; numbers and OIDs as they are written; null for exceptions. */
export function textOf({ value }: Varbind): string | null {
  if (value === null) return null
  return value instanceof Uint8Array ? printable(value.subarray(0, LONGEST_TEXT)).trim() : String(value)
}

const strict = new TextDecoder('utf-8', { fatal: true })
const NUL = new RegExp(String.fromCharCode(0), 'g')

/** UTF-8 if it is; else Latin-1, as older devices write; octets that are no text at all in hex (MAC addresses). */
function printable(bytes: Uint8Array): string {
  let text: string
  try {
    text = strict.decode(bytes)
  } catch {
    text = Buffer.from(bytes).toString('latin1')
  }
  text = text.replace(NUL, '')
  for (let k = 0; k < text.length; k++) {
    const code = text.charCodeAt(k)
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || (code >= 127 && code < 160))
      return Buffer.from(bytes)
        .toString('hex')
        .replace(/(..)(?=.)/g, '$1:')
  }
  return text
}
