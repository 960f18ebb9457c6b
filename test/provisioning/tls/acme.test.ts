// Certificates from a real authority, Pebble: by web and by DNS, through its moods and our crashes. What fails changes nothing.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { failed } from '../../../daemon/domain/outcome.ts'
import type { CertificateMaterial, ChallengePlace } from '../../../provisioning/hands.ts'
import type { CertificateBook } from '../../../provisioning/tls/book.ts'
import { type AcmeFront, startAcmeFront } from '../../support/acme-front.ts'
import { hasNamed, startNamed } from '../../support/named.ts'
import { hasPebble, type Pebble, startPebble } from '../../support/pebble.ts'
import { bad, good, zoneOn } from '../dns/ground.ts'
import { type AnswerServer, type Books, call, open, openBooks, startAnswers } from './ground.ts'

const DAY = 86_400_000
const CHILD = join(import.meta.dirname, 'order-child.ts')
const NAMES = ['dinkes.example.test', 'www.dinkes.example.test']
const acme = (names: readonly string[] = NAMES) => ({ source: 'acme', names }) as const

/** The chain as openssl verifies it against Pebble's root. */
function believed(pebble: Pebble, { chain, key, fingerprint }: CertificateMaterial, ...names: readonly string[]): void {
  const leaf = new X509Certificate(chain)
  assert.ok(leaf.checkPrivateKey(createPrivateKey(key)))
  assert.equal(leaf.publicKey.asymmetricKeyDetails?.namedCurve, 'prime256v1')
  assert.equal(leaf.fingerprint256.replaceAll(':', '').toLowerCase(), fingerprint)
  const { pki } = pebble
  const [file, root] = [pki.file('chain.pem', chain), pki.file('root.pem', pebble.root)]
  for (const name of names)
    assert.match(pki.openssl(['verify', '-CAfile', root, '-untrusted', file, '-purpose', 'sslserver', '-verify_hostname', name, file]), /OK/)
}

