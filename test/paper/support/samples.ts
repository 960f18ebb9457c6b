// One paper of every kind, as the desk of a province would make it.
import type { Outcome } from '../../../daemon/domain/outcome.ts'
import type { Letterhead, Paper, PaperKind } from '../../../daemon/domain/paper.ts'
import type { Minutes } from '../../../daemon/domain/service.ts'
import type { Frame, Signatory } from '../../../daemon/paper/frame.ts'
import { agendaPaper } from '../../../daemon/paper/kinds/agenda.ts'
import { agreementPaper } from '../../../daemon/paper/kinds/agreement.ts'
import { approvalPaper } from '../../../daemon/paper/kinds/approval.ts'
import { archivePaper } from '../../../daemon/paper/kinds/archive.ts'
import { dispositionPaper } from '../../../daemon/paper/kinds/disposition.ts'
import { letterPaper } from '../../../daemon/paper/kinds/letter.ts'
import { minutesPaper } from '../../../daemon/paper/kinds/minutes.ts'
import { notesPaper } from '../../../daemon/paper/kinds/notes.ts'
import { reportPaper } from '../../../daemon/paper/kinds/report.ts'
import { bind } from '../../../daemon/paper/signing.ts'
import { verificationOf } from '../../../daemon/paper/verify.ts'

const AT = Date.UTC(2026, 10, 20, 3, 4, 5)
export const CODE = '3V9T6QH2M8K4R7B5X1C0ZPWDNF'

export const letterhead: Letterhead = {
  above: 'PEMERINTAH PROVINSI KEPULAUAN BANGKA BELITUNG',
  name: 'DINAS KOMUNIKASI DAN INFORMATIKA',
  address: [
    'Jalan Pulau Lepar Komplek Perkantoran dan Pemukiman Terpadu Pemerintah Provinsi Kepulauan Bangka Belitung, Air Itam, Pangkalpinang 33149',
    'Telepon 0717 – 426 2141, Faksimile 0717 – 426 2143, kominfo.babelprov.go.id',
  ],
  logo: null,
}

export const frame: Frame = {
  letterhead,
  author: 'Dinas Komunikasi dan Informatika',
  place: 'Pangkalpinang',
  language: 'id',
  zone: 'Asia/Jakarta',
  date: { year: 2026, month: 11, day: 20 },
  at: AT,
  number: '001/BA-LIA/SC-05/DISKOMINFO/2026',
  verification: verificationOf('https://layanan.example.go.id/', CODE),
}

export const first: Signatory = {
  name: 'Sri Wahyuni, S.Kom., M.T.',
  nip: '197805122005012003',
  position: 'Kepala Bidang e-Government dan Statistik',
  unit: 'Dinas Komunikasi dan Informatika',
  rank: 'Pembina',
  instead: null,
  stamp: true,
}
export const second: Signatory = {
  name: 'Drs. Ahmad Fauzi',
  nip: '197001011995031001',
  position: 'Kepala Bidang Mutasi',
  unit: 'Badan Kepegawaian dan Pengembangan Sumber Daya Manusia Daerah',
  rank: 'Pembina Tingkat I',
  instead: null,
  stamp: true,
}

/** The minutes of SC-05, word for word. */
export const minutes: Minutes = {
  title: { id: 'Berita Acara Penggunaan Sistem Penghubung Layanan Pemerintah Daerah', en: 'Minutes on the use of the service bus' },
  number: '{no}/BA-LIA/SC-05/DISKOMINFO/{year}',
  code: 'LIA',
  parties: [
    { title: { id: 'PIHAK PERTAMA', en: 'FIRST PARTY' }, who: 'kabid' },
    { title: { id: 'PIHAK KEDUA', en: 'SECOND PARTY' }, who: 'requester' },
  ],
  opening: {
    id: 'Pada hari ini {weekday} tanggal {day} bulan {month} tahun {year} ({date}) kami yang bertanda tangan dibawah ini :',
    en: 'On this {weekday}, the {day} of {month} {year} ({date}), we the undersigned:',
  },
  clauses: [
    {
      id: 'PIHAK PERTAMA telah menyelesaikan Integrasi Sistem sesuai permintaan, dengan *Government Service Bus (GSB)* atau *Application Programming Interface (API)* {products}, telah diimplementasi dengan baik oleh PIHAK KEDUA.',
      en: 'The FIRST PARTY has completed the integration with {products}.',
    },
    {
      id: 'Untuk selanjutnya dalam hal operasional, PIHAK PERTAMA bertanggung jawab atas ketersediaan *network* dan fasilitas pendukung server. Sedangkan untuk evaluasi dan pemeliharaan serta backup aplikasi/data sepenuhnya menjadi tanggung jawab PIHAK KEDUA.',
      en: 'The FIRST PARTY answers for the *network*.',
    },
    {
      id: 'Jika dikemudian hari akan dilakukan penambahan/perubahan oleh PIHAK KEDUA, PIHAK KEDUA mengajukan permintaan RFC (*request for change*) melalui *Service Desk* Dinas Komunikasi dan Informatika Provinsi Kepulauan Bangka Belitung.',
      en: 'Changes are asked for by an RFC.',
    },
    { id: 'PIHAK KEDUA menandatangani Berita Acara dan mengirimkan kembali kepada PIHAK PERTAMA.', en: 'The SECOND PARTY sends them back.' },
  ],
  closing: { id: 'Demikian Berita Acara ini dibuat untuk dapat digunakan semestinya.', en: 'These minutes are made to be used.' },
}

