// SNMPv3's user-based security (RFC 3414, 3826) as net-snmp is to be told it: names, levels, keys, and who may answer.
import { createHash } from 'node:crypto'
import { Authentication, AuthProtocols, Encryption, PrivProtocols, SecurityLevel, type User } from 'net-snmp'
import type { SnmpAccess } from '../../daemon/domain/device.ts'
import { cursor, enter, leave, readHeader, readInt32, SEQUENCE } from './ber.ts'
import { decryptPdu, encryptPdu } from './des.ts'
import { PDU } from './message.ts'
import { TYPE } from './session.ts'

export type V3Access = Extract<SnmpAccess, { version: '3' }>

/**
 * AES-192 is missing in net-snmp's table though all it takes is there; numbers follow its own (6 and 8 are AES-256).
 * The plain names stretch short keys as the Blumenthal draft says (Net-SNMP, most makes), the `r` ones as Reeder's (Cisco).
 */
const AES192 = 16
const AES192R = 17
const AES_192 = {
  CRYPTO_ALGORITHM: 'aes-192-cfb',
  KEY_LENGTH: 24,
  BLOCK_LENGTH: 16,
  encryptPdu: Encryption.encryptPduAes,
  decryptPdu: Encryption.decryptPduAes,
}
Object.assign(Encryption.algorithms, {
  [PrivProtocols.des]: { ...Encryption.algorithms[PrivProtocols.des], encryptPdu, decryptPdu },
  [AES192]: { ...AES_192, localizationAlgorithm: Encryption.generateLocalizedKeyBlumenthal },
  [AES192R]: { ...AES_192, localizationAlgorithm: Encryption.generateLocalizedKeyReeder },
})

const PRIV: Readonly<Record<NonNullable<V3Access['priv']>['protocol'], number>> = {
  des: PrivProtocols.des,
  aes: PrivProtocols.aes,
  aes192: AES192,
  aes256: PrivProtocols.aes256b,
  aes192r: AES192R,
  aes256r: PrivProtocols.aes256r,
}

const HASH = { md5: 'md5', sha: 'sha1', sha224: 'sha224', sha256: 'sha256', sha384: 'sha384', sha512: 'sha512' } as const

export function userOf({ user, auth, priv }: V3Access): User {
  if (auth === undefined) return { name: user, level: SecurityLevel.noAuthNoPriv }
  const known = { name: user, authProtocol: AuthProtocols[auth.protocol], authKey: auth.password }
  if (priv === undefined) return { ...known, level: SecurityLevel.authNoPriv }
  return { ...known, level: SecurityLevel.authPriv, privProtocol: PRIV[priv.protocol], privKey: priv.password }
}

/** Digest of a megabyte of repeated password, by hash and password: the dear part of a key (0.7 to 2 ms), the same for every device. */
const digests = new Map<string, Buffer>()

function localizedKey(hash: string, password: string, engineId: Uint8Array): Buffer {
  const name = `${hash} ${password}`
  const digest =
    digests.get(name) ??
    createHash(hash)
      .update(Buffer.alloc(1 << 20, password))
      .digest()
  digests.set(name, digest)
  return createHash(hash).update(digest).update(engineId).update(digest).digest()
}

/** Lays the keys for one engine where net-snmp looks before it derives them itself, a megabyte of hashing for each device and password. */
export function layKeys({ auth, priv }: V3Access, engineId: Uint8Array): void {
  if (auth === undefined || engineId.length === 0) return
  const id = Buffer.from(engineId)
  const protocol = AuthProtocols[auth.protocol]
  for (const password of [auth.password, priv?.password]) {
    if (password === undefined) continue
    const name = Authentication.computeCacheKey(protocol, password, id)
    Authentication.authToKeyCache[name] ??= localizedKey(HASH[auth.protocol], password, engineId)
  }
}

export interface Envelope {
  readonly authenticated: boolean
  readonly encrypted: boolean
  readonly engineId: Uint8Array
  /** Tag of the PDU, null when it is encrypted. */
  readonly pdu: number | null
}

/** The open parts of a v3 message (RFC 3412 section 6), or null when it is none. */
export function readEnvelope(bytes: Uint8Array): Envelope | null {
  const c = cursor(bytes)
  enter(c, SEQUENCE)
  readInt32(c)
  const message = enter(c, SEQUENCE)
  readInt32(c)
  readInt32(c)
  const length = readHeader(c, TYPE.octets)
  const flags = length === 1 ? (bytes[c.at] ?? 0) : -1
  c.at += Math.max(length, 0)
  readInt32(c)
  leave(c, message)
  const security = enter(c, TYPE.octets)
  enter(c, SEQUENCE)
  const size = readHeader(c, TYPE.octets)
  if (c.bad !== null || flags < 0) return null
  const engineId = bytes.slice(c.at, c.at + size)
  c.at = c.end
  c.end = security
  if ((flags & 2) !== 0) return { authenticated: (flags & 1) !== 0, encrypted: true, engineId, pdu: null }
  enter(c, SEQUENCE)
  for (let context = 0; context < 2; context++) {
    const octets = readHeader(c, TYPE.octets)
    c.at += Math.max(octets, 0)
  }
  if (c.bad !== null || c.at >= c.end) return null
  return { authenticated: (flags & 1) !== 0, encrypted: false, engineId, pdu: bytes[c.at] ?? 0 }
}

/**
 * Whether a message may come to a user of this access: at least as secured as the question, or a Report. net-snmp itself
 * takes a plain answer to an authenticated question, which anyone could have written.
 */
export const mayAnswer = ({ auth, priv }: V3Access, envelope: Envelope): boolean =>
  envelope.pdu === PDU.report || ((auth === undefined || envelope.authenticated) && (priv === undefined || envelope.encrypted))
