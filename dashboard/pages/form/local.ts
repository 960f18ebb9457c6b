// What the server does not have yet stays in this browser: a closed tab, a lost line or an ended session lose nothing that was typed.
import type { Answers } from '../../../daemon/domain/form.ts'
import type { LetterMark } from '../../../daemon/domain/letter-mark.ts'
import { keep, kept } from '../../kept.ts'

export interface LocalDraft {
  readonly answers: Answers
  readonly products: readonly string[]
  readonly title: string
  readonly letter: LetterMark
  /** When it was typed, on the daemon's clock. */
  readonly at: number
  /** When the server had last saved what it was written upon; 0: never. */
  readonly base: number
}

/** Another person's at the same browser is none of ours. */
const nameOf = (account: number, number: string): string => `suar.draft.${account}.${number}`

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

const letterOf = (value: unknown): LetterMark => {
  const { number = '', date = '' } = isRecord(value) ? value : {}
  return { number: String(number), date: String(date) }
}

export function readLocal(account: number, number: string): LocalDraft | null {
  const text = kept(nameOf(account, number))
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    if (!isRecord(value)) return null
    const { answers, products, title, letter, at, base } = value
    if (!isRecord(answers) || !Array.isArray(products) || typeof title !== 'string' || typeof at !== 'number' || typeof base !== 'number') return null
    // They go through the same check as what is typed.
    return {
      answers: answers as Answers,
      products: products.filter((one): one is string => typeof one === 'string'),
      title,
      letter: letterOf(letter),
      at,
      base,
    }
  } catch {
    return null
  }
}

/** null: the server has it all. */
export const writeLocal = (account: number, number: string, draft: LocalDraft | null): void =>
  keep(nameOf(account, number), draft === null ? null : JSON.stringify(draft))
