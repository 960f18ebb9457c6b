// Privacy by DES in CBC mode (RFC 3414 section 8): old UPSes know nothing better, and today's OpenSSL no longer offers it by name.
import { createCipheriv, createDecipheriv, randomInt } from 'node:crypto'
import { Authentication, type AuthProtocols } from 'net-snmp'

type Hashing = Exclude<AuthProtocols, AuthProtocols.none>
interface Engine {
  readonly engineID: Buffer
  readonly engineBoots: number
}

/** Triple DES with one key three times over is single DES, and that OpenSSL still has. */
const CIPHER = 'des-ede3-cbc'

let count = randomInt(2 ** 32)

function keys(password: string, protocol: AuthProtocols, engineId: Buffer): { readonly key: Buffer; readonly preIv: Buffer } {
  const localized = Authentication.passwordToKey(protocol as Hashing, password, engineId)
  const key = localized.subarray(0, 8)
  return { key: Buffer.concat([key, key, key]), preIv: localized.subarray(8, 16) }
}

const xor = (a: Buffer, b: Buffer): Buffer => Buffer.from(a.map((octet, n) => octet ^ (b[n] ?? 0)))

/** As net-snmp calls it. The salt is the engine's boots and a running number, so that no two messages share an IV. */
export function encryptPdu(plain: Buffer, _: unknown, password: string, protocol: AuthProtocols, engine: Engine) {
  const { key, preIv } = keys(password, protocol, engine.engineID)
  const salt = Buffer.alloc(8)
  salt.writeUInt32BE(engine.engineBoots >>> 0, 0)
  count = (count + 1) % 2 ** 32
  salt.writeUInt32BE(count, 4)
  const cipher = createCipheriv(CIPHER, key, xor(preIv, salt)).setAutoPadding(false)
  const padded = Buffer.concat([plain, Buffer.alloc((8 - (plain.length % 8)) % 8)])
  return { encryptedPdu: Buffer.concat([cipher.update(padded), cipher.final()]), msgPrivacyParameters: salt }
}

/** Throws on what cannot be decrypted, as net-snmp expects. */
export function decryptPdu(encrypted: Buffer, _: unknown, salt: Buffer, password: string, protocol: AuthProtocols, engine: Engine): Buffer {
  if (salt.length !== 8) throw new Error('The salt of DES has eight octets')
  const { key, preIv } = keys(password, protocol, engine.engineID)
  const decipher = createDecipheriv(CIPHER, key, xor(preIv, salt)).setAutoPadding(false)
  return Buffer.concat([decipher.update(encrypted), decipher.final()])
}
