// Letters as strangers send them: whatever it is, it is read within bounds, nothing runs or is fetched, and the letter itself is kept.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { cleanName } from '../../daemon/channels/enclosure.ts'
import { textOfHtml } from '../../daemon/channels/html.ts'
import { BOUNDS } from '../../daemon/channels/incoming.ts'
import { readLetter } from '../../daemon/channels/letter.ts'
import { inOrder, searchFor } from '../../daemon/channels/mailbox.ts'
import { newPart, REPLY_LINE } from '../../daemon/channels/quote.ts'
import { openReader } from '../../daemon/channels/reader.ts'
import { namedIn, openTokens } from '../../daemon/channels/token.ts'
import { quiet } from './support/desk.ts'
import { file, letter, multipart } from './support/letters.ts'

const read = (text: string | Buffer) => readLetter(Buffer.from(text))
const mixed = (parts: Parameters<typeof multipart>[1], more: Parameters<typeof letter>[0] = {}) =>
  letter({ ...more, headers: ['Content-Type: multipart/mixed; boundary=b', ...(more.headers ?? [])], body: multipart('b', parts) })
const html = (body: string) => letter({ headers: ['Content-Type: text/html; charset=utf-8'], body })

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')
const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n')

describe('a letter', () => {
  it('says who wrote, what is new, and what came along by its content, not by its name', async () => {
    const one = await read(
      mixed([
        {
          headers: ['Content-Type: text/plain; charset=iso-8859-1', 'Content-Transfer-Encoding: quoted-printable'],
          body: 'Bapak R=E9za mohon akses.\r\n\r\nPada Kam, 19 Nov 2026 Layanan <layanan@dc.test> menulis:\r\n> lama',
        },
        file('surat.pdf', PDF, 'application/octet-stream'),
        file('../../etc/foto.exe', PNG, 'application/pdf'),
        file('winmail.dat', Buffer.concat([Buffer.from('789f3e22', 'hex'), randomBytes(50)]), 'application/ms-tnef'),
      ]),
    )
    assert.deepEqual(one.from, { address: 'ratna@bkd.test', name: 'Ratna' })
    assert.equal(one.text, 'Bapak Réza mohon akses.')
    assert.match(one.fullText, /> lama/)
    assert.deepEqual(
      one.attachments.map(({ name, type, size }) => [name, type, size]),
      [
        ['surat.pdf', 'application/pdf', PDF.length],
        ['foto.exe', 'image/png', PNG.length],
        ['winmail.dat', 'application/vnd.ms-tnef', 54],
      ],
    )
    assert.match(one.attachments[0]?.sha256 ?? '', /^[0-9a-f]{64}$/)
  })

  it('reads HTML as people see it, without scripts, styles, comments or anything remote', async () => {
    const one = await read(
      html(`<html><head><title>x</title><style>p{color:red}</style></head><body onload="steal()"><!-- rahasia -->
        <script>document.write('jahat')</script><p>Mohon <b>akses</b> &amp; VPN<br>segera.</p><img src="http://jahat.test/lacak.gif" alt="x">
        <ul><li>satu<li>dua</ul><a href="javascript:alert(1)">klik</a><svg><script>2</script></svg>&#60;script&#62;</body></html>`),
    )
    assert.equal(one.text, 'Mohon akses & VPN\nsegera.\n\n• satu\n• dua\n\nklik<script>')
    assert.doesNotMatch(one.fullText, /jahat|steal|rahasia|color/)
  })

  it('takes a hundred attachments, and names those that are beyond', async () => {
    const one = await read(mixed(Array.from({ length: 120 }, (_, i) => file(`berkas-${i}.txt`, Buffer.from(`isi ${i}`)))))
    assert.equal(one.attachments.length, BOUNDS.attachments)
    assert.deepEqual([one.leftOut.length, one.leftOut[0]], [20, 'berkas-100.txt'])
    assert.equal(new Set(one.attachments.map(({ sha256 }) => sha256)).size, BOUNDS.attachments)
  })

  it('takes 24 MB, and leaves out what is bigger than allowed', async () => {
    const big = randomBytes(24 * 1_048_576)
    const one = await read(mixed([file('besar.bin', big)]))
    assert.deepEqual([one.attachments[0]?.size, one.leftOut], [big.length, []])
    const two = await read(mixed([file('terlalu.bin', Buffer.alloc(26 * 1_048_576, 1)), file('kecil.txt', Buffer.from('x'))]))
    assert.deepEqual([two.attachments.map(({ name }) => name), two.leftOut], [['kecil.txt'], ['terlalu.bin']])
  })

  it('survives a megabyte of subject, and headers without end', async () => {
    const long = await read(letter({ subject: 'panjang '.repeat(150_000) }))
    assert.ok(long.subject.length <= BOUNDS.subject && long.subject.startsWith('panjang'))
    assert.equal(long.from.address, 'ratna@bkd.test')
    assert.equal(long.text, 'Mohon bantuan.')
    const many = await read(letter({ headers: Array.from({ length: 50_000 }, (_, i) => `X-Sampah-${i}: ${i}`) }))
    assert.deepEqual([many.from.address, many.text], ['ratna@bkd.test', 'Mohon bantuan.'])
    const folded = await read(letter({ subject: `=?utf-8?q?${'=41'.repeat(400_000)}?=` }))
    assert.ok(folded.subject.length <= BOUNDS.subject)
  })

  it('lets no sender write a second header, or turn the direction of a name', async () => {
    const one = await read(
      letter({ subject: '=?utf-8?q?Halo=0D=0ABcc:_korban@x.test=0D=0A?=', from: '=?utf-8?b?UmF0bmENCkJjYzogeEB4?= <ratna@bkd.test>' }),
    )
    for (const text of [one.subject, one.from.name]) assert.doesNotMatch(text, /[\r\n]/)
    assert.equal(cleanName('C:\\surat\\laporan\u202Efdp.exe\0'), 'laporanfdp.exe')
    assert.equal(cleanName('..'), 'attachment')
    assert.equal(cleanName(`${'a'.repeat(500)}.pdf`).length, BOUNDS.name)
    assert.ok(cleanName(`${'a'.repeat(500)}.pdf`).endsWith('.pdf'))
  })

  it('reads letters that stand within letters, and keeps those that are enclosed as files', async () => {
    const nested = (how: readonly string[]) => {
      let inner = letter({ subject: 'terdalam', body: 'paling dalam' })
      for (let i = 0; i < 40; i++) {
        const part = { headers: ['Content-Type: message/rfc822', ...how], body: inner }
        inner = letter({ subject: `lapis ${i}`, headers: [`Content-Type: multipart/mixed; boundary=n${i}x`], body: multipart(`n${i}x`, [part]) })
      }
      return read(inner)
    }
    const inline = await nested(['Content-Disposition: inline'])
    assert.deepEqual([inline.subject, inline.attachments], ['lapis 39', []])
    assert.match(inline.fullText, /paling dalam/)
    const enclosed = await nested([])
    assert.deepEqual(
      enclosed.attachments.map(({ name }) => name),
      ['message.eml'],
    )
    assert.match(Buffer.from(enclosed.attachments[0]?.content ?? []).toString(), /paling dalam/)
  })

  it('makes something readable of what is broken, and says that it is not the whole', async () => {
    const endless = await read(
      letter({ headers: ['Content-Type: multipart/mixed; boundary=b'], body: '--b\r\nContent-Type: text/plain\r\n\r\nSetengah' }),
    )
    assert.match(endless.fullText, /Setengah/)
    const bad = await read(letter({ headers: ['Content-Type: text/plain; charset=tidak-ada', 'Content-Transfer-Encoding: base64'], body: '!!!!' }))
    assert.equal(bad.subject, 'Permohonan')
    const parts = Array.from({ length: 1_500 }, () => ({ headers: ['Content-Type: text/plain'], body: 'x' }))
    const too = await read(mixed(parts))
    assert.deepEqual([too.whole, too.from.address, too.subject], [false, 'ratna@bkd.test', 'Permohonan'])
    for (const nothing of ['', '\r\n', '\n', 'From', 'tanpa kepala sama sekali', '\0\0\0']) assert.equal((await read(nothing)).from.address, '')
  })

  it('is the same letter by whatever way it came, and another when a word is', async () => {
    const text = letter({ id: '<satu@bkd.test>' })
    const way = (hop: string) => read(`Received: from ${hop}\r\nDelivered-To: ${hop}@dc.test\r\n${text}`)
    assert.equal((await way('a')).digest, (await way('b')).digest)
    // A Message-ID that is used twice hides no letter.
    assert.notEqual((await read(text)).digest, (await read(text.replace('bantuan', 'banyak bantuan'))).digest)
    const undated = letter({ id: '<dua@bkd.test>' }).replace(/Date:.*\r\n/, '')
    assert.equal((await read(undated)).digest, (await read(undated)).digest)
  })

  it('never fails, whatever octets it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), fc.boolean(), async (octets, headed) => {
        const one = await readLetter(
          headed ? Buffer.concat([Buffer.from(letter({ headers: ['Content-Type: multipart/mixed; boundary="b"'] })), octets]) : octets,
        )
        assert.ok(one.subject.length <= BOUNDS.subject)
        assert.match(one.digest, /^[0-9a-f]{64}$/)
      }),
      { numRuns: 200 },
    )
  })
})

