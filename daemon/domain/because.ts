// A failure to ask a device, told as a code with its figures.
import { type Failure, type FailureKind, failed } from './outcome.ts'
import type { Why } from './why.ts'
import { whyWords } from './words/why-words.ts'

/** `message`: for the log, where it can say more than the code; the code's English words when left out. `retry` as in `failed`. */
export function because(kind: FailureKind, why: Why, message?: string, retry?: boolean): { readonly ok: false; readonly failure: Failure } {
  const words = whyWords(why)
  const { failure } = failed(kind, message ?? words.en, ...(retry === undefined ? [] : [retry]))
  return { ok: false, failure: { ...failure, words, why } }
}

/** What a failure says of the device: its own code, or no more than its kind. */
export const whyOf = ({ why, kind }: Pick<Failure, 'why' | 'kind'>): Why => why ?? { code: 'failure', kind }
