// Answers of a form read by what they are: forms differ from version to version, and what is not there is not there.
import type { Answer, Answers, Words } from '../domain/form.ts'

export const textOf = (answers: Answers, key: string): string | null => {
  const answer = answers[key]
  return typeof answer === 'string' && answer.trim() !== '' ? answer.trim() : null
}
export const numberOf = (answers: Answers, key: string): number | null => {
  const answer = answers[key]
  return typeof answer === 'number' && Number.isFinite(answer) ? answer : null
}
export const yesOf = (answers: Answers, key: string): boolean | null => {
  const answer = answers[key]
  return typeof answer === 'boolean' ? answer : null
}
/** Texts of a field of many, without the empty ones; of a field of one, that one. */
export const textsOf = (answers: Answers, key: string): readonly string[] =>
  [answers[key] ?? []].flat().flatMap((one: Answer) => (typeof one === 'string' && one.trim() !== '' ? [one.trim()] : []))
/** Each group of a repeated field; of one that is not repeated, that one. */
export const groupsOf = (answers: Answers, key: string): readonly Answers[] =>
  [answers[key] ?? []].flat().flatMap((one: Answer) => (typeof one === 'object' && one !== null && !Array.isArray(one) ? [one as Answers] : []))

/** What a person must still say or look at, with the field of what is drafted. */
export interface Open {
  readonly field: string
  readonly words: Words
  /** It cannot be made as it is drafted. */
  readonly blocks?: true
}

export const isOpenBlocking = ({ blocks }: Open): boolean => blocks === true

/** What stands for nothing where a number or a name is asked for. */
const NOTHING = /^(?:[-–—.\s0]+|n\/?a|nihil|none|tidak ada|belum ada|belum|tidak|no|not yet)$/i
export const isSaid = (text: string | null): text is string => text !== null && /[\p{L}\p{N}]/u.test(text) && !NOTHING.test(text)
