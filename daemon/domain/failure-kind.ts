// The kinds of failure; whether trying again helps is decided by kind.
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
  /** Written upon a state that is no longer the newest. */
  'stale',
  'busy',
  'full',
  'cancelled',
  'forbidden',
  /** Allowed, after the password or the second factor was proven anew. */
  'unproven',
  /** Too often: later again. */
  'tooMany',
] as const
export type FailureKind = (typeof FAILURES)[number]
