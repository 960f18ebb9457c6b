// Messages out: real letters over a real SMTP server, once each, in order, whatever stands in the way.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { compose } from '../../daemon/channels/compose.ts'
import { openCourier } from '../../daemon/channels/courier.ts'
import type { Carrier, Dispatch, Outgoing } from '../../daemon/channels/outgoing.ts'
import { smtpCarrier } from '../../daemon/channels/smtp.ts'
import { openStatus } from '../../daemon/channels/status.ts'
import { readTemplates } from '../../daemon/channels/template.ts'
import { done, failed } from '../../daemon/domain/outcome.ts'
import { type Books, must, openBooks, quiet, said, until } from './support/desk.ts'
import { tempFolder } from './support/folder.ts'
import { ADDRESS, tokensOf } from './support/watch.ts'

const templates = must(readTemplates())
const VALUES: Record<string, string> = {
  number: 'T-2026-0412',
  service: 'Hosting',
  title: 'Akses VPN',
  receivedAt: 'Jumat, 20 November 2026 08.00 WIB',
  due: 'Selasa, 24 November 2026',
  link: 'https://layanan.dc.test/tickets/412',
  reason: 'Surat tugas belum ada.',
  since: 'hari ini',
  from: 'Kadis',
  note: 'Segera.',
  result: 'Akun telah dibuat.',
  document: '12/BA-VPN/2026',
  slot: 'Senin',
  author: 'Petugas',
  text: 'Sudah dicek.',
  into: 'T-2026-0398',
}
const message = (more: Partial<Outgoing> = {}): Outgoing => ({
  template: 'received',
  values: VALUES,
  language: 'id',
  ticket: 'T-2026-0412',
  name: 'Ratna',
  inReplyTo: null,
  references: [],
  ...more,
})
const dispatch = (more: Partial<Outgoing> = {}, to = 'ratna@bkd.test'): Dispatch => ({
  id: 'm-1',
  to,
  message: message(more),
  createdAt: Date.UTC(2026, 10, 20, 1),
})

