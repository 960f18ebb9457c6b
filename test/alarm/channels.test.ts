// Every channel keeps the same promises, each against a real server; then what is peculiar to one.
import assert from 'node:assert/strict'
import type { ChannelEntry, Parcel } from '../../daemon/alarm/channel.ts'
import { isChannelEntry, openChannels } from '../../daemon/alarm/channel.ts'
import email from '../../daemon/alarm/channels/email.ts'
import webhook, { sign } from '../../daemon/alarm/channels/webhook.ts'
import { bodyOf, subjectOf, testMessage } from '../../daemon/alarm/letter.ts'
import type { Message } from '../../daemon/alarm/outbox.ts'
import type { Call } from '../../daemon/domain/call.ts'
import type { Outcome } from '../../daemon/domain/outcome.ts'
import { deadPort, makeCertificate, openMailServer, openSilentServer, openWebServer } from './support/servers.ts'
import { silentLog } from './support/site.ts'

const PASSWORD = 'sangat+rahasia/123='
const SECRET = 'kunci-yang-sangat-rahasia'

const message: Message = {
  what: 'raised',
  alarm: 1183,
  number: 'AL-2026-1183',
  severity: 'critical',
  title: 'Listrik PLN padam',
  detail: 'Ruang Daya · L1: 0',
  device: 'ats',
  point: 'input.A.L1.voltage',
  site: 'DC Demo',
  at: Date.UTC(2026, 10, 23, 7, 3, 21),
  raisedAt: Date.UTC(2026, 10, 23, 7, 3, 21),
  clearedAt: null,
  lang: 'id',
  zone: 'Asia/Jakarta',
}

const parcel = (to: string, more: Partial<Message> = {}): Parcel => ({ id: 'al1183-raised-0a1b2c', to, message: { ...message, ...more } })
const call = (ms = 10_000): Call => ({ signal: AbortSignal.timeout(ms), log: silentLog })
const failureOf = (outcome: Outcome<void>) => (outcome.ok ? assert.fail('it was sent') : outcome.failure)

/** One channel in each situation: what to send where. */
interface Stage {
  readonly settings: unknown
  readonly to: string
  readonly count: () => number
  close(): Promise<void>
}
interface Stages {
  readonly entry: ChannelEntry<never>
  readonly well: () => Promise<Stage>
  readonly nobody: () => Promise<Stage>
  readonly silent: () => Promise<Stage>
  readonly stranger: () => Promise<Stage>
  readonly rejecting: () => Promise<Stage>
}

const certificate = makeCertificate()
after(() => certificate?.remove())

const nothing = async (): Promise<void> => undefined
const mail = (port: number, more: object = {}) => ({ host: '127.0.0.1', port, security: 'none', from: 'suar@dc.test', ...more })
const tls = { host: 'localhost', security: 'starttls', user: 'suar', password: PASSWORD, caFile: certificate?.file }
const ops = 'ops@dc.test'

async function mailStage(server: Awaited<ReturnType<typeof openMailServer>>, more: object = {}): Promise<Stage> {
  return { settings: mail(server.port, more), to: ops, count: () => server.letters.length, close: server.close }
}

async function webStage(status: number | null, body = ''): Promise<Stage> {
  const server = await openWebServer(() => (status === null ? null : { status, body }))
  return { settings: { url: server.url, secret: SECRET }, to: '/hook', count: () => server.asked.length, close: server.close }
}

const CHANNELS: readonly Stages[] = [
  {
    entry: email as ChannelEntry<never>,
    well: async () => mailStage(await openMailServer()),
    nobody: async () => ({ settings: mail(await deadPort()), to: ops, count: () => 0, close: nothing }),
    async silent() {
      const server = await openSilentServer()
      return { settings: mail(server.port), to: ops, count: () => 0, close: server.close }
    },
    async stranger() {
      const server = await openMailServer({
        disabledCommands: [],
        ...(certificate === null ? {} : { key: certificate.key, cert: certificate.cert }),
        onAuth: ({ password }, _, callback) =>
          callback(new Error(`bad password ${password} (${btoa(`\0suar\0${password}`)} ${btoa(String(password))})`)),
      })
      return mailStage(server, tls)
    },
    rejecting: async () =>
      mailStage(
        await openMailServer({ onRcptTo: (_, __, callback) => callback(Object.assign(new Error('no such mailbox'), { responseCode: 550 })) }),
      ),
  },
  {
    entry: webhook as ChannelEntry<never>,
    well: () => webStage(204),
    nobody: async () => ({ settings: { url: `http://127.0.0.1:${await deadPort()}/`, secret: SECRET }, to: '/', count: () => 0, close: nothing }),
    silent: () => webStage(null),
    stranger: () => webStage(401, `who knows ${SECRET}?`),
    rejecting: () => webStage(404),
  },
]

