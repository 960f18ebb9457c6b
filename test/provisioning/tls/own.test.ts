// Certificates from the agency's own authority, judged by openssl and by a TLS handshake.
import assert from 'node:assert/strict'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:tls'
import type { Outcome } from '../../../daemon/domain/outcome.ts'
import { type OwnAuthority, openOwnAuthority } from '../../../provisioning/tls/own.ts'
import { EC, type Made, Pki, RSA } from '../../support/pki.ts'

const DAY = 86_400_000
const NAMES = ['intranet.example.go.id', '*.apps.example.go.id']

describe("the agency's own authority", () => {
  const pki = new Pki()
  after(() => pki[Symbol.dispose]())

  const opened = (certificate: string, key: string, days = 90) => openOwnAuthority({ certificate, key, days })
  const good = <T>(outcome: Outcome<T>): T => {
    assert.ok(outcome.ok, outcome.ok ? '' : outcome.failure.message)
    return outcome.value
  }
  const open = async (ca: Made, ...above: readonly Made[]): Promise<OwnAuthority> =>
    good(await opened(pki.file('ca.pem', [ca, ...above].map(one => one.certificate).join('')), ca.files.key))

  for (const [what, key] of [
    ['ECDSA P-256', EC],
    ['ECDSA P-384', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384']],
    ['RSA', RSA],
  ] as const)
    it(`of ${what} issues what openssl verifies for a web server`, async () => {
      const root = pki.authority(`Root ${what}`, { key })
      const own = await open(root)
      assert.deepEqual(
        own.roots.map(pem => new X509Certificate(pem).subject),
        [`CN=Root ${what}`],
      )
      const { chain, key: pem, notBefore, notAfter, names, source } = good(own.issue(NAMES, Date.now()))
      const leaf = pki.file('leaf.pem', chain)
      const verify = (...more: string[]) =>
        pki.openssl(['verify', '-x509_strict', '-CAfile', root.files.certificate, '-purpose', 'sslserver', ...more, leaf])
      for (const name of [NAMES[0]!, 'one.apps.example.go.id']) assert.match(verify('-verify_hostname', name), /OK/)
      assert.throws(() => verify('-verify_hostname', 'other.example.go.id'))
      assert.throws(() => verify('-verify_hostname', 'two.one.apps.example.go.id'))
      const text = pki.openssl(['x509', '-noout', '-text', '-in', leaf])
      for (const line of ['ASN1 OID: prime256v1', 'CA:FALSE', 'TLS Web Server Authentication', 'X509v3 Subject Alternative Name: critical'])
        assert.ok(text.includes(line), line)
      assert.match(text, /Key Usage: critical\s+Digital Signature\n/)
      assert.match(text, /Subject: *\n/)
      assert.ok(new X509Certificate(chain).checkPrivateKey(createPrivateKey(pem)))
      assert.ok(notAfter - Date.now() > 89 * DAY - 1000 || notAfter <= Date.parse(new X509Certificate(root.certificate).validTo))
      assert.ok(notBefore <= Date.now() && source === 'own')
      assert.deepEqual(names, NAMES)
    })

  it('below another gives the one between along, and a browser believes it', async () => {
    const root = pki.authority('Agency Root')
    const between = pki.authority('Agency Issuing', {
      by: root,
      extensions: ['basicConstraints=critical,CA:TRUE,pathlen:0', 'keyUsage=critical,keyCertSign', 'subjectKeyIdentifier=hash'],
    })
    const own = await open(between, root)
    const { chain, key } = good(own.issue(['intranet.example.go.id'], Date.now()))
    assert.equal(chain.match(/BEGIN CERT/g)?.length, 2)
    const server = createServer({ cert: chain, key }, socket => socket.end()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const socket = connect({
      host: '127.0.0.1',
      port: (server.address() as AddressInfo).port,
      servername: 'intranet.example.go.id',
      ca: [...own.roots],
    })
    await once(socket, 'secureConnect')
    assert.equal(socket.authorized, true)
    socket.destroy()
    server.close()
  })

  it('gives each certificate a serial number and a key of its own', async () => {
    const own = await open(pki.authority('Root'))
    const made = Array.from({ length: 50 }, () => good(own.issue(['a.go.id'], Date.now())))
    const serials = made.map(({ chain }) => new X509Certificate(chain).serialNumber)
    assert.equal(new Set(serials).size, 50)
    assert.ok(serials.every(serial => serial.length === 40 && Number.parseInt(serial[0]!, 16) < 8))
    assert.equal(new Set(made.map(({ key }) => key)).size, 50)
  })

  it('issues nothing that lives longer than itself, and says when it is over', async () => {
    const root = pki.authority('Short Root')
    const own = await open(root)
    const end = Date.parse(new X509Certificate(root.certificate).validTo)
    assert.equal(good(own.issue(['a.go.id'], Date.now())).notAfter, end)
    const late = own.issue(['a.go.id'], end - DAY / 2)
    assert.ok(!late.ok && late.failure.kind === 'invalid' && late.failure.message.includes('put a newer one'))
  })

  it('says which of its files is wrong, and never what is in it', async () => {
    const root = pki.authority('Root A')
    const other = pki.authority('Root B')
    const site = pki.make({ names: ['a.go.id'], by: root })
    const locked = pki.file('locked.key', pki.openssl(['pkey', '-aes256', '-passout', 'pass:geheim', '-in', root.files.key]))
    const narrow = pki.authority('Narrow', { extensions: ['basicConstraints=critical,CA:TRUE,pathlen:0', 'keyUsage=critical,keyCertSign'] })
    const below = pki.authority('Below', { by: narrow })
    const ed = pki.authority('Ed', { key: ['ed25519'], digest: 'null' })
    for (const [certificate, key, says] of [
      [`${pki.folder}/none.pem`, root.files.key, 'none.pem cannot be read (ENOENT)'],
      [root.files.certificate, other.files.key, 'belongs to no certificate'],
      [site.files.certificate, site.files.key, 'is not the certificate of an authority'],
      [root.files.certificate, locked, 'locked by a passphrase'],
      [root.files.certificate, pki.file('junk.key', 'junk'), 'is no private key'],
      [pki.file('deep.pem', below.certificate + narrow.certificate), below.files.key, 'pathlen'],
      [ed.files.certificate, ed.files.key, 'neither an RSA nor an ECDSA key'],
    ] as const) {
      const outcome = await opened(certificate, key)
      assert.ok(!outcome.ok && outcome.failure.message.includes(says), outcome.ok ? says : outcome.failure.message)
      assert.ok(outcome.failure.message.includes('provisioning.own') && !outcome.failure.message.includes('BEGIN'))
    }
  })
})
