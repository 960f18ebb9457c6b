// Certificates in memory, from a root of the test's own, given after the challenge was seen where a certificate authority would look for it.
import { generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto'
import forge from 'node-forge'
import type { Call } from '../../../daemon/domain/call.ts'
import { done, failed } from '../../../daemon/domain/outcome.ts'
import type { CertificateHands, CertificateMaterial } from '../../../provisioning/hands.ts'
import { askWeb } from '../../../provisioning/site/outside/web.ts'

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })

type Pair = ReturnType<typeof pair>

function made(subject: string, keys: Pair, issuer: string, signer: Pair, extensions: object[]): string {
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.publicKeyFromPem(keys.publicKey)
  certificate.serialNumber = `00${randomBytes(8).toString('hex')}`
  certificate.validity.notBefore = new Date(Date.now() - 3_600_000)
  certificate.validity.notAfter = new Date(Date.now() + 90 * 86_400_000)
  certificate.setSubject([{ name: 'commonName', value: subject }])
  certificate.setIssuer([{ name: 'commonName', value: issuer }])
  certificate.setExtensions(extensions)
  certificate.sign(forge.pki.privateKeyFromPem(signer.privateKey), forge.md.sha256.create())
  return forge.pki.certificateToPem(certificate)
}

export interface TestCertificates extends CertificateHands {
  /** How many were given. */
  given(): number
  /** The current one is to be renewed. */
  wear(website: string): void
  /** The next one is refused. */
  refuse(): void
}

/** `at`: where the authority looks for challenges; null: it does not. */
export function testCertificates(at: { readonly address: string; readonly port: number } | null): TestCertificates {
  const authority = pair()
  const root = made('Test Root', authority, 'Test Root', authority, [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, critical: true },
  ])
  const books = new Map<string, CertificateMaterial[]>()
  let given = 0
  let refusing = false
  return {
    given: () => given,
    wear: website =>
      books.set(
        website,
        (books.get(website) ?? []).map((one, i) => (i === 0 ? { ...one, due: true as const } : one)),
      ),
    refuse: () => {
      refusing = true
    },
    roots: () => [root],
    current: website => Promise.resolve(books.get(website)?.[0] ?? null),
    versions: website => Promise.resolve(books.get(website) ?? []),
    restore(website, fingerprint) {
      const all = books.get(website) ?? []
      const from = fingerprint === null ? all.length : all.findIndex(one => one.fingerprint === fingerprint)
      books.set(website, from < 0 ? [] : all.slice(from))
      return Promise.resolve(done(undefined))
    },
    async obtain(website, { source, names }, challenges, call: Call) {
      if (refusing) {
        refusing = false
        return failed('tooMany', 'The certificate authority has given enough certificates this week.')
      }
      if (source === 'acme' && at !== null) {
        const [token, text] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')]
        const put = await challenges.put(token, text, call)
        if (!put.ok) return put
        for (const domain of names) {
          const seen = await askWeb({ ...at, domain, path: `/.well-known/acme-challenge/${token}`, roots: null }, call)
          if (!seen.ok) return seen
          if (seen.value.body.trim() !== text)
            return failed('invalid', `${domain} does not answer the challenge: ${seen.value.code} ${seen.value.body}`)
        }
        const removed = await challenges.remove(token, call)
        if (!removed.ok) return removed
      }
      const keys = pair()
      const leaf = made(names[0]!, keys, 'Test Root', authority, [
        { name: 'basicConstraints', cA: false },
        { name: 'extKeyUsage', serverAuth: true },
        { name: 'subjectAltName', altNames: names.map(value => ({ type: 2, value })) },
      ])
      const read = new X509Certificate(leaf)
      const material: CertificateMaterial = {
        fingerprint: read.fingerprint256.replaceAll(':', '').toLowerCase(),
        source,
        chain: leaf.replaceAll('\r', ''),
        key: keys.privateKey,
        names,
        notBefore: Date.parse(read.validFrom),
        notAfter: Date.parse(read.validTo),
        issuer: 'Test Root',
      }
      given++
      books.set(website, [material, ...(books.get(website) ?? [])])
      return done(material)
    },
  }
}