async function mailServer(options: SMTPServerOptions = {}, port = 0) {
  const letters: { to: string; text: string }[] = []
  const server = new SMTPServer({
    disableReverseLookup: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, callback) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        letters.push({ to: session.envelope.rcptTo[0]?.address ?? '', text: Buffer.concat(parts).toString('utf8') })
        callback()
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  return { letters, port: (server.server.address() as AddressInfo).port, close: () => new Promise<void>(resolve => server.close(() => resolve())) }
}

describe('letters of the desk', () => {
  let books: Books
  before(async () => {
    books = await openBooks(tempFolder())
  })
  after(() => books.close())
  const sender = async () => ({ address: ADDRESS, name: 'Layanan', tokens: await tokensOf(books) })
  const call = () => ({ signal: AbortSignal.timeout(10_000), log: quiet })

  it('bear the thread, the token and the mark of a machine, in both languages and both forms', async () => {
    const server = await mailServer()
    const carrier = smtpCarrier({ host: '127.0.0.1', port: server.port, security: 'none' }, await sender(), templates)
    const sent = must(await carrier.send(dispatch({ inReplyTo: '<awal@bkd.test>' }), call()))
    must(await carrier.send({ ...dispatch({ template: 'note', language: 'en' }), id: 'm-2' }, call()))
    await server.close()
    const [first, second] = await Promise.all(server.letters.map(({ text }) => simpleParser(text, { skipTextToHtml: true })))
    const tokens = await tokensOf(books)
    assert.equal(first?.messageId, sent.remoteId)
    assert.equal(tokens.ticketOfMessageId(first?.messageId ?? ''), 'T-2026-0412')
    assert.equal(tokens.ticketOfAddress(first?.replyTo?.value[0]?.address ?? ''), 'T-2026-0412')
    assert.equal(first?.inReplyTo, '<awal@bkd.test>')
    assert.deepEqual(first?.references, [tokens.messageId('T-2026-0412', 'thread'), '<awal@bkd.test>'])
    assert.equal(first?.headers.get('auto-submitted'), 'auto-replied')
    assert.equal(first?.subject, '[T-2026-0412] Permohonan diterima: Akses VPN')
    assert.match(first?.text ?? '', /terdaftar dengan nomor T-2026-0412/)
    assert.match(String(first?.html), /<a href="https:\/\/layanan\.dc\.test\/tickets\/412">/)
    // What a person wrote by hand is no automatic letter.
    assert.equal(second?.headers.get('auto-submitted'), undefined)
    assert.match(second?.text ?? '', /Sudah dicek\./)
  })

  it('let no value become a header, a recipient or a tag', async () => {
    const from = await sender()
    for (const to of ['a@b.test\r\nBcc: x@y.test', 'a@b.test,c@d.test', '<a@b.test>', 'a b@c.test', '', 'tidak ada'])
      assert.equal(compose({ ...dispatch(), to }, { subject: 's', body: 'b', automatic: true }, from).ok, false, to)
    assert.equal(compose(dispatch({ inReplyTo: '<a@b>\r\nBcc: x' }), { subject: 's', body: 'b', automatic: true }, from).ok, false)
    assert.equal(compose(dispatch({ name: 'Ratna\nBcc: x' }), { subject: 's', body: 'b', automatic: true }, from).ok, false)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const filled = must(templates.fill('received', { ...VALUES, title: text, link: `javascript:${text}` }, 'id'))
        // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not come through
        assert.doesNotMatch(filled.subject, /[\u0000-\u001f\u007f]/)
        const { html } = must(compose(dispatch(), filled, from))
        assert.doesNotMatch(html, /<script|href="javascript/i)
      }),
    )
  })

  it('have every template in both languages, with the values it names and no others', () => {
    for (const name of templates.names)
      for (const language of ['id', 'en'] as const) {
        const filled = must(templates.fill(name, VALUES, language))
        assert.doesNotMatch(filled.subject + filled.body, /[{}]/)
      }
    assert.ok(['received', 'returned', 'paused', 'disposition', 'done', 'minutes', 'overload'].every(name => templates.names.includes(name)))
    const { due: _, ...without } = VALUES
    const missing = templates.fill('received', without, 'id')
    assert.ok(!missing.ok && /due/.test(missing.failure.message))
  })

  it('say why the server refused, and never a secret', async () => {
    const password = 'sandi+rahasia/1='
    const server = await mailServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (auth, _session, callback) => callback(new Error(`bad ${auth.password} ${Buffer.from(`\0suar\0${password}`).toString('base64')}`)),
    })
    const carrier = smtpCarrier({ host: '127.0.0.1', port: server.port, security: 'none', user: 'suar', password }, await sender(), templates)
    const refused = await carrier.send(dispatch(), call())
    await server.close()
    assert.ok(!refused.ok)
    assert.equal(refused.failure.kind, 'wrongCredential')
    assert.ok(!refused.failure.message.includes(password) && !refused.failure.message.includes(Buffer.from(`\0suar\0${password}`).toString('base64')))
  })
})

