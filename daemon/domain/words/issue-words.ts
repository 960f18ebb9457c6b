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
  // Of websites, hosts, zones and changes.
  'small letters, digits and hyphens, from a letter, 2 to 31 signs': 'huruf kecil, angka, dan tanda hubung, diawali huruf, 2 sampai 31 tanda',
  'two hyphens may not follow each other': 'dua tanda hubung tidak boleh berurutan',
  'this name is taken by the system': 'nama ini dipakai oleh sistem; pilih nama lain',
  'small letters, digits and underscores, from a letter, at most 31 signs':
    'huruf kecil, angka, dan garis bawah, diawali huruf, paling banyak 31 tanda',
  'this name is taken by the server': 'nama ini dipakai oleh server; pilih nama lain',
  'this is not a domain name': 'bukan nama domain',
  'this is not a public key': 'bukan kunci publik SSH',
  'letters, digits, . _ - and / between; no part begins with a dot': 'huruf, angka, . _ - dan / di antaranya; tidak ada bagian yang diawali titik',
  'letters, digits and . _ = : @ , + / -': 'huruf, angka, dan . _ = : @ , + / -',
  'no way up': 'tidak boleh keluar dari foldernya (..)',
  'small letters, digits, dots and hyphens': 'huruf kecil, angka, titik, dan tanda hubung',
  'ports below 1024 are the system’s': 'port di bawah 1024 milik sistem',
  'this is not an IP address': 'bukan alamat IP',
  'five fields of crontab, with figures': 'lima bagian crontab, dengan angka: menit jam tanggal bulan hari',
  'a version is written 8.2': 'versi ditulis 8.2',
  'a name stands twice': 'ada nama yang tertulis dua kali',
  'a host name or an IP address': 'nama host atau alamat IP',
  'written as ssh-keygen prints it: SHA256:…': 'ditulis seperti yang ditampilkan ssh-keygen: SHA256:…',
  'a ticket is written T-2026-0001': 'nomor tiket ditulis T-2026-0001',
  'a change is written C-2026-0001': 'nomor perubahan ditulis C-2026-0001',
  'the digest of the plan that was read': 'sidik jari rencana yang telah dibaca',
  'say how it is to be': 'tulis bagaimana situs itu seharusnya',
  'say to which host it moves': 'tulis ke host mana situs dipindahkan',
  'say what the copy is called: small letters, digits and hyphens': 'tulis nama salinannya: huruf kecil, angka, dan tanda hubung',
  'say it in a few words': 'jelaskan dengan beberapa kata',
  'written host:port; 53 when left out': 'ditulis host:port; 53 bila tidak disebut',
  'letters, digits, - and _, with dots between': 'huruf, angka, - dan _, dengan titik di antaranya',
  'hidden signs are not taken': 'tanda yang tidak terlihat tidak diterima',
  'this is not a link of ours': 'bukan tautan dari Suar',
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

/** A schema that knows both languages gives them along with the issue. */
const Given = z.object({ id: z.string(), en: z.string() })

export function issueWords(issue: z.core.$ZodIssue): Reason {
  if (issue.code === 'custom') {
    const given = Given.safeParse(issue.params?.['words'])
    if (given.success) return given.data
  }
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
