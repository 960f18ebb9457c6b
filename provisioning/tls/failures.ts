// What is remembered of certificates that could not be had: how often, since when, why, and until when the authority wants to be left alone.
import { z } from 'zod'
import type { Instant } from '../../daemon/domain/call.ts'
import type { Words } from '../../daemon/domain/form.ts'
import type { Failure } from '../../daemon/domain/outcome.ts'
import type { CertificateBook } from './book.ts'

const Note = z.object({
  count: z.number(),
  at: z.number(),
  until: z.number().nullable(),
  /** Which certificate was to be replaced; null: there was none. Once another one is in place the failure is over. */
  of: z.string().nullable(),
  words: z.object({ id: z.string(), en: z.string() }),
})
export type FailureNote = z.output<typeof Note>

const name = (website: string) => `failure ${website}`
const read = (text: string): FailureNote => Note.parse(JSON.parse(text))

export async function failureOf(book: CertificateBook, website: string): Promise<FailureNote | null> {
  const text = await book.note(name(website))
  return text === null ? null : read(text)
}

/** By website. */
export async function allFailures(book: CertificateBook): Promise<ReadonlyMap<string, FailureNote>> {
  const head = name('')
  return new Map([...(await book.notes(head))].map(([key, text]) => [key.slice(head.length), read(text)]))
}

export async function noteFailure(book: CertificateBook, website: string, failure: Failure, now: Instant): Promise<void> {
  const [before, current] = [await failureOf(book, website), await book.current(website)]
  const words: Words = failure.words ?? { id: failure.message, en: failure.message }
  const until = failure.kind === 'tooMany' && failure.after !== undefined ? now + failure.after * 1000 : null
  const of = current?.fingerprint ?? null
  const count = (before?.of === of ? before.count : 0) + 1
  await book.putNote(name(website), JSON.stringify({ count, at: now, until, of, words } satisfies FailureNote))
}

export const forgetFailure = (book: CertificateBook, website: string): Promise<void> => book.putNote(name(website), null)
