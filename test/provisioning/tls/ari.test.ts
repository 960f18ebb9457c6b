// When the authority would have certificates renewed (RFC 9773): its word counts, it is asked as often as it wants, and told what is replaced.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { certificateId } from '../../../provisioning/tls/ari.ts'
import type { CertificateBook } from '../../../provisioning/tls/book.ts'
import type { Certificates } from '../../../provisioning/tls/certificates.ts'
import { type AcmeFront, startAcmeFront } from '../../support/acme-front.ts'
import { hasPebble, type Pebble, startPebble } from '../../support/pebble.ts'
import { good } from '../dns/ground.ts'
import { type AnswerServer, type Books, call, open, openBooks, startAnswers } from './ground.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The example of RFC 9773, appendix A. */
const EXAMPLE = `-----BEGIN CERTIFICATE-----
MIIBQzCB66ADAgECAgUAh2VDITAKBggqhkjOPQQDAjAVMRMwEQYDVQQDEwpFeGFt
cGxlIENBMCIYDzAwMDEwMTAxMDAwMDAwWhgPMDAwMTAxMDEwMDAwMDBaMBYxFDAS
BgNVBAMTC2V4YW1wbGUuY29tMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEeBZu
7cbpAYNXZLbbh8rNIzuOoqOOtmxA1v7cRm//AwyMwWxyHz4zfwmBhcSrf47NUAFf
qzLQ2PPQxdTXREYEnKMjMCEwHwYDVR0jBBgwFoAUaYhba4dGQEHhs3uEe6CuLN4B
yNQwCgYIKoZIzj0EAwIDRwAwRAIge09+S5TZAlw5tgtiVvuERV6cT4mfutXIlwTb
+FYN/8oCIClDsqBklhB9KAelFiYt9+6FDj3z4KGVelYM5MdsO3pK
-----END CERTIFICATE-----
`

describe('the identifier of a certificate', () => {
  it('is that of RFC 9773', () => assert.equal(certificateId(EXAMPLE), 'aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE'))
})

