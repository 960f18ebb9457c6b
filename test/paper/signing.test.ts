// Signatures in PDFs, judged by poppler: the agency's seal, two parties one after the other, and what tampering shows.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { Outcome } from '../../daemon/domain/outcome.ts'
import { openIdentity } from '../../daemon/paper/identity.ts'
import { render } from '../../daemon/paper/render.ts'
import { isSignerEntry, openSigner, type Signer, type SignerEntry, type SignRequest } from '../../daemon/paper/signer.ts'
import p12 from '../../daemon/paper/signers/p12.ts'
import { fieldOf } from '../../daemon/paper/signing.ts'
import { readShelf } from '../../daemon/shelf.ts'
import { type Desk, havePoppler, openAuthority, openDesk, PASSWORD } from './support/poppler.ts'
import { minutesOf, report } from './support/samples.ts'

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => silent }
const call = { signal: new AbortController().signal, log: silent }

const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

describe('signatures', function () {
  this.timeout(60_000)
  let desk: Desk
  let files: { readonly rsa: string; readonly ec: string; readonly old: string }
  let paper: Uint8Array

  before(async function () {
    if (!havePoppler()) this.skip()
    desk = openDesk()
    const authority = openAuthority(desk)
    files = {
      rsa: authority.issue('Segel Dinas Kominfo'),
      ec: authority.issue('Kepala Bidang Mutasi', { kind: 'ec' }),
      old: authority.issue('Segel lama', { old: true }),
    }
    const made = minutesOf()
    assert.ok(made.ok)
    paper = value(await render(made.value)).pdf
  })
  after(() => desk?.close())

  const signer = async (file: string): Promise<Signer> => value(await openSigner({ via: 'p12', file, password: PASSWORD }, new Map([['p12', p12]])))
  const request = (party: number, more: Partial<SignRequest> = {}): SignRequest => ({
    field: fieldOf(party),
    name: 'Dinas Komunikasi dan Informatika (segel) – “uji”',
    reason: 'Berita Acara',
    place: 'Pangkalpinang',
    at: Date.now(),
    offset: 420,
    personal: null,
    ...more,
  })
  const sign = async (pdf: Uint8Array, file: string, party: number, more: Partial<SignRequest> = {}) =>
    (await signer(file)).sign(pdf, request(party, more), call)
  /** What poppler says, a part a signature. */
  const judged = (pdf: Uint8Array): string[] =>
    desk
      .run('pdfsig', ['-nocert', desk.file('judged.pdf', pdf)], true)
      .split(/Signature #\d+:/)
      .slice(1)

  it('of two parties, one after the other, are both valid, and the last covers the whole file', async () => {
    const one = value(await sign(paper, files.rsa, 0))
    const both = value(await sign(one, files.ec, 1))
    assert.deepEqual(Buffer.from(both.subarray(0, one.length)), Buffer.from(one))
    const [first, second, ...more] = judged(both)
    assert.equal(more.length, 0)
    for (const [text, field, name] of [
      [first, 'Pihak1', 'Segel Dinas Kominfo'],
      [second, 'Pihak2', 'Kepala Bidang Mutasi'],
    ] as const) {
      assert.ok(text)
      assert.match(text, /Signature is Valid/)
      assert.match(text, /Signature Type: ETSI\.CAdES\.detached/)
      assert.match(text, /Signing Hash Algorithm: SHA-256/)
      assert.ok(text.includes(field) && text.includes(name), text)
    }
    assert.match(second ?? '', /Total document signed/)
  })

  it('of five parties are all valid', async () => {
    let pdf = paper
    for (let party = 0; party < 5; party++) pdf = value(await sign(pdf, party % 2 === 0 ? files.rsa : files.ec, party))
    const parts = judged(pdf)
    assert.equal(parts.length, 5)
    for (const part of parts) assert.match(part, /Signature is Valid/)
  })

  it('show a single changed byte', async () => {
    const signed = value(await sign(paper, files.rsa, 0))
    for (const at of [20, 5000, paper.length - 40]) {
      const tampered = new Uint8Array(signed)
      tampered[at] = (tampered[at] ?? 0) ^ 1
      assert.doesNotMatch(judged(tampered).join(), /Signature is Valid/, `byte ${at}`)
    }
    assert.match(judged(signed).join(), /Signature is Valid/)
  })

  it('leave the paper as it was: text, pages and pictures', async () => {
    const signed = value(await sign(value(await sign(paper, files.rsa, 0)), files.ec, 1))
    const text = (pdf: Uint8Array) => desk.run('pdftotext', ['-layout', desk.file('b.pdf', pdf), '-'])
    assert.equal(text(signed), text(paper))
  })

  it('name their certificate in what is signed, and no time of signing: PAdES-B-B', async () => {
    const signed = Buffer.from(value(await sign(paper, files.rsa, 0)))
    const hex = /\/Contents <([0-9a-f]+)>/.exec(signed.toString('latin1'))?.[1] ?? ''
    const cms = desk.run('openssl', ['cms', '-cmsout', '-print', '-noout', '-inform', 'DER', '-in', desk.file('a.p7s', Buffer.from(hex, 'hex'))])
    assert.match(cms, /id-smime-aa-signingCertificateV2/)
    assert.match(cms, /contentType \(1\.2\.840\.113549\.1\.9\.3\)/)
    assert.doesNotMatch(cms, /signingTime/)
    // Openssl checks it too, against the authority, over the bytes of the file.
    const range = /\/ByteRange \[(\d+) (\d+) (\d+) (\d+)/.exec(signed.toString('latin1'))?.slice(1).map(Number) ?? []
    const [a = 0, b = 0, c = 0, d = 0] = range
    const covered = desk.file('covered', Buffer.concat([signed.subarray(a, a + b), signed.subarray(c, c + d)]))
    assert.equal(c + d, signed.length)
    const args = [
      '-verify',
      '-binary',
      '-cades',
      '-inform',
      'DER',
      '-in',
      'a.p7s',
      '-content',
      covered,
      '-CAfile',
      'ca.crt',
      '-purpose',
      'any',
      '-out',
      'out',
    ]
    desk.run('openssl', ['cms', ...args])
  })

  it('are made with key files old and new', async () => {
    assert.match(judged(value(await sign(paper, files.old, 0))).join(), /Signature is Valid/)
  })

  it('go on long papers too', async () => {
    const long = value(await render(report(200))).pdf
    assert.match(judged(value(await sign(long, files.rsa, 0))).join(), /Signature is Valid/)
  })

  it('are refused twice in one place, on what is no paper, and out of the certificate’s time', async () => {
    const kind = (outcome: Outcome<Uint8Array>) => (outcome.ok ? 'ok' : outcome.failure.kind)
    const signed = value(await sign(paper, files.rsa, 0))
    assert.equal(kind(await sign(signed, files.ec, 0)), 'conflict')
    assert.equal(kind(await sign(Buffer.from('bukan pdf'), files.rsa, 0)), 'invalid')
    assert.equal(kind(await sign(paper.subarray(0, paper.length - 200), files.rsa, 0)), 'invalid')
    assert.equal(kind(await sign(paper, files.rsa, 0, { at: Date.now() + 365 * 86_400_000 })), 'invalid')
    assert.equal(kind(await sign(paper, files.rsa, 0, { at: Date.UTC(2020, 0, 1) })), 'invalid')
  })

  it('take names with any sign in them, none of which ends the string', async () => {
    const nasty = 'a) /V 5 0 R >> ( \\ é – 漢\n%%EOF'
    const signed = value(await sign(paper, files.rsa, 0, { name: nasty, reason: nasty, place: nasty }))
    const [part, ...more] = judged(value(await sign(signed, files.ec, 1, { reason: nasty })))
    assert.equal(more.length, 1)
    assert.match(part ?? '', /Signature is Valid/)
  })

  it('tell a wrong password without repeating it', () => {
    const outcome = openIdentity(readFileSync(files.rsa), 'salah sandi')
    assert.ok(!outcome.ok)
    assert.equal(outcome.failure.kind, 'wrongCredential')
    assert.doesNotMatch(outcome.failure.message, /salah sandi/)
    const noFile = openIdentity(Buffer.from('bukan kunci'), PASSWORD)
    assert.ok(!noFile.ok && noFile.failure.kind === 'invalid')
  })
})

describe('the shelf of signers', () => {
  it('holds the seal, and says which there are', async () => {
    const shelf = value(await readShelf<SignerEntry>(new URL('../../daemon/paper/signers/', import.meta.url).pathname, isSignerEntry))
    assert.ok(shelf.has('p12'))
    const none = await openSigner({ via: 'bsre' }, shelf)
    assert.ok(!none.ok)
    assert.match(none.failure.message, /p12/)
    const wrong = await openSigner({ via: 'p12', file: '' }, shelf)
    assert.ok(!wrong.ok && wrong.failure.kind === 'invalid')
    const gone = await openSigner({ via: 'p12', file: '/nirgends.p12', password: 'x' }, shelf)
    assert.ok(!gone.ok && gone.failure.kind === 'notFound')
  })

  it('does not take a paper that a signer wrote anew', async () => {
    const entry: SignerEntry = {
      ...p12,
      name: 'anew',
      settings: p12.settings,
      open: async () => ({
        ok: true,
        value: { method: 'certified', asksPerson: true, sign: async pdf => ({ ok: true, value: new Uint8Array(pdf.length + 9) }) },
      }),
    }
    const signer = value(await openSigner({ via: 'anew', file: 'x', password: '' }, new Map([['anew', entry]])))
    const outcome = await signer.sign(
      Buffer.from('%PDF-1.3'),
      { field: 'a', name: '', reason: '', place: '', at: 0, offset: 0, personal: null },
      call,
    )
    assert.ok(!outcome.ok && outcome.failure.kind === 'garbage')
  })
})
