// Codes of an authenticator app (RFC 6238: SHA-1, six digits, thirty seconds). One step early or late is taken, none twice.
import { generateSecret, generateURI, verifySync } from 'otplib'
import type { Clock } from '../domain/call.ts'

const STEP = 30

/** 160 bits, as RFC 4226 recommends; base32. */
export const freshTotp = (): string => generateSecret({ length: 20 })

export const totpUri = (secret: string, login: string, issuer: string): string => generateURI({ issuer, label: login, secret })

/** The time step that the code belongs to; null for a wrong one. */
export function stepOf(code: string, secret: string, clock: Clock): number | null {
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const epoch = Math.floor(clock() / 1000)
  const answer = verifySync({ secret, token, epoch, epochTolerance: STEP })
  return answer.valid ? Math.floor(epoch / STEP) + answer.delta : null
}
