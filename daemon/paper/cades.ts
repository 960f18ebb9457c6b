// CAdES signatures as PAdES-B-B wants them (ETSI EN 319 142-1): detached CMS with the signing certificate named in what is signed, no signing time in it.
import { createHash, type KeyObject, sign } from 'node:crypto'
import { children, context, der, element, integer, oid, sequence, setOf, TAG } from './der.ts'

export interface Identity {
  readonly key: KeyObject
  /** DER; the signer's own first, then those who issued it. */
  readonly chain: readonly Buffer[]
}

const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  /** RFC 5035: without it the certificate could be exchanged for another with the same key. */
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
  rsa: '1.2.840.113549.1.1.1',
  ecdsaSha256: '1.2.840.10045.4.3.2',
} as const

const NULL = der(TAG.null)
const SHA256 = sequence(oid(OID.sha256))

/** Signs what the parts are together; returns the CMS in DER. */
export function signDetached(parts: readonly Uint8Array[], { key, chain }: Identity): Buffer {
  const [own] = chain
  if (own === undefined) throw new RangeError('an identity without a certificate')
  const { issuer, serial } = issuerOf(own)
  const digest = createHash('sha256')
  for (const part of parts) digest.update(part)
  // The hash algorithm is left out: SHA-256 is its default in RFC 5035. The issuer stands there as a directory name, [4].
  const certificateId = sequence(der(TAG.bytes, createHash('sha256').update(own).digest()), sequence(sequence(der(context(4), issuer)), serial))
  const attributes = [
    attribute(OID.contentType, oid(OID.data)),
    attribute(OID.messageDigest, der(TAG.bytes, digest.digest())),
    attribute(OID.signingCertificateV2, sequence(sequence(certificateId))),
  ]
  const signed = setOf(...attributes)
  const signature = sign('sha256', signed, key)
  // In the signature they stand under [0], but signed they are as a set (RFC 5652, 5.4).
  const implicit = Buffer.from(signed)
  implicit[0] = context(0)
  const algorithm = key.asymmetricKeyType === 'ec' ? sequence(oid(OID.ecdsaSha256)) : sequence(oid(OID.rsa), NULL)
  const signer = sequence(integer(1), sequence(issuer, serial), SHA256, implicit, algorithm, der(TAG.bytes, signature))
  const data = sequence(integer(1), setOf(SHA256), sequence(oid(OID.data)), der(context(0), ...chain.toSorted(Buffer.compare)), setOf(signer))
  return sequence(oid(OID.signedData), der(context(0), data))
}

/** How many bytes to keep free for a signature by this identity. */
export const roomFor = ({ chain }: Identity): number => chain.reduce((sum, { length }) => sum + length, 0) + 2048

const attribute = (type: string, value: Buffer): Buffer => sequence(oid(type), setOf(value))

/** Issuer and serial number of a certificate, as they stand in it: RFC 5280, 4.1. */
function issuerOf(certificate: Buffer): { readonly issuer: Buffer; readonly serial: Buffer } {
  const [body] = children(certificate)
  const fields = body === undefined ? [] : children(body)
  // The version, [0], is there in all but the oldest.
  const rest = fields[0] !== undefined && element(fields[0], 0).tag === context(0) ? fields.slice(1) : fields
  const [serial, , issuer] = rest
  if (serial === undefined || issuer === undefined) throw new RangeError('a certificate without serial number or issuer')
  return { issuer, serial }
}
