// WhatsApp through the daemon's own front door: the handshake, signed words taken once, forged ones refused; and messages out, within the window or not.
import assert from 'node:assert/strict'
import { openDeskChannels } from '../../daemon/channels/open.ts'
import { DeskChannels } from '../../daemon/channels/settings.ts'
import { failed } from '../../daemon/domain/outcome.ts'
import { hookRoutes } from '../../daemon/http/routes/hooks.ts'
import { type Books, must, openBooks, openDesk, quiet, type TestDesk, until } from './support/desk.ts'
import { tempFolder } from './support/folder.ts'
import { openHooks } from './support/hooks.ts'
import { message, notification, PHONE, SECRET, sign, startWhatsapp, TOKEN, VERIFY } from './support/whatsapp.ts'

const FROM = '6281200000001'

describe('WhatsApp', () => {
  let meta: Awaited<ReturnType<typeof startWhatsapp>>
  let books: Books
  let desk: TestDesk
  let channels: Extract<Awaited<ReturnType<typeof openDeskChannels>>, { ok: true }>['value']
  let front: Awaited<ReturnType<typeof openHooks>>
  let undelivered: string[]

  async function open(more: object = {}) {
    const settings = DeskChannels.parse({
      whatsapp: { phoneNumberId: PHONE, token: TOKEN, appSecret: SECRET, verifyToken: VERIFY, api: meta.api, ...more },
    })
    channels = must(
      await openDeskChannels({
        settings,
        records: books,
        desk,
        clock: Date.now,
        log: quiet,
        language: 'id',
        undelivered: (ticket, channel, to, why) => undelivered.push(`${ticket} ${channel} ${to}: ${why}`),
      }),
    )
    front = await openHooks(hookRoutes({ whatsapp: channels.whatsapp }))
  }

  beforeEach(async () => {
    meta = await startWhatsapp()
    books = await openBooks(tempFolder())
    desk = openDesk(books)
    undelivered = []
    await open({ templates: { note: { name: 'catatan_layanan', language: 'id', values: ['number', 'text'] } } })
  })
  afterEach(async () => {
    await front.close()
    await channels.close()
    await books.close()
    await meta.close()
  })

  const post = async (body: string, signature: string | null = sign(body)) => {
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      ...(signature === null ? {} : { 'x-hub-signature-256': signature }),
    }
    return (await fetch(`${front.url}api/v1/hooks/whatsapp`, { method: 'POST', body, headers })).status
  }
  const tell = (value: object, phone?: string) => post(JSON.stringify(notification(value, phone)))

  it('gives the challenge back to who knows the agreed token, and to nobody else', async () => {
    const ask = (mode: string, token: string) =>
      fetch(
        `${front.url}api/v1/hooks/whatsapp?${new URLSearchParams({ 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': '1158201444' })}`,
      )
    const well = await ask('subscribe', VERIFY)
    assert.deepEqual([well.status, await well.text()], [200, '1158201444'])
    for (const [mode, token] of [
      ['subscribe', 'tebakan'],
      ['subscribe', `${VERIFY}x`],
      ['unsubscribe', VERIFY],
    ] as const)
      assert.equal((await ask(mode, token)).status, 403)
  })

  it('takes what is signed over the very octets, and refuses what is not', async () => {
    // Blanks and escapes that no JSON writer of ours would make: the signature is over these.
    const odd = JSON.stringify(notification({ messages: [message({ text: { body: 'satu' } })] }))
      .replace('{"object"', '{ \n"object"')
      .replace('satu', 's\\u0061tu')
    assert.equal(await post(odd), 200)
    await until('taken', () => desk.got.length === 1)
    assert.deepEqual([desk.got[0]?.text, desk.got[0]?.from.name, desk.got[0]?.source], ['satu', 'Ratna', 'whatsapp'])
    const forged = JSON.stringify(notification({ messages: [message()] }))
    for (const signature of [
      null,
      '',
      'sha256=',
      `sha256=${'0'.repeat(64)}`,
      sign(forged, 'rahasia-orang-lain-000'),
      sign(`${forged} `),
      sign(forged).replace('sha256', 'sha1'),
    ])
      assert.equal(await post(forged, signature), 403, String(signature))
    assert.equal(await post('{"bukan', sign('{"bukan')), 400)
    assert.equal(await post('x'.repeat(1_100_000)), 413)
    assert.equal((await books.messages.waiting('whatsapp')).length, 0)
  })

  it('leaves what makes it fall for later, and takes those behind it', async () => {
    const { deliver } = desk
    Object.assign(desk, {
      deliver: (incoming: Parameters<TestDesk['deliver']>[0]) => {
        if (incoming.text === 'jebakan') throw new TypeError('a mistake of ours')
        return deliver(incoming)
      },
    })
    assert.equal(await tell({ messages: [message({ text: { body: 'jebakan' } }), message({ text: { body: 'wajar' } })] }), 200)
    await until('the other taken', () => desk.got.length === 1)
    assert.deepEqual([desk.got[0]?.text, (await books.messages.waiting('whatsapp')).length], ['wajar', 1])
    assert.match(
      channels
        .troubles()
        .map(({ en }) => en)
        .join(),
      /a mistake of ours/,
    )
  })

  it('takes a replayed delivery once, and nothing from another time or for another number', async () => {
    const one = message()
    for (let i = 0; i < 3; i++) assert.equal(await tell({ messages: [one, one] }), 200)
    await until('taken', () => desk.got.length === 1)
    assert.equal(await tell({ messages: [one] }), 200)
    const now = Math.floor(Date.now() / 1_000)
    assert.equal(await tell({ messages: [message({ timestamp: String(now - 8 * 86_400) }), message({ timestamp: String(now + 3_600) })] }), 200)
    assert.equal(await tell({ messages: [message()] }, '999999'), 200)
    assert.equal(await tell({ messages: [{ apa: 'ini' }, message({ type: 'reaction' }), message({ text: { body: 'dua' } })] }), 200)
    await until('the good one of a mixed delivery', () => desk.got.length === 2)
    assert.deepEqual(await desk.tickets(), ['Mohon akses VPN', 'dua'])
    assert.equal(await post('{"object":"page"}'), 200)
  })

  it('answers before the work, which a full desk or a fall only delays', async () => {
    desk.refuse = failed('full', 'The disk is full.')
    assert.equal(await tell({ messages: [message()] }), 200)
    await until('the trouble told', () => channels.troubles().some(({ en }) => /disk is full/.test(en)))
    await front.close()
    await channels.close()
    desk.refuse = null
    await open()
    await until('taken after the restart', () => desk.got.length === 1)
    await until('no trouble', () => channels.troubles().length === 0)
  })

  it('fetches media by its id, bounded and only from where Meta keeps it', async () => {
    meta.media.set('11', Buffer.from('%PDF-1.7 surat'))
    const document = (id: string, more: object = {}) =>
      message({ type: 'document', text: undefined, document: { id, filename: '../../surat.pdf', caption: 'suratnya', ...more } })
    await tell({ messages: [document('11')] })
    await until('taken', () => desk.got.length === 1)
    assert.deepEqual(
      desk.got[0]?.attachments.map(({ name, type }) => [name, type]),
      [['surat.pdf', 'application/pdf']],
    )
    assert.equal(desk.got[0]?.text, 'suratnya')
    // A place elsewhere would get our token.
    for (const place of ['http://127.0.0.1:1/files/11', 'https://jahat.test/11', 'https://lookaside.fbsbx.com@jahat.test/11', 'file:///etc/passwd']) {
      meta.places.push(place)
      const count = desk.got.length
      await tell({ messages: [document('11')] })
      await until('taken without it', () => desk.got.length === count + 1)
      assert.deepEqual([desk.got.at(-1)?.attachments, desk.got.at(-1)?.leftOut], [[], ['surat.pdf']])
    }
    assert.equal(meta.fetched(), 1)
    await tell({ messages: [document('404404')] })
    await until('taken without what is gone', () => desk.got.length === 6)
  })

  it('puts an answer to its ticket by our message or by a known sender’s number', async () => {
    await books.mailings.add([{ id: 'a', channel: 'whatsapp', to: FROM, ticket: 'T-2026-0412', payload: {}, dueAt: 0 }])
    await books.mailings.sent('a', 'wamid.ours')
    desk.members.set(FROM, ['T-2026-0007'])
    for (const [more, ticket] of [
      [{ context: { id: 'wamid.ours' } }, 'T-2026-0412'],
      [{ context: { id: 'wamid.ours' }, from: '6281299999999' }, null],
      [{ text: { body: 'soal t-2026-0007' } }, 'T-2026-0007'],
      [{ text: { body: 'soal T-2026-0008' } }, null],
    ] as const) {
      const count = desk.got.length
      await tell({ messages: [message(more)] })
      await until('taken', () => desk.got.length === count + 1)
      assert.equal(desk.got.at(-1)?.thread.ticketNumber, ticket, JSON.stringify(more))
    }
  })

  const queue = (id: string, template = 'note', to = FROM) =>
    books.mailings.add([
      {
        id,
        channel: 'whatsapp',
        to,
        ticket: 'T-2026-0412',
        payload: {
          template,
          values: { number: 'T-2026-0412', title: 'VPN', author: 'Petugas', text: 'Sudah\ndicek.', reason: 'x', link: 'https://x.test' },
          language: 'id',
          ticket: 'T-2026-0412',
        },
        dueAt: 0,
      },
    ])
  const out = async (count: number) => {
    await until('sent', async () => {
      await channels.tick()
      const { sent, failed: gaveUp } = await books.mailings.counts()
      return sent + gaveUp === count
    })
  }

  it('writes freely within 24 hours of the customer’s word, after that by approved template only', async () => {
    await queue('before')
    await queue('unapproved', 'rejected')
    await out(2)
    assert.deepEqual(
      meta.sent.map(({ type, template }) => [type, template?.name]),
      [['template', 'catatan_layanan']],
    )
    // No parameter of a template may hold a line feed.
    assert.deepEqual(meta.sent[0]?.template?.components, [
      {
        type: 'body',
        parameters: [
          { type: 'text', text: 'T-2026-0412' },
          { type: 'text', text: 'Sudah dicek.' },
        ],
      },
    ])
    assert.match(undelivered[0] ?? '', /^T-2026-0412 whatsapp 6281200000001: .*24 hours/)
    await tell({ messages: [message()] })
    await until('taken', () => desk.got.length === 1)
    await queue('within', 'rejected')
    await out(3)
    assert.equal(meta.sent[1]?.type, 'text')
    assert.match(meta.sent[1]?.text?.body ?? '', /^\*\[T-2026-0412\]/)
  })

  it('learns what became of its messages, in whatever order it is told', async () => {
    await queue('a')
    await out(1)
    await tell({
      statuses: [
        { id: 'wamid.out.1', status: 'read' },
        { id: 'wamid.out.1', status: 'delivered' },
      ],
    })
    assert.equal((await books.mailings.counts()).read, 1)
    await queue('b')
    await until('sent', async () => {
      await channels.tick()
      return meta.sent.length === 2
    })
    await until('noted', async () => (await books.mailings.counts()).sent === 1)
    await tell({ statuses: [{ id: 'wamid.out.2', status: 'failed', errors: [{ code: 131026, title: 'Message undeliverable' }] }] })
    assert.deepEqual(undelivered, ['T-2026-0412 whatsapp 6281200000001: 131026 Message undeliverable'])
  })

  it('knows which failures pass, and says no secret', async () => {
    meta.faults.push({ status: 400, body: { error: { code: 130429, message: 'rate limit' } } })
    await queue('busy')
    await channels.tick()
    await until('put off', async () => (await books.mailings.due(Date.now() + 86_400_000)).some(({ tries }) => tries === 1))
    meta.faults.push({ status: 401, body: { error: { code: 190, message: `bad token ${TOKEN} ${SECRET}` } } })
    await queue('credential', 'note', '6281200000002')
    await until('told', async () => {
      await channels.tick()
      return channels.troubles().some(({ en }) => /190/.test(en))
    })
    for (const { en: text } of channels.troubles()) assert.ok(!text.includes(TOKEN) && !text.includes(SECRET), text)
  })

  it('is not there when it is not among the settings', async () => {
    const none = await openHooks(hookRoutes({ whatsapp: null }))
    assert.equal(
      (await fetch(`${none.url}api/v1/hooks/whatsapp`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).status,
      404,
    )
    await none.close()
  })
})
