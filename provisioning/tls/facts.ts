// What a certificate says of itself and Node does not tell: its serial number and names as they are written, its algorithm, its extensions.
import type { X509Certificate } from 'node:crypto'
import { explicit, implicit, oidText, readDer, TAG } from './der.ts'

export const OID = {
  commonName: '2.5.4.3',
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  names: '2.5.29.17',
  constraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35',
  purposes: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  anyPurpose: '2.5.29.37.0',
} as const

export interface Facts {
  /** The octets of the INTEGER, with a leading zero where it has one. */
  readonly serial: Buffer
  /** OID of how it is signed. */
  readonly algorithm: string
  /** DER of the names, as they stand there. */
  readonly issuer: Buffer
  readonly subject: Buffer
  /** By OID, what is inside of each. */
  readonly extensions: ReadonlyMap<string, Buffer>
}

/** Null: its DER is not as RFC 5280 has it. */
export function factsOf({ raw }: Pick<X509Certificate, 'raw'>): Facts | null {
  const fields = within(within(readDer(raw)?.[0])?.[0])
  if (fields === null) return null
  const [serial, algorithm, issuer, , subject] = fields[0]?.tag === explicit(0) ? fields.slice(1) : fields
  const of = within(algorithm)?.[0]
  if (serial?.tag !== TAG.integer || of?.tag !== TAG.oid || issuer === undefined || subject === undefined) return null
  const extensions = new Map<string, Buffer>()
  for (const extension of within(within(fields.find(({ tag }) => tag === explicit(3)))?.[0]) ?? []) {
    const parts = within(extension)
    const [name, value] = [parts?.[0], parts?.at(-1)]
    if (name?.tag === TAG.oid && value?.tag === TAG.octets) extensions.set(oidText(name.body), value.body)
  }
  return { serial: serial.body, algorithm: oidText(of.body), issuer: issuer.whole, subject: subject.whole, extensions }
}

const within = (value: { readonly body: Buffer } | undefined) => (value === undefined ? null : readDer(value.body))

/** Null: it does not say by which key it was issued. */
export function authorityKeyId({ extensions }: Facts): Buffer | null {
  const inside = within(readDer(extensions.get(OID.authorityKeyId) ?? Buffer.alloc(0))?.[0])
  return inside?.find(({ tag }) => tag === implicit(0))?.body ?? null
}

/** How many authorities may stand below this one; null: as many as there are. */
export function pathLength({ extensions }: Facts): number | null {
  const inside = within(readDer(extensions.get(OID.constraints) ?? Buffer.alloc(0))?.[0])
  const length = inside?.find(({ tag }) => tag === TAG.integer)
  return length === undefined ? null : length.body.readUIntBE(0, Math.min(length.body.length, 6))
}

/** Which bits of the key usage stand, by their number (RFC 5280, 4.2.1.3); null: it does not say. */
export function keyUsage({ extensions }: Facts): ReadonlySet<number> | null {
  const found = readDer(extensions.get(OID.keyUsage) ?? Buffer.alloc(0))?.[0]
  if (found?.tag !== TAG.bits) return null
  const octets = found.body.subarray(1)
  const all = Array.from({ length: octets.length * 8 }, (_, bit) => bit)
  return new Set(all.filter(bit => ((octets[bit >> 3]! >> (7 - (bit & 7))) & 1) === 1))
}

/** For which names it is: its SAN only, as browsers do. In lower case. */
export function namesIn({ extensions }: Facts): readonly string[] {
  const inside = within(readDer(extensions.get(OID.names) ?? Buffer.alloc(0))?.[0]) ?? []
  return inside.filter(({ tag }) => tag === implicit(2)).map(({ body }) => body.toString('latin1').toLowerCase())
}

const WEAK: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.2', 'MD2'],
  ['1.2.840.113549.1.1.4', 'MD5'],
  ['1.2.840.113549.1.1.5', 'SHA-1'],
  ['1.3.14.3.2.29', 'SHA-1'],
  ['1.2.840.10040.4.3', 'SHA-1'],
  ['1.2.840.10045.4.1', 'SHA-1'],
])
/** The digest that browsers no longer believe; null: it is none of these. */
export const weakDigest = ({ algorithm }: Facts): string | null => WEAK.get(algorithm) ?? null