describe('a certificate by ACME', () => {
  let pebble: Pebble
  let web: AnswerServer
  let front: AcmeFront
  let books: Books
  let book: CertificateBook
  before(async function () {
    if (!hasPebble()) return this.skip()
    pebble = await startPebble()
    web = await startAnswers(pebble)
    front = await startAcmeFront(pebble)
  })
  after(async () => {
    await front?.close()
    await web?.close()
    await pebble?.stop()
  })
  beforeEach(async () => {
    books = await openBooks()
    book = books.book
    Object.assign(front, { answer: () => null, answered: () => undefined, renewalInfo: null })
    front.seen.length = 0
    Object.assign(web, { wrong: null })
    for (const list of [web.put, web.asked]) list.length = 0
  })
  afterEach(() => books.close())

  const atFront = (more: object = {}) => ({ book, acme: { directory: front.directory, ...more } })

  it('is proved on the web server, put in the books, and its answers are taken away again', async () => {
    const all = await open(pebble, { book })
    assert.equal(await all.current('dinkes'), null)
    const got = good(await all.obtain('dinkes', acme(), web.place, call()))
    believed(pebble, got, ...NAMES)
    assert.ok(got.chain.match(/BEGIN/g)!.length >= 2, 'the one between is there')
    assert.deepEqual([got.names, got.source, got.due], [NAMES, 'acme', undefined])
    assert.deepEqual(await all.current('dinkes'), got)
    assert.equal(web.put.length, 2)
    assert.equal(web.answers.size, 0)
    assert.deepEqual(
      [...web.asked.slice(0, 2)].sort(),
      NAMES.map(name => `we ${name}`),
      'we looked at all first',
    )
    assert.equal(await book.note('order dinkes'), null)
  })

  it('is not asked for again while it fits, nor after it was undone', async () => {
    const all = await open(pebble, atFront())
    const first = good(await all.obtain('dinkes', acme(), web.place, call()))
    assert.deepEqual(good(await all.obtain('dinkes', acme(NAMES.toReversed()), web.place, call())), first)
    good(await all.restore('dinkes', null))
    assert.equal(await all.current('dinkes'), null)
    assert.equal(good(await all.obtain('dinkes', acme(), web.place, call())).fingerprint, first.fingerprint)
    assert.equal(front.count('/order-plz'), 1)
    good(await all.obtain('dinkes', acme([NAMES[0]!]), web.place, call()))
    assert.equal(front.count('/order-plz'), 2, 'other names are another certificate')
  })

  it('keeps one account, also over a restart, and finds it again when its address was lost', async () => {
    await Promise.all(
      ['a', 'b', 'c'].map(async (name, i) => (await open(pebble, atFront())).obtain(name, acme([`${name}${i}.test`]), web.place, call())),
    )
    const all = await open(pebble, atFront())
    front.seen.length = 0
    const many = await Promise.all(['d', 'e', 'f'].map(name => all.obtain(name, acme([`${name}.test`]), web.place, call())))
    assert.ok(many.every(({ ok }) => ok))
    assert.equal(front.count('/sign-me-up'), 0)
    book = await books.again()
    good(await (await open(pebble, atFront())).obtain('g', acme(['g.test']), web.place, call()))
    assert.equal(front.count('/sign-me-up'), 0)
    const name = `account ${front.directory}`
    const account = JSON.parse((await book.note(name))!) as { readonly url: string }
    await book.putNote(name, JSON.stringify({ ...account, url: null }))
    good(await (await open(pebble, atFront())).obtain('h', acme(['h.test']), web.place, call()))
    assert.deepEqual((JSON.parse((await book.note(name))!) as { readonly url: string }).url, account.url)
  })

  it('is still had when the authority has forgotten the account', async () => {
    const all = await open(pebble, atFront())
    good(await all.obtain('a', acme(['a.test']), web.place, call()))
    const name = `account ${front.directory}`
    const account = JSON.parse((await book.note(name))!) as { readonly url: string }
    await book.putNote(name, JSON.stringify({ ...account, url: account.url.replace(/[^/]+$/, '999999') }))
    let forgotten = 0
    // Pebble does not say it as RFC 8555 wants it.
    front.answer = ({ path }) => {
      if (path !== '/order-plz' || forgotten++ > 0) return null
      return { status: 400, body: JSON.stringify({ type: 'urn:ietf:params:acme:error:accountDoesNotExist', detail: 'no such account' }) }
    }
    good(await all.obtain('b', acme(['b.test']), web.place, call()))
    assert.equal(front.count('/sign-me-up'), 2)
  })

  describe('that fails', () => {
    let old: CertificateMaterial
    let clock = Date.now()
    const due = async (more: object = {}) => {
      clock = Date.now()
      const all = await open(pebble, { ...atFront(more), clock: () => clock })
      old = good(await all.obtain('dinkes', acme(), web.place, call()))
      // Pebble's certificates live five years.
      clock = old.notAfter - 10 * DAY
      assert.equal((await all.current('dinkes'))?.due, true)
      front.seen.length = 0
      web.asked.length = 0
      return all
    }
    const untouched = async () => {
      const { key, chain, fingerprint } = (await book.current('dinkes'))!
      assert.deepEqual([key, chain, fingerprint], [old.key, old.chain, old.fingerprint])
      assert.equal((await book.versions('dinkes')).length, 1)
      assert.equal(web.answers.size, 0, 'an answer was left')
    }

    it('because the authority finds a wrong answer leaves the old one, says so, and is tried again an hour later', async () => {
      const all = await due({ look: false })
      web.wrong = 'something else'
      const failure = bad(await all.obtain('dinkes', acme(), web.place, call()))
      assert.equal(failure.kind, 'forbidden')
      assert.match(failure.message, /refuses \(unauthorized\).*dinkes\.example\.test.*See that the domain leads to this host/)
      assert.match(failure.words!.id, /menolak.*Pastikan domain mengarah ke host ini/)
      await untouched()
      const [alarm] = await all.alarms(clock)
      assert.ok(
        alarm?.warning.kind === 'notRenewed' && alarm.words.en.includes('what runs was not touched') && alarm.words.en.includes('unauthorized'),
      )
      const [view] = await all.views(clock)
      assert.deepEqual([view?.trouble, view?.renewAt], [failure.words, clock + 3_600_000])
      assert.deepEqual(await all.due(clock + 3_599_999), [])
      assert.deepEqual(
        (await all.due(clock + 3_600_000)).map(({ website, why }) => [website, why]),
        [['dinkes', 'age']],
      )
      web.wrong = null
      const renewed = good(await all.obtain('dinkes', acme(), web.place, call()))
      assert.notEqual(renewed.fingerprint, old.fingerprint)
      assert.deepEqual(
        (await all.versions('dinkes')).map(one => one.fingerprint),
        [renewed.fingerprint, old.fingerprint],
      )
      assert.equal((await all.views(clock))[0]?.trouble, null)
    })

    it('because of what we see ourselves never troubles the authority to look', async () => {
      const all = await due()
      web.wrong = 'something else'
      const failure = bad(await all.obtain('dinkes', acme(), web.place, call()))
      assert.match(failure.message, /dinkes\.example\.test \(127\.104\.\d+\.1\) does not lead to the host of this website: it answers 200/)
      assert.ok(web.asked.length > 0 && web.asked.every(who => who.startsWith('we ')), web.asked.join())
      assert.equal(front.count('/chalZ'), 0)
      await untouched()
      web.wrong = null
      front.seen.length = 0
      good(await all.obtain('dinkes', acme(), web.place, call()))
      assert.equal(front.count('/order-plz'), 0, 'the order that was left is taken up')
    })

    it('because the web server cannot be written to leaves the old one', async () => {
      const all = await due()
      const full: ChallengePlace = { ...web.place, put: async () => failed('full', 'The disk of the host is full.') }
      assert.equal(bad(await all.obtain('dinkes', acme(), full, call())).message, 'The disk of the host is full.')
      await untouched()
    })

    it('because the limits of the authority are reached waits as long as it says, and asks nothing in between', async () => {
      const all = await due()
      const limited = { type: 'urn:ietf:params:acme:error:rateLimited', detail: 'too many certificates already issued\nfor "example.test"' }
      front.answer = ({ path }) => (path === '/order-plz' ? { status: 429, headers: { 'retry-after': '7200' }, body: JSON.stringify(limited) } : null)
      const failure = bad(await all.obtain('dinkes', acme(), web.place, call()))
      assert.deepEqual([failure.kind, failure.after, failure.retry], ['tooMany', 7200, true])
      assert.match(failure.message, /too many certificates already issued for "example.test".*Nothing was changed; it is tried again after 2 hours/)
      assert.match(failure.words!.id, /2 jam/)
      assert.equal(front.count('/order-plz'), 1, 'it was asked once only')
      await untouched()
      const asked = front.seen.length
      clock += 3_600_000
      const still = bad(await all.obtain('dinkes', acme(), web.place, call()))
      assert.deepEqual([still.kind, still.after], ['tooMany', 3600])
      assert.equal(front.seen.length, asked, 'a person who asks before its time does not reach the authority')
      assert.deepEqual(await all.due(clock), [])
      clock += 3_600_000
      front.answer = () => null
      assert.equal((await all.due(clock)).length, 1)
      good(await all.obtain('dinkes', acme(), web.place, call()))
    })

    for (const [what, answer, kind, says] of [
      ['is down', null, 'refused', /refused the connection/],
      ['has trouble of its own', { status: 500, body: 'oops' }, 'busy', /refuses \(500\)/],
      [
        'asks for patience with a date',
        { status: 503, headers: { 'retry-after': new Date(Date.now() + 90_000).toUTCString() }, body: '' },
        'busy',
        /503/,
      ],
      ['is no authority', { status: 200, body: '<html>Selamat datang</html>' }, 'garbage', /does not answer as an ACME authority does/],
      ['never stops talking', { status: 200, body: 'x'.repeat(2_000_000) }, 'unreachable', /does not end/],
    ] as const)
      it(`because the authority ${what} leaves the old one`, async () => {
        const all = await due()
        if (answer === null) await front.close()
        else front.answer = () => answer
        try {
          const failure = bad(await all.obtain('dinkes', acme(), web.place, call()))
          assert.equal(failure.kind, kind, failure.message)
          assert.match(failure.message, says)
          await untouched()
        } finally {
          if (answer === null) front = await startAcmeFront(pebble)
        }
      })

    it('because nobody trusts the directory says which setting to fill in', async () => {
      const all = await open(pebble, { ...atFront(), acme: { directory: pebble.directory, ca: undefined } })
      assert.match(bad(await all.obtain('dinkes', acme(), web.place, call())).message, /certificate that is not believed.*provisioning\.acme\.ca/)
    })

    it('because it was stopped is nobody’s failure, and what was put there is gone', async () => {
      const all = await due()
      const stop = new AbortController()
      front.answer = async ({ path }) => {
        if (!path.startsWith('/chalZ')) return null
        stop.abort()
        await pause(20)
        return null
      }
      const failure = bad(await all.obtain('dinkes', acme(), web.place, { ...call(), signal: stop.signal }))
      assert.equal(failure.kind, 'cancelled', failure.message)
      await untouched()
      assert.deepEqual(await all.alarms(clock - 20 * 365 * DAY), [])
      assert.equal(await book.note('failure dinkes'), null)
    })
  })

  describe('that a killed daemon left', () => {
    // It dies when Pebble has answered this path and it has not yet heard it; what is already done is not done again.
    for (const [path, orders] of [
      ['/sign-me-up', 1],
      ['/order-plz', 1],
      ['/authZ/', 0],
      ['/chalZ/', 0],
      ['/my-order/', 0],
      ['/finalize-order/', 0],
      ['/certZ/', 0],
    ] as const)
      it(`at ${path} is taken up there, and leaves nothing behind`, async () => {
        const website = `crash${path.replaceAll(/\W/g, '')}`.toLowerCase()
        const { folder } = books
        await books.shut()
        const at = { directory: front.directory, ca: pebble.ca, dns: pebble.dns, httpPort: pebble.httpPort }
        const child = fork(CHILD, [folder, website, `http://${pebble.address}:${pebble.httpPort}`, JSON.stringify(at)], { stdio: 'inherit' })
        const dead = once(child, 'exit')
        child.once('message', () => child.kill('SIGTERM'))
        front.answered = async seen => {
          if (child.killed || !seen.path.startsWith(path)) return
          child.kill('SIGKILL')
          await dead
        }
        assert.equal((await dead)[1], 'SIGKILL', 'it was through before it was killed')
        front.seen.length = 0
        book = await books.again()
        const got = good(await (await open(pebble, atFront())).obtain(website, acme([`${website}.test`]), web.place, call()))
        believed(pebble, got, `${website}.test`)
        assert.equal(front.count('/order-plz'), orders)
        assert.equal(web.answers.size, 0, 'an answer was left')
        assert.equal(await book.note(`order ${website}`), null)
      })
  })

  it('is not had twice from one order', async () => {
    let clock = Date.now()
    const all = await open(pebble, { ...atFront(), clock: () => clock })
    let note = ''
    const remember: ChallengePlace = {
      ...web.place,
      remove: async (token, errand) => {
        note = (await book.note('order a')) ?? note
        return await web.place.remove(token, errand)
      },
    }
    const first = good(await all.obtain('a', acme(['a.test']), remember, call()))
    // As if the daemon had died just before it forgot the order.
    await book.putNote('order a', note)
    clock = first.notAfter - DAY
    assert.notEqual(good(await all.obtain('a', acme(['a.test']), web.place, call())).fingerprint, first.fingerprint)
  })

  it('of another authority than the settings now say is due', async () => {
    const before = await open(pebble, { book })
    good(await before.obtain('a', acme(['a.test']), web.place, call()))
    const all = await open(pebble, atFront())
    assert.equal((await all.current('a'))?.due, true)
    assert.deepEqual(
      (await all.due(Date.now())).map(({ why }) => why),
      ['authority'],
    )
    good(await all.obtain('a', acme(['a.test']), web.place, call()))
    assert.deepEqual(await all.due(Date.now()), [])
  })
})

