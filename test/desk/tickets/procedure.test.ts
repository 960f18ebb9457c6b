// The procedure of SC-05 played by its people, on a real database: from the form to the agenda book.
import assert from 'node:assert/strict'
import { tempFolder } from '../../store/support/folder.ts'
import { must } from '../../store/support/must.ts'
import { type House, openHouse } from './support/house.ts'

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
    assert.equal(minuted.documents[0]?.number, '1/BA-LIA/SC-05/DISKOMINFO/2026')
    assert.deepEqual(minuted.documents[0]?.signatures.map(({ name }) => name).length, 2)
    const own = must(await house.desk.view(number, await house.as('pemohon')))
    assert.equal(own.step?.key, minuted.step?.key)
    assert.ok(own.events.every(event => event.kind !== 'disposed' || event.note === ''))
  })
})
