// Number and date of the letter that a request came with: typed, filled into the form's own letter, or read in a mail; for the agenda book.
import type { Answers, Form } from './form.ts'
import { cleanText } from './form-text.ts'
import { datePlain } from './words/terbilang.ts'

/** Either may be empty: not every letter has a number. */
export interface LetterMark {
  readonly number: string
  /** Local date as `2026-11-20`. */
  readonly date: string
}

/** Of a number, in characters. */
export const MOST_LETTER_NUMBER = 100

export const NO_LETTER: LetterMark = { number: '', date: '' }
export const isMarked = ({ number, date }: LetterMark): boolean => number !== '' || date !== ''

/** As papers write it: 20 November 2026. */
export function letterDate({ date }: Pick<LetterMark, 'date'>): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  return date === '' ? '' : datePlain({ year, month, day })
}

const keysIn = (text: string): readonly string[] => [...text.matchAll(/\{([a-zA-Z0-9]+)\}/g)].map(([, key = '']) => key)

/** Of a form that makes the letter itself: its number, and the date in its head. What was not answered is empty. */
export function markOfForm({ letter, sections }: Pick<Form, 'letter' | 'sections'>, answers: Answers): LetterMark {
  if (letter === undefined) return NO_LETTER
  const said = (key: string): string => (typeof answers[key] === 'string' ? answers[key] : '')
  const dates = new Set(sections.flatMap(({ fields }) => fields.flatMap(field => (field.type === 'date' ? [field.key] : []))))
  const number = letter.number.id.replaceAll(/\{([a-zA-Z0-9]+)\}/g, (_, key: string) => said(key))
  return {
    number: cleanText(number, 'one').text.slice(0, MOST_LETTER_NUMBER),
    date: said(keysIn(letter.head.id).find(key => dates.has(key)) ?? ''),
  }
}

/** "Nomor : 555/217/BKPSDMD/2026", "No. Surat 12/A": a number as offices write it has figures, and a stroke or a full stop between its parts. */
const NUMBER = /(?:^|[\s,;(])(?:nomor|no\.?)(?:\s+surat)?\s*[:.]?\s*([\p{L}\d][\p{L}\d.\-/]*[\p{L}\d])/giu

/** The first number of a letter that a text names; empty: none. A guess, which whoever takes the mail up sees and corrects. */
export function letterNumberIn(text: string): string {
  for (const [, number = ''] of text.slice(0, 10_000).matchAll(NUMBER))
    if (/\d/.test(number) && /[/.]/.test(number) && !/^[TD]-\d/.test(number)) return number.slice(0, MOST_LETTER_NUMBER)
  return ''
}
