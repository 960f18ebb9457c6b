// Number and date of the letter a request came with, on their way to the agenda book: typed at the counter, filled into a form, read in a mail, corrected.
import assert from 'node:assert/strict'
import { letterDate, letterNumberIn } from '../../../daemon/domain/letter-mark.ts'
import type { Viewer } from '../../../daemon/domain/people.ts'
import { tempFolder } from '../../store/support/folder.ts'
import { must } from '../../store/support/must.ts'
import { textOf } from '../../support/procedure.ts'
import { type House, openHouse } from './support/house.ts'

describe('the number of a letter', () => {
  const TABLE: readonly (readonly [string, string])[] = [
    ['Nomor : 555/217/BKPSDMD/2026', '555/217/BKPSDMD/2026'],
    ['Permohonan hosting (No. 005/12-A/DINKES)', '005/12-A/DINKES'],
    ['Bersama ini surat nomor surat: 800.1.11/1024/2026.', '800.1.11/1024/2026'],
    ['Menindaklanjuti tiket nomor T-2026-0412, mohon bantuan', ''],
    ['Nomor telepon: 0717 421000', ''],
    ['nomor urut 3', ''],
    ['Perihal: gangguan jaringan', ''],
    ['', ''],
  ]
  for (const [text, number] of TABLE)
    it(`in “${text}” is “${number}”`, () => {
      assert.equal(letterNumberIn(text), number)
    })
  it('is looked for in no time in a text made to be slow', () => {
    const began = performance.now()
    letterNumberIn('nomor '.repeat(2_000) + 'a/'.repeat(50_000))
    assert.ok(performance.now() - began < 500)
  })
  it('is dated as offices write it', () => {
    assert.deepEqual([letterDate({ date: '2026-11-08' }), letterDate({ date: '' })], ['8 November 2026', ''])
  })
})

describe('the letter of a request in the agenda book', () => {
  let house: House
  let officer: Viewer
  before(async () => {
    house = await openHouse(tempFolder())
    officer = await house.as('petugas')
  })
  after(() => house.close())
  const lines = async (ticket: string) =>
    (await house.desk.agenda({ year: 2026, search: '', page: 1, size: 200 })).items
      .filter(({ ticketNumber }) => ticketNumber === ticket)
      .map(({ direction, letter, dated }) => [direction, letter, dated])
  /** As the press sets it: the rows of the book as text. */
  const printed = async () => textOf(must(await house.desk.agendaPdf(2026)).content, '-raw').replaceAll(/\s+/g, ' ')

  it('is typed at the counter, stands there, is found, and is put right by the officer who looks at it again', async () => {
    const letter = { number: '555/217/BKPSDMD/2026', date: '2026-11-18' }
    const { number: draft } = must(
      await house.desk.open(
        { service: 'complaint', kind: 'complaint', channel: 'letter', requester: { person: await house.person('pemohon') }, letter },
        officer,
      ),
    )
    const { answers } = must(await house.desk.view(draft, officer))
    must(await house.desk.save(draft, { answers: { ...answers, happened: 'Situs tidak dapat dibuka sejak pagi.' } }, officer))
    assert.deepEqual(must(await house.desk.view(draft, officer)).letter, letter, 'saving the answers leaves it')
    const { number } = must(await house.desk.submit(draft, officer))
    assert.deepEqual(await lines(number), [['in', letter.number, letter.date]])
    assert.match(await printed(), /555\/217\/BKPSDMD\/2026 18 November 2026/)
    const found = await house.desk.agenda({ year: 2026, search: '217/BKPSDMD', page: 1, size: 10 })
    assert.equal(found.total, 1)
    const { answers: filed } = must(await house.desk.view(number, officer))
    await house.do(number, 'petugas', { kind: 'officerFields', answers: filed, letter: { ...letter, number: '555/271/BKPSDMD/2026' } })
    assert.deepEqual(await lines(number), [['in', '555/271/BKPSDMD/2026', '2026-11-18']])
    const [entry] = await house.records.audit.page({ size: 1, action: 'ticket.officerFields' })
    assert.equal(entry?.subject, number)
  })

  it('is what the form’s own letter says, where the form makes one', async () => {
    const number = await house.filed('data-management')
    assert.deepEqual(await lines(number), [['in', '555/217/2026', must(await house.desk.view(number, officer)).answers['letterDate']]])
  })

  it('is what the requester adds in answer to a return', async () => {
    const number = await house.filed('hosting')
    assert.deepEqual(await lines(number), [['in', '', '']])
    await house.do(number, 'petugas', { kind: 'return', reason: 'Suratnya belum ada.' })
    const requester = await house.as('pemohon')
    const { answers } = must(await house.desk.view(number, requester))
    must(await house.desk.save(number, { answers, letter: { number: '005/9/2026', date: '2026-11-19' } }, requester))
    must(await house.desk.submit(number, requester))
    assert.deepEqual(await lines(number), [['in', '005/9/2026', '2026-11-19']])
  })

  it('is read in a mail, dated by it, and kept by who takes it up', async () => {
    const { ticket } = must(
      await house.desk.deliver({
        channel: 'email',
        source: 'imap',
        externalId: 'sha-1',
        from: { address: 'dimas@demo.example', name: 'Dimas', person: null },
        subject: 'Permohonan subdomain',
        text: 'Sesuai surat kami Nomor: 800/41/DINKES/2026, mohon dibuatkan subdomain.',
        receivedAt: house.clock.now,
        messageId: null,
        thread: { ticketNumber: null, proof: null },
        attachments: [],
        leftOut: [],
        verified: true,
        raw: { name: 'pesan.eml', content: Buffer.from('From: dimas@demo.example\r\n\r\nMohon.') },
      }),
    )
    const taken = must(
      await house.desk.open({ service: 'complaint', kind: 'request', from: ticket, requester: { person: await house.person('pemohon') } }, officer),
    )
    assert.deepEqual(must(await house.desk.view(taken.number, officer)).letter, { number: '800/41/DINKES/2026', date: '2026-11-20' })
  })
})