describe('the thread that reads letters', function () {
  this.timeout(30_000)
  const told: string[] = []
  const log = { ...quiet, warn: (_: object, text: string) => told.push(text) }

  it('gives the same as reading it here, files included', async () => {
    const reader = openReader({ log })
    const raw = Buffer.from(mixed([{ headers: ['Content-Type: text/plain'], body: 'halo' }, file('a.png', PNG), file('b.bin', randomBytes(100_000))]))
    const [here, there] = [await readLetter(raw), await reader.read(raw, {})]
    const plain = (one: typeof here) => ({
      ...one,
      head: Buffer.from(one.head),
      attachments: one.attachments.map(each => ({ ...each, content: Buffer.from(each.content) })),
    })
    assert.deepEqual(plain(there), plain(here))
    await reader.close()
  })

  it('gives up a letter that is made to take for ever, keeps what its head says, and reads the next', async () => {
    const reader = openReader({ log, deadline: 5_000 })
    const evil = letter({ subject: 'jebakan', headers: ['Content-Type: text/plain; format=flowed'], body: 'kata \r\n'.repeat(1_000_000) })
    const [one, next] = await Promise.all([reader.read(Buffer.from(evil), {}), reader.read(Buffer.from(letter({ subject: 'biasa' })), {})])
    assert.deepEqual([one.subject, one.from.address, one.whole], ['jebakan', 'ratna@bkd.test', false])
    assert.deepEqual([next.subject, next.whole], ['biasa', true])
    assert.equal(told.length, 1)
    await reader.close()
  })
})

