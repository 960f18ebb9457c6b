// Minutes as data: names filled in, parties in their order, nothing left open by mistake.
import assert from 'node:assert/strict'
import type { Block, Paper } from '../../daemon/domain/paper.ts'
import { marked } from '../../daemon/domain/paper.ts'
import { insteadOf, positionHeld } from '../../daemon/paper/frame.ts'
import { plain } from '../../daemon/paper/lines.ts'
import { first, frame, minutes, minutesOf, second, values } from './support/samples.ts'

const made = (outcome: ReturnType<typeof minutesOf>): Paper => {
  assert.ok(outcome.ok, outcome.ok ? '' : outcome.failure.message)
  return outcome.value
}
const texts = ({ blocks }: Paper): string[] => blocks.flatMap((block: Block) => (block.kind === 'paragraph' ? [plain(block.content)] : []))

describe('minutes', () => {
  it('open with the day in words and end with both signatures, the first party first', () => {
    const paper = made(minutesOf())
    assert.equal(
      texts(paper)[0],
      'Pada hari ini Jumat tanggal dua puluh bulan November tahun dua ribu dua puluh enam (20-11-2026) kami yang bertanda tangan dibawah ini :',
    )
    const signatures = paper.blocks.findLast(block => block.kind === 'signatures')
    assert.deepEqual(
      signatures?.parties.map(({ title, name }) => [title, name]),
      [
        [['PIHAK PERTAMA,'], 'Sri Wahyuni, S.Kom., M.T.'],
        [['PIHAK KEDUA,'], 'Drs. Ahmad Fauzi'],
      ],
    )
  })

  it('are refused when a clause names what nobody knows', () => {
    const outcome = minutesOf({}, { values: { ticket: 'T-2026-0001' } })
    assert.ok(!outcome.ok)
    assert.equal(outcome.failure.kind, 'invalid')
    assert.match(outcome.failure.message, /\{products\}/)
  })

  it('print what somebody typed as it is, stars, braces and all', () => {
    const paper = made(minutesOf({}, { values: { ...values, products: '*a* {date} **b**' } }))
    assert.ok(texts(paper).some(text => text.includes('*a* {date} **b**, telah diimplementasi')))
  })

  it('are refused on a day that is none, and with a party too few', () => {
    assert.ok(!minutesOf({ date: { year: 2026, month: 2, day: 30 } }).ok)
    assert.ok(!minutesOf({}, { parties: [first] }).ok)
  })

  it('may have five parties, as a data check must', () => {
    const who = ['pembina-data', 'walidata-pendukung', 'agen-data', 'pengolah-statistik', 'pengolah-geospasial']
    const parties = who.map((chair, i) => ({ title: { id: `PIHAK KE-${i + 1}`, en: `PARTY ${i + 1}` }, who: chair }))
    const paper = made(
      minutesOf({}, { minutes: { ...minutes, parties }, parties: [first, second, first, second, { ...first, name: null, nip: null }] }),
    )
    const signatures = paper.blocks.findLast(block => block.kind === 'signatures')
    assert.equal(signatures?.parties.length, 5)
    assert.equal(signatures?.parties[4]?.name, null)
  })

  it('speak English when asked, with the day in figures', () => {
    assert.equal(texts(made(minutesOf({ language: 'en' })))[0], 'On this Friday, the 20th of November 2026 (20-11-2026), we the undersigned:')
  })

  it('say where a hand would have signed that it was done otherwise, and when', () => {
    assert.equal(insteadOf('approval', frame.at, frame), 'Disetujui secara elektronik\nJumat, 20 November 2026 10.04 WIB')
    assert.equal(insteadOf('scan', frame.at, frame), null)
  })

  it('are signed by a stand-in as one', () => {
    assert.equal(positionHeld('Kepala Dinas', 'plh'), 'Plh. Kepala Dinas')
    assert.equal(positionHeld('Kepala Dinas', 'definitive'), 'Kepala Dinas')
  })
})

describe('marks in the catalogue’s texts', () => {
  it('are bold and italic; a lone star stays', () => {
    assert.deepEqual(marked('melalui *Service Desk*, **PIHAK**'), [
      { text: 'melalui ' },
      { text: 'Service Desk', italic: true },
      { text: ', ' },
      { text: 'PIHAK', bold: true },
    ])
    for (const literal of ['*Diisi oleh petugas', 'Nama Aplikasi *)', '5 * 3 * 2', '*) a *) b', '']) assert.equal(plain(marked(literal)), literal)
    assert.deepEqual(marked('*Diisi oleh petugas'), [{ text: '*Diisi oleh petugas' }])
  })
})