describe('the courier of the desk', () => {
  /** A carrier that does what the test says; and a clock we turn. */
  async function room(behave: (dispatch: Dispatch, tries: number) => ReturnType<Carrier['send']>) {
    const clock = { now: Date.UTC(2026, 10, 20) }
    const books = await openBooks(tempFolder(), () => clock.now)
    const sent: string[] = []
    const tries = new Map<string, number>()
    const gaveUp: string[] = []
    const status = openStatus('email', () => clock.now)
    const carrier: Carrier = {
      name: 'email',
      async send(one) {
        const count = (tries.get(one.id) ?? 0) + 1
        tries.set(one.id, count)
        const outcome = await behave(one, count)
        if (outcome.ok) sent.push(one.id)
        return outcome
      },
    }
    const courier = openCourier({
      carriers: new Map([['email', { carrier, status }]]),
      mailings: books.mailings,
      clock: () => clock.now,
      log: quiet,
      gaveUp: (ticket, channel, to, why) => gaveUp.push(`${ticket} ${channel} ${to}: ${why}`),
      random: () => 0.5,
      timeout: 2_000,
    })
    const queue = (id: string, to: string, channel = 'email') =>
      books.mailings.add([{ id, channel, to, ticket: 'T-2026-0001', payload: message({ ticket: 'T-2026-0001' }), dueAt: clock.now }])
    const settle = async (ms = 0) => {
      clock.now += ms
      // Each look may start what the one before made room for.
      for (let i = 0; i < 10; i++) {
        await courier.tick()
        await courier.idle()
      }
    }
    return { books, clock, courier, queue, settle, sent, gaveUp, status, tries }
  }
  const ok = async () => done({ remoteId: null })

  it('sends each once, in order to each recipient, and lets nobody wait behind the flood of another', async () => {
    const started: string[] = []
    const { queue, settle, sent, books } = await room(async ({ id }) => {
      started.push(id)
      return done({ remoteId: id })
    })
    for (let i = 0; i < 20; i++) await queue(`banjir-${String(i).padStart(2, '0')}`, 'robot@x.test')
    await queue('orang-1', 'ratna@bkd.test')
    await queue('orang-1', 'ratna@bkd.test')
    await settle()
    assert.ok(started.indexOf('orang-1') <= 1, started.join())
    const robot = sent.filter(id => id.startsWith('banjir'))
    assert.deepEqual(robot, [...robot].sort())
    while ((await books.mailings.counts()).queued > 0) await settle()
    assert.deepEqual([sent.length, new Set(sent).size], [21, 21])
    await books.close()
  })

  it('tries again with growing patience, tells the trouble that lasts, and that it is over', async () => {
    let down = true
    const { queue, settle, sent, status, tries, books } = await room(async () => (down ? failed('refused', 'mail server: no') : ok()))
    await queue('a', 'x@y.test')
    await settle()
    assert.equal(tries.get('a'), 1)
    await settle(5_001)
    assert.deepEqual([tries.get('a'), status.view().trouble], [2, null])
    await settle(5_000)
    assert.equal(tries.get('a'), 2)
    await settle(5_001)
    assert.deepEqual([tries.get('a'), /do not go out: .*mail server: no/.test(said(status))], [3, true])
    down = false
    await settle(60_000)
    assert.deepEqual([sent, status.view().trouble], [['a'], null])
    await books.close()
  })

  it('gives up what will never be taken, at once, and what is two days old; and tells the ticket', async () => {
    const { queue, settle, gaveUp, books } = await room(async ({ id }) =>
      id === 'never' ? failed('invalid', 'no such mailbox') : failed('busy', 'later'),
    )
    await queue('never', 'a@b.test')
    await queue('old', 'c@d.test')
    await queue('lost', 'e@f.test', 'fax')
    await settle()
    assert.deepEqual(gaveUp.sort(), [
      'T-2026-0001 email a@b.test: no such mailbox',
      'T-2026-0001 fax e@f.test: there is no channel "fax" in the settings',
    ])
    for (let hours = 0; hours < 50; hours++) await settle(3_600_000)
    assert.deepEqual([gaveUp.length, (await books.mailings.counts()).failed], [3, 3])
    await books.close()
  })

  it('takes no silence for an answer, and leaves what was under way at the end for the next start', async () => {
    const { queue, courier, books, clock } = await room(() => new Promise(() => undefined))
    await queue('a', 'x@y.test')
    await courier.tick()
    await courier.close()
    clock.now += 1_000
    assert.deepEqual(
      (await books.mailings.due(clock.now)).map(({ id, tries }) => [id, tries]),
      [['a', 0]],
    )
    await books.close()
  })

  it('goes on with the outbox of a daemon that was killed', async () => {
    const server = await mailServer()
    const folder = tempFolder()
    const first = await openBooks(folder)
    await first.mailings.add([{ id: 'a', channel: 'email', to: 'ratna@bkd.test', ticket: 'T-2026-0001', payload: message(), dueAt: 0 }])
    await first.close()
    const books = await openBooks(folder)
    const carrier = smtpCarrier(
      { host: '127.0.0.1', port: server.port, security: 'none' },
      { address: ADDRESS, name: 'Layanan', tokens: await tokensOf(books) },
      templates,
    )
    const courier = openCourier({
      carriers: new Map([['email', { carrier, status: openStatus('email', Date.now) }]]),
      mailings: books.mailings,
      clock: Date.now,
      log: quiet,
      gaveUp: (...why) => assert.fail(why.join()),
    })
    await courier.tick()
    await until('sent', () => server.letters.length === 1)
    await courier.idle()
    assert.equal((await books.mailings.counts()).sent, 1)
    await courier.close()
    await server.close()
    await books.close()
  })
})
