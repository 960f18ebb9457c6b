// Letters of the agency to who asked, the sheet of who approved a paper, and how long all of it is kept.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { keptUntil } from '../../../daemon/desk/documents/retention.ts'
import type { Failure, Outcome } from '../../../daemon/domain/outcome.ts'
import { tempFolder } from '../../store/support/folder.ts'
import { must } from '../../store/support/must.ts'
import { textOfPdf } from '../../support/pdf-text.ts'
import { DAY, type House, openHouse } from './support/house.ts'

const failure = (outcome: Outcome<unknown>): Failure => {
  assert.ok(!outcome.ok)
  return outcome.failure
}
const REPLY = { subject: 'Rekomendasi pembangunan e-Gizi', text: 'Rancangan dinilai layak.\n\nHarap memakai SPLP.', copies: ['Sekretaris Daerah'] }

describe('a letter to who asked', () => {
  let house: House
  let number: string
  beforeEach(async () => {
    house = await openHouse(tempFolder())
    number = await house.filed('application-development', 'pemohon', { answers: { application: 'e-Cuti' } })
    await house.complete(number)
    await house.do(number, 'petugas', { kind: 'verify', note: '' })
  })
  afterEach(() => house.close())

  const papersOf = async (login: string) => must(await house.desk.view(number, await house.as(login))).documents

  it('has the next number of the agenda book, and is the requester’s once the head has signed it', async () => {
    const made = must(await house.desk.make(number, 'reply', await house.as('petugas'), REPLY))
    assert.deepEqual([made.number, made.state, made.signatures.length], ['1/DISKOMINFO/2026', 'draft', 1])
    const book = await house.desk.agenda({ year: 2026, direction: 'out', search: '', page: 1, size: 10 })
    assert.deepEqual(
      book.items.map(({ no, letter, subject }) => [no, letter, subject]),
      [[1, '1/DISKOMINFO/2026', REPLY.subject]],
    )
    assert.deepEqual(await papersOf('pemohon'), [])
    assert.equal(failure(await house.desk.content(made.id, await house.as('pemohon'))).kind, 'notFound')
    assert.ok(!JSON.stringify(must(await house.desk.view(number, await house.as('pemohon')))).includes('e-Gizi'))
    assert.equal(failure(await house.desk.approvals(made.id, await house.as('petugas'))).kind, 'conflict')

    assert.equal(failure(await house.desk.sign(made.id, { party: 0, method: 'approval' }, await house.as('kabid'))).kind, 'forbidden')
    const chief = must(await house.desk.view(number, await house.as('kadis')))
    assert.ok(chief.actions.some(({ kind }) => kind === 'sign'))
    assert.equal(must(await house.desk.sign(made.id, { party: 0, method: 'approval' }, await house.as('kadis'))).state, 'returned')
    assert.deepEqual(
      (await papersOf('pemohon')).map(({ kind, state }) => [kind, state]),
      [['reply', 'returned']],
    )
    const [asker] = house.told.filter(({ kind, to }) => kind === 'note' && to.person !== null)
    assert.match(String(asker?.figures['text']), /Rekomendasi pembangunan e-Gizi/)
    const said = textOfPdf(must(await house.desk.content(made.id, await house.as('pemohon'))).content)
    for (const word of ['1/DISKOMINFO/2026', 'Rancangan dinilai layak.', 'Harap memakai SPLP.', 'Sekretaris Daerah', 'Disetujui secara elektronik'])
      assert.ok(said.includes(word), `${word} is not in: ${said}`)
    const sheet = textOfPdf(must(await house.desk.approvals(made.id, await house.as('pemohon'))).content)
    assert.ok(sheet.includes('LEMBAR PERSETUJUAN ELEKTRONIK') && sheet.includes('Persetujuan dalam aplikasi'), sheet)
    assert.equal(must(await house.desk.verify(made.code)).intact, true)
  })

  it('keeps the official of its day, and needs a text', async () => {
    assert.equal(failure(await house.desk.make(number, 'reply', await house.as('petugas'))).kind, 'invalid')
    assert.equal(failure(await house.desk.make(number, 'reply', await house.as('pemohon'), REPLY)).kind, 'forbidden')
    const made = must(await house.desk.make(number, 'reply', await house.as('petugas'), REPLY))
    const before = made.signatures[0]?.name
    const chief = await house.person('kadis')
    house.clock.now += 3 * DAY
    must(await house.records.people.persons.remove(chief))
    const said = textOfPdf(must(await house.desk.content(made.id, await house.as('petugas'))).content)
    assert.ok(before !== undefined && said.includes(before), said)
  })

  it('and everything else of a request is kept as long as the agency’s rule says, which stands on the archive sheet', async () => {
    await house.do(number, 'kadis', { kind: 'reject', reason: 'Bukan kewenangan.' })
    assert.deepEqual(must(await house.desk.view(number, await house.as('pemohon'))).kept, { until: '2031-12-31' })
    const other = await house.filed('hosting')
    assert.equal(must(await house.desk.view(other, await house.as('pemohon'))).kept, null)
    const made = must(await house.desk.make(number, 'archive', await house.as('petugas')))
    const said = textOfPdf(must(await house.desk.content(made.id, await house.as('petugas'))).content)
    for (const word of ['31 Desember 2031', 'e-Cuti', 'Penanggung jawab struktural']) assert.ok(said.includes(word), `${word} is not in: ${said}`)
  })
})

describe('how long a request is kept', () => {
  const rules = { retention: { years: 5, services: { 'ict-audit': 10, csirt: 'permanent' } } } as const

  for (const [service, year, until] of [
    ['hosting', 2026, 2031],
    ['ict-audit', 2026, 2036],
    ['csirt', 2026, null],
  ] as const)
    it(`${service}, closed in ${year}: ${until === null ? 'for ever' : `to the end of ${until}`}`, () => {
      const is = keptUntil(rules, service, { year, month: 1, day: 1 })
      assert.deepEqual(is, until === null ? null : { year: until, month: 12, day: 31 })
    })

  it('is never shorter for what was closed later', () => {
    const day = fc.record({
      year: fc.integer({ min: 2000, max: 2100 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
    })
    fc.assert(
      fc.property(day, day, (one, other) => {
        const [first, second] = one.year <= other.year ? [one, other] : [other, one]
        assert.ok((keptUntil(rules, 'hosting', first)?.year ?? 0) <= (keptUntil(rules, 'hosting', second)?.year ?? 0))
      }),
    )
  })
})
