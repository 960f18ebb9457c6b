// API tokens: made for oneself with a fresh proof, or by an admin for a program; told once, kept as a hash.
import type { Clock, Instant } from '../domain/call.ts'
import type { Scope } from '../domain/policy.ts'
import type { OwnToken } from '../domain/signin.ts'
import { freshSecret, hashOf, TOKEN_PREFIX } from './secret.ts'

export interface TokenWish {
  readonly name: string
  readonly scopes: readonly Scope[]
  /** How long it is good; null: until it is ended. */
  readonly days: number | null
}

export interface TokensMade {
  add(
    hash: string,
    token: {
      readonly account: number
      readonly name: string
      readonly scopes: readonly Scope[]
      readonly createdAt: Instant
      readonly expiresAt: Instant | null
    },
  ): Promise<OwnToken>
}

const DAY = 86_400_000

export async function makeToken(
  tokens: TokensMade,
  clock: Clock,
  account: number,
  { name, scopes, days }: TokenWish,
): Promise<OwnToken & { readonly token: string }> {
  const token = `${TOKEN_PREFIX}${freshSecret()}`
  const now = clock()
  const { id, createdAt, expiresAt, usedAt } = await tokens.add(hashOf(token), {
    account,
    name,
    scopes: [...new Set(scopes)],
    createdAt: now,
    expiresAt: days === null ? null : now + days * DAY,
  })
  return { id, name, scopes: [...new Set(scopes)], createdAt, expiresAt, usedAt, token }
}
