// What two people do to one request at the same moment: nothing that was signed, made void, typed or handed in is lost by it.
import assert from 'node:assert/strict'
import { onePage } from '../../../daemon/desk/demonstration/pdf.ts'
import type { Viewer } from '../../../daemon/domain/people.ts'
import { tempFolder } from '../../store/support/folder.ts'
import { must } from '../../store/support/must.ts'
import { type House, openHouse } from './support/house.ts'

const kind = (outcome: { ok: boolean; failure?: { kind: string } }) => (outcome.ok ? 'ok' : outcome.failure?.kind)

describe('two at the same moment', () => {
  let house: House
  let officer: Viewer
  let requester: Viewer
  beforeEach(async () => {
    house = await openHouse(tempFolder())
    officer = await house.as('petugas')
    requester = await house.as('pemohon')
  })
  afterEach(() => house.close())

  describe('on one document', () => {
    let number = ''
    let id = 0
    const paper = async () => must(await house.desk.view(number, officer)).documents[0] ?? assert.fail('no minutes')
    beforeEach(async () => {
      number = await house.filed('splp')
      await house.do(number, 'petugas', { kind: 'urgent', to: await house.person('petugas'), reason: 'Layanan mati.' })
      await house.do(number, 'petugas', { kind: 'work', note: 'Dipulihkan.' })
      await house.do(number, 'petugas', { kind: 'report', text: 'Selesai dipulihkan.', recommendation: '' })
      id = (await house.do(number, 'petugas', { kind: 'minutes' })).documents[0]?.id ?? 0
    })

    it('one opens it for the first time while the other signs: the signature stands', async () => {
      const [signed, ...opened] = await Promise.all([
        house.desk.sign(id, { party: 0, method: 'approval' }, await house.as('kabid')),
        house.desk.content(id, requester),
        house.desk.content(id, officer),
      ])
      assert.deepEqual(opened.map(kind), ['ok', 'ok'])
      assert.equal(kind(signed), 'ok')
      assert.notEqual((await paper()).signatures[0]?.at, null)
    })

    it('one makes it void while the other signs: it stays void', async () => {
      must(await house.desk.content(id, officer))
      const [voided, signed] = await Promise.all([
        house.desk.voidOne(id, 'Nama pejabat keliru.', officer),
        house.desk.sign(id, { party: 0, method: 'approval' }, await house.as('kabid')),
      ])
      // Whoever came second is told so; what was told to be done is done.
      const { state, signatures } = await paper()
      if (voided.ok) assert.equal(state, 'void')
      else assert.equal(kind(voided), 'conflict')
      if (signed.ok) assert.notEqual(signatures[0]?.at, null)
      else assert.equal(kind(signed), 'conflict')
      assert.ok(voided.ok || signed.ok)
    })

    it('both bring a scan: one is taken, the other is told', async () => {
      must(await house.desk.content(id, officer))
      const both = await Promise.all(['pertama', 'kedua'].map(text => house.desk.scan(id, onePage(text), true, officer)))
      assert.deepEqual(both.map(kind).sort(), ['conflict', 'ok'])
      assert.equal((await paper()).state, 'returned')
    })
  })

  it('a draft that is thrown away while it is handed in stays whole', async () => {
    const draft = await house.draft('hosting')
    const { number } = must(await house.desk.submit(draft, requester))
    // As if whoever throws it away had looked just before.
    assert.equal(await house.records.desk.tickets.removeDraft(Number(draft.slice(2))), false)
    const view = must(await house.desk.view(number, officer))
    assert.deepEqual([view.events[0]?.kind, view.status], ['created', 'open'])
    assert.ok(view.attachments.length > 0)
    assert.equal(kind(await house.desk.remove(draft, requester)), 'notFound')
  })

  it('a draft is saved from two devices at once: one is told that it is another by now, and sent again with what was lost changes nothing', async () => {
    const number = await house.draft('hosting')
    const { answers, savedAt } = must(await house.desk.view(number, requester))
    const write = (title: string) => house.desk.save(number, { title, answers }, requester, savedAt ?? 0)
    const titles = ['dari laptop', 'dari ponsel']
    const both = await Promise.all(titles.map(write))
    assert.deepEqual(both.map(kind).sort(), ['ok', 'stale'])
    const first = both.findIndex(one => one.ok)
    const stands = must(await house.desk.view(number, requester))
    assert.equal((await house.records.desk.tickets.find(number))?.draft?.title, titles[first])
    assert.equal(kind(await house.desk.submit(number, requester, savedAt ?? 0)), 'stale', 'nothing is handed in that was not looked at')
    assert.equal(must(await write(titles[first] ?? '')).savedAt, stands.savedAt)
    must(await house.desk.save(number, { title: 'dari ponsel', answers }, requester, stands.savedAt ?? 0))
    const { savedAt: last } = must(await house.desk.view(number, requester))
    assert.ok((last ?? 0) > (stands.savedAt ?? 0), 'also while the clock stands still')
    must(await house.desk.submit(number, requester, last ?? 0))
  })

  it('an officer writes a note while the requester goes on typing: what was typed stays', async () => {
    const number = await house.filed('hosting')
    await house.do(number, 'petugas', { kind: 'return', reason: 'Lengkapi tujuan hosting.' })
    const { answers } = must(await house.desk.view(number, requester))
    for (let i = 1; i <= 10; i++) {
      const title = `Versi ${i}`
      await Promise.all([
        house.desk.act(number, { kind: 'note', text: `Catatan ${i}`, visibility: 'internal' }, officer),
        house.desk.save(number, { title, answers }, requester),
        house.desk.reckon(),
      ])
      const row = await house.records.desk.tickets.find(number)
      assert.equal(row?.draft?.title, title)
    }
  })
})
