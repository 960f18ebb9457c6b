// The code by which anybody can ask whether a paper is genuine.
import { randomBytes } from 'node:crypto'
import type { Verification } from '../domain/paper.ts'

/** Crockford's base 32: no I, L, O or U, so that what is read from paper cannot be misread. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const BITS = 128
const LENGTH = Math.ceil(BITS / 5)

/** 128 random bits: nobody guesses one. */
export function newCode(random: (count: number) => Uint8Array = randomBytes): string {
  let value = 0n
  for (const byte of random(BITS / 8)) value = (value << 8n) | BigInt(byte)
  let code = ''
  for (let i = 0; i < LENGTH; i++) {
    code = (SIGNS[Number(value & 31n)] ?? '') + code
    value >>= 5n
  }
  return code
}

/** What somebody typed from paper, as it was given out; null: no such code. Blanks, hyphens and case do not matter, O is 0, I and L are 1. */
export function readCode(typed: string): string | null {
  const code = typed.replaceAll(/[\s-]/g, '').toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return code.length === LENGTH && [...code].every(sign => SIGNS.includes(sign)) ? code : null
}

/** `base`: where the pages are reached from outside, `https://layanan.example.go.id`. */
export const verificationOf = (base: string, code: string): Verification => ({ url: `${base.replace(/\/+$/, '')}/verify/${code}`, code })
