// Durations, clocks and dates as people read them, in both languages and any time zone. Pure.
import type { Instant } from '../call.ts'
import { type Lang, NONE } from './lang.ts'

const TIME_WORDS: Readonly<
  Record<
    Lang,
    {
      readonly s: string
      readonly min: string
      readonly h: string
      readonly m: string
      readonly d: (n: number) => string
      readonly ago: (t: string) => string
    }
  >
> = {
  id: { s: 'dtk', min: 'mnt', h: 'j', m: 'm', d: n => `${n} hari`, ago: t => `${t} lalu` },
  en: { s: 's', min: 'min', h: 'h', m: 'm', d: n => `${n} day${n === 1 ? '' : 's'}`, ago: t => `${t} ago` },
}

/** A duration that is not running, in words, from seconds: `12 dtk`, `4 mnt`, `1 j 24 m`, `3 hari 4 j`. Rounds down. */
export function duration(seconds: number, lang: Lang): string {
  if (!Number.isFinite(seconds)) return NONE
  const word = TIME_WORDS[lang]
  const s = Math.max(0, Math.floor(seconds))
  const min = Math.floor(s / 60)
  const h = Math.floor(min / 60)
  const d = Math.floor(h / 24)
  if (min === 0) return `${s} ${word.s}`
  if (h === 0) return `${min} ${word.min}`
  if (d === 0) return min % 60 === 0 ? `${h} ${word.h}` : `${h} ${word.h} ${min % 60} ${word.m}`
  return h % 24 === 0 || d > 9 ? word.d(d) : `${word.d(d)} ${h % 24} ${word.h}`
}

/** How old something is, from milliseconds: `6 dtk lalu`. */
export const ago = (ms: number, lang: Lang): string => TIME_WORDS[lang].ago(duration(ms / 1000, lang))

/** Time that runs, from seconds: `14:20`; from one hour up in words, because a colon there reads as a clock. */
export function countdown(seconds: number, lang: Lang): string {
  if (!Number.isFinite(seconds)) return NONE
  const s = Math.max(0, Math.floor(seconds))
  return s >= 3600 ? duration(s, lang) : `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`
}

export const MONTH_NAMES: Readonly<Record<Lang, readonly string[]>> = {
  id: ['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober', 'November', 'Desember'],
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
}
const MONTHS_SHORT: Readonly<Record<Lang, readonly string[]>> = {
  id: ['Jan', 'Feb', 'Mar', 'Apr', 'Mei', 'Jun', 'Jul', 'Agu', 'Sep', 'Okt', 'Nov', 'Des'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
}
export const WEEKDAY_NAMES: Readonly<Record<Lang, readonly string[]>> = {
  id: ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
}

/** The names Indonesians use; other zones go by what Intl says. */
const ZONE_NAMES: Readonly<Record<string, string>> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Ujung_Pandang': 'WITA',
  'Asia/Jayapura': 'WIT',
}

/** Wall time in a zone. `month` 1 … 12, `weekday` 0 = Sunday. */
export interface WallTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly weekday: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formats.set(zone, format)
  }
  return format
}

/** The wall time of an instant in an IANA zone; throws RangeError for a zone that does not exist. */
export function wallTime(at: Instant, zone: string): WallTime {
  const part: Record<string, number> = {}
  for (const { type, value } of formatOf(zone).formatToParts(at)) if (type !== 'literal') part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return { year, month, day, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(), hour, minute, second }
}

const two = (n: number): string => String(n).padStart(2, '0')

/** Time of day with seconds: `14.05.32`. A point means a clock, in both languages. */
export function clock(at: Instant, zone: string): string {
  const t = wallTime(at, zone)
  return `${two(t.hour)}.${two(t.minute)}.${two(t.second)}`
}

/** Time of day: `14.05`. */
export function clockShort(at: Instant, zone: string): string {
  const t = wallTime(at, zone)
  return `${two(t.hour)}.${two(t.minute)}`
}

/** `WIB`, `WITA`, `WIT`, or what Intl calls the zone at that instant. */
export function zoneName(at: Instant, zone: string): string {
  const known = ZONE_NAMES[zone]
  if (known !== undefined) return known
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'short' }).formatToParts(at)
  return parts.find(part => part.type === 'timeZoneName')?.value ?? zone
}

/** `20 Nov`. */
export function dateShort(at: Instant, zone: string, lang: Lang): string {
  const t = wallTime(at, zone)
  return `${t.day} ${MONTHS_SHORT[lang][t.month - 1] ?? ''}`
}

/** `Jumat, 20 November 2026`. */
export function dateLong(at: Instant, zone: string, lang: Lang): string {
  const t = wallTime(at, zone)
  return `${WEEKDAY_NAMES[lang][t.weekday] ?? ''}, ${t.day} ${MONTH_NAMES[lang][t.month - 1] ?? ''} ${t.year}`
}

/** `Jumat, 20 November 2026 14.05 WIB`. */
export const dateTime = (at: Instant, zone: string, lang: Lang): string => `${dateLong(at, zone, lang)} ${clockShort(at, zone)} ${zoneName(at, zone)}`

/** Clock when it was today, else `11 Nov 14.05`. */
export function moment(at: Instant, now: Instant, zone: string, lang: Lang): string {
  const a = wallTime(at, zone)
  const b = wallTime(now, zone)
  const today = a.year === b.year && a.month === b.month && a.day === b.day
  return today ? clockShort(at, zone) : `${dateShort(at, zone, lang)} ${clockShort(at, zone)}`
}
