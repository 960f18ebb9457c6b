// Failure is a value that says whether trying again helps. A thrown error is a bug.

export const FAILURES = [
  'timeout',
  'refused',
  'unreachable',
  'wrongCredential',
  'hostKeyChanged',
  'hostKeyUnknown',
  'garbage',
  'tooBig',
  'notSupported',
  'notFound',
  'invalid',
  'conflict',
  'busy',
  'full',
  'cancelled',
  'forbidden',
] as const
export type FailureKind = (typeof FAILURES)[number]

export interface Failure {
  readonly kind: FailureKind
  /** One sentence for people: what happened and, where there is one, the remedy. Never a secret. */
  readonly message: string
  /** True when the same errand may succeed later without anyone changing anything. */
  readonly retry: boolean
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value })

const TRANSIENT: ReadonlySet<FailureKind> = new Set(['timeout', 'refused', 'unreachable', 'busy', 'full'])

export const failed = (kind: FailureKind, message: string, retry = TRANSIENT.has(kind)): { readonly ok: false; readonly failure: Failure } => ({
  ok: false,
  failure: { kind, message, retry },
})