describe('an authority in its moods', () => {
  before(function () {
    if (!hasPebble()) this.skip()
  })
  const at = async (env: Readonly<Record<string, string>>, story: (pebble: Pebble, web: AnswerServer, book: CertificateBook) => Promise<void>) => {
    const pebble = await startPebble({ env })
    const [web, books] = [await startAnswers(pebble), await openBooks()]
    try {
      await story(pebble, web, books.book)
    } finally {
      await web.close()
      await books.close()
      await pebble.stop()
    }
  }

  it('refuses good nonces: they are asked for anew', () =>
    at({ PEBBLE_WFE_NONCEREJECT: '20' }, async (pebble, web, book) => {
      const all = await open(pebble, { book })
      for (const name of ['a', 'b', 'c', 'd']) good(await all.obtain(name, acme([`${name}.test`]), web.place, call()))
    }))

  it('remembers what was proved: nothing is proved again', () =>
    at({ PEBBLE_AUTHZREUSE: '100' }, async (pebble, web, book) => {
      const all = await open(pebble, { book })
      good(await all.obtain('a', acme(['a.test']), web.place, call()))
      const put = web.put.length
      believed(pebble, good(await all.obtain('b', acme(['a.test']), web.place, call())), 'a.test')
      assert.equal(web.put.length, put)
    }))

  it('takes only accounts that it gave a key to', () =>
    at({ EAB: 'zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W' }, async (pebble, web, book) => {
      const without = await open(pebble, { book })
      assert.match(bad(await without.obtain('a', acme(['a.test']), web.place, call())).message, /provisioning\.acme\.eab/)
      const eab = { kid: 'kid-1', hmacKey: 'zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W' }
      good(await (await open(pebble, { book, acme: { eab } })).obtain('a', acme(['a.test']), web.place, call()))
    }))
})

