// Why a value was not taken, for people, in both languages: from what zod says of it.
import { z } from 'zod'

export interface Reason {
  readonly id: string
  readonly en: string
}

/** Words of our own schemas; a test holds that those of people's registers are all here. */
const OWN: Readonly<Record<string, string>> = {
  'a NIP has 18 digits': 'NIP terdiri atas 18 angka',
  'letters, digits, dot, hyphen, underscore or @; at least two': 'huruf, angka, titik, tanda hubung, garis bawah, atau @; paling sedikit dua',
  'say why': 'tulis alasannya',
  'a date between 2000 and 2199': 'tanggal antara tahun 2000 dan 2199',
  'a time is written 08:00': 'jam ditulis 08:00',
  'a ticket is named T-2026-0001, a draft D-1': 'nomor tiket ditulis T-2026-0001, draf D-1',
}

const standard = z.locales.en().localeError

/** What zod itself would say; null: the schema has words of its own. */
function isStandard(issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'invalid_type' || issue.code === 'unrecognized_keys') return true
  const said = standard(issue as z.core.$ZodRawIssue)
  return issue.message === (typeof said === 'string' ? said : said?.message)
}

const FORMATS: Readonly<Record<string, Reason>> = {
  email: { id: 'bukan alamat surel', en: 'not an e-mail address' },
  url: { id: 'bukan alamat web', en: 'not a web address' },
  date: { id: 'tanggal ditulis 2026-11-20', en: 'a date is written 2026-11-20' },
  time: { id: 'jam ditulis 08:00', en: 'a time is written 08:00' },
}

const TYPES: Readonly<Record<string, Reason>> = {
  string: { id: 'harus berupa teks', en: 'must be a text' },
  number: { id: 'harus berupa angka', en: 'must be a number' },
  int: { id: 'harus bilangan bulat', en: 'must be a whole number' },
  boolean: { id: 'harus ya atau tidak', en: 'must be yes or no' },
  array: { id: 'harus berupa daftar', en: 'must be a list' },
}

const MISSING: Reason = { id: 'wajib diisi', en: 'must be filled in' }

function bound(origin: string, n: number, least: boolean): Reason {
  if (least && n === 1 && origin === 'string') return MISSING
  if (origin === 'string')
    return least ? { id: `paling sedikit ${n} huruf`, en: `at least ${n} letters` } : { id: `paling banyak ${n} huruf`, en: `at most ${n} letters` }
  if (origin === 'array' || origin === 'set' || origin === 'map')
    return least ? { id: `paling sedikit ${n} butir`, en: `at least ${n} items` } : { id: `paling banyak ${n} butir`, en: `at most ${n} items` }
  return least ? { id: `paling kecil ${n}`, en: `at least ${n}` } : { id: `paling besar ${n}`, en: `at most ${n}` }
}

export function issueWords(issue: z.core.$ZodIssue): Reason {
  if (!isStandard(issue)) return { id: OWN[issue.message] ?? `tidak sesuai: ${issue.message}`, en: issue.message }
  switch (issue.code) {
    case 'invalid_type':
      return /received undefined$/.test(issue.message)
        ? MISSING
        : (TYPES[issue.expected] ?? { id: 'jenis isian tidak sesuai', en: 'of the wrong kind' })
    case 'too_small':
      return bound(issue.origin, Number(issue.minimum), true)
    case 'too_big':
      return bound(issue.origin, Number(issue.maximum), false)
    case 'invalid_value': {
      const choices = issue.values.map(String).join(', ')
      return { id: `pilih salah satu: ${choices}`, en: `choose one of: ${choices}` }
    }
    case 'invalid_format':
      return FORMATS[issue.format] ?? { id: 'bentuknya tidak sesuai', en: 'not of the right form' }
    case 'unrecognized_keys':
      return { id: 'isian ini tidak dikenal: hapus atau perbaiki namanya', en: 'unknown field: remove it or correct its spelling' }
    default:
      return { id: 'isian ini tidak sesuai', en: issue.message }
  }
}
