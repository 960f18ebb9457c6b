// The catalogue on paper: what a filled form shows, what an empty one leaves to write, and that every service can be set.
import assert from 'node:assert/strict'
import { type ReadCatalogue, readCatalogue } from '../../../daemon/desk/catalogue-read.ts'
import { EMPTY_HEADER, formOf } from '../../../daemon/desk/papers/form.ts'
import type { Making } from '../../../daemon/desk/papers/frame.ts'
import { letterOf } from '../../../daemon/desk/papers/letter.ts'
import { outline } from '../../../daemon/desk/papers/outline.ts'
import { procedureOf } from '../../../daemon/desk/papers/procedure.ts'
import { sheetOf } from '../../../daemon/desk/papers/sheet.ts'
import { standardOf } from '../../../daemon/desk/papers/standard.ts'
import type { Answers } from '../../../daemon/domain/form.ts'
import type { Paper, Party } from '../../../daemon/domain/paper.ts'
import type { Service } from '../../../daemon/domain/service.ts'
import { SILENT } from '../../../daemon/log.ts'
import { openPaper } from '../../../daemon/paper/open.ts'

/** All texts and boxes of a paper, in their order. */
function read(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(read).join(' ')
  if (value === null || typeof value !== 'object') return ''
  if ('check' in value) return value.check === true ? '☑' : '☐'
  return Object.entries(value)
    .filter(([key]) => key !== 'kind' && key !== 'align' && key !== 'marker')
    .map(([, member]) => read(member))
    .join(' ')
}
const textOf = ({ blocks }: Paper): string => read(blocks).replaceAll(/\s+/g, ' ')
const partiesOf = ({ blocks }: Paper): readonly Party[] => blocks.flatMap(block => (block.kind === 'signatures' ? block.parties : []))

