// What net-snmp reports of SNMPv3 as failures that name the part at fault, and never a secret.
import snmp from 'net-snmp'
import { because } from '../../daemon/domain/because.ts'
import type { Failure } from '../../daemon/domain/outcome.ts'
import type { WhyCode } from '../../daemon/domain/why.ts'
import { errorFailure } from './errors.ts'
import type { V3Access } from './usm.ts'

/** Not a failure yet: what we know of the device's engine is out of date, and it is to be discovered anew. */
export const STALE = Symbol('stale')

/** No answer, as net-snmp says it (its types do not know the class). */
export const SILENCE = Object.assign(new Error('No answer'), { name: 'RequestTimedOutError' })

/** ResponseInvalidCode.ENotInTimeWindow, which the types lack too. */
const NOT_IN_TIME_WINDOW = 14

export interface Circumstances {
  readonly name: string
  readonly access: V3Access
  /** The device has answered with these credentials before. */
  readonly trusted: boolean
  /** It sent something during this very request. */
  readonly heard: boolean
}

/** Words of net-snmp for the Reports of RFC 3414 section 3.2. */
const REPORTS: readonly { readonly is: RegExp; readonly code: Extract<WhyCode, 'securityLevel' | 'unknownUser' | 'authentication' | 'privacy'> }[] = [
  { is: /^unsupported security level/i, code: 'securityLevel' },
  { is: /^unknown user name/i, code: 'unknownUser' },
  { is: /^wrong digest|^authentication digest/i, code: 'authentication' },
  { is: /^decryption error|^failed to decrypt/i, code: 'privacy' },
]

export function failureOf(error: Error & { code?: unknown; status?: unknown }, circumstances: Circumstances): Failure | typeof STALE {
  const { name, access, trusted, heard } = circumstances
  if (error.name === SILENCE.name) {
    // Many agents keep silent about what they cannot decrypt.
    if (heard && !trusted && access.priv !== undefined)
      return because('wrongCredential', { code: 'perhapsPrivacy', where: name, user: access.user }).failure
    return because('timeout', { code: 'noReply', where: name }).failure
  }
  if (error instanceof snmp.RequestFailedError) {
    const oid = /: ([\d.]+)$/.exec(error.message)?.[1] ?? null
    return errorFailure(typeof error.status === 'number' ? error.status : -1, oid)
  }
  if (error instanceof snmp.ResponseInvalidError) {
    if (error.code === NOT_IN_TIME_WINDOW || /^not in time window|^unknown engine id/i.test(error.message)) return STALE
    const report = REPORTS.find(({ is }) => is.test(error.message))
    if (report !== undefined) return because('wrongCredential', { code: report.code, where: name, user: access.user }).failure
    return because('garbage', { code: 'notUnderstood', where: name }).failure
  }
  return because('unreachable', { code: 'notSent', where: name, error: typeof error.code === 'string' ? error.code : error.name }).failure
}
