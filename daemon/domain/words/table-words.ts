// A table that an agent does not give in order, in words, in both languages.
import type { BrokenColumn } from '../device.ts'
import type { Lang } from './lang.ts'

const KINDS: Readonly<Record<Lang, Readonly<Record<BrokenColumn['kind'], (at: string) => string>>>> = {
  id: {
    circle: at => `berputar: ${at} datang lagi. Dibaca sampai situ; bila ada baris sesudahnya, baris itu tidak terbaca.`,
    disorder: at => `tidak urut: ${at} datang di luar urutannya. Dibaca sampai situ; bila ada baris sesudahnya, baris itu tidak terbaca.`,
  },
  en: {
    circle: at => `goes in circles: ${at} comes again. It was read up to there; rows after it, if any, are not read.`,
    disorder: at => `goes backwards: ${at} comes out of its order. It was read up to there; rows after it, if any, are not read.`,
  },
}
const NAMED: Readonly<Record<Lang, (table: string, column: string) => string>> = {
  id: (table, column) => `Tabel ${table}, kolom ${column},`,
  en: (table, column) => `Table ${table}, column ${column},`,
}

/** `Table 1.3.6.1.2.1.2.2, column 1.3.6.1.2.1.2.2.1.10, goes in circles: …`. */
export function brokenText({ column, kind, at }: BrokenColumn, lang: Lang): string {
  const table = column.split('.').slice(0, -2).join('.')
  return `${NAMED[lang](table, column)} ${KINDS[lang][kind](at)}`
}
