// Certificates of websites over their lives: from the agency's own CA and handed in, due, told of, put back. The books are real, the clock is turned.
import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { done, failed } from '../../../daemon/domain/outcome.ts'
import type { ChallengePlace } from '../../../provisioning/hands.ts'
import { type Certificates, openCertificates } from '../../../provisioning/tls/certificates.ts'
import { TlsSettings } from '../../../provisioning/tls/settings.ts'
import { dated, Pki } from '../../support/pki.ts'
import { bad, good } from '../dns/ground.ts'
import { type Books, call, openBooks } from './ground.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NAMES = ['intranet.example.go.id']

/** Neither of these asks for a proof. */
const nowhere: ChallengePlace = {
  put: async () => failed('invalid', 'nothing is to be proved'),
  remove: async () => failed('invalid', 'nothing is to be proved'),
}

describe('certificates of websites', () => {
  const pki = new Pki()
  after(() => pki[Symbol.dispose]())
  const root = pki.authority('Agency Root', { until: '20450101000000Z' })
  let books: Books
  let now: number
  beforeEach(async () => {
    books = await openBooks()
    now = Date.now()
  })
  afterEach(() => books.close())

  const open = async (settings: object = {}): Promise<Certificates> =>
    good(
      await openCertificates({
        book: books.book,
        settings: TlsSettings.parse({ own: { ...root.files, days: 45 }, roots: [root.files.certificate], ...settings }),
        zoneOf: async () => done(null),
        clock: () => now,
      }),
    )
  const obtain = (all: Certificates, source: 'acme' | 'own' | 'upload', names = NAMES) => all.obtain('intranet', { source, names }, nowhere, call())

  it('from the own CA are renewed at a third of their life, again and again, and the last ones are kept', async () => {
    const all = await open()
    const seen: string[] = []
    for (let year = 0; year < 5; year++) {
      const { fingerprint, notAfter, notBefore } = good(await obtain(all, 'own'))
      seen.unshift(fingerprint)
      assert.ok(notAfter - now > 44 * DAY)
      const [view] = await all.views(now)
      const at = view!.renewAt!
      assert.ok(at > notBefore + 29 * DAY && at < notBefore + 32 * DAY)
      assert.deepEqual(await all.due(at - 1), [])
      assert.deepEqual(
        (await all.due(at)).map(({ website, why, since }) => [website, why, since]),
        [['intranet', 'age', at]],
      )
      now = at - 1
      assert.equal((await all.current('intranet'))?.due, undefined)
      now = at
      assert.equal((await all.current('intranet'))?.due, true)
    }
    const kept = (await all.versions('intranet')).map(({ fingerprint }) => fingerprint)
    assert.ok(kept.length >= 2)
    assert.deepEqual(kept, seen.slice(0, kept.length))
  })

  it('are renewed before their time by a person’s word', async () => {
    const all = await open()
    await all.hasten('intranet')
    const { fingerprint } = good(await obtain(all, 'own'))
    await all.hasten('intranet')
    await all.hear(call())
    assert.equal((await all.current('intranet'))?.due, true)
    assert.notEqual(good(await obtain(all, 'own')).fingerprint, fingerprint)
    assert.deepEqual(await all.due(now), [])
  })

  it('are put back when a change is undone', async () => {
    const all = await open()
    const first = good(await obtain(all, 'own'))
    now += 40 * DAY
    const second = good(await obtain(all, 'own'))
    assert.equal((await all.current('intranet'))?.fingerprint, second.fingerprint)
    good(await all.restore('intranet', first.fingerprint))
    assert.equal((await all.current('intranet'))?.key, first.key)
    assert.equal(bad(await all.restore('intranet', 'f'.repeat(64))).kind, 'notFound')
    good(await all.restore('intranet', null))
    assert.equal(await all.current('intranet'), null)
  })

  it('wait longer each time when the rest of their renewal fails, and are quiet again when another one is in place', async () => {
    const all = await open()
    const first = good(await obtain(all, 'own'))
    now = (await all.views(now))[0]!.renewAt!
    const failure = { kind: 'unreachable', message: 'the host is off', words: { id: 'host mati', en: 'the host is off' }, retry: true } as const
    const waited: number[] = []
    for (let tries = 0; tries < 6; tries++) {
      assert.equal((await all.due(now)).length, 1)
      good(await obtain(all, 'own'))
      assert.deepEqual(await all.due(now), [])
      good(await all.restore('intranet', first.fingerprint))
      for (let twice = 0; twice < 2; twice++) await all.renewalFailed('intranet', failure)
      const next = (await all.views(now))[0]!.renewAt!
      waited.push((next - now) / HOUR)
      assert.deepEqual(await all.due(next - 1), [])
      now = next
    }
    assert.deepEqual(waited, [1, 2, 4, 8, 16, 24])
    assert.match((await all.alarms(now))[0]!.words.id, /belum diperbarui.*host mati/)
    good(await obtain(all, 'own'))
    assert.deepEqual(await all.alarms(now), [])
    assert.equal((await all.views(now))[0]!.trouble, null)
  })

  const handed = (days: number, names = NAMES) => {
    return pki.make({ names, by: root, until: dated(now + days * DAY) })
  }

  it('handed in wait for their change, and replace one another', async () => {
    const all = await open()
    assert.equal(bad(await obtain(all, 'upload')).kind, 'notFound')
    const first = handed(365)
    const view = good(await all.hand('intranet', first, NAMES))
    assert.deepEqual([view.source, view.renewAt], ['upload', null])
    assert.equal(await all.current('intranet'), null, 'nothing is in place before its change')
    const got = good(await obtain(all, 'upload'))
    assert.equal(got.fingerprint, new X509Certificate(first.certificate).fingerprint256.replaceAll(':', '').toLowerCase())
    assert.deepEqual([(await all.current('intranet'))?.due, await all.due(now)], [undefined, []])

    good(await all.hand('intranet', handed(500), NAMES))
    assert.equal((await all.current('intranet'))?.due, true)
    assert.deepEqual(
      (await all.due(now)).map(({ why }) => why),
      ['handed'],
    )
    assert.notEqual(good(await obtain(all, 'upload')).fingerprint, got.fingerprint)
    assert.equal((await all.current('intranet'))?.due, undefined)
  })

  it('handed in that do not fit change nothing, and name their field', async () => {
    const all = await open()
    good(await all.hand('intranet', handed(365), NAMES))
    const got = good(await obtain(all, 'upload'))
    const wrong = bad(await all.hand('intranet', handed(365, ['other.example.go.id']), NAMES))
    assert.equal(wrong.errors?.[0]?.field, 'certificate')
    assert.deepEqual(await all.current('intranet'), got)
    assert.deepEqual(bad(await obtain(all, 'upload', [...NAMES, 'new.example.go.id'])).kind, 'invalid', 'an alias that it does not cover')
    assert.deepEqual(await all.current('intranet'), got)
  })

  it('of a wildcard are told by the names they are for', async () => {
    const all = await open()
    good(await all.hand('intranet', handed(365, ['*.example.go.id']), NAMES))
    assert.deepEqual(good(await obtain(all, 'upload')).names, NAMES)
  })

  it('handed in are told of 60, 30, 14, 7 and 1 days before their end, once each', async () => {
    const all = await open()
    good(await all.hand('intranet', handed(365), NAMES))
    const { notAfter } = good(await obtain(all, 'upload'))
    const told: string[] = []
    for (; now < notAfter + 2 * DAY; now += 6 * HOUR) {
      const [alarm] = await all.alarms(now)
      const line = alarm === undefined ? '-' : alarm.words.en
      if (told.at(-1) !== line) told.push(line)
    }
    assert.deepEqual(
      told.map(line => /within (\d+)|(ended)|-/.exec(line)?.slice(1).find(Boolean) ?? '-'),
      ['-', '60', '30', '14', '7', '1', 'ended'],
    )
  })

  it('that nobody set up are refused in words', async () => {
    const all = await open({ own: undefined })
    assert.match(bad(await obtain(all, 'own')).message, /provisioning\.own/)
    assert.match(bad(await obtain(all, 'acme')).message, /provisioning\.acme/)
    assert.match(bad(await obtain(all, 'acme')).words!.id, /belum disiapkan/)
  })

  it('of a website that is gone are remembered no longer', async () => {
    const all = await open({ own: undefined })
    bad(await obtain(all, 'own'))
    assert.equal((await books.book.notes('failure ')).size, 1)
    await all.forget('intranet')
    assert.equal((await books.book.notes('failure ')).size, 0)
  })

  it('are not opened with settings that cannot be, and the file is named', async () => {
    const empty = pki.file('empty.pem', '')
    for (const [settings, says] of [
      [{ roots: ['/none.pem'] }, /\/none\.pem cannot be read \(ENOENT\).*provisioning\.roots/],
      [{ roots: [empty] }, /no certificate \(PEM\) in .*empty\.pem/],
      [{ own: { certificate: empty, key: empty } }, /provisioning\.own/],
      [{ acme: { email: 'a@example.go.id', ca: empty } }, /provisioning\.acme\.ca/],
    ] as const) {
      const opened = await openCertificates({
        book: books.book,
        settings: TlsSettings.parse(settings),
        zoneOf: async () => done(null),
        clock: () => now,
      })
      assert.match(bad(opened).message, says)
    }
    for (const acme of [
      { directory: 'http://ca.example/dir', email: 'a@b.id' },
      { email: 'nobody' },
      { email: 'a@b.id', challenge: 'tls-alpn-01' },
      { email: 'a@b.id', eab: { kid: 'x', hmacKey: 'not base64!' } },
    ])
      assert.equal(TlsSettings.safeParse({ acme }).success, false, JSON.stringify(acme))
    assert.equal(TlsSettings.parse({ acme: { email: 'a@b.id' } }).acme?.directory, 'https://acme-v02.api.letsencrypt.org/directory')
  })
})
