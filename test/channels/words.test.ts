// Troubles of channels and reasons of held messages in both languages: of every code, with its figures, and nothing English on an Indonesian page.
import assert from 'node:assert/strict'
import { type ChannelTrouble, type HeldWhy, heldNote, heldWhy } from '../../daemon/domain/channel-trouble.ts'
import { FAILURES } from '../../daemon/domain/failure-kind.ts'
import { becauseText, heldText, troubleText } from '../../daemon/domain/words/channel-words.ts'

const BECAUSE = { kind: 'wrongCredential', said: '535 5.7.8 Error' } as const

describe('the words of the channels', () => {
  const TROUBLES: readonly (readonly [ChannelTrouble, RegExp])[] = [
    [
      { code: 'mailboxUnread', mailbox: 'INBOX', host: 'mail.test', because: BECAUSE },
      /kotak surat INBOX di mail\.test tidak dapat dibaca: .* ditolak \(“535/,
    ],
    [{ code: 'letterWaits', because: BECAUSE }, /belum dapat diterima/],
    [{ code: 'letterLying', mailbox: 'INBOX', because: BECAUSE }, /dibiarkan di INBOX/],
    [{ code: 'notSent', channel: 'email', because: BECAUSE }, /lewat surel tidak terkirim/],
    [{ code: 'cutOff', channel: 'telegram', because: BECAUSE }, /^Telegram terputus/],
    [{ code: 'messageWaits', channel: 'whatsapp', because: BECAUSE }, /^WhatsApp: sebuah pesan menunggu/],
    [{ code: 'held', count: 3 }, /^3 pesan ditahan/],
    [{ code: 'refused', count: 2 }, /^2 pesan tidak dapat diterima/],
  ]
  for (const [trouble, says] of TROUBLES)
    it(`say ${trouble.code} in Indonesian and English`, () => {
      const { id = '', en } = troubleText(trouble)
      assert.match(id, says)
      assert.notEqual(id, en)
      assert.doesNotMatch(id, /\b(the|cannot|messages|is|are)\b/)
    })

  it('know every kind of failure, and what the desk itself says it says in the language of the page', () => {
    for (const kind of FAILURES) assert.notEqual(becauseText({ kind, said: '' }, 'id'), becauseText({ kind, said: '' }, 'en'), kind)
    const words = { id: 'Tiket ini sudah selesai.', en: 'This ticket has ended.' }
    assert.equal(becauseText({ kind: 'conflict', said: words.en, words }, 'id'), words.id)
  })

  it('keep a reason in the records and read it back, also one from before there were codes', () => {
    const whys: readonly HeldWhy[] = [
      { code: 'tooMany', most: 30, sender: 'robot@vendor.example' },
      { code: 'refused', because: { kind: 'notFound', said: 'The catalogue has no service.' } },
    ]
    for (const why of whys) assert.deepEqual(heldWhy(heldNote(why)), why)
    assert.deepEqual(heldWhy('more than 30 messages within an hour from robot@vendor.example'), whys[0])
    assert.deepEqual(heldWhy('{"code":'), { code: 'said', text: '{"code":' })
    assert.equal(heldText(heldWhy(heldNote(whys[0] as HeldWhy)), 'id'), 'lebih dari 30 pesan dalam satu jam dari robot@vendor.example')
  })
})