for (const { entry, well, nobody, silent, stranger, rejecting } of CHANNELS) {
  describe(`channel ${entry.name}`, () => {
    const send = async (stage: () => Promise<Stage>, with_: Call = call()) => {
      const { settings, to, close, count } = await stage()
      try {
        const checked = entry.settings.safeParse(settings)
        assert.ok(checked.success, checked.error?.message)
        return { outcome: await entry.send(parcel(to), checked.data, with_), count: count() }
      } finally {
        await close()
      }
    }

    it('is an entry of the shelf', () => assert.ok(isChannelEntry(entry)))

    it('delivers once', async () => {
      const { outcome, count } = await send(well)
      assert.deepEqual(outcome, { ok: true, value: undefined })
      assert.equal(count, 1)
    })

    it('says refused when nobody listens, and that trying again helps', async () => {
      const { kind, retry } = failureOf((await send(nobody)).outcome)
      assert.deepEqual([kind, retry], ['refused', true])
    })

    it('ends with its stop when nobody answers', async () => {
      const { kind, retry } = failureOf((await send(silent, call(300))).outcome)
      assert.deepEqual([kind, retry], ['timeout', true])
    })

    it('says wrongCredential, without the secret', async function () {
      if (certificate === null) this.skip()
      const { kind, message: text } = failureOf((await send(stranger)).outcome)
      assert.equal(kind, 'wrongCredential')
      for (const secret of [PASSWORD, SECRET, encodeURIComponent(PASSWORD), btoa(PASSWORD), btoa(`\0suar\0${PASSWORD}`)])
        assert.ok(!text.includes(secret), text)
    })

    it('says invalid when this recipient will never be served', async () => {
      const { kind, retry } = failureOf((await send(rejecting)).outcome)
      assert.deepEqual([kind, retry], ['invalid', false])
    })
  })
}

describe('e-mail', () => {
  const sendTo = async (server: Awaited<ReturnType<typeof openMailServer>>, to: string, more: Partial<Message> = {}, settings: object = {}) => {
    const checked = email.settings.parse(mail(server.port, settings))
    return email.send(parcel(to, more), checked, call())
  }

  it('carries a stable Message-ID, its thread, and the words', async () => {
    const server = await openMailServer()
    assert.ok((await sendTo(server, ops)).ok)
    const letter = server.letters[0]?.text ?? ''
    assert.match(letter, /^Message-ID: <al1183-raised-0a1b2c@suar>\r$/m)
    assert.match(letter, /^References: <al1183@suar>\r$/m)
    assert.match(letter, /^Auto-Submitted: auto-generated\r$/m)
    assert.match(letter, /^Subject: \[Kritis\] Listrik PLN padam/m)
    assert.match(letter.replace(/=\r\n/g, ''), /Senin, 23 November 2026 14\.03 WIB/)
    assert.match(letter, /AL-2026-1183/)
    await server.close()
  })

  it('reads as it is written, whatever direction a name from a device would turn it to', () => {
    const message = { ...testMessage('en', { name: 'DC', timezone: 'Asia/Jakarta' }, 0), title: 'UPS \u202egnp.exe\u2066\u0085 down' }
    assert.equal(subjectOf(message), '[Suar] UPS gnp.exe  down, DC')
    assert.doesNotMatch(bodyOf(message), /[\u0080-\u009f\u202e\u2066]/)
  })

  it('lets no name from a device or a settings file add a header or a recipient', async () => {
    const server = await openMailServer()
    assert.ok((await sendTo(server, ops, { title: 'UPS\r\nBcc: thief@evil.test\r\n\r\nhello', site: 'DC\nX-Evil: 1' })).ok)
    const [head = ''] = (server.letters[0]?.text ?? '').split('\r\n\r\n')
    assert.ok(!/^(Bcc|X-Evil):/im.test(head), head)
    await sendTo(server, 'ops@dc.test, thief@evil.test')
    await sendTo(server, 'ops@dc.test\r\nRCPT TO:<thief@evil.test>')
    assert.ok(server.letters.every(({ to }) => !to.includes('thief@evil.test')))
    await server.close()
  })

  it('goes by STARTTLS with a login, and never without TLS', async function () {
    if (certificate === null) return this.skip()
    const { key, cert } = certificate
    const server = await openMailServer({
      disabledCommands: [],
      key,
      cert,
      onAuth: ({ username, password }, session, callback) =>
        session.secure && username === 'suar' && password === PASSWORD ? callback(null, { user: username }) : callback(new Error('no')),
    })
    assert.deepEqual(await sendTo(server, ops, {}, tls), { ok: true, value: undefined })
    const { caFile: _, ...unknown } = tls
    assert.equal((await sendTo(server, ops, {}, unknown)).ok, false, 'a certificate of an unknown authority')
    await server.close()
    const plain = await openMailServer()
    assert.equal((await sendTo(plain, ops, {}, tls)).ok, false, 'a server without STARTTLS')
    assert.equal(plain.letters.length, 0)
    await plain.close()
    assert.ok(!email.settings.safeParse(mail(25, { user: 'suar', password: PASSWORD })).success, 'a password in clear is refused at the door')
  })

  it('tries again later when the server says so (4xx)', async () => {
    const server = await openMailServer({ onRcptTo: (_, __, callback) => callback(Object.assign(new Error('greylisted'), { responseCode: 450 })) })
    const { kind, retry } = failureOf(await sendTo(server, ops))
    assert.deepEqual([kind, retry], ['busy', true])
    await server.close()
  })
})

