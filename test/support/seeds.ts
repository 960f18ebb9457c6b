// The official documents that the default catalogue follows, where they are at hand: their sentences, to hold ours against.
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const FOLDER = resolve(import.meta.dirname, '../../../shared/seeds')

/** The text of one of them without its marks; null where it is not here. */
function seed(name: string): string | null {
  const path = resolve(FOLDER, name)
  if (!existsSync(path)) return null
  return readFileSync(path, 'utf8')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('*', '')
    .replaceAll('\\', '')
}

const paragraphs = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .map(one => one.replaceAll(/\s+/g, ' ').trim())
    .filter(one => one !== '')

/** What the minutes of SC-05 say in whole sentences; of the first clause up to the place that is left open there. */
export function minutesText(): readonly string[] | null {
  const text = seed('katalog-sc-05-splp.txt')
  if (text === null) return null
  const own = text.slice(text.indexOf('Selanjutnya disebut PIHAK KEDUA'))
  return paragraphs(own)
    .filter(one => /^(PIHAK (PERTAMA|KEDUA) \S+ing|PIHAK \S+ telah|PIHAK KEDUA men|Untuk|Jika|Demikian)/.test(one))
    .flatMap(one => one.split('[...]').map(part => part.trim()))
}

/** What the form of SC-05 says: its third item, which goes around its colon on paper, its statement and its signatures. */
export function formText(): readonly string[] | null {
  const text = seed('katalog-sc-05-splp.txt')
  if (text === null) return null
  const item = /^- 3 (.+?) :\s/m.exec(text)?.[1] ?? ''
  const statement = paragraphs(text).find(one => one.startsWith('Dengan menandatangani formulir ini')) ?? ''
  return [...item.split(/(?<=Application) /), statement, 'Yang menyerahkan,', '(minimal eselon III)']
}

/** Lines of the minutes of SC-05 before the parties, and how the parties are called. */
export function minutesFrame(): { readonly title: string; readonly number: RegExp } | null {
  const text = seed('katalog-sc-05-splp.txt')
  const found = text === null ? null : /(Berita Acara Penggunaan[^\n]+?)\s*\nNomor : \.+(\S+?)20\.+/.exec(text)
  if (found === null) return null
  return { title: found[1] ?? '', number: new RegExp(`^\\d+${(found[2] ?? '').replaceAll('/', '\\/')}20\\d\\d$`) }
}