describe('the text of HTML', () => {
  it('ends, and holds no tag that was one', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '<',
            '>',
            '"',
            "'",
            '=',
            '<a b="',
            '<script>',
            '</script>',
            '<p>',
            '<!--',
            '-->',
            '&lt;',
            '&#0;',
            '&#x110000;',
            'kata ',
            '<blockquote>',
            '</blockquote>',
          ),
        ),
        parts => {
          assert.doesNotMatch(textOfHtml(parts.join('')), /\0/)
        },
      ),
    )
    for (const evil of ['<a b="', '<!--', '<script>', '<', '<a b=\'"', '<blockquote>']) assert.ok(textOfHtml(evil.repeat(300_000)).length < 4_000_000)
  })

  it('keeps a smaller-than, a quotation and the cells of a table apart', () => {
    assert.equal(textOfHtml('suhu 3 < 4'), 'suhu 3 < 4')
    assert.equal(textOfHtml('<p>baru</p><blockquote>lama<br>sekali</blockquote>'), 'baru\n\n> lama\n> sekali')
    assert.equal(textOfHtml('<table><tr><td>a</td><td>b</td></tr></table>'), 'a\tb')
  })
})

describe('what is new in a letter', () => {
  for (const [what, text] of [
    ['Gmail', 'Sudah.\n\nOn Thu, Nov 19, 2026 at 9:00 AM Layanan <layanan@dc.test> wrote:\n> lama'],
    ['Gmail on two lines', 'Sudah.\n\nOn Thu, Nov 19, 2026 at 9:00 AM Layanan\n<layanan@dc.test> wrote:\n> lama'],
    ['Gmail in Indonesian', 'Sudah.\n\nPada tanggal Kam, 19 Nov 2026 pukul 09.00 Layanan <layanan@dc.test> menulis:\n> lama'],
    ['Outlook', 'Sudah.\n\nFrom: Layanan\nSent: Thursday\nTo: Ratna\nSubject: x\n\nlama'],
    ['Outlook in Indonesian', 'Sudah.\n\nDari: Layanan\nDikirim: Kamis\n\nlama'],
    ['our line', `Sudah.\n\n> ${REPLY_LINE}\n> lama`],
    ['only quotes', 'Sudah.\n> lama\n>> lebih lama\n'],
    ['a signature', 'Sudah.\n-- \nRatna\nBKD'],
  ] as const)
    it(`stands above the quotation: ${what}`, () => assert.equal(newPart(text), 'Sudah.'))

  it('keeps answers between quotations, sentences that only look like heads, and a letter that is all quotation', () => {
    assert.equal(newPart('> satu?\nya\n> dua?\ntidak'), '> satu?\nya\n> dua?\ntidak')
    assert.equal(newPart('On Thursday we wrote to you.\nPlease answer.'), 'On Thursday we wrote to you.\nPlease answer.')
    assert.equal(newPart('> diteruskan'), '> diteruskan')
  })
})

