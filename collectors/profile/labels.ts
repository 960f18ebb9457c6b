// Labels in the two languages of the pages. Profiles are written in English; Indonesian is made of the trade's words by its grammar.
import type { Text } from '../../daemon/domain/point.ts'
import { MEASURED, THINGS } from './indonesian.ts'
import { PHRASES } from './phrases.ts'

/** The label with its placeholders filled by `fill`; Indonesian from the profile, else from the words. */
export function labelOf(label: string | { readonly en: string; readonly id?: string | undefined }, fill: (text: string) => string): Text {
  const english = typeof label === 'string' ? label : label.en
  const indonesian = (typeof label === 'string' ? undefined : label.id) ?? translate(english)
  const en = tidy(fill(english))
  // A label that begins with the device's own is often made of the same words.
  const own = english.startsWith('{label}') ? translate(en) : en
  const id = own === en ? tidy(fill(indonesian)) : own
  return id === en ? { en } : { en, id }
}

/** What names a thing rather than being a word: placeholders, numbers, phases. */
const NAME = /^(\{.*\}|L\d(-(L\d|N))?|\d+|[AB]|AC|DC)$/
/** Counted units after a number. */
const UNIT: Readonly<Record<string, string>> = { min: 'mnt', V: 'V' }

/** The English text itself when a word of it is not known: half a translation is none. */
function translate(english: string): string {
  const words = english.split(' ')
  const names: string[] = []
  for (let last = words.at(-1); last !== undefined; last = words.at(-1)) {
    const unit = /^\d+$/.test(words.at(-2) ?? '') ? UNIT[last] : undefined
    if (unit === undefined && !NAME.test(last)) break
    names.unshift(unit ?? last)
    words.pop()
  }
  const phrase = words.length === 0 ? null : phraseOf(words)
  return phrase === null ? english : [upper(phrase), ...names].join(' ')
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** In Indonesian order; null when a word is not known. */
function phraseOf(words: readonly string[]): string | null {
  const whole = PHRASES.get(words.join(' ').toLowerCase())
  if (whole !== undefined) return whole
  for (const [ending, turn] of ENDINGS)
    if (words.length > ending.length && ending.every((word, k) => words[words.length - ending.length + k]?.toLowerCase() === word)) {
      const inner = phraseOf(words.slice(0, -ending.length))
      return inner === null ? null : turn(inner.startsWith('PLN') ? inner : inner.charAt(0).toLowerCase() + inner.slice(1))
    }
  return ordered(words)
}

const ENDINGS: readonly (readonly [readonly string[], (inner: string) => string])[] = [
  [['at', 'panel'], inner => `${inner} di panel`],
  [['capacity', 'used'], inner => `kapasitas ${inner} terpakai`],
  [['setpoint'], inner => `setelan ${inner}`],
  [['state'], inner => `status ${inner}`],
  [['status'], inner => `status ${inner}`],
]

/** `Output apparent power` → `daya semu keluaran`; what is measured first in English already (`Current outlet`) keeps its order. */
function ordered(words: readonly string[]): string | null {
  const parts: string[] = []
  let measured: 'first' | 'last' | null = null
  for (let at = 0; at < words.length; ) {
    const found = longest(words, at)
    if (found === null) return null
    const isLast = at + found.length === words.length
    const says = MEASURED.get(found.english)
    const leads = says !== undefined && measured === null && (isLast || at === 0) && (isLast || !THINGS.has(found.english))
    if (leads) measured = isLast && at > 0 ? 'last' : 'first'
    const word = leads ? says : (THINGS.get(found.english) ?? says ?? found.english)
    const names = words.slice(at + found.length, at + found.length + found.names)
    parts.push([word, ...names].join(' '))
    at += found.length + found.names
  }
  return (measured === 'last' ? parts.toReversed() : parts).join(' ')
}

interface Part {
  readonly english: string
  /** Words taken. */
  readonly length: number
  /** Names that follow and belong to it. */
  readonly names: number
}

function longest(words: readonly string[], at: number): Part | null {
  const first = words[at] ?? ''
  if (NAME.test(first)) return { english: first, length: 1, names: 0 }
  for (let length = Math.min(3, words.length - at); length > 0; length--) {
    const english = words
      .slice(at, at + length)
      .join(' ')
      .toLowerCase()
    if (!MEASURED.has(english) && !THINGS.has(english)) continue
    let names = 0
    while (NAME.test(words[at + length + names] ?? '')) names++
    return { english, length, names }
  }
  return null
}

const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim()
