// Error-status of an answer (RFC 3416 section 3) and errors of sending, as failures that say what to do.
import { because } from '../../daemon/domain/because.ts'
import type { Failure, FailureKind } from '../../daemon/domain/outcome.ts'

export const ERROR = { tooBig: 1, noSuchName: 2, badValue: 3, readOnly: 4, genErr: 5 } as const

/** Name and kind by error-status. */
const STATUS: readonly (readonly [name: string, kind: FailureKind])[] = [
  ['noError', 'garbage'],
  ['tooBig', 'tooBig'],
  ['noSuchName', 'notFound'],
  ['badValue', 'invalid'],
  ['readOnly', 'forbidden'],
  ['genErr', 'refused'],
  ['noAccess', 'forbidden'],
  ['wrongType', 'invalid'],
  ['wrongLength', 'invalid'],
  ['wrongEncoding', 'invalid'],
  ['wrongValue', 'invalid'],
  ['noCreation', 'notFound'],
  ['inconsistentValue', 'conflict'],
  ['resourceUnavailable', 'busy'],
  ['commitFailed', 'conflict'],
  ['undoFailed', 'conflict'],
  ['authorizationError', 'forbidden'],
  ['notWritable', 'forbidden'],
  ['inconsistentName', 'conflict'],
]

/** What the standard calls an error-status. */
export const errorName = (status: number): string => STATUS[status]?.[0] ?? `error-status ${status}`

/** `oid` is the variable that the device names as the cause, if any. */
export function errorFailure(status: number, oid: string | null): Failure {
  const kind = STATUS[status]?.[1] ?? 'garbage'
  return because(kind, { code: 'refusedWith', error: errorName(status), at: oid }).failure
}

/** The error-status of a name in the standard, or null. */
export function errorStatus(name: string): number | null {
  const status = STATUS.findIndex(([known]) => known.toLowerCase() === name.toLowerCase())
  return status < 0 ? null : status
}

/** sendmsg(2)'s errors; what is not here is `unreachable`. */
const SENDING: Readonly<Record<string, FailureKind>> = {
  EMSGSIZE: 'tooBig',
  ENOBUFS: 'busy',
  ENOMEM: 'busy',
  EAGAIN: 'busy',
  EPERM: 'forbidden',
  EACCES: 'forbidden',
  ECONNREFUSED: 'refused',
}

/** The kind of failure behind an error code of sending. */
export const sendFailure = (code: string): FailureKind => SENDING[code] ?? 'unreachable'