describe('a token', () => {
  const tokens = (key: number, address = 'layanan@dc.test') => openTokens({ key: Buffer.alloc(32, key), address, plus: true })
  it('is known again, and none is guessed, moved or taken from another house', () => {
    const address = tokens(1).replyAddress('T-2026-0412')
    assert.match(address, /^layanan\+T-2026-0412\.[a-z2-7]{12}@dc\.test$/)
    assert.equal(tokens(1).ticketOfAddress(address), 'T-2026-0412')
    assert.equal(tokens(2).ticketOfAddress(address), null)
    assert.equal(tokens(1, 'lain@dc.test').ticketOfAddress(address), null)
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z2-7]{12}$/), guess => {
        const forged = address.replace(/\.[a-z2-7]{12}@/, `.${guess}@`)
        assert.ok(forged === address || tokens(1).ticketOfAddress(forged) === null)
      }),
    )
    // A draft has no number yet; its answers find it all the same.
    assert.equal(tokens(1).ticketOfAddress(tokens(1).replyAddress('D-12')), 'D-12')
    assert.equal(tokens(1).ticketOfMessageId(tokens(1).messageId('D-12', 'x')), 'D-12')
    assert.deepEqual(namedIn('Re: [t-2026-0412] dan D-7, T-26-1, XT-2026-0412'), ['T-2026-0412', 'D-7'])
    const id = tokens(1).messageId('T-2026-0412', 'done-7')
    assert.equal(tokens(1).ticketOfMessageId(id), 'T-2026-0412')
    assert.equal(tokens(1).ticketOfMessageId(id.replace('0412', '0413')), undefined)
    assert.equal(tokens(1).ticketOfMessageId(tokens(1).messageId(null, 'x')), null)
    // A token of an address is none of a Message-ID.
    const mac = /\.([a-z2-7]{12})@/.exec(address)?.[1] ?? ''
    assert.equal(tokens(1).ticketOfMessageId(`<T-2026-0412.x.${mac}@dc.test>`), undefined)
  })
})

describe('the mark of a mailbox', () => {
  it('says what to look for, whatever became of the numbers', () => {
    const day = Date.UTC(2026, 10, 20)
    assert.deepEqual(searchFor(null, '1', day), { kind: 'unseen', from: new Date(day - 3 * 86_400_000) })
    assert.deepEqual(searchFor({ validity: '1', uid: 7, at: day }, '1', day), { kind: 'after', uid: 7 })
    assert.deepEqual(searchFor({ validity: '1', uid: 7, at: day }, '2', day), { kind: 'since', from: new Date(day - 2 * 86_400_000) })
    assert.deepEqual(
      searchFor({ validity: '1', uid: 7, at: day * 2 }, '2', day),
      { kind: 'since', from: new Date(day - 2 * 86_400_000) },
      'the clock was wrong',
    )
    assert.deepEqual(inOrder([7], { kind: 'after', uid: 7 }), [])
    assert.deepEqual(inOrder([9, 8, 3], { kind: 'after', uid: 7 }), [8, 9])
  })
})