export const values = { ticket: 'T-2026-0412', products: 'data kepegawaian SIMPEG' }

const must = (made: Outcome<Paper>): Paper => {
  if (!made.ok) throw new Error(made.failure.message)
  return made.value
}

const HOUR = 3_600_000
const hash = (digit: string) => digit.repeat(64)
const requester = { name: 'Drs. Ahmad Fauzi', position: 'Kepala Bidang Mutasi', organisation: 'BKPSDMD' }
const officer: Signatory = {
  ...first,
  name: 'Rudi Hartono, A.Md.',
  nip: '198803032010011004',
  position: 'Petugas Service Desk',
  rank: 'Pengatur',
  stamp: false,
}
const sentence =
  'Kebutuhan pertukaran data kepegawaian antara SIMPEG dan layanan presensi telah dianalisis bersama pengelola aplikasi; antarmuka diuji dengan data contoh dan hasilnya sesuai. '

/** A report with so many entries in its timeline. */
export const report = (entries: number): Paper =>
  reportPaper(
    { ...frame, number: '412/LAP/DISKOMINFO/2026' },
    {
      ticket: 'T-2026-0412',
      service: 'Penggunaan Sistem Penghubung Layanan Pemerintah Daerah',
      products: ['Implementasi integrasi sistem'],
      requester,
      application: null,
      channel: 'Portal',
      filed: AT - 90 * HOUR,
      received: AT - 80 * HOUR,
      asked: [
        { label: 'Nama aplikasi', value: 'SIMPEG' },
        { label: 'Mekanisme integrasi', value: 'Application Programming Interface (API)' },
        { label: 'Tujuan', value: sentence },
      ],
      timeline: Array.from({ length: entries }, (_, i) => ({ at: AT - (entries - i) * HOUR, by: 'Rudi Hartono, A.Md.', text: sentence })),
      result: `${sentence}${sentence}\n\n${sentence}`,
      recommendation: 'Dokumentasi antarmuka diperbarui setiap kali ada perubahan, agar tidak terjadi kesalahan dikemudian hari.',
      clock: [
        { step: 'Disposisi Kepala Dinas', owner: 'Kadis Kominfo', standard: '30 menit', used: '22 menit', verdict: 'Tepat waktu' },
        { step: 'Tindak lanjut', owner: 'Petugas Service Desk', standard: '5–15 hari kerja', used: '6 hari kerja', verdict: 'Tepat waktu' },
      ],
      verdict: 'Selesai dalam 6 hari kerja dari batas 15 hari kerja.',
      attachments: [{ name: 'uji-antarmuka.pdf', sha256: hash('a') }],
      signer: officer,
    },
  )

export const minutesOf = (given: Partial<Frame> = {}, more: Partial<Parameters<typeof minutesPaper>[1]> = {}) =>
  minutesPaper({ ...frame, ...given }, { minutes, parties: [first, second], values, ...more })

