// The shipped catalogue: every service there must be, with its times, forms, steps and minutes.
import assert from 'node:assert/strict'
import { type ReadCatalogue, readCatalogue } from '../../../daemon/desk/catalogue-read.ts'
import { rowsOf } from '../../../daemon/desk/papers/procedure.ts'
import type { Field, LeafField } from '../../../daemon/domain/form.ts'
import { check } from '../../../daemon/domain/form-check.ts'
import type { Service } from '../../../daemon/domain/service.ts'
import type { Standard } from '../../../daemon/domain/standard.ts'

let catalogue: ReadCatalogue
const service = (key: string): Service => {
  const found = catalogue.services.find(one => one.key === key)
  assert.ok(found, `there is no ${key}`)
  return found
}
const leavesOf = (fields: readonly Field[]): LeafField[] => fields.flatMap(field => (field.type === 'group' ? field.fields : field))
const labelsOf = ({ form }: Service): Set<string> => {
  const fields = form.sections.flatMap(section => section.fields)
  const leaves = leavesOf(fields)
  return new Set([
    ...form.sections.map(({ title }) => title.id),
    ...fields.map(({ label }) => label.id),
    ...leaves.flatMap(({ label, row }) => [label.id, row?.id ?? label.id]),
  ])
}
const saySpan = ({ min, max, unit }: Standard): string => `${min}-${max} ${unit}`

before(async () => {
  catalogue = await readCatalogue()
})

