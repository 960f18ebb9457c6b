// The procedure of SC-05 played by its people, on a real database: from the form to the agenda book.
import assert from 'node:assert/strict'
import { tempFolder } from '../../store/support/folder.ts'
import { must } from '../../store/support/must.ts'
import { HOUR, type House, openHouse } from './support/house.ts'

describe('the desk', () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse(tempFolder())
  })
  afterEach(() => house.close())

  it('takes a request from the form to the archive by all its hands', async () => {
    const number = await house.filed('splp', 'pemohon', { products: ['feasibility'] })
    assert.equal(number, 'T-2026-0001')
    await house.complete(number)
    await house.do(number, 'petugas', { kind: 'verify', note: 'lengkap' })
    await house.do(number, 'kadis', { kind: 'dispose', to: await house.person('kabid'), note: 'Tindak lanjuti sesuai standar.' })
    await house.do(number, 'kabid', { kind: 'dispose', to: await house.person('prakom'), note: 'Mohon dianalisis.' })
    await house.do(number, 'prakom', { kind: 'dispose', to: await house.person('petugas2'), note: 'Kerjakan.' })
    await house.do(number, 'petugas2', { kind: 'work', note: 'Analisis kelayakan selesai.' })
    await house.do(number, 'petugas2', { kind: 'report', text: 'Layak.', recommendation: 'Gunakan API.' })
    const minuted = await house.do(number, 'petugas2', { kind: 'minutes' })
    const [minutes] = minuted.documents
    assert.ok(minutes)
    assert.equal(minutes.number, '1/BA-LIA/SC-05/DISKOMINFO/2026')
    assert.equal(minutes.signatures.length, 2)
    const early = must(await house.desk.view(number, await house.as('petugas2')))
    assert.match(early.actions.find(({ kind }) => kind === 'archive')?.why?.en ?? '', /needs this step first/)

    const pdf = must(await house.desk.content(minutes.id, await house.as('pemohon')))
    assert.equal(Buffer.from(pdf.content.subarray(0, 8)).toString(), '%PDF-1.3')
    const first = must(await house.desk.sign(minutes.id, { party: 0, method: 'approval' }, await house.as('kabid')))
    assert.equal(first.state, 'sent')
    const mine = must(await house.desk.view(number, await house.as('pemohon')))
    assert.deepEqual(mine.turn, { chair: 'requester', person: await house.person('pemohon'), name: mine.requester.name })
    assert.ok(mine.events.every(event => event.kind !== 'disposed' || event.note === ''))
    assert.equal(must(await house.desk.sign(minutes.id, { party: 1, method: 'approval' }, await house.as('pemohon'))).state, 'returned')

    house.clock.now += HOUR
    const closed = await house.do(number, 'petugas2', { kind: 'archive' })
    assert.equal(closed.status, 'closed')
    const verified = must(await house.desk.verify(minutes.code.toLowerCase()))
    assert.equal(verified.status, 'signed')
    assert.ok(!JSON.stringify(verified).includes(mine.requester.name))
    const book = await house.desk.agenda({ year: 2026, search: '', page: 1, size: 50 })
    assert.deepEqual(
      book.items.map(({ direction, no, letter }) => [direction, no, letter]),
      [
        ['out', 1, '1/BA-LIA/SC-05/DISKOMINFO/2026'],
        ['in', 1, ''],
      ],
    )
    for (const kind of ['form', 'disposition', 'report', 'archive'] as const) must(await house.desk.make(number, kind, await house.as('petugas2')))
    must(await house.desk.agendaPdf(2026))
    must(await house.records.audit.verify())
  })
})
