// The agency's own authority: certificates for an intranet, issued here from a CA's certificate and key.
import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Instant } from '../../daemon/domain/call.ts'
import { done, failed, type Outcome } from '../../daemon/domain/outcome.ts'
import type { KeyedCertificate } from './book.ts'
import { certificatesIn, isIssued, lifeOf, ordered } from './chain.ts'
import { bits, der, explicit, implicit, integer, oid, readDer, TAG, time } from './der.ts'
import { factsOf, keyUsage, OID, pathLength } from './facts.ts'
import type { OwnAuthoritySettings } from './settings.ts'

const DAY = 86_400_000
/** Clocks of visitors may be slow. */
const SLOW = 3_600_000

export interface OwnAuthority {
  /** Its root, in PEM, where it is known: what visitors must trust. */
  readonly roots: readonly string[]
  issue(names: readonly string[], now: Instant): Outcome<KeyedCertificate>
}

/** Reads both files and proves that they can issue; the message names the file and never its content. */
export async function openOwnAuthority(settings: OwnAuthoritySettings): Promise<Outcome<OwnAuthority>> {
  const texts: string[] = []
  for (const file of [settings.certificate, settings.key])
    try {
      texts.push(await readFile(file, 'utf8'))
    } catch (error) {
      return wrong(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`)
    }
  const given = certificatesIn(texts[0]!).filter(one => one !== null)
  const key = keyOf(texts[1]!)
  if (key === null) return wrong(`${settings.key} is no private key, or is locked by a passphrase; unlock it with openssl pkey`)
  const ca = given.find(one => one.checkPrivateKey(key))
  if (ca === undefined) return wrong(`the key ${settings.key} belongs to no certificate in ${settings.certificate}`)
  const facts = factsOf(ca)
  if (facts === null || !ca.ca || keyUsage(facts)?.has(5) === false)
    return wrong(`${settings.certificate} is not the certificate of an authority (CA:TRUE, keyCertSign)`)
  if (signing(key) === null) return wrong(`${settings.key} is neither an RSA nor an ECDSA key`)
  const chain = ordered(ca, given)
  const top = chain.at(-1)!
  const root = given.find(one => isIssued(one, one) && isIssued(top, one)) ?? null
  const all = root === null || root === ca ? chain : [...chain, root]
  if (all.some((one, below) => (pathLengthOf(one) ?? below) < below))
    return wrong(`an authority in ${settings.certificate} allows fewer below it than there are (pathlen)`)
  return done({
    roots: root === null ? [] : [root.toString()],
    issue: (names, now) => issue({ ca, key, above: ca === root ? [] : chain, days: settings.days }, names, now),
  })
}

const pathLengthOf = (one: X509Certificate): number | null => {
  const facts = factsOf(one)
  return facts === null ? null : pathLength(facts)
}

const wrong = (what: string) => failed('invalid', `The agency's own authority cannot issue: ${what}. Check provisioning.own.`)

interface Issuing {
  readonly ca: X509Certificate
  readonly key: KeyObject
  readonly above: readonly X509Certificate[]
  readonly days: number
}

function issue({ ca, key, above, days }: Issuing, names: readonly string[], now: Instant): Outcome<KeyedCertificate> {
  const [from, until] = [Date.parse(ca.validFrom), Date.parse(ca.validTo)]
  if (until - DAY <= now || from > now)
    return wrong(`its certificate is valid from ${ca.validFrom} to ${ca.validTo} only; put a newer one in its place`)
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const life = [Math.max(from, now - SLOW), Math.min(until, now + days * DAY)] as const
  const leaf = new X509Certificate(certificateOf({ ca, key, publicKey, names, life }))
  return done({
    ...lifeOf(leaf),
    source: 'own',
    names,
    chain: [leaf, ...above].map(String).join(''),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  })
}

interface ToBeSigned {
  readonly ca: X509Certificate
  readonly key: KeyObject
  readonly publicKey: KeyObject
  readonly names: readonly string[]
  readonly life: readonly [Instant, Instant]
}

/** RFC 5280: without a subject, so that the names are critical; one hash for the identifier of each key (its 4.2.1.2, method 1). */
function certificateOf({ ca, key, publicKey, names, life }: ToBeSigned): Buffer {
  const { subject, extensions } = factsOf(ca)!
  const { algorithm, digest } = signing(key)!
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const extension = (name: string, critical: boolean, value: Uint8Array) =>
    der(TAG.sequence, oid(name), ...(critical ? [der(TAG.boolean, Uint8Array.of(0xff))] : []), der(TAG.octets, value))
  const caKeyId = readDer(extensions.get(OID.subjectKeyId) ?? Buffer.alloc(0))?.[0]
  const toSign = der(
    TAG.sequence,
    der(explicit(0), integer(Uint8Array.of(2))),
    integer(serial()),
    algorithm,
    subject,
    der(TAG.sequence, time(life[0]), time(life[1])),
    der(TAG.sequence),
    spki,
    der(
      explicit(3),
      der(
        TAG.sequence,
        extension(OID.constraints, true, der(TAG.sequence)),
        // digitalSignature alone: the key of an ECDSA certificate enciphers nothing.
        extension(OID.keyUsage, true, bits(Uint8Array.of(0x80), 7)),
        extension(OID.purposes, false, der(TAG.sequence, oid(OID.serverAuth))),
        extension(OID.names, true, der(TAG.sequence, ...names.map(name => der(implicit(2), Buffer.from(name, 'ascii'))))),
        extension(OID.subjectKeyId, false, der(TAG.octets, keyId(spki))),
        ...(caKeyId === undefined ? [] : [extension(OID.authorityKeyId, false, der(TAG.sequence, der(implicit(0), caKeyId.body)))]),
      ),
    ),
  )
  return der(TAG.sequence, toSign, algorithm, bits(sign(digest, toSign, key)))
}

/** 19 random octets and a first one that is neither 0 nor negative: at most 20, as RFC 5280 wants it. */
const serial = (): Buffer => Buffer.concat([Uint8Array.of(0x40 | (randomBytes(1)[0]! & 0x3f)), randomBytes(19)])

/** SHA-1 of the key's own bits: a name, no proof. */
function keyId(spki: Buffer): Buffer {
  const key = readDer(readDer(spki)![0]!.body)![1]!.body.subarray(1)
  return createHash('sha1').update(key).digest()
}

/** How such a key signs, and how that is written down; null: it does not. */
function signing(key: KeyObject): { readonly algorithm: Buffer; readonly digest: string } | null {
  if (key.asymmetricKeyType === 'rsa') return { algorithm: der(TAG.sequence, oid('1.2.840.113549.1.1.11'), der(0x05)), digest: 'sha256' }
  if (key.asymmetricKeyType !== 'ec') return null
  const big = key.asymmetricKeyDetails?.namedCurve !== 'prime256v1'
  return { algorithm: der(TAG.sequence, oid(`1.2.840.10045.4.3.${big ? 3 : 2}`)), digest: big ? 'sha384' : 'sha256' }
}

function keyOf(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem)
  } catch {
    return null
  }
}
