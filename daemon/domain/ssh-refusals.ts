// What ssh2 and the sockets under it throw, as failures that say whether trying again helps. No text of theirs that could hold a secret is passed on.
import { because } from './because.ts'
import type { Failure, FailureKind } from './outcome.ts'
import type { WhyCode } from './why.ts'

type Reason = Extract<
  WhyCode,
  | 'connectionRefused'
  | 'connectionBroken'
  | 'noRoute'
  | 'noReply'
  | 'tooManyFiles'
  | 'credential'
  | 'agent'
  | 'noCommonCipher'
  | 'notSsh'
  | 'keyUnusable'
  | 'noChannel'
  | 'commandForbidden'
>

const CODES: Readonly<Record<string, readonly [FailureKind, Reason]>> = {
  ECONNREFUSED: ['refused', 'connectionRefused'],
  ECONNRESET: ['unreachable', 'connectionBroken'],
  EPIPE: ['unreachable', 'connectionBroken'],
  EHOSTUNREACH: ['unreachable', 'noRoute'],
  ENETUNREACH: ['unreachable', 'noRoute'],
  EHOSTDOWN: ['unreachable', 'noRoute'],
  ETIMEDOUT: ['timeout', 'noReply'],
  EMFILE: ['busy', 'tooManyFiles'],
}

const LEVELS: Readonly<Record<string, readonly [FailureKind, Reason]>> = {
  'client-authentication': ['wrongCredential', 'credential'],
  'client-timeout': ['timeout', 'noReply'],
  agent: ['wrongCredential', 'agent'],
  handshake: ['garbage', 'noCommonCipher'],
  protocol: ['garbage', 'notSsh'],
}

export function failureOf(error: unknown, where: string): Failure {
  const told = (key: 'code' | 'level'): string => {
    const value: unknown = error instanceof Error && key in error ? Reflect.get(error, key) : undefined
    return typeof value === 'string' ? value : ''
  }
  const code = told('code')
  if (code === 'ENOTFOUND') return because('unreachable', { code: 'unknownName', host: where }).failure
  if (code === 'EAI_AGAIN' || told('level') === 'client-dns')
    return because('unreachable', { code: 'nameNotLookedUp', host: where, error: code === '' ? 'DNS' : code }).failure
  const [kind, reason] = CODES[code] ?? LEVELS[told('level')] ?? byMessage(error instanceof Error ? error.message : '')
  return because(kind, { code: reason, where }).failure
}

const byMessage = (message: string): readonly [FailureKind, Reason] => {
  if (/parse privateKey|Encrypted private|passphrase/i.test(message)) return ['wrongCredential', 'keyUnusable']
  if (/Channel open failure|open failure/i.test(message)) return ['busy', 'noChannel']
  if (/exec request|Unable to exec/i.test(message)) return ['forbidden', 'commandForbidden']
  return ['unreachable', 'connectionBroken']
}
