// Numbers and dates in words, as official papers in Indonesia write them. Pure.
import type { CivilDate } from '../paper.ts'
import { MONTH_NAMES, WEEKDAY_NAMES } from './time.ts'

const UNITS = ['', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan', 'sepuluh', 'sebelas'] as const
const SCALES: readonly (readonly [value: number, name: string])[] = [
  [1e12, 'triliun'],
  [1e9, 'miliar'],
  [1e6, 'juta'],
]
/** The first number that has no name here. */
const BEYOND = 1e15

/**
 * A whole number in words: 11 "sebelas", 100 "seratus", 1000 "seribu", 2026 "dua ribu dua puluh enam"; below zero with "minus" before it.
 * Throws RangeError for fractions and from 10^15 up.
 */
export function terbilang(n: number): string {
  if (!Number.isInteger(n) || Math.abs(n) >= BEYOND) throw new RangeError(`${n} cannot be written in words`)
  if (n === 0) return 'nol'
  return n < 0 ? `minus ${positive(-n)}` : positive(n)
}

function positive(n: number): string {
  if (n < 12) return UNITS[n] ?? ''
  if (n < 20) return `${positive(n - 10)} belas`
  if (n < 100) return `${positive(Math.floor(n / 10))} puluh${rest(n % 10)}`
  if (n < 200) return `seratus${rest(n - 100)}`
  if (n < 1000) return `${positive(Math.floor(n / 100))} ratus${rest(n % 100)}`
  // One thousand is "seribu", but 1,001,000 is "satu juta seribu".
  if (n < 2000) return `seribu${rest(n - 1000)}`
  if (n < 1e6) return `${positive(Math.floor(n / 1000))} ribu${rest(n % 1000)}`
  const [value, name] = SCALES.find(([least]) => n >= least) ?? [1e6, 'juta']
  return `${positive(Math.floor(n / value))} ${name}${rest(n % value)}`
}

const rest = (n: number): string => (n === 0 ? '' : ` ${positive(n)}`)

const two = (n: number): string => String(n).padStart(2, '0')

/** Whether there is such a day. */
export function isDate({ year, month, day }: CivilDate): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** "Pada hari ini Jumat tanggal dua puluh bulan November tahun dua ribu dua puluh enam (20-11-2026)". Throws RangeError when there is no such day. */
export function dateOpening(date: CivilDate): string {
  if (!isDate(date)) throw new RangeError(`there is no day ${date.year}-${date.month}-${date.day}`)
  const { year, month, day } = date
  const weekday = WEEKDAY_NAMES.id[new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? ''
  return `Pada hari ini ${weekday} tanggal ${terbilang(day)} bulan ${MONTH_NAMES.id[month - 1] ?? ''} tahun ${terbilang(year)} (${two(day)}-${two(month)}-${year})`
}

/** "20 November 2026". */
export const datePlain = ({ year, month, day }: CivilDate): string => `${day} ${MONTH_NAMES.id[month - 1] ?? ''} ${year}`
