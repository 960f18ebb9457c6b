// Certificates as people hand them in: what is taken, put in order, and refused with what to do.
import assert from 'node:assert/strict'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { covers } from '../../../provisioning/tls/chain.ts'
import { readUpload } from '../../../provisioning/tls/upload.ts'
import { EC, Pki, RSA } from '../../support/pki.ts'

const NAMES = ['dinkes.example.go.id', 'www.dinkes.example.go.id']

describe('a certificate that is handed in', () => {
  const pki = new Pki()
  after(() => pki[Symbol.dispose]())

  const root = pki.authority('Root', { key: RSA })
  const upper = pki.authority('Upper', { by: root })
  const lower = pki.authority('Lower', { by: upper })
  const site = pki.make({ names: NAMES, by: lower })
  const roots = [root.certificate]

  const read = (
    certificate: string,
    key: string = site.key,
    more: { readonly names?: readonly string[]; readonly roots?: readonly string[]; readonly now?: number } = {},
  ) => readUpload({ certificate, key }, { names: NAMES, roots, now: Date.now(), ...more })
  const subjects = (chain: string) => chain.match(/-----BEGIN[\s\S]+?END CERTIFICATE-----/g)!.map(pem => new X509Certificate(pem).subject)
  const ORDER = [undefined, 'CN=Lower', 'CN=Upper']

  it('is put in order, however its blocks lie, without its root and without strangers', () => {
    const parts = [site, lower, upper, root, pki.authority('Stranger')].map(({ certificate }) => certificate)
    fc.assert(
      fc.property(
        fc.shuffledSubarray(parts, { minLength: 5 }),
        fc.constantFrom('\n', '\r\n', '\n\nBag Attributes\n    friendlyName: dinkes\n'),
        (order, between) => {
          const outcome = read(`\ufeff${order.join(between)}`)
          assert.ok(outcome.ok, outcome.ok ? '' : outcome.failure.message)
          assert.deepEqual(subjects(outcome.value.chain), ORDER)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('is kept with its key as PKCS#8, its end and whom it is from', () => {
    const outcome = read([site, lower, upper].map(({ certificate }) => certificate).join(''))
    assert.ok(outcome.ok)
    const { key, fingerprint, issuer, notAfter, names, source } = outcome.value
    assert.match(key, /^-----BEGIN PRIVATE KEY-----/)
    assert.equal(fingerprint, new X509Certificate(site.certificate).fingerprint256.replaceAll(':', '').toLowerCase())
    assert.deepEqual([issuer, notAfter, names, source], ['Lower', Date.parse(new X509Certificate(site.certificate).validTo), NAMES, 'upload'])
  })

  it('may have its key in the same file, in any of the forms there are', () => {
    const chain = [site, lower, upper].map(({ certificate }) => certificate).join('')
    const sec1 = createPrivateKey(site.key).export({ type: 'sec1', format: 'pem' }).toString()
    for (const key of [site.key, sec1, sec1.replaceAll('\n', '\r\n'), `Bag Attributes\n    localKeyID: 01\n${site.key}`]) {
      assert.ok(read(chain + key, '').ok)
      assert.ok(read(chain, key).ok)
    }
    const rsa = pki.make({ names: NAMES, by: lower, key: RSA })
    const pkcs1 = createPrivateKey(rsa.key).export({ type: 'pkcs1', format: 'pem' }).toString()
    assert.ok(read(rsa.certificate + lower.certificate + upper.certificate, pkcs1).ok)
  })

  const below = (wish: Parameters<Pki['make']>[0]) => {
    const made = pki.make({ names: NAMES, by: lower, ...wish })
    return { chain: made.certificate + lower.certificate + upper.certificate, key: made.key }
  }
  const whole = () => [site, lower, upper].map(({ certificate }) => certificate).join('')
  const der = (pem: string) => Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64').toString('utf8')

  /** What is handed in, and what is said: field and words. */
  const CORPUS: readonly (readonly [string, () => ReturnType<typeof read>, 'certificate' | 'key', string])[] = [
    ['nothing', () => read(''), 'certificate', 'There is no certificate'],
    ['a letter', () => read('Dengan hormat,'), 'certificate', 'There is no certificate'],
    ['DER', () => read(der(site.certificate)), 'certificate', 'openssl pkcs12'],
    ['a request', () => read(pki.openssl(['req', '-new', '-key', site.files.key, '-subj', '/CN=a'])), 'certificate', 'CSR'],
    ['PKCS#7', () => read(pki.openssl(['crl2pkcs7', '-nocrl', '-certfile', site.files.certificate])), 'certificate', 'pkcs7 -in'],
    ['half a block', () => read(site.certificate.slice(0, 400)), 'certificate', 'Certificate 1 in this file is broken'],
    [
      'a block of junk',
      () => read(whole().replace(/(BEGIN CERTIFICATE-----\n)(.{20})/, '$1AAAAAAAAAAAAAAAAAAAA')),
      'certificate',
      'Certificate 1 in this file is broken',
    ],
    ['a mountain', () => read(whole().repeat(100)), 'certificate', '128 KiB'],
    ['a crowd', () => read(whole().repeat(8)), 'certificate', 'more than 20'],
    ['no key', () => read(whole(), 'x'), 'key', 'no private key'],
    ['a public key', () => read(whole(), pki.openssl(['pkey', '-pubout', '-in', site.files.key])), 'key', 'public key'],
    [
      'a locked key (PKCS#8)',
      () => read(whole(), pki.openssl(['pkey', '-aes256', '-passout', 'pass:x', '-in', site.files.key])),
      'key',
      'Unlock it first',
    ],
    [
      'a locked key (PKCS#1)',
      () => read(whole(), pki.openssl(['ec', '-aes128', '-passout', 'pass:x', '-in', site.files.key])),
      'key',
      'Unlock it first',
    ],
    ['a broken key', () => read(whole(), site.key.replace(/\n.{8}/, '\nAAAAAAAA')), 'key', 'is broken'],
    ['half a key', () => read(whole(), site.key.slice(0, 80)), 'key', 'is broken'],
    ['two keys', () => read(whole(), site.key + root.key), 'key', 'more than one'],
    ["another's key", () => read(whole(), root.key), 'key', 'belongs to none'],
    ['RSA of 1024 bits', () => (({ chain, key }) => read(chain, key))(below({ key: ['rsa:1024'] })), 'key', 'RSA 1024'],
    [
      'an odd curve',
      () => (({ chain, key }) => read(chain, key))(below({ key: ['ec', '-pkeyopt', 'ec_paramgen_curve:secp256k1'] })),
      'key',
      'secp256k1',
    ],
    ['Ed25519', () => (({ chain, key }) => read(chain, key))(below({ key: ['ed25519'] })), 'key', 'ed25519'],
    ['SHA-1', () => (({ chain, key }) => read(chain, key))(below({ digest: 'sha1' })), 'certificate', 'SHA-1'],
    [
      'SHA-1 of one between',
      () => {
        const old = pki.authority('Old', { by: root, digest: 'sha1' })
        const made = pki.make({ names: NAMES, by: old })
        return read(made.certificate + old.certificate, made.key)
      },
      'certificate',
      'The certificate of Old is signed with SHA-1',
    ],
    ['an authority', () => read(lower.certificate + upper.certificate, lower.key), 'certificate', 'certificate of an authority'],
    [
      'one for programs',
      () => (({ chain, key }) => read(chain, key))(below({ extensions: ['extendedKeyUsage=clientAuth'] })),
      'certificate',
      'serverAuth',
    ],
    [
      'one for letters',
      () => (({ chain, key }) => read(chain, key))(below({ extensions: ['keyUsage=critical,keyAgreement'] })),
      'certificate',
      'serverAuth',
    ],
    [
      'a common name only',
      () => (({ chain, key }) => read(chain, key))(below({ subject: `/CN=${NAMES[0]}`, names: [] })),
      'certificate',
      'Subject Alternative Name',
    ],
    [
      'another name',
      () => (({ chain, key }) => read(chain, key))(below({ names: [NAMES[0]!] })),
      'certificate',
      'not for www.dinkes.example.go.id, only for dinkes.example.go.id',
    ],
    [
      'one that ended',
      () => (({ chain, key }) => read(chain, key))(below({ from: '20250101000000Z', until: '20250301000000Z' })),
      'certificate',
      'ended on 2025-03-01',
    ],
    [
      'one that has not begun',
      () => (({ chain, key }) => read(chain, key))(below({ from: '20990101000000Z', until: '20990301000000Z' })),
      'certificate',
      'only from 2099-01-01',
    ],
    [
      'one whose upper one is missing',
      () => read(site.certificate + lower.certificate),
      'certificate',
      'The certificate of Upper, which issued this one, is missing',
    ],
    [
      'one whose upper one is to be had',
      () => {
        const { key, chain } = below({ extensions: ['authorityInfoAccess=caIssuers;URI:http://ca.example.go.id/lower.crt'] })
        return read(chain.slice(0, chain.indexOf('-----END') + 30), key)
      },
      'certificate',
      'it is at http://ca.example.go.id/lower.crt',
    ],
    ['a root that nobody knows', () => read(whole() + root.certificate, site.key, { roots: [] }), 'certificate', 'provisioning.roots'],
    ['one signed by itself', () => (made => read(made.certificate, made.key))(pki.make({ names: NAMES })), 'certificate', 'signed by itself'],
  ]
  for (const [what, hand, field, says] of CORPUS)
    it(`is refused when it is ${what}`, () => {
      const outcome = hand()
      assert.ok(!outcome.ok, 'it was taken')
      const { kind, message, errors, words } = outcome.failure
      assert.equal(kind, 'invalid')
      assert.ok(message.includes(says), message)
      assert.equal(errors?.[0]?.field, field)
      assert.ok(words !== undefined && words.id !== words.en)
      assert.ok(!message.includes('BEGIN EC') && !message.includes(site.key.split('\n')[1]!), 'the key is in the message')
    })

  it('never falls over, whatever is in it', () => {
    const pieces = [
      site.certificate,
      site.key,
      lower.certificate,
      '-----BEGIN CERTIFICATE-----',
      '-----END CERTIFICATE-----',
      '\0',
      'AAAA\n',
      '-----BEGIN PRIVATE KEY-----',
    ]
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string(), fc.base64String()), { maxLength: 8 }), fc.nat(500), (parts, cut) => {
        const text = parts.join('').slice(cut)
        assert.equal(typeof readUpload({ certificate: text, key: text }, { names: NAMES, roots, now: Date.now() }).ok, 'boolean')
      }),
    )
  })

  it('covers a name as browsers see it', () => {
    for (const [names, name, is] of [
      [['a.go.id'], 'a.go.id', true],
      [['a.go.id'], 'b.a.go.id', false],
      [['*.go.id'], 'a.go.id', true],
      [['*.go.id'], 'go.id', false],
      [['*.go.id'], 'b.a.go.id', false],
      [['*.go.id'], '*.go.id', true],
      [['*.go.id'], '*.a.go.id', false],
    ] as const)
      assert.equal(covers(names, name), is, `${names} ${name}`)
  })

  it('of a curve that browsers take is taken', () => {
    for (const key of [EC, ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'], ['rsa:3072']])
      assert.ok((({ chain, key: pem }) => read(chain, pem))(below({ key })).ok)
  })
})
