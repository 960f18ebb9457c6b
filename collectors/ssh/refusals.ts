// What ssh2 and the sockets under it throw, as failures that say whether trying again helps. No text of theirs that could hold a secret is passed on.
import { type Failure, type FailureKind, failed } from '../../daemon/domain/outcome.ts'

const CODES: Readonly<Record<string, readonly [FailureKind, string]>> = {
  ECONNREFUSED: ['refused', 'refuses the connection: no SSH server listens there'],
  ECONNRESET: ['unreachable', 'broke the connection'],
  EPIPE: ['unreachable', 'broke the connection'],
  EHOSTUNREACH: ['unreachable', 'cannot be reached: no route to it'],
  ENETUNREACH: ['unreachable', 'cannot be reached: no route to its network'],
  EHOSTDOWN: ['unreachable', 'cannot be reached'],
  ENOTFOUND: ['unreachable', 'has a name that is not known'],
  EAI_AGAIN: ['unreachable', 'has a name that could not be looked up'],
  ETIMEDOUT: ['timeout', 'did not answer'],
  EMFILE: ['busy', 'could not be connected: too many open files'],
}

const LEVELS: Readonly<Record<string, readonly [FailureKind, string]>> = {
  'client-authentication': ['wrongCredential', 'refuses the user or credential'],
  'client-timeout': ['timeout', 'did not answer in time'],
  'client-dns': ['unreachable', 'has a name that could not be looked up'],
  agent: ['wrongCredential', 'could not be shown a key by the agent'],
  handshake: ['garbage', 'has no common way of encryption with us, or is no SSH server'],
  protocol: ['garbage', 'does not speak SSH as we know it'],
}

export function failureOf(error: unknown, where: string): Failure {
  const told = (key: 'code' | 'level'): string => {
    const value: unknown = error instanceof Error && key in error ? Reflect.get(error, key) : undefined
    return typeof value === 'string' ? value : ''
  }
  const message = error instanceof Error ? error.message : ''
  const [kind, words] = CODES[told('code')] ?? LEVELS[told('level')] ?? byMessage(message)
  return failed(kind, `${where} ${words}`).failure
}

const byMessage = (message: string): readonly [FailureKind, string] => {
  if (/parse privateKey|Encrypted private|passphrase/i.test(message))
    return ['wrongCredential', 'was not asked: the key file holds no usable private key (encrypted, or of an unknown kind)']
  if (/Channel open failure|open failure/i.test(message)) return ['busy', 'opens no further channel']
  if (/exec request|Unable to exec/i.test(message)) return ['forbidden', 'does not let this user run commands']
  return ['unreachable', 'broke the connection']
}