describe('the catalogue on paper', () => {
  let catalogue: ReadCatalogue
  let making: Making
  const service = (key: string): Service => catalogue.services.find(one => one.key === key) ?? assert.fail(key)

  before(async () => {
    catalogue = await readCatalogue()
    making = { agency: catalogue.agency ?? assert.fail('no agency'), language: 'id', at: Date.UTC(2026, 10, 20, 7) }
  })

  const answers: Answers = {
    name: 'Drs. Fajar Nugroho',
    nip: '196409151990021002',
    mobile: '0812-7777-1234',
    application: 'SIMPEG',
    platform: ['linux'],
    language: ['php', 'COBOL'],
    applicationIp: ['10.12.30.41', '10.12.30.42'],
    sourcePresent: true,
    installPresent: false,
    usersPerDay: 5000,
    transactionMinutes: 2.5,
    documents: [7],
    signer: { name: 'Drs. Fajar Nugroho', nip: '196409151990021002', position: 'Sekretaris', echelon: 'III' },
    handedBy: { name: 'Budi', nip: '199001012015032001' },
  }
  const header = {
    ticket: 'T-2026-0412',
    date: '20 November 2026',
    officer: { name: 'Dewi Saputri', nip: '199203042019032005' },
    products: ['vulnerability', 'stress'],
    files: new Map([[7, 'manual.pdf']]),
  }

  it('shows a filled form with its boxes ticked, figures with units, and files by name', () => {
    const text = textOf(formOf(service('feasibility-test'), answers, header, making))
    for (const part of [
      'Formulir Layanan Vulnerability Assesment pada Uji Kelayakan Aplikasi',
      'Nama Drs. Fajar Nugroho',
      'NIP 19640915 199002 1 002',
      'Nomor telepon HP : 0812-7777-1234 Internal : ....',
      'Platform ☐ Windows ☑ Linux ☐ Unix',
      'Bahasa Program ☑ PHP ☐ JavaScript ☐ Java ☑ COBOL',
      'IP Aplikasi 10.12.30.41 10.12.30.42',
      '1. Source Code / Database* ☑ Ada ☐ Tidak ada',
      '2. Dokumen Manual Instalasi* ☐ Ada ☑ Tidak ada',
      '4. Dokumen UAT (User Acceptance Test)* ☐ Ada ☐ Tidak ada',
      '1. Estimasi maksimum jumlah pengguna per hari 5.000 pengguna',
      '3. Estimasi lama user melakukan transaksi pada aplikasi 2,5 menit',
      'Dokumen pengujian manual.pdf',
      '*) Satu formulir berlaku untuk satu aplikasi',
      '*Diisi oleh petugas Tiket ID T-2026-0412 Tanggal 20 November 2026 Petugas Dewi Saputri',
    ])
      assert.ok(text.includes(part), `"${part}" is not in\n${text}`)
  })

  it('is signed by three, with a wet stamp where the document asks for one', () => {
    const [hander, officer, applicant] = partiesOf(formOf(service('feasibility-test'), answers, header, making))
    assert.deepEqual([hander?.title, hander?.name, hander?.nip], [['Yang menyerahkan,'], 'Budi', '199001012015032001'])
    assert.deepEqual([officer?.place, officer?.title, officer?.name], ['Pangkalpinang, 20 November 2026', ['Petugas,'], 'Dewi Saputri'])
    assert.deepEqual(
      [applicant?.title, applicant?.note, applicant?.stamp, applicant?.name],
      [['Pemohon,', 'Sekretaris'], '(minimal eselon III dan dicap basah)', true, 'Drs. Fajar Nugroho'],
    )
    assert.equal(partiesOf(formOf(service('colocation'), answers, header, making))[2]?.stamp, false)
  })

  it('leaves out what does not belong to the products, and everything of an empty form to be written', () => {
    const stress = textOf(formOf(service('feasibility-test'), answers, { ...header, products: ['stress'] }, making))
    assert.ok(stress.includes('UJI BEBAN') && !stress.includes('UJI KERENTANAN'))
    const empty = formOf(service('feasibility-test'), null, EMPTY_HEADER, making)
    assert.match(textOf(empty), /UJI KERENTANAN.*UJI BEBAN/)
    assert.doesNotMatch(textOf(empty), /☑/)
    assert.deepEqual(
      partiesOf(empty).map(({ name }) => name),
      [null, null, null],
    )
  })

  it('prints what a stranger typed as it was typed', () => {
    const typed = '**tebal** *miring* {ticket} <b>'
    assert.ok(textOf(formOf(service('splp'), { ...answers, needs: typed }, header, making)).includes(typed))
  })

  it('fills in the letter of SC-06, with lines where nothing was answered', () => {
    const letter = letterOf(
      service('data-management'),
      {
        letterPlace: 'Pangkalpinang',
        letterDate: '2026-11-20',
        conductor: 'Dinas Kesehatan',
        surveyTitle: 'Survei Gizi',
        letterCopies: 'Gubernur\nBPS',
      },
      ['checking'],
      making,
    )
    assert.ok(letter)
    assert.equal(letter.letterhead, null)
    const text = textOf(letter)
    for (const part of [
      'Pangkalpinang, 20 November 2026',
      'Nomor ....',
      'Lampiran 1 (satu) berkas',
      'bahwa Dinas Kesehatan akan menyelenggarakan survei statistik sektoral yang berjudul Survei Gizi.',
      'Tembusan : Gubernur BPS',
    ])
      assert.ok(text.includes(part), `"${part}" is not in\n${text}`)
    assert.equal(letterOf(service('data-management'), {}, ['dissemination'], making), null)
    assert.equal(letterOf(service('splp'), {}, [], making), null)
  })

  it('makes lists of numbered lines, and lists within them', () => {
    const [intro, list] = outline('Tahapan :\n1. Satu\n2. Dua :\n  a. Pertama\n  b. Kedua\n3. Tiga')
    assert.equal(intro?.kind, 'paragraph')
    assert.ok(list?.kind === 'list' && list.marker === 'decimal' && list.items.length === 3)
    const inner = (list.items[1] as readonly { kind: string; marker?: string; items?: unknown[] }[])[1]
    assert.deepEqual([inner?.kind, inner?.marker, inner?.items?.length], ['list', 'letter', 2])
  })

  it('can be set, all of it, and in both languages', async () => {
    const room = openPaper({ log: SILENT })
    try {
      for (const one of catalogue.services)
        for (const language of one.key === 'splp' ? (['id', 'en'] as const) : (['id'] as const)) {
          const how = { ...making, language }
          const papers = [
            sheetOf(one, how),
            procedureOf(one, how),
            standardOf(one, null, how),
            formOf(one, null, EMPTY_HEADER, how),
            letterOf(
              one,
              {},
              one.products.map(({ key }) => key),
              how,
            ),
          ]
          for (const paper of papers) {
            if (paper === null) continue
            const printed = await room.render(paper)
            assert.ok(printed.ok, `${one.key} ${paper.title}: ${printed.ok ? '' : printed.failure.message}`)
            assert.ok(printed.value.pages >= 1 && printed.value.pages <= 8, `${one.key} ${paper.title}: ${printed.value.pages} pages`)
          }
        }
    } finally {
      await room.close()
    }
  }).timeout(60_000)
})