describe('an authority that tells when to renew', () => {
  let pebble: Pebble
  let web: AnswerServer
  let front: AcmeFront
  let books: Books
  let book: CertificateBook
  let now: number
  let all: Certificates
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
    now = Date.now()
    Object.assign(front, { answer: () => null, renewalInfo: null })
    front.seen.length = 0
    all = await open(pebble, { book, acme: { directory: front.directory }, clock: () => now })
  })
  afterEach(() => books.close())

  const obtain = async (website: string) => good(await all.obtain(website, { source: 'acme', names: [`${website}.test`] }, web.place, call()))
  const window = (start: number, end: number, headers: Readonly<Record<string, string>> = {}) => ({
    status: 200,
    headers,
    body: JSON.stringify({
      suggestedWindow: { start: new Date(start).toISOString(), end: new Date(end).toISOString() },
      explanationURL: 'https://ca.example/why',
    }),
  })
  const renewAt = async () => (await all.views(now))[0]!.renewAt!

  it('is believed, sooner than we would, and once more when it changes its mind', async () => {
    const { chain, notAfter } = await obtain('a')
    const ours = await renewAt()
    const asked: string[] = []
    const [start, end] = [now + 20 * DAY, now + 22 * DAY]
    front.renewalInfo = id => {
      asked.push(id)
      return window(start, end, { 'retry-after': '21600' })
    }
    await all.hear(call())
    assert.deepEqual(asked, [certificateId(chain)])
    const at = await renewAt()
    assert.ok(at >= start && at <= end && at < ours)
    assert.deepEqual(await all.due(at - 1), [])
    assert.equal((await all.due(at)).length, 1)

    now += 6 * HOUR - 1
    await all.hear(call())
    assert.equal(asked.length, 1, 'it was asked before its time')
    now += 1
    front.renewalInfo = () => window(now - DAY, now - HOUR)
    await all.hear(call())
    assert.equal((await all.current('a'))?.due, true, 'keys were lost: at once')
    now = notAfter
    assert.equal((await all.alarms(now))[0]?.warning.kind, 'ended')
  })

  it('hears which certificate the new one replaces', async () => {
    front.renewalInfo = () => window(now - DAY, now - HOUR)
    const old = await obtain('a')
    assert.equal('replaces' in orders()[0]!, false)
    await all.hear(call())
    const renewed = await obtain('a')
    assert.notEqual(renewed.fingerprint, old.fingerprint)
    assert.equal(orders()[1]?.['replaces'], certificateId(old.chain))
  })
  const orders = () => front.seen.filter(({ path }) => path === '/order-plz').map(({ payload }) => payload!)

  it('is not told so twice when it does not take it', async () => {
    front.renewalInfo = () => window(now - DAY, now - HOUR)
    await obtain('a')
    await all.hear(call())
    const taken = { type: 'urn:ietf:params:acme:error:alreadyReplaced', detail: 'already replaced' }
    front.answer = ({ payload }) => (payload !== null && 'replaces' in payload ? { status: 409, body: JSON.stringify(taken) } : null)
    await obtain('a')
    assert.deepEqual(
      orders().map(payload => 'replaces' in payload),
      [false, true, false],
    )
  })

  for (const [what, answer] of [
    ['is silent', { status: 500, body: '' }],
    ['does not know it', { status: 404, body: '{}' }],
    ['says nonsense', { status: 200, body: '<html>' }],
    [
      'gives a window that ends before it begins',
      { status: 200, body: '{"suggestedWindow":{"start":"2026-01-02T00:00:00Z","end":"2026-01-01T00:00:00Z"}}' },
    ],
    ['gives no dates', { status: 200, body: '{"suggestedWindow":{"start":"soon","end":"later"}}' }],
  ] as const)
    it(`goes on counting with what it said before when it ${what}, and is asked less and less`, async () => {
      await obtain('a')
      front.renewalInfo = () => window(now + 20 * DAY, now + 22 * DAY, { 'retry-after': '60' })
      await all.hear(call())
      const at = await renewAt()
      front.renewalInfo = () => answer
      const asked: number[] = []
      for (const end = now + 3 * DAY; now < end; now += 30 * 60_000) {
        const before = front.count('/renewal/')
        await all.hear(call())
        if (front.count('/renewal/') > before) asked.push(now)
      }
      assert.deepEqual(
        asked.slice(1).map((time, i) => (time - asked[i]!) / HOUR),
        [1, 2, 4, 8, 16, 24],
      )
      assert.equal(await renewAt(), at)
    })

  it('is not waited for when a person wants another one now', async () => {
    const old = await obtain('a')
    front.renewalInfo = () => window(now + 20 * DAY, now + 22 * DAY)
    await all.hear(call())
    await all.hasten('a')
    await all.hear(call())
    assert.equal((await all.current('a'))?.due, true)
    assert.notEqual((await obtain('a')).fingerprint, old.fingerprint)
    assert.equal((await all.current('a'))?.due, undefined)
  })

  it('may not have itself asked every second, nor never again', async () => {
    await obtain('a')
    for (const [says, ms] of [
      ['0', 60_000],
      ['1', 60_000],
      ['999999999', DAY],
      [undefined, 6 * HOUR],
    ] as const) {
      front.renewalInfo = () => window(now + 20 * DAY, now + 22 * DAY, says === undefined ? {} : { 'retry-after': says })
      await all.hear(call())
      const before = front.count('/renewal/')
      now += ms - 1
      await all.hear(call())
      assert.equal(front.count('/renewal/'), before, `${says}`)
      now += 1
    }
  })

  it('is not missed where it does not tell of renewals, and its directory is read once a day', async () => {
    await obtain('a')
    const ours = await renewAt()
    front.seen.length = 0
    for (const end = now + 3 * DAY; now < end; now += 15 * 60_000) await all.hear(call())
    assert.equal(await renewAt(), ours)
    assert.deepEqual([front.count('/renewal'), front.count('/dir')], [0, 3])
  })

  it('is not asked every minute while it is down', async () => {
    await obtain('a')
    front.seen.length = 0
    front.answer = () => ({ status: 503, body: '' })
    for (const end = now + 2 * DAY; now < end; now += 15 * 60_000) await all.hear(call())
    assert.equal(front.seen.length, 6, 'at once, then after 1, 2, 4, 8 and 16 hours')
    Object.assign(front, { answer: () => null, renewalInfo: () => window(now + 20 * DAY, now + 22 * DAY) })
    now += DAY
    await all.hear(call())
    assert.equal(front.count('/renewal'), 1)
  })

  it('is asked once a directory and once a certificate, of two hundred', async () => {
    const { chain, key, ...one } = await obtain('a')
    for (let i = 0; i < 199; i++) {
      const fingerprint = createHash('sha256').update(String(i)).digest('hex')
      await book.put(`site-${i}`, { ...one, chain, key, fingerprint, directory: front.directory }, now)
    }
    front.renewalInfo = () => window(now + 20 * DAY, now + 22 * DAY)
    front.seen.length = 0
    await all.hear(call())
    assert.deepEqual([front.count('/dir'), front.count('/renewal/')], [1, 200])
    const times = (await all.views(now)).map(view => view.renewAt!)
    assert.ok(new Set(times.map(time => Math.floor(time / HOUR))).size > 20, 'they are not all renewed in one hour')
    await all.restore('site-0', null)
    now += 7 * HOUR
    await all.hear(call())
    assert.equal((await book.notes('window ')).size, 199, 'what is no longer in use is forgotten')
  })
})
