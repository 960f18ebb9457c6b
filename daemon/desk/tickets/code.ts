// The code of a document: 128 random bits in Crockford's base 32, for the page that verifies it.
import { randomBytes } from 'node:crypto'

const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 26 signs. */
export function codeOf(bytes: Uint8Array = randomBytes(16)): string {
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  let code = ''
  for (let i = 0; i < 26; i++) {
    code = `${SIGNS[Number(value & 31n)] ?? '0'}${code}`
    value >>= 5n
  }
  return code
}
