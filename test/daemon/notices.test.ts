// What the desk wants told becomes words: every kind has its template in both languages, and goes where the person can be reached.
import assert from 'node:assert/strict'
import { readTemplates } from '../../daemon/channels/template.ts'
import { type DeskNotice, NOTICE_KINDS, type NoticeKind } from '../../daemon/domain/ticket-record.ts'
import { LANGS, type Lang } from '../../daemon/domain/words/lang.ts'
import { openNotices } from '../../daemon/notices.ts'
import { must } from '../store/support/must.ts'

const notices = (carriers: readonly string[], language: Lang = 'id') =>
  openNotices({ carriers: () => carriers, base: () => 'https://layanan.example/', zone: 'Asia/Jakarta', language })

const notice = (kind: NoticeKind, to: Partial<DeskNotice['to']> = {}): DeskNotice => ({
  id: `1/1/${kind}/7`,
  kind,
  at: Date.UTC(2026, 10, 20, 2),
  ticket: { number: 'T-2026-0412', title: 'Akses VPN', service: 'Hosting', status: 'open' },
  to: { person: 7, name: 'Ratna', email: 'ratna@bkd.example', mobile: '', chats: [], ...to },
  figures: { reason: 'Tidak jadi.', into: 'T-2026-0398', due: Date.UTC(2026, 10, 24, 2), received: Date.UTC(2026, 10, 20, 2) },
})
const wordsOf = (payload: unknown) => payload as { readonly template: string; readonly values: Readonly<Record<string, string>> }

describe('a notice', () => {
  const templates = must(readTemplates())

  it('of every kind has words in both languages, with all it needs', () => {
    for (const language of LANGS)
      for (const kind of NOTICE_KINDS) {
        const [message] = notices(['email'], language).compose(notice(kind))
        assert.ok(message, `${kind} is told nobody`)
        const { template, values } = wordsOf(message.payload)
        const filled = must(templates.fill(template, values, language))
        assert.match(filled.subject, /T-2026-0412/, kind)
        assert.match(filled.body, /https:\/\/layanan\.example\/tickets\/T-2026-0412/, kind)
      }
  })

  it('of what was withdrawn says why, of what was merged where it goes on', () => {
    const bodyOf = (kind: NoticeKind, language: Lang) => {
      const { template, values } = wordsOf(notices(['email'], language).compose(notice(kind))[0]?.payload)
      return must(templates.fill(template, values, language)).body
    }
    assert.match(bodyOf('cancelled', 'id'), /telah dibatalkan:\n\nTidak jadi\./)
    assert.match(bodyOf('cancelled', 'en'), /was withdrawn:\n\nTidak jadi\./)
    assert.match(bodyOf('merged', 'id'), /digabung ke sana.*nomor T-2026-0398/)
    assert.match(bodyOf('merged', 'en'), /told under T-2026-0398/)
    assert.match(bodyOf('resubmitted', 'id'), /sudah melengkapi T-2026-0412 \(Hosting\).*24 November 2026/)
  })

  it('says beforehand which way it would go, and which chats of the desk lead nowhere', () => {
    const chats = [{ source: 'telegram', address: '77' }]
    const all = notices(['email', 'telegram', 'whatsapp'])
    assert.deepEqual(all.reach({ email: 'ratna@bkd.example', chats }), { by: 'email', unbound: ['whatsapp'] })
    assert.deepEqual(all.reach({ email: '', chats }), { by: 'telegram', unbound: ['whatsapp'] })
    assert.deepEqual(all.reach({ email: '', chats: [] }), { by: null, unbound: ['telegram', 'whatsapp'] })
    assert.deepEqual(notices(['email']).reach({ email: '', chats }), { by: null, unbound: [] })
  })

  it('goes by letter, else into the chat that was bound last and is carried, else nowhere', () => {
    const chats = [
      { source: 'whatsapp', address: '628123' },
      { source: 'telegram', address: '77' },
    ]
    const way = (carriers: readonly string[], to: Partial<DeskNotice['to']>) =>
      notices(carriers)
        .compose(notice('returned', to))
        .map(({ channel, to: whom }) => [channel, whom])
    const all = ['email', 'telegram', 'whatsapp']
    assert.deepEqual(way(all, { chats }), [['email', 'ratna@bkd.example']])
    assert.deepEqual(way(all, { email: '', chats }), [['whatsapp', '628123']])
    assert.deepEqual(way(['telegram'], { chats }), [['telegram', '77']])
    assert.deepEqual(way(all, { email: '' }), [])
    assert.deepEqual(way([], { chats }), [])
  })
})
