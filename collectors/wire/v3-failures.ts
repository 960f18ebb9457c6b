// What net-snmp reports of SNMPv3 as failures that name the part at fault, and never a secret.
import snmp from 'net-snmp'
import { type Failure, failed } from '../../daemon/domain/outcome.ts'
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
const REPORTS = [
  {
    is: /^unsupported security level/i,
    because: ({ name, access }: Circumstances) => `${name} does not let user ${access.user} in at this security level.`,
  },
  { is: /^unknown user name/i, because: ({ name, access }: Circumstances) => `${name} knows no user ${access.user}.` },
  {
    is: /^wrong digest|^authentication digest/i,
    because: ({ name, access }: Circumstances) => `The authentication password or protocol of user ${access.user} is wrong for ${name}.`,
  },
  {
    is: /^decryption error|^failed to decrypt/i,
    because: ({ name, access }: Circumstances) => `The privacy password or protocol of user ${access.user} is wrong for ${name}.`,
  },
]

export function failureOf(error: Error & { code?: unknown; status?: unknown }, circumstances: Circumstances): Failure | typeof STALE {
  const { name, access, trusted, heard } = circumstances
  if (error.name === SILENCE.name) {
    // Many agents keep silent about what they cannot decrypt.
    if (heard && !trusted && access.priv !== undefined)
      return failed(
        'wrongCredential',
        `${name} names its engine but does not answer user ${access.user}: the privacy password or protocol may be wrong.`,
      ).failure
    return failed('timeout', `No answer from ${name}.`).failure
  }
  if (error instanceof snmp.RequestFailedError) {
    const oid = /: ([\d.]+)$/.exec(error.message)?.[1] ?? null
    return errorFailure(typeof error.status === 'number' ? error.status : -1, oid)
  }
  if (error instanceof snmp.ResponseInvalidError) {
    if (error.code === NOT_IN_TIME_WINDOW || /^not in time window|^unknown engine id/i.test(error.message)) return STALE
    const report = REPORTS.find(({ is }) => is.test(error.message))
    if (report !== undefined) return failed('wrongCredential', report.because(circumstances)).failure
    return failed('garbage', `The answer of ${name} cannot be understood.`).failure
  }
  const code = typeof error.code === 'string' ? ` (${error.code})` : ''
  return failed('unreachable', `Nothing can be sent to ${name}${code}.`).failure
}
