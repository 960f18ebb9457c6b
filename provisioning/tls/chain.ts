// A certificate with those above it: in which order, whether it fits its key and its names, and whether browsers would take it.
import { type KeyObject, X509Certificate } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import type { Instant } from '../../daemon/domain/call.ts'
import type { Words } from '../../daemon/domain/form.ts'
import { done, type Outcome, refused } from '../../daemon/domain/outcome.ts'
import type { KeptCertificate } from './book.ts'
import { factsOf, keyUsage, namesIn, OID, weakDigest } from './facts.ts'
import { UPLOAD } from './words.ts'

const BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+?-----END CERTIFICATE-----/g

/** Null where a block is broken. What stands around the blocks is passed over. */
export const certificatesIn = (pem: string): readonly (X509Certificate | null)[] =>
  (pem.match(BLOCK) ?? []).map(block => {
    try {
      return new X509Certificate(block)
    } catch {
      return null
    }
  })

const fingerprintOf = ({ fingerprint256 }: X509Certificate): string => fingerprint256.replaceAll(':', '').toLowerCase()

/** As people call it: its common name, else its organisation, else its first name. */
function titleOf(distinguished: string | undefined, names = ''): string {
  const of = (key: string) => new RegExp(`^${key}=(.+)$`, 'm').exec(distinguished ?? '')?.[1]
  return of('CN') ?? of('O') ?? (names.replace(/^DNS:/, '').split(', ')[0] || '?')
}
const nameOfOne = (one: X509Certificate) => titleOf(one.subject, one.subjectAltName)

/** Whether `below` was issued by `above`, its signature too. */
export const isIssued = (below: X509Certificate, above: X509Certificate): boolean => below.checkIssued(above) && below.verify(above.publicKey)

let publicRoots: readonly X509Certificate[] | null = null
const knownRoots = (own: readonly string[]): readonly X509Certificate[] => {
  publicRoots ??= rootCertificates.map(pem => new X509Certificate(pem))
  return [...publicRoots, ...own.flatMap(certificatesIn).filter(one => one !== null)]
}

/** From the leaf up, as far as there are any, without the root: visitors have it, or do not believe it. Others are left out. */
export function ordered(leaf: X509Certificate, all: readonly X509Certificate[]): readonly X509Certificate[] {
  const chain = [leaf]
  for (let last = leaf; !isIssued(last, last); ) {
    const above = all.find(one => !chain.includes(one) && isIssued(last, one))
    if (above === undefined) break
    chain.push(above)
    last = above
  }
  const top = chain.at(-1)!
  return chain.length > 1 && isIssued(top, top) ? chain.slice(0, -1) : chain
}

/** `*` stands for one label (RFC 9525, 6.3). */
export const covers = (names: readonly string[], wanted: string): boolean =>
  names.some(name => name === wanted || (name.startsWith('*.') && !wanted.startsWith('*.') && name.slice(1) === wanted.slice(wanted.indexOf('.'))))

/** Why browsers or servers would not take a key; null: they do. */
function weakKey({ asymmetricKeyType: type, asymmetricKeyDetails: of }: KeyObject): string | null {
  if (type === 'rsa') return (of?.modulusLength ?? 0) >= 2048 ? null : `RSA ${of?.modulusLength ?? 0}`
  if (type !== 'ec') return type ?? '?'
  return of?.namedCurve === 'prime256v1' || of?.namedCurve === 'secp384r1' ? null : `ECDSA ${of?.namedCurve ?? '?'}`
}

export interface Whole {
  readonly leaf: X509Certificate
  /** PEM, the leaf first. */
  readonly chain: string
  /** All that it is for. */
  readonly names: readonly string[]
}

/**
 * Takes certificates in any order with the key of one of them. `names`: those it must be for. `roots`: trusted besides the public ones. The message says
 * what to do.
 */
export function wholeOf(
  given: readonly X509Certificate[],
  key: KeyObject,
  { names, roots, now }: { readonly names: readonly string[]; readonly roots: readonly string[]; readonly now: Instant },
): Outcome<Whole> {
  const not = (field: 'certificate' | 'key', words: Words) => refused('invalid', words, [{ field, reason: words.en, words }])
  const leaf = given.find(one => one.checkPrivateKey(key))
  if (leaf === undefined) return not('key', UPLOAD.unfit)
  const weak = weakKey(key)
  if (weak !== null) return not('key', UPLOAD.weakKey(weak))
  const chain = ordered(leaf, given)
  const wrong = wrongLeaf(leaf, names) ?? wrongChain(chain, given, roots, now)
  if (wrong !== null) return not('certificate', wrong)
  return done({ leaf, chain: chain.map(String).join(''), names: namesIn(factsOf(leaf)!) })
}

function wrongLeaf(leaf: X509Certificate, wanted: readonly string[]): Words | null {
  const facts = factsOf(leaf)
  if (facts === null) return UPLOAD.broken(1)
  // Of a certificate for people or programs the bit for signing a handshake may be missing.
  if (leaf.ca || keyUsage(facts)?.has(0) === false) return leaf.ca ? UPLOAD.authority : UPLOAD.purpose
  const purposes = leaf.keyUsage as readonly string[] | undefined
  if (purposes !== undefined && !purposes.includes(OID.serverAuth) && !purposes.includes(OID.anyPurpose)) return UPLOAD.purpose
  const names = namesIn(facts)
  if (names.length === 0) return UPLOAD.nameless
  const missing = wanted.filter(name => !covers(names, name))
  return missing.length === 0 ? null : UPLOAD.uncovered(missing, names)
}

function wrongChain(chain: readonly X509Certificate[], given: readonly X509Certificate[], roots: readonly string[], now: Instant): Words | null {
  for (const [i, one] of chain.entries()) {
    const facts = factsOf(one)
    if (facts === null) return UPLOAD.broken(i + 1)
    if (Date.parse(one.validTo) <= now) return UPLOAD.expired(nameOfOne(one), Date.parse(one.validTo))
    if (Date.parse(one.validFrom) > now) return UPLOAD.future(nameOfOne(one), Date.parse(one.validFrom))
    const digest = weakDigest(facts)
    if (digest !== null) return UPLOAD.weakDigest(nameOfOne(one), digest)
  }
  const top = chain.at(-1)!
  if (chain.length === 1 && isIssued(top, top)) return UPLOAD.selfSigned
  if (knownRoots(roots).some(root => isIssued(top, root))) return null
  const issuer = titleOf(top.issuer)
  return given.some(one => isIssued(top, one)) ? UPLOAD.unknownRoot(issuer) : UPLOAD.incomplete(issuer, whereIssuer(top))
}

/** Where the authority says its own certificate is to be had. */
const whereIssuer = ({ infoAccess }: X509Certificate): string | null => /^CA Issuers - URI:(http\S+)$/m.exec(infoAccess ?? '')?.[1] ?? null

export const lifeOf = (leaf: X509Certificate): Pick<KeptCertificate, 'fingerprint' | 'issuer' | 'notBefore' | 'notAfter'> => ({
  fingerprint: fingerprintOf(leaf),
  issuer: titleOf(leaf.issuer),
  notBefore: Date.parse(leaf.validFrom),
  notAfter: Date.parse(leaf.validTo),
})