describe('the shipped catalogue', () => {
  it('is in order', () => {
    assert.deepEqual(catalogue.mistakes, [])
    assert.deepEqual(catalogue.broken, [])
  })

  it('has SV1 to SV18 and the complaint', () => {
    const references = new Set(
      catalogue.services.flatMap(({ reference, products }) => [reference, ...products.map(product => product.reference ?? '')]),
    )
    for (let no = 1; no <= 18; no++) assert.ok(references.has(`SV${no}`), `nothing is SV${no}`)
    assert.equal(service('complaint').reference, 'SL11')
  })

  it('promises the times of the documents', () => {
    const times = Object.fromEntries(
      catalogue.services.flatMap(({ products }) =>
        products.filter(({ reference }) => reference !== undefined).map(({ key, standard }) => [key, saySpan(standard)]),
      ),
    )
    const expected = {
      colocation: '5-5 workday',
      access: '1-5 workday',
      hosting: '1-2 workday',
      domain: '1-2 workday',
      licence: '1-5 workday',
      vulnerability: '1-5 workday',
      stress: '1-5 workday',
      operations: '1-5 workday',
      'system-needs': '1-5 workday',
      feasibility: '3-5 workday',
      integration: '5-15 workday',
      planning: '1-3 month',
      collection: '3-6 month',
      checking: '1-3 month',
      dissemination: '1-6 week',
    }
    for (const [key, time] of Object.entries(expected)) assert.equal(times[key], time, key)
  })

  it('has the seven rows of the SOP with owner and time', () => {
    const rows = (key: string) => rowsOf(service(key), 'id').map(({ no, owner, quality }) => [no, owner, ...quality.map(({ time }) => time)])
    assert.deepEqual(rows('splp'), [
      [1, 'requester', '3 jam'],
      [2, 'kadis', '30 menit'],
      [3, 'kabid', '15 menit'],
      [4, 'prakom', '15 menit'],
      [5, 'petugas', '3–5 hari kerja', '5–15 hari kerja'],
      [6, 'petugas', '1 jam'],
      [7, 'petugas', '15 menit'],
    ])
    assert.deepEqual(rows('data-management').slice(0, 4), [
      [1, 'requester', '1 hari'],
      [2, 'kadis', '30 menit'],
      [3, 'kabid', '15 menit'],
      [4, 'statistisi', '15 menit'],
    ])
  })

  it('takes four working hours of the desk before the work begins, and none of the applicant', () => {
    for (const key of ['splp', 'colocation', 'dc-access', 'hosting', 'domain', 'licence', 'feasibility-test', 'dc-operations', 'system-needs']) {
      const { steps } = service(key)
      const before = steps.slice(
        0,
        steps.findIndex(({ kind }) => kind === 'work'),
      )
      const minutes = before.reduce((sum, { standard }) => sum + (standard === null ? 0 : standard.max * (standard.unit === 'hour' ? 60 : 1)), 0)
      assert.equal(minutes, 240, key)
      assert.equal(before[0]?.standard, null)
      assert.deepEqual(
        steps.map(({ kind }) => kind),
        ['submit', 'verify', 'dispose', 'dispose', 'order', 'work', 'report', 'minutes', 'archive'],
        key,
      )
    }
  })

  it('numbers minutes without gaps to fill but number and year', () => {
    assert.equal(service('splp').minutes?.number, '{no}/BA-LIA/SC-05/DISKOMINFO/{year}')
    const numbers = catalogue.services.flatMap(({ minutes }) => minutes?.number ?? [])
    assert.equal(new Set(numbers).size, numbers.length, 'two services share a pattern')
    for (const number of numbers) assert.match(number, /^\{no\}\/BA-[A-Z]{3}\/SC-[A-Z0-9]{2}\/DISKOMINFO\/\{year\}$/)
  })

  it('has a data check signed by at least the five of the decree', () => {
    const parties = service('data-management').minutes?.parties.map(({ who }) => who) ?? []
    for (const who of ['pembina-data', 'walidata-pendukung', 'agen-data', 'pengolah-statistik', 'pengolah-geospasial'])
      assert.ok(parties.includes(who), who)
  })

  it('runs the clock of SPLP in the analysis and the implementation only', () => {
    const house = service('splp').phases.filter(({ side }) => side === 'house')
    assert.deepEqual(
      house.map(({ product }) => product),
      ['feasibility', 'integration'],
    )
  })

  it('leaves no word of the agency unfilled', () => {
    assert.doesNotMatch(JSON.stringify(catalogue.services), /\{agency/)
  })

  it('can be answered: an empty form lacks something, and a draft of nothing is no mistake', () => {
    for (const { key, form } of catalogue.services) {
      assert.ok(check(form, {}, 'requester').mistakes.length > 0, key)
      assert.deepEqual(check(form, {}, 'officer', { partial: true }), { mistakes: [], answers: {} }, key)
    }
  })
})

describe('the labels of the forms', () => {
  const APPLICANT = ['Nama', 'NIP', 'Jabatan', 'Unit kerja', 'Alamat kantor', 'Nomor telepon', 'HP', 'Internal', 'Alamat surat elektronik']
  const LABELS: Readonly<Record<string, readonly string[]>> = {
    splp: ['3. Government Service Bus (GSB) atau Application Programming Interface (API) atau mekanisme integrasi lainnya'],
    'feasibility-test': [
      'UJI KERENTANAN / VULNERABILITY TEST',
      '1. Source Code / Database*',
      '2. Dokumen Manual Instalasi*',
      '3. Dokumen Manual Penggunaan Aplikasi (User Manual)*',
      '4. Dokumen UAT (User Acceptance Test)*',
      'UJI BEBAN (STRESS TEST)',
      '1. Estimasi maksimum jumlah pengguna per hari',
      '2. Jumlah jam efektif pengaksesan aplikasi per hari',
      '3. Estimasi lama user melakukan transaksi pada aplikasi',
      '4. Dokumen Skenario Pengujian*',
      'Nama Aplikasi *)',
      'IP Aplikasi',
      'IP Database',
      'IP Jaringan',
      'Deskripsi',
      'Platform',
      'Bahasa Program',
      'DBMS',
      'Engine Aplikasi',
      'Penanggung Jawab Struktural',
      'Penanggung Jawab Teknis',
    ],
    colocation: [
      'Jenis perangkat',
      'Merek/Model',
      'Nomor seri',
      'Jumlah',
      'Tinggi (U)',
      'Kedalaman penuh/setengah',
      'Berat (kg)',
      'Daya maksimum (W)',
      'Jumlah catu daya (PSU)',
      'Konektor',
      'Kebutuhan jalur A/B',
      'Port jaringan',
      'Kecepatan',
      'VLAN',
      'Alamat IP',
      'Lokasi (DC/DRC)',
      'Tanggal masuk',
      'Lama penitipan',
      'PJ teknis',
      'Pemilik aset/Nomor inventaris (KIB)',
    ],
    'dc-access': [
      'Lokasi (DC/DRC)',
      'Ruang',
      'Tujuan/pekerjaan',
      'Perangkat/rak yang disentuh',
      'Tanggal & jam masuk',
      'Tanggal & jam keluar',
      'Daftar pengunjung',
      'NIK/No. identitas',
      'Instansi/Perusahaan',
      'HP',
      'Pendamping',
      'Barang dibawa masuk/keluar',
      'Jenis',
      'No. seri',
      'Dokumen pendukung',
      'Surat tugas/SPK',
    ],
    hosting: [
      'Nama aplikasi/situs',
      'Nama domain',
      'Platform/bahasa',
      'Versi',
      'DBMS',
      'Ukuran basis data',
      'Kapasitas (GB)',
      'Akun SFTP (kunci publik)',
      'PJ struktural',
      'PJ teknis',
      'Perlu backup oleh Diskominfo',
      'Frekuensi',
      'Retensi',
      'Hasil uji kelayakan (nomor BA)',
      'Dokumen (Lampiran II)',
    ],
    domain: ['Nama (sub)domain', 'Jenis record', 'Tujuan/IP', 'TTL', 'Alasan', 'Masa berlaku'],
    licence: ['Produk', 'Versi', 'Jumlah', 'Masa berlaku', 'Dipasang pada', 'Alasan'],
    'dc-operations': [
      'Jenis (backup / restore / pemindahan data / pembukaan akses)',
      'Aplikasi/DB/berkas',
      'Titik waktu pulih yang diminta',
      'Tujuan pemulihan (asal / salinan uji)',
      'Persetujuan menimpa data',
      'Penerima data',
    ],
    'system-needs': ['vCPU', 'RAM', 'Disk', 'OS', 'Port & sumber/tujuan', 'Integrasi (SPLP/API)', 'Pengguna/hari'],
  }

  for (const [key, labels] of Object.entries(LABELS))
    it(`are all in ${key}`, () => {
      const found = labelsOf(service(key))
      for (const label of [...APPLICANT, ...labels]) assert.ok(found.has(label), `${key} lacks "${label}"`)
    })

  it('put the applicant first and the signatures last', () => {
    for (const one of catalogue.services) {
      assert.equal(one.form.sections[0]?.key, 'applicant', one.key)
      if (one.form.signer.echelon !== null) assert.equal(one.form.sections.at(-1)?.key, 'signatures', one.key)
    }
  })

  it('mark what the officer fills in, as the footnote of the form has it', () => {
    const fields = leavesOf(service('feasibility-test').form.sections.flatMap(section => section.fields))
    for (const { label, filledBy } of fields) if (/[^ ]\*$/.test(label.id)) assert.equal(filledBy, 'officer', label.id)
    assert.equal(fields.filter(({ filledBy }) => filledBy === 'officer').length, 5)
  })

  it('ask for a wet stamp and one form an application, where the document does', () => {
    const { form } = service('feasibility-test')
    assert.equal(form.signer.wetStamp, true)
    assert.deepEqual(form.unique, ['application'])
  })
})