describe('a certificate proved by DNS', () => {
  it('for a wildcard and its name at once, on a real BIND, beside what stands there', async function () {
    if (!hasPebble() || !hasNamed()) return this.skip()
    const named = await startNamed([{ name: 'dinas.test', records: '_acme-challenge.app TXT "of somebody else"\napp A 127.0.0.1\n' }])
    const pebble = await startPebble({ dns: named.primary })
    const books = await openBooks()
    try {
      const zone = zoneOn(named, 'dinas.test')
      const all = await open(pebble, { book: books.book, zone, acme: { look: { servers: [named.primary], port: pebble.httpPort } } })
      const nowhere: ChallengePlace = {
        put: async () => failed('invalid', 'this goes by DNS'),
        remove: async () => failed('invalid', 'this goes by DNS'),
      }
      const names = ['*.app.dinas.test', 'app.dinas.test']
      const failure = bad(await all.obtain('app', acme(names), nowhere, call()))
      assert.equal(failure.message, 'this goes by DNS', 'the name itself goes by the web server')
      const byDns = await open(pebble, { book: books.book, zone, acme: { challenge: 'dns-01' } })
      believed(pebble, good(await byDns.obtain('app', acme(names), nowhere, call())), 'one.app.dinas.test', 'app.dinas.test')
      const left = await named.dig(named.primary, '+short', '_acme-challenge.app.dinas.test', 'TXT')
      assert.equal(left, '"of somebody else"', 'what we put there is gone, what others put there is not')
      const other = await named.dig(named.primary, '+short', '_acme-challenge.dinas.test', 'TXT')
      assert.equal(other, '')

      assert.match(
        bad(await byDns.obtain('other', acme(['*.elsewhere.test']), nowhere, call())).message,
        /\*\.elsewhere\.test can only be proved by DNS, and it lies in no zone of ours/,
      )

      named.cable.cut()
      const slow = await open(pebble, { book: books.book, zone: zoneOn(named, 'dinas.test', { patience: 600 }), acme: { challenge: 'dns-01' } })
      assert.match(
        bad(await slow.obtain('slow', acme(['*.slow.dinas.test']), nowhere, call())).message,
        /do not answer _acme-challenge\.slow\.dinas\.test\. TXT yet/,
      )
      assert.equal(await named.dig(named.primary, '+short', '_acme-challenge.slow.dinas.test', 'TXT'), '')
    } finally {
      await books.close()
      await pebble.stop()
      await named.close()
    }
  })
})
