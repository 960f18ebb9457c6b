// The mailbox on a real IMAP server: watched, threaded, and read through every fall without losing or doubling a letter.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { heldWhy } from '../../daemon/domain/channel-trouble.ts'
import { failed } from '../../daemon/domain/outcome.ts'
import { heldText } from '../../daemon/domain/words/channel-words.ts'
import { openBooks, openDesk, said, until } from './support/desk.ts'
import { type Dovecot, hasDovecot, startDovecot } from './support/dovecot.ts'
import { tempFolder } from './support/folder.ts'
import { letter } from './support/letters.ts'
import { watchMailbox } from './support/watch.ts'

describe('the mailbox of the desk', function () {
  this.timeout(60_000)
  let dovecot: Dovecot
  let user = 0
  before(async function () {
    if (!hasDovecot()) return this.skip()
    dovecot = await startDovecot()
  })
  after(async () => dovecot?.close())

  /** A user of its own for each story. */
  const name = () => `layanan${++user}`

  async function room(more: Parameters<typeof watchMailbox>[3] = {}) {
    const box = name()
    const books = await openBooks(tempFolder())
    const desk = openDesk(books)
    const open = () => watchMailbox(books, desk, dovecot, { user: box, ...more })
    return { box, books, desk, open }
  }

  it('takes what lies there unseen, then what comes while it idles, and marks it when the desk has it', async () => {
    const { box, books, desk, open } = await room()
    await dovecot.put(box, letter({ subject: 'dibaca orang' }), ['\\Seen'])
    await dovecot.put(box, letter({ subject: 'semalam' }))
    const { mailbox, status } = await open()
    await until('the letter of the night', () => desk.got.length === 1)
    await dovecot.put(box, letter({ subject: 'baru saja' }))
    await until('the letter that came meanwhile', () => desk.got.length === 2)
    assert.deepEqual(await desk.tickets(), ['semalam', 'baru saja'])
    await until('both marked', async () => [...((await dovecot.flags(box)) ?? new Map()).values()].every(flags => flags.has('\\Seen')))
    assert.ok(status.view().connectedSince !== null && status.view().lastIn !== null && status.view().trouble === null)
    await mailbox.close()
    assert.equal(status.view().connectedSince, null)
    await books.close()
  })

  it('moves letters to the archive, which it makes', async () => {
    const { box, books, desk, open } = await room({ archive: 'Tiket' })
    await dovecot.put(box, letter())
    const { mailbox } = await open()
    await until('taken', () => desk.got.length === 1)
    await until('moved', async () => (await dovecot.flags(box, 'Tiket'))?.size === 1 && (await dovecot.flags(box))?.size === 0)
    await mailbox.close()
    await books.close()
  })

  it('comes back when the server was gone, and reads what came meanwhile', async () => {
    const { box, books, desk, open } = await room()
    const { mailbox, status } = await open()
    await until('connected', () => status.view().connectedSince !== null)
    await dovecot.stop()
    await until('the loss noticed', () => status.view().trouble !== null && status.view().connectedSince === null)
    await dovecot.start()
    await dovecot.put(box, letter({ subject: 'sesudah mati' }))
    await until('read after the return', () => desk.got.length === 1)
    await until('the trouble over', () => status.view().trouble === null)
    await mailbox.close()
    await books.close()
  })

  it('says that the password is wrong, and never says the password', async () => {
    const { books, open } = await room({ password: 'kata+sandi/salah=' })
    const { mailbox, status } = await open()
    await until('told', () => status.view().trouble !== null)
    assert.match(said(status), /not accepted/)
    assert.doesNotMatch(said(status), /salah/)
    await mailbox.close()
    await books.close()
  })

  it('keeps a letter until the desk can take it, and the order of those behind it', async () => {
    const { box, books, desk, open } = await room()
    desk.refuse = failed('full', 'The disk is full.')
    await dovecot.put(box, letter({ subject: 'satu' }))
    await dovecot.put(box, letter({ subject: 'dua' }))
    const { mailbox, status } = await open()
    await until('the trouble told', () => /disk is full/.test(said(status)))
    assert.ok([...((await dovecot.flags(box)) ?? new Map()).values()].every(flags => !flags.has('\\Seen')))
    desk.refuse = null
    await until('both taken', () => desk.got.length === 2)
    assert.deepEqual(await desk.tickets(), ['satu', 'dua'])
    await mailbox.close()
    await books.close()
  })

  it('leaves a letter lying, flagged, at which it falls time and again, and takes the next', async () => {
    const { box, books, desk, open } = await room()
    const deliver = desk.deliver
    desk.deliver = incoming => (incoming.subject === 'racun' ? Promise.reject(new Error('a bug')) : deliver(incoming))
    const poison = await dovecot.put(box, letter({ subject: 'racun' }))
    await dovecot.put(box, letter({ subject: 'biasa' }))
    const { mailbox, status } = await open()
    await until('the next taken', () => desk.got.length === 1)
    const flags = await dovecot.flags(box)
    assert.ok(flags?.get(poison)?.has('\\Flagged') && !flags.get(poison)?.has('\\Seen'))
    await until('told, and not forgotten', () => /left lying/.test(said(status)))
    await mailbox.close()
    await books.close()
  })

  it('knows its letters again when the server deals all numbers anew', async () => {
    const { box, books, desk, open } = await room()
    await dovecot.put(box, letter({ subject: 'satu' }))
    await dovecot.put(box, letter({ subject: 'dua' }))
    const first = await open()
    await until('both taken', () => desk.got.length === 2)
    await until('the look ended', async () => (await books.messages.mark(`imap:${box}@localhost/INBOX`)) !== null)
    await first.mailbox.close()
    const before = await books.messages.mark(`imap:${box}@localhost/INBOX`)
    dovecot.renumber(box)
    // One was read by a person before we looked again: flags tell nothing about us.
    await dovecot.put(box, letter({ subject: 'tiga' }), ['\\Seen'])
    const second = await open()
    await until('the new one taken', () => desk.got.length === 3)
    assert.deepEqual(await desk.tickets(), ['satu', 'dua', 'tiga'])
    await until(
      'the new numbers noted',
      async () =>
        ((await books.messages.mark(`imap:${box}@localhost/INBOX`)) as { validity: string }).validity !== (before as { validity: string }).validity,
    )
    await second.mailbox.close()
    await books.close()
  })

  it('puts an answer to its ticket by our token, our letter or the letter before; a stranger who names a number begins anew', async () => {
    const { box, books, desk, open } = await room()
    const { mailbox, tokens } = await open()
    const put = async (written: Parameters<typeof letter>[0]) => {
      const count = desk.got.length
      await dovecot.put(box, letter(written))
      await until(`${written?.subject} taken`, () => desk.got.length === count + 1)
      return desk.got.at(-1)?.thread
    }
    const first = await put({ subject: 'awal', id: '<awal@bkd.test>' })
    assert.deepEqual([first?.ticketNumber, first?.proof], [null, null])
    const T = 'T-2026-0001'
    desk.members.set('ratna@bkd.test', [T])
    const threads: [string, Parameters<typeof letter>[0], string | null, string | null][] = [
      ['a token', { to: tokens.replyAddress(T), from: 'siapa@lain.test' }, T, 'token'],
      ['a token in capitals', { to: tokens.replyAddress(T).toUpperCase(), from: 'siapa@lain.test' }, T, 'token'],
      ['a forged token', { to: tokens.replyAddress(T).replace(/\.[a-z2-7]{12}@/, '.aaaaaaaaaaaa@'), from: 'siapa@lain.test' }, null, null],
      ['the token of another', { to: tokens.replyAddress(T).replace('0001', '0002'), from: 'siapa@lain.test' }, null, null],
      ['our letter', { headers: [`References: ${tokens.messageId(T, 'received')}`], from: 'siapa@lain.test' }, T, 'reference'],
      ['a forged letter of ours', { headers: [`In-Reply-To: <${T}.received.aaaaaaaaaaaa@dc.test>`], from: 'siapa@lain.test' }, null, null],
      ['the letter before, same sender', { headers: ['In-Reply-To: <awal@bkd.test>'] }, T, 'reference'],
      ['the letter before, a stranger', { headers: ['In-Reply-To: <awal@bkd.test>'], from: 'siapa@lain.test' }, null, null],
      ['a number, known sender', { subject: `Re: [${T}] awal` }, T, 'subject'],
      ['a number, a stranger', { subject: `Re: [${T}] awal`, from: 'siapa@lain.test' }, null, null],
      ['a number of somebody else', { subject: 'Re: T-2026-0002' }, null, null],
    ]
    for (const [what, written, ticket, proof] of threads) {
      const thread = await put(written)
      assert.deepEqual([thread?.ticketNumber, thread?.proof], [ticket, proof], what)
    }
    await mailbox.close()
    await books.close()
  })

  it('believes no sender whom the mail server calls forged', async () => {
    const { box, books, desk, open } = await room({ vouches: 'mx.dc.test' })
    const { mailbox } = await open()
    desk.members.set('ratna@bkd.test', ['T-2026-0001'])
    const results = (dmarc: string, server = 'mx.dc.test') => [`Authentication-Results: ${server}; spf=pass; dmarc=${dmarc}`]
    for (const [headers, verified, ticket] of [
      [results('pass'), true, 'T-2026-0001'],
      [results('fail'), false, null],
      // The sender wrote this one himself, below that of the server.
      [[...results('fail'), ...results('pass')], false, null],
      [results('fail', 'mx.elsewhere.test'), null, 'T-2026-0001'],
    ] as const) {
      const count = desk.got.length
      await dovecot.put(box, letter({ subject: 'T-2026-0001', headers }))
      await until('taken', () => desk.got.length === count + 1)
      assert.deepEqual([desk.got.at(-1)?.verified, desk.got.at(-1)?.thread.ticketNumber], [verified, ticket], headers.join())
    }
    await mailbox.close()
    await books.close()
  })

  it('makes no ticket of what machines write, and learns what came back undelivered', async () => {
    const { box, books, desk, open } = await room()
    const { mailbox, tokens, bounces } = await open()
    const ours = tokens.messageId('T-2026-0007', 'received')
    const machines = [
      letter({ subject: 'cuti', headers: ['Auto-Submitted: auto-replied'] }),
      letter({ subject: 'milis', headers: ['Precedence: bulk'] }),
      letter({ subject: 'daftar', headers: ['List-Id: <pegawai.bkd.test>'] }),
      letter({ subject: 'pantulan', headers: ['Return-Path: <>'] }),
      letter({ subject: 'gema', id: ours }),
      letter({ subject: 'dari kita', from: 'layanan@dc.test' }),
      letter({ subject: 'tanpa nama', from: 'undisclosed' }),
      letter({
        subject: 'Undelivered',
        from: 'MAILER-DAEMON@bkd.test',
        headers: ['Content-Type: multipart/report; report-type=delivery-status; boundary=b'],
        body: `--b\r\nContent-Type: text/plain\r\n\r\nno such user\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: layanan@dc.test\r\nMessage-ID: ${ours}\r\nSubject: x\r\n\r\ny\r\n--b--\r\n`,
      }),
    ]
    for (const one of machines) await dovecot.put(box, one)
    await dovecot.put(box, letter({ subject: 'orang', headers: ['X-Auto-Response-Suppress: All', 'Auto-Submitted: no'] }))
    await until('the one of a person', () => desk.got.length === 1)
    assert.deepEqual(await desk.tickets(), ['orang'])
    assert.equal(desk.got[0]?.automatic, true)
    assert.equal((await books.messages.inState('ignored')).length, machines.length)
    assert.deepEqual(bounces, [ours])
    await mailbox.close()
    await books.close()
  })

  it('holds the flood of one sender, lets others through, and delivers what a person releases', async () => {
    const { box, books, desk, open } = await room({ perHour: 3 })
    const { mailbox } = await open()
    for (let i = 1; i <= 5; i++) await dovecot.put(box, letter({ subject: `robot ${i}`, from: 'robot@bkd.test' }))
    await dovecot.put(box, letter({ subject: 'orang' }))
    await until('the other sender', () => desk.got.some(({ subject }) => subject === 'orang'))
    assert.deepEqual(await desk.tickets(), ['robot 1', 'robot 2', 'robot 3', 'orang'])
    const held = await books.messages.inState('held')
    assert.deepEqual(
      held.map(({ subject }) => subject),
      ['robot 4', 'robot 5'],
    )
    assert.equal([...((await dovecot.flags(box)) ?? new Map()).values()].filter(flags => flags.has('\\Flagged')).length, 2)
    assert.ok((await books.messages.release(held[0]?.id ?? 0)).ok)
    mailbox.look()
    await until('the released one', () => desk.got.some(({ subject }) => subject === 'robot 4'))
    assert.equal((await books.messages.inState('held')).length, 1)
    await mailbox.close()
    await books.close()
  })

  it('finds what a person releases also when the server has dealt all numbers anew, and says when it is gone', async () => {
    const { box, books, desk, open } = await room({ perHour: 0 })
    const first = await open()
    await dovecot.put(box, letter({ subject: 'pertama' }))
    await until('the first look ended', async () => (await books.messages.inState('held')).length === 1)
    const client = await dovecot.client(box)
    // Longer ago than what is looked through after the numbers changed.
    const long = new Date(Date.now() - 10 * 86_400_000)
    for (const subject of ['ditahan', 'tanpa nomor', 'dibuang'])
      await client.append('INBOX', letter({ subject, ...(subject === 'tanpa nomor' ? { id: '' } : {}) }), [], long)
    await until('all held', async () => (await books.messages.inState('held')).length === 4)
    await first.mailbox.close()
    await client.mailboxOpen('INBOX')
    await client.messageDelete({ subject: 'dibuang' })
    await client.logout()
    dovecot.renumber(box)
    for (const { id } of await books.messages.inState('held')) assert.ok((await books.messages.release(id)).ok)
    const second = await open()
    await until('what is there', async () => (await desk.tickets()).length === 3)
    assert.deepEqual(await desk.tickets(), ['pertama', 'ditahan', 'tanpa nomor'])
    await until('none waits', async () => (await books.messages.inState('released')).length === 0)
    assert.deepEqual(
      (await books.messages.inState('failed')).map(({ subject, note }) => [subject, heldText(heldWhy(note), 'en')]),
      [['dibuang', 'It was let through, but it is no longer in the mailbox: it was deleted or moved']],
    )
    await second.mailbox.close()
    await books.close()
  })

  for (const moment of ['before', 'after'] as const)
    it(`loses and doubles nothing when killed ${moment} the desk wrote the ticket`, async () => {
      const folder = tempFolder()
      const box = 'layanan'
      const subjects = [1, 2, 3].map(i => `${moment} ${i}`)
      for (const subject of subjects) await dovecot.put(box, letter({ subject }))
      const run = (when: string) => fork(new URL('./support/reader.ts', import.meta.url), [folder, String(dovecot.port), dovecot.caFile, when])
      // `after` comes a letter further each time; `before` never does.
      for (let i = 0; i < 3; i++) {
        const [, signal] = await once(run(moment), 'exit')
        assert.equal(signal, 'SIGKILL')
      }
      const last = run('never')
      const books = await openBooks(folder)
      const desk = openDesk(books)
      await until('all taken', async () => (await desk.tickets()).length >= 3)
      await until('all marked', async () => [...((await dovecot.flags(box)) ?? new Map()).values()].every(flags => flags.has('\\Seen')))
      assert.deepEqual(await desk.tickets(), subjects)
      last.kill('SIGKILL')
      await once(last, 'exit')
      await books.close()
    })
})