describe('webhook', () => {
  it('signs the raw body and names the notice', async () => {
    const server = await openWebServer(() => ({ status: 200, body: 'ok' }))
    const sent = await webhook.send(parcel('/team-a'), { url: server.url, secret: SECRET }, call())
    assert.ok(sent.ok)
    const [asked] = server.asked
    assert.ok(asked)
    assert.equal(asked.url, '/team-a')
    assert.equal(asked.headers['x-suar-signature-256'], `sha256=${sign(asked.body, SECRET)}`)
    assert.equal(asked.headers['idempotency-key'], 'al1183-raised-0a1b2c')
    assert.equal((JSON.parse(asked.body) as Message).title, 'Listrik PLN padam')
    await server.close()
  })

  it('follows no redirect', async () => {
    const thief = await openWebServer(() => ({ status: 200 }))
    const server = await openWebServer(() => ({ status: 307, headers: { location: thief.url } }))
    const failure = failureOf(await webhook.send(parcel('/'), { url: server.url, secret: SECRET }, call()))
    assert.deepEqual([failure.kind, failure.retry], ['refused', false])
    assert.equal(thief.asked.length, 0)
    await server.close()
    await thief.close()
  })

  it('tries again after 500, 429 and a slow answer', async () => {
    for (const status of [500, 503, 429]) {
      const server = await openWebServer(() => ({ status, body: 'x'.repeat(100_000) }))
      const failure = failureOf(await webhook.send(parcel('/'), { url: server.url, secret: SECRET }, call()))
      assert.ok(failure.retry && failure.message.length < 400, failure.message)
      await server.close()
    }
  })

  it('goes by https only, except to this machine', () => {
    const accepts = (url: string) => webhook.settings.safeParse({ url, secret: SECRET }).success
    assert.ok(accepts('https://hooks.dc.test/x') && accepts('http://127.0.0.1:9000/x'))
    assert.ok(
      !accepts('http://hooks.dc.test/x') &&
        !accepts('file:///etc/passwd') &&
        !accepts('https://user:pass@dc.test/') &&
        !accepts('http://127.0.0.1.evil.test/'),
    )
  })
})

describe('the settings of channels', () => {
  const shelf = new Map<string, ChannelEntry>([
    ['email', email as ChannelEntry],
    ['webhook', webhook as ChannelEntry],
  ])

  it('are checked by the channel itself, with channel, key and reason', () => {
    const unknown = openChannels({ sms: { via: 'pigeon' } }, shelf)
    assert.match(unknown.ok ? '' : unknown.failure.message, /notify\.channels\.sms\.via.*pigeon.*email, webhook/)
    const wrong = openChannels({ mail: { via: 'email', host: 'mail.dc.test', from: 'suar@dc.test', port: 99_999 } }, shelf)
    assert.match(wrong.ok ? '' : wrong.failure.message, /notify\.channels\.mail\.port/)
    assert.ok(openChannels({ mail: { via: 'email', host: 'mail.dc.test', from: 'suar@dc.test' } }, shelf).ok)
  })
})
