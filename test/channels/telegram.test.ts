// The bot against a Bot API on loopback: who it listens to, what it asks, and that no update is lost or doubled by a fall.
import assert from 'node:assert/strict'
import { openIntake } from '../../daemon/channels/intake.ts'
import { TelegramSettings } from '../../daemon/channels/settings.ts'
import { openStatus } from '../../daemon/channels/status.ts'
import { openBot } from '../../daemon/channels/telegram.ts'
import { telegramApi } from '../../daemon/channels/telegram-api.ts'
import { telegramCarrier } from '../../daemon/channels/telegram-carrier.ts'
import { readTemplates } from '../../daemon/channels/template.ts'
import { failed } from '../../daemon/domain/outcome.ts'
import { type Books, must, openBooks, openDesk, quiet, said, until } from './support/desk.ts'
import { tempFolder } from './support/folder.ts'
import { type FakeTelegram, startTelegram, TOKEN } from './support/telegram.ts'

const CHAT = 4711
const PERSON = 7

describe('the bot of the desk', () => {
  let telegram: FakeTelegram
  const closers: (() => Promise<void>)[] = []
  beforeEach(async () => {
    telegram = await startTelegram()
    closers.push(telegram.close)
  })
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close()
  })

  async function room() {
    const books = await openBooks(tempFolder())
    closers.push(books.close)
    const desk = openDesk(books)
    const status = openStatus('telegram', Date.now)
    const heard: string[] = []
    const log = {
      ...quiet,
      warn: (fields: object, text: string) => heard.push(JSON.stringify(fields) + text),
      error: (fields: object, text: string) => heard.push(JSON.stringify(fields) + text),
    }
    const start = (token = TOKEN) => {
      const bot = openBot({
        api: telegramApi({ token, api: telegram.api }),
        bot: '123456',
        book: books.messages,
        desk,
        intake: openIntake({ book: books.messages, desk, clock: Date.now, perHour: 1_000 }),
        status,
        released: async () => (await books.messages.inState('released')).map(({ externalId }) => externalId),
        clock: Date.now,
        log,
        language: 'id',
        firstWait: 30,
      })
      closers.push(bot.close)
      return bot
    }
    const bind = async () => {
      const { code } = await books.messages.newCode(PERSON)
      must(await books.messages.bindChat(code, 'telegram', String(CHAT)))
    }
    return { books, desk, status, start, bind, heard }
  }
  /** As an officer does on the page, with the look that follows. */
  const letThrough = async (books: Books, bot: { look(): void }, state: 'held' | 'failed') => {
    const [one] = await books.messages.inState(state)
    must(await books.messages.release(one?.id ?? 0))
    bot.look()
  }
  const lastSaid = () => telegram.sent.at(-1)

  it('listens to nobody it does not know, says once how to be known, and knows who brings the code', async () => {
    const { books, start, desk } = await room()
    start()
    telegram.say(CHAT, 'halo')
    telegram.say(CHAT, 'halo lagi')
    await until('the stranger told', () => telegram.pending() === 0 || telegram.sent.length > 0)
    const { code } = await books.messages.newCode(PERSON)
    telegram.say(CHAT, '/start salah')
    telegram.say(CHAT, `/start ${code}`)
    await until('bound', async () => (await books.messages.personOf('telegram', String(CHAT))) === PERSON)
    // A code is good for once: another chat gets nothing for it.
    telegram.say(99, `/start ${code}`)
    await until('the other refused', () => telegram.sent.some(({ chat }) => chat === '99'))
    assert.deepEqual(
      telegram.sent.map(({ chat, text }) => [chat, text.split(/[ .]/)[0]]),
      [
        [String(CHAT), 'Percakapan'],
        [String(CHAT), 'Kode'],
        [String(CHAT), 'Terhubung'],
        ['99', 'Kode'],
      ],
    )
    assert.equal(desk.got.length, 0)
  })

  it('passes over what makes it fall time and again, and hears those behind it', async () => {
    const { desk, start, bind, books, heard } = await room()
    await bind()
    const { code } = await books.messages.newCode(8)
    must(await books.messages.bindChat(code, 'telegram', '4712'))
    const { openTickets } = desk
    let falls = 0
    Object.assign(desk, {
      openTickets: (person: number) => {
        if (person !== 8) return openTickets(person)
        falls++
        throw new TypeError('a mistake of ours')
      },
    })
    start()
    telegram.say(4712, '/status')
    telegram.say(CHAT, '/status')
    await until('the other answered', () => telegram.sent.some(({ chat }) => chat === String(CHAT)))
    assert.equal(falls, 3)
    assert.ok(heard.some(line => line.includes('passed over')))
  })

  it('asks what a message is for, and makes a request or a note of all that waits, files included', async () => {
    const { desk, start, bind, books } = await room()
    await bind()
    desk.open.push({ number: 'T-2026-0412', title: 'VPN' })
    telegram.files.set('dok', Buffer.from('%PDF-1.7 surat'))
    start()
    telegram.say(CHAT, 'Mohon akses VPN')
    telegram.say(CHAT, { caption: 'suratnya', document: { file_id: 'dok', file_name: '../surat.pdf', file_size: 14 } })
    await until('asked twice', () => telegram.sent.length === 2)
    assert.deepEqual(lastSaid()?.buttons, ['new', 't:T-2026-0412'])
    assert.match(lastSaid()?.text ?? '', /^2 pesan/)
    telegram.press(CHAT, 'new')
    await until('answered', () => telegram.sent.length === 3)
    assert.match(lastSaid()?.text ?? '', /Diterima sebagai T-2026-0001/)
    const [first] = desk.got
    assert.deepEqual(
      [first?.text, first?.from.person, first?.thread.ticketNumber, first?.channel],
      ['Mohon akses VPN\n\nsuratnya', PERSON, null, 'chat'],
    )
    assert.deepEqual(
      first?.attachments.map(({ name, type }) => [name, type]),
      [['surat.pdf', 'application/pdf']],
    )
    telegram.say(CHAT, 'tambahan')
    await until('asked again', () => telegram.sent.length === 4)
    telegram.press(CHAT, 't:T-2026-0412')
    await until('noted', () => telegram.sent.length === 5)
    assert.deepEqual([desk.got[1]?.thread.ticketNumber, desk.got[1]?.thread.proof], ['T-2026-0412', 'choice'])
    // A button pressed twice finds nothing; one with the ticket of another is no proof.
    telegram.press(CHAT, 'new')
    await until('told that nothing waits', () => telegram.sent.length === 6)
    telegram.say(CHAT, 'lagi')
    telegram.press(CHAT, 't:T-2026-9999')
    await until('refused', () => /tidak ada permohonan anda/i.test(lastSaid()?.text ?? ''))
    assert.equal(desk.got.length, 2)
    assert.equal((await books.messages.waiting('telegram', String(CHAT))).length, 1)
  })

  it('asks once for an album, leaves out by name what is too big', async () => {
    const { desk, start, bind } = await room()
    await bind()
    for (const id of ['p1', 'p2']) telegram.files.set(id, Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))
    start()
    telegram.say(CHAT, { media_group_id: 'g', photo: [{ file_id: 'kecil' }, { file_id: 'p1' }] })
    telegram.say(CHAT, { media_group_id: 'g', photo: [{ file_id: 'p2' }] })
    telegram.say(CHAT, { media_group_id: 'g', video: { file_id: 'v', file_name: 'besar.mp4', file_size: 50_000_000 } })
    await until('heard', () => telegram.pending() <= 3 && telegram.sent.length === 1)
    telegram.press(CHAT, 'new')
    await until('taken', () => telegram.sent.length === 2)
    assert.deepEqual([telegram.sent.length, desk.got[0]?.attachments.length, desk.got[0]?.leftOut], [2, 2, ['besar.mp4']])
    assert.match(lastSaid()?.text ?? '', /besar\.mp4/)
  })

  it('tells how a request stands, of one’s own only', async () => {
    const { desk, start, bind } = await room()
    await bind()
    desk.open.push({ number: 'T-2026-0001', title: 'VPN' })
    desk.statuses.set('T-2026-0001', 'Sedang dikerjakan')
    start()
    for (const text of ['/status t-2026-0001', '/status T-2026-0002', '/status', '/bantuan']) telegram.say(CHAT, text)
    await until('answered', () => telegram.sent.length === 4)
    assert.deepEqual(
      telegram.sent.map(({ text }) => text.split('\n')[0]),
      [
        'Sedang dikerjakan',
        'Tidak ada permohonan Anda dengan nomor itu.',
        'T-2026-0001  VPN',
        'Tulis pesan (berkas boleh dilampirkan) untuk permohonan baru atau catatan.',
      ],
    )
  })

  it('loses and doubles nothing by a fall, a desk that is full or a server that goes away', async () => {
    const { desk, start, bind, status } = await room()
    await bind()
    const bot = start()
    telegram.say(CHAT, 'satu')
    await until('asked', () => telegram.sent.length === 1)
    desk.refuse = failed('full', 'The disk is full.')
    telegram.press(CHAT, 'new')
    await until('the trouble told', () => /disk is full/.test(said(status)))
    await bot.close()
    desk.refuse = null
    telegram.setDown(true)
    start()
    await until('cut off', () => /Telegram/.test(said(status)))
    telegram.setDown(false)
    await until('taken', () => desk.got.length === 1)
    await until('the trouble over', () => status.view().trouble === null)
    assert.deepEqual(await desk.tickets(), ['satu'])
  })

  it('takes the same press again after a fall for what it was', async () => {
    const { desk, start, bind, books } = await room()
    await bind()
    // The fall comes after the desk has written the ticket, before the update is acknowledged.
    const deliver = desk.deliver
    let falls = 1
    desk.deliver = async incoming => {
      const delivered = await deliver(incoming)
      if (falls-- > 0) throw new Error('killed')
      return delivered
    }
    start()
    telegram.say(CHAT, 'satu')
    telegram.press(CHAT, 'new')
    await until('told', () => telegram.sent.some(({ text }) => /Diterima sebagai T-2026-0001/.test(text)))
    assert.deepEqual(await desk.tickets(), ['satu'])
    assert.equal((await books.messages.waiting('telegram', String(CHAT))).length, 0)
  })

  it('brings back what the desk failed to take, files included, once a person lets it through; what came after is not in its way', async () => {
    const { books, desk, start, bind } = await room()
    await bind()
    telegram.files.set('dok', Buffer.from('%PDF-1.7 surat'))
    const bot = start()
    desk.refuse = failed('notFound', 'The catalogue has no service.')
    telegram.say(CHAT, { caption: 'Mohon akses VPN', document: { file_id: 'dok', file_name: 'surat.pdf', file_size: 14 } })
    await until('asked', () => telegram.sent.length === 1)
    telegram.press(CHAT, 'new')
    await until('refused, and said so in the words of the desk', () => /Tidak dapat diterima: yang diminta tidak ada/.test(lastSaid()?.text ?? ''))
    assert.equal(desk.got.length, 0)
    desk.refuse = null
    telegram.say(CHAT, 'Dan satu lagi')
    await until('asked again', () => telegram.sent.length === 3)
    assert.match(lastSaid()?.text ?? '', /^Pesan ini/, 'only the new one waits for its word')
    telegram.press(CHAT, 'new')
    await until('the second taken', () => desk.got.length === 1)
    await letThrough(books, bot, 'failed')
    await until('the first taken after all', () => desk.got.length === 2)
    assert.deepEqual(
      desk.got.map(({ text, attachments }) => [text, attachments.map(({ name }) => name)]),
      [
        ['Dan satu lagi', []],
        ['Mohon akses VPN', ['surat.pdf']],
      ],
    )
    await until('its writer told', () => /Diterima sebagai T-2026-0002/.test(lastSaid()?.text ?? ''))
    assert.deepEqual(await books.messages.inState('failed'), [])
    bot.look()
    telegram.say(CHAT, '/status')
    await until('heard', () => /Tidak ada permohonan/.test(lastSaid()?.text ?? ''))
    assert.equal(desk.got.length, 2, 'once')
  })

  it('takes what was let through also when that was said while it was away', async () => {
    const { books, desk, start, bind } = await room()
    await bind()
    const bot = start()
    desk.refuse = failed('notFound', 'The catalogue has no service.')
    telegram.say(CHAT, 'Mohon akses VPN')
    await until('asked', () => telegram.sent.length === 1)
    telegram.press(CHAT, 'new')
    await until('refused', () => telegram.sent.length === 2)
    await bot.close()
    desk.refuse = null
    await letThrough(books, { look: () => undefined }, 'failed')
    start()
    await until('taken', () => desk.got.length === 1)
    assert.equal(desk.got[0]?.text, 'Mohon akses VPN')
  })

  it('passes over what it cannot read, and groups it was put into', async () => {
    const { desk, start, bind, books } = await room()
    await bind()
    telegram.tell({ message: { message_id: 'bukan angka' } })
    telegram.tell({ edited_message: {} })
    telegram.say(CHAT, { chat: { id: CHAT, type: 'group' }, text: 'di grup' })
    start()
    await until('all acknowledged', async () => (await books.messages.mark('telegram:123456')) === 4)
    assert.deepEqual([telegram.sent, desk.got], [[], []])
  })

  it('says that the token is wrong, and never says it', async () => {
    const { start, status, heard } = await room()
    const wrong = '999999:ZZZ-abcdefghijklmnopqrstuvwxyz01234'
    start(wrong)
    await until('told', () => status.view().trouble !== null)
    telegram.setDown(true)
    await until('told again', () => heard.length > 1)
    assert.match(heard[0] ?? '', /is the token right/)
    for (const text of [...heard, said(status)]) assert.ok(!text.includes('ZZZ-abc'), text)
    assert.ok(!TelegramSettings.safeParse({ token: 'bukan token', bot: 'layanan_bot' }).success)
  })

  it('carries messages out as plain text, and knows which failures pass', async () => {
    const carrier = telegramCarrier(telegramApi({ token: TOKEN, api: telegram.api }), must(readTemplates()))
    const call = { signal: AbortSignal.timeout(5_000), log: quiet }
    const message = {
      template: 'note',
      values: { number: 'T-2026-0001', title: 'VPN', author: 'Petugas', text: '<b>*tebal*</b>', link: 'https://x.test/' },
      language: 'id',
      ticket: 'T-2026-0001',
      name: '',
      inReplyTo: null,
      references: [],
    } as const
    const send = (to = String(CHAT)) => carrier.send({ id: 'a', to, message: { ...message, references: [] }, createdAt: 0 }, call)
    const sent = must(await send())
    assert.match(sent.remoteId ?? '', /^4711:\d+$/)
    assert.match(lastSaid()?.text ?? '', /<b>\*tebal\*<\/b>/)
    for (const [status, kind, retry] of [
      [403, 'invalid', false],
      [429, 'busy', true],
      [502, 'busy', true],
    ] as const) {
      telegram.faults.set('sendMessage', [{ status, body: { ok: false, error_code: status, description: 'x' } }])
      const refused = await send()
      assert.ok(!refused.ok)
      assert.deepEqual([refused.failure.kind, refused.failure.retry], [kind, retry])
    }
    assert.equal((await send('bukan chat')).ok, false)
  })
})
