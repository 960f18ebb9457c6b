// Failure is a value that says whether trying again helps. A thrown error is a bug.
import type { FailureKind } from './failure-kind.ts'
import type { Why } from './why.ts'

export type { FailureKind }

export interface Failure {
  readonly kind: FailureKind
  /** One sentence for people: what happened and, where there is one, the remedy. Never a secret. */
  readonly message: string
  /** True when the same errand may succeed later without anyone changing anything. */
  readonly retry: boolean
  /** Seconds to wait before the next try. */
  readonly after?: number
  /** The same sentence in the languages of the pages, where there is one. */
  readonly words?: { readonly id: string; readonly en: string }
  /** Of asking a device: the same as a code with its figures. */
  readonly why?: Why
  /** Of a form: every mistake, each at its field. */
  readonly errors?: readonly FieldError[]
}

export interface FieldError {
  readonly field: string
  readonly reason: string
  readonly words?: { readonly id: string; readonly en: string }
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

/**
 * What is written within `work`, and what it says in the trail, is one transaction, or nothing of it: rolled back when it rejects or ends in a
 * failure. It waits for nobody who may be waiting for the database, and tells listeners only when it is over.
 */
export type Together = <T>(work: () => Promise<Outcome<T>>) => Promise<Outcome<T>>

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value })

const TRANSIENT: ReadonlySet<FailureKind> = new Set(['timeout', 'refused', 'unreachable', 'busy', 'full'])

export const failed = (kind: FailureKind, message: string, retry = TRANSIENT.has(kind)): { readonly ok: false; readonly failure: Failure } => ({
  ok: false,
  failure: { kind, message, retry },
})

/** For people, in both languages; `message` is the English one. */
export const refused = (
  kind: FailureKind,
  words: { readonly id: string; readonly en: string },
  errors?: readonly FieldError[],
): { readonly ok: false; readonly failure: Failure } => ({
  ok: false,
  failure: { kind, message: words.en, retry: TRANSIENT.has(kind), words, ...(errors === undefined ? {} : { errors }) },
})
