// How a password becomes a hash: the parameters that are kept with it, and the two functions that are used.
import * as crypto from 'node:crypto'

export interface Cost {
  /** KiB. */
  readonly memory: number
  readonly passes: number
}

/** What a hash is made with; kept beside it, so that it can be made again. */
export interface Recipe {
  readonly by: 'argon2id' | 'scrypt'
  /** Null of scrypt, which has OWASP's parameters. */
  readonly cost: Cost | null
  readonly salt: Uint8Array
}

export const HASH_BYTES = 32

/** Node has argon2 since 24.7; on the older one that Suar still runs on, scrypt with OWASP's parameters stands in. */
export const hasArgon2 = typeof (crypto as Partial<typeof crypto>).argon2Sync === 'function'

/** The same text typed on different keyboards is the same password (NIST SP 800-63B 5.1.1.2). Takes a fifth of a second at today's cost. */
export function hashed(password: string, { by, cost, salt }: Recipe): Uint8Array {
  const message = Buffer.from(password.normalize('NFKC'), 'utf8')
  if (by === 'scrypt' || cost === null) return crypto.scryptSync(message, salt, HASH_BYTES, { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 2 ** 20 })
  const { memory, passes } = cost
  return crypto.argon2Sync('argon2id', { message, nonce: salt, parallelism: 1, tagLength: HASH_BYTES, memory, passes })
}