/** Every kind the room makes. */
export function samples(): Map<PaperKind, Paper> {
  const record = bind(hash('1'), [], {
    party: 0,
    person: 1,
    name: first.name ?? '',
    position: first.position,
    at: AT,
    method: 'approval',
    sha256: hash('1'),
  })
  const next = bind(hash('1'), [record], {
    party: 1,
    person: 2,
    name: second.name ?? '',
    position: second.position,
    at: AT + HOUR,
    method: 'seal',
    sha256: hash('2'),
  })
  const papers: Paper[] = [
    must(minutesOf()),
    letterPaper(
      { ...frame, number: '800/1234/BKPSDMD/2026' },
      {
        subject: 'Permohonan Rekomendasi Rancangan Penyelenggaraan Statistik Sektoral',
        enclosures: '1 (satu) berkas',
        to: ['Kepala Dinas Komunikasi dan Informatika', 'Provinsi Kepulauan Bangka Belitung', 'di – Pangkalpinang'],
        text: `Dalam rangka penyelenggaraan statistik sektoral, bersama ini kami sampaikan rancangan penyelenggaraan survei. ${sentence}\n\nDemikian permohonan ini kami sampaikan, atas perhatian dan kerja samanya kami ucapkan terima kasih.`,
        signer: second,
        copies: ['Gubernur Kepulauan Bangka Belitung', 'Kepala BPS Provinsi Kepulauan Bangka Belitung'],
      },
    ),
    dispositionPaper(
      { ...frame, number: null },
      {
        ticket: 'T-2026-0412',
        service: 'Penggunaan Sistem Penghubung Layanan Pemerintah Daerah',
        from: requester,
        channel: 'Surat',
        letter: { number: '800/1234/BKPSDMD/2026', date: '18 November 2026' },
        received: AT,
        agenda: '0412',
        priority: 'Tinggi',
        subject: 'Integrasi SIMPEG dengan layanan presensi',
        orders: [
          {
            from: { name: 'Dr. Drs. Sudarman, MMSI', position: 'Kepala Dinas' },
            to: { name: first.name ?? '', position: first.position },
            note: 'Agar ditindaklanjuti sesuai ketentuan.',
            at: AT,
          },
          {
            from: { name: first.name ?? '', position: first.position },
            to: { name: 'Budi Santoso, S.T.', position: 'Pranata Komputer' },
            note: sentence,
            at: AT + HOUR,
          },
        ],
      },
    ),
    notesPaper(
      { ...frame, number: null },
      {
        ticket: 'T-2026-0412',
        service: 'Penggunaan SPLP',
        requester: requester.name,
        organisation: requester.organisation,
        notes: [{ at: AT, by: 'Rudi Hartono, A.Md.', text: sentence }],
        signer: officer,
      },
    ),
    report(9),
    agendaPaper(
      { ...frame, number: null },
      {
        year: 2026,
        incoming: Array.from({ length: 40 }, (_, i) => ({
          no: i + 1,
          at: AT,
          number: `800/${i}/BKPSDMD/2026`,
          date: '18-11-2026',
          other: 'BKPSDMD',
          subject: 'Integrasi SIMPEG dengan layanan presensi',
          remark: `T-2026-${400 + i}`,
        })),
        outgoing: [],
        keeper: officer,
      },
    ),
    archivePaper(
      { ...frame, number: null },
      {
        ticket: 'T-2026-0412',
        service: 'Penggunaan SPLP',
        requester: requester.name,
        organisation: requester.organisation,
        application: {
          name: 'SIMPEG',
          structural: { name: requester.name, position: requester.position },
          technical: { name: 'Bagas Pranoto, S.Kom.', position: '' },
        },
        filed: AT - 90 * HOUR,
        closed: AT,
        agenda: '0412/2026',
        documents: [{ title: 'Berita Acara', number: frame.number, date: '20-11-2026', pages: 1, sha256: hash('b') }],
        keptUntil: { year: 2031, month: 12, day: 31 },
        signer: officer,
      },
    ),
    must(
      agreementPaper(
        { ...frame, number: '003/BA-LIA/SC-05/DISKOMINFO/2026' },
        {
          ticket: 'T-2026-0412',
          service: 'Penggunaan SPLP',
          promised: 'Jumat, 20 November 2026 16.00 WIB',
          agreed: 'Jumat, 27 November 2026 16.00 WIB',
          reason: 'Gangguan server akibat petir.',
          minutes: null,
          parties: [
            { title: 'PIHAK PERTAMA', signatory: first },
            { title: 'PIHAK KEDUA', signatory: second },
          ],
        },
      ),
    ),
    approvalPaper(
      { ...frame, number: null },
      { document: { title: 'Berita Acara', number: frame.number, sha256: hash('1'), pages: 1 }, records: [record, next] },
    ),
  ]
  return new Map(papers.map(paper => [paper.kind, paper]))
}
