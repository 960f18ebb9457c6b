// Secrets that Suar gives out: 256 bits, of which only the hash is kept. Plain SHA-256 will do: nobody can try out 2^256.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

export const freshSecret = (): string => randomBytes(32).toString('base64url')

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

export const sameSecret = (one: string, other: string): boolean =>
  timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest())

/** API tokens tell what they are, so that a search for leaked ones finds them. */
export const TOKEN_PREFIX = 'suar_'

/** Without letters and digits that look alike, in two groups: written down by hand. 10 × 5 bits. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
export const freshRecovery = (): string => {
  const bytes = randomBytes(64)
  const signs: string[] = []
  // The highest bytes would favour the first letters.
  for (const byte of bytes) if (signs.length < 10 && byte < 248) signs.push(LETTERS[byte % LETTERS.length] ?? '')
  return `${signs.slice(0, 5).join('')}-${signs.slice(5).join('')}`
}

/** However it was typed. */
export const plainRecovery = (typed: string): string => typed.toLowerCase().replace(/[^a-z0-9]/g, '')
