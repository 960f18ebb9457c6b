// The codes of a visit: worked out anew from a number drawn for each visitor and the house's key, so that none is ever written down.
import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'

/** No 0, O, 1, I, L, U: nothing that is read for something else. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
/** What a QR says begins so; 20 characters of the alphabet are 98 bits. */
const QR = 'SUAR-'
const QR_LENGTH = 20
const SHORT_LENGTH = 8
/** Rounds for the hash of a typed code: it is short, and guards' devices keep its hash. */
export const ROUNDS = 60_000
const OCTETS = 16

const stretch = promisify(pbkdf2)

export const newNonce = (): string => randomBytes(16).toString('hex')

function spell(key: Uint8Array, text: string, length: number): string {
  let spelt = ''
  for (let block = 0; spelt.length < length; block++)
    for (const octet of createHmac('sha256', key).update(`${text}|${block}`).digest()) {
      // Without the rest that would make the first letters likelier.
      if (octet < ALPHABET.length * 8 && spelt.length < length) spelt += ALPHABET[octet % ALPHABET.length]
    }
  return spelt
}

export interface Codes {
  readonly qr: string
  readonly short: string
}

export function codesOf(key: Uint8Array, visit: number, visitor: number, nonce: string): Codes {
  const short = spell(key, `short|${visit}|${visitor}|${nonce}`, SHORT_LENGTH)
  return { qr: `${QR}${spell(key, `qr|${visit}|${visitor}|${nonce}`, QR_LENGTH)}`, short: `${short.slice(0, 4)}-${short.slice(4)}` }
}

export const saltOf = (key: Uint8Array): string => createHmac('sha256', key).update('salt of typed codes').digest('hex').slice(0, 32)

const plain = (typed: string): string => typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')

/** The hash under which a scanned or typed code is looked for; null: it has not the shape of one. */
export async function hashOf(typed: string, salt: string): Promise<string | null> {
  const text = plain(typed)
  if (text.startsWith('SUAR') && text.length === 4 + QR_LENGTH)
    return createHash('sha256')
      .update(`${QR}${text.slice(4)}`)
      .digest('hex')
  if (text.length !== SHORT_LENGTH || [...text].some(char => !ALPHABET.includes(char))) return null
  return (await stretch(text, Buffer.from(salt, 'hex'), ROUNDS, OCTETS, 'sha256')).toString('hex')
}
