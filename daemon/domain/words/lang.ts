// The two languages of pages and messages.
import type { Text } from '../point.ts'

export const LANGS = ['id', 'en'] as const
export type Lang = (typeof LANGS)[number]

/** Stands where there is no value to show. */
export const NONE = '–'

/** A text in the reader's language; Indonesian falls back to English. */
export const say = (text: Text, lang: Lang): string => (lang === 'id' ? (text.id ?? text.en) : text.en)
