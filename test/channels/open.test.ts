// The channels as the house opens them: a letter in, its number out, and the answer to that on the same ticket; one that is cut off spoils no other.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { openDeskChannels } from '../../daemon/channels/open.ts'
import { DeskChannels } from '../../daemon/channels/settings.ts'
import { must, openBooks, openDesk, quiet, until } from './support/desk.ts'
import { type Dovecot, hasDovecot, PASSWORD, startDovecot } from './support/dovecot.ts'
import { tempFolder } from './support/folder.ts'
import { letter } from './support/letters.ts'

describe('the channels of the desk', function () {
  this.timeout(60_000)
  let dovecot: Dovecot
  before(async function () {
    if (!hasDovecot()) return this.skip()
    dovecot = await startDovecot()
  })
  after(async () => dovecot?.close())

  it('carry a request in, its number out, and the answer back to the ticket, while another channel is dead', async () => {
    const letters: ParsedMail[] = []
    const smtp = new SMTPServer({
      disableReverseLookup: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      onData: (stream, _session, callback) => {
        simpleParser(stream).then(mail => {
          letters.push(mail)
          callback()
        }, callback)
      },
    })
    smtp.listen(0, '127.0.0.1')
    await once(smtp.server, 'listening')
    const books = await openBooks(tempFolder())
    const desk = openDesk(books)
    const settings = DeskChannels.parse({
      email: {
        address: 'layanan@dc.test',
        imap: { host: 'localhost', port: dovecot.port, security: 'starttls', user: 'layanan', password: PASSWORD, caFile: dovecot.caFile },
        smtp: { host: '127.0.0.1', port: (smtp.server.address() as AddressInfo).port, security: 'none' },
      },
      telegram: { token: '123456:AAE-abcdefghijklmnopqrstuvwxyz01234', bot: 'layanan_bot', api: 'http://127.0.0.1:1' },
    })
    const channels = must(
      await openDeskChannels({ settings, records: books, desk, clock: Date.now, log: quiet, language: 'id', undelivered: () => undefined }),
    )
    assert.deepEqual([channels.carriers, channels.bot, channels.whatsapp], [['email', 'telegram'], 'layanan_bot', null])

    await dovecot.put('layanan', letter({ subject: 'Akses VPN', id: '<awal@bkd.test>' }))
    await until('the request', () => desk.got.length === 1)
    const [request] = desk.got
    const values = { number: 'T-2026-0001', service: 'VPN', title: 'Akses VPN', receivedAt: 'x', due: 'y', link: 'https://layanan.dc.test/t/1' }
    await books.mailings.add([
      {
        id: 'T-2026-0001 received',
        channel: 'email',
        to: request?.from.address ?? '',
        ticket: 'T-2026-0001',
        payload: { template: 'received', values, language: 'id', ticket: 'T-2026-0001', name: request?.from.name, inReplyTo: request?.messageId },
        dueAt: 0,
      },
    ])
    await channels.tick()
    await until('the number', () => letters.length === 1)
    const [number] = letters
    // The requester's program answers to Reply-To and refers to our letter, whatever subject is typed.
    const to = number?.replyTo?.value[0]?.address ?? ''
    await dovecot.put('layanan', letter({ to, subject: 'Re: lain', headers: [`In-Reply-To: ${number?.messageId}`], body: 'Terima kasih.\n\n> lama' }))
    await until('the answer', () => desk.got.length === 2)
    assert.deepEqual([desk.got[1]?.thread.ticketNumber, desk.got[1]?.text], ['T-2026-0001', 'Terima kasih.'])
    // Our own letter, sent back by a machine that echoes, ends here.
    await dovecot.put('layanan', letter({ id: number?.messageId ?? '', from: 'gema@bkd.test' }))
    await until('the echo dropped', async () => (await books.messages.inState('ignored')).length === 1)

    await until('the dead one told', () => channels.troubles().some(text => text.en.startsWith('Telegram')))
    assert.equal(channels.troubles().length, 1)
    const status = new Map(channels.status().map(one => [one.name, one]))
    assert.ok(status.get('email in')?.connectedSince && status.get('email in')?.lastIn && status.get('email out')?.lastOut)
    assert.equal(status.get('telegram in')?.connectedSince, null)
    await channels.close()
    await new Promise<void>(closed => smtp.close(() => closed()))
    await books.close()
  })

  it('take a letter of 25 MB whole, and of one beyond measure its beginning, without losing the next', async () => {
    const books = await openBooks(tempFolder())
    const desk = openDesk(books)
    const settings = DeskChannels.parse({
      email: {
        address: 'layanan@dc.test',
        imap: { host: 'localhost', port: dovecot.port, security: 'starttls', user: 'besar', password: PASSWORD, caFile: dovecot.caFile },
      },
    })
    const filler = (octets: number) => `${'QUFB'.repeat(19)}\r\n`.repeat(Math.ceil(octets / 78))
    const enclosing = (subject: string, octets: number) =>
      letter({
        subject,
        headers: ['Content-Type: multipart/mixed; boundary=b'],
        body: `--b\r\nContent-Type: text/plain\r\n\r\nLihat lampiran.\r\n--b\r\nContent-Type: application/octet-stream; name=a.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n${filler(octets)}\r\n--b--\r\n`,
      })
    await dovecot.put('besar', enclosing('25 MB', 25 * 1_048_576))
    await dovecot.put('besar', enclosing('40 MB', 40 * 1_048_576))
    await dovecot.put('besar', letter({ subject: 'kecil' }))
    const channels = must(
      await openDeskChannels({ settings, records: books, desk, clock: Date.now, log: quiet, language: 'id', undelivered: () => undefined }),
    )
    await until('all three', () => desk.got.length === 3, 40_000)
    const [whole, beyond, small] = desk.got
    assert.ok((whole?.attachments[0]?.size ?? 0) > 18 * 1_048_576)
    assert.match(beyond?.text ?? '', /^\[Surat ini terlalu besar/)
    assert.ok((beyond?.raw.size ?? 0) <= 262_144)
    assert.equal(small?.subject, 'kecil')
    await channels.close()
    await books.close()
  })

  it('refuse settings that would send a password in clear, or name half a channel', () => {
    const wrong = [
      { email: { address: 'layanan@dc.test', imap: { host: 'x', security: 'none', user: 'a', password: 'b' } } },
      { email: { address: 'layanan@dc.test', smtp: { host: 'x', security: 'none', user: 'a', password: 'b' } } },
      { email: { address: 'layanan@dc.test', smtp: { host: 'x', user: 'a' } } },
      { email: { address: 'bukan alamat' } },
      { telegram: { token: 'salah', bot: 'layanan_bot' } },
      { whatsapp: { phoneNumberId: '12345', token: 'x'.repeat(20), appSecret: 'pendek', verifyToken: 'x'.repeat(16) } },
      { fax: {} },
    ]
    for (const settings of wrong) assert.equal(DeskChannels.safeParse(settings).success, false, JSON.stringify(settings))
    assert.deepEqual(DeskChannels.parse(undefined), {})
  })
})
