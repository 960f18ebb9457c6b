// Every line of the explanation in both languages, as people will read it.
import assert from 'node:assert/strict'
import type { ClockLine } from '../../../daemon/domain/clock.ts'
import { lineText, lineTime } from '../../../daemon/domain/words/clock-words.ts'
import { exactly, HOUR, MINUTE, range, wib } from './support.ts'

const at = wib('2026-11-20 09.00')
const due = wib('2026-11-27 16.00')
const now = wib('2026-11-20 14.05')
const pause = { kind: 'stopped', at, reason: 'requester', note: 'foto belum ada.', cost: 4 * HOUR + 34 * MINUTE, days: 0, open: false } as const

const LINES: readonly (readonly [ClockLine, string, string])[] = [
  [{ kind: 'received', at, received: at }, 'Diajukan dan diterima dalam jam layanan.', 'Handed in and received within service hours.'],
  [
    { kind: 'overload', at, slot: '2026-11-24', start: due },
    'Permintaan hari itu sudah penuh. Jam mulai berjalan Selasa, 24 November 2026, hari kerja berikutnya yang masih ada tempat.',
    'That day was full. The clock starts on Tuesday, 24 November 2026, the next working day with room.',
  ],
  [pause, 'Jeda 4 j 34 mnt, menunggu pemohon: foto belum ada.', 'Stopped for 4 h 34 min, waiting for the requester: foto belum ada.'],
  [
    { ...pause, days: 2, note: '' },
    'Jeda 4 j 34 mnt, menunggu pemohon. 2 hari kerja tidak dihitung.',
    'Stopped for 4 h 34 min, waiting for the requester. 2 working days not counted.',
  ],
  [
    { ...pause, note: '', open: true },
    'Jeda 4 j 34 mnt sampai sekarang, menunggu pemohon.',
    'Stopped for 4 h 34 min so far, waiting for the requester.',
  ],
  [
    { ...pause, note: '', cost: 0 },
    'Jeda, menunggu pemohon. Seluruhnya di luar jam kerja, tidak mengubah batas.',
    'Stopped, waiting for the requester. All of it outside working time, the deadline does not move.',
  ],
  [
    { ...pause, reason: 'phase', note: 'collect' },
    'Jeda 4 j 34 mnt, tahap di pihak lain (Pengumpulan).',
    'Stopped for 4 h 34 min, a phase of the other side (Pengumpulan).',
  ],
  [
    { kind: 'difficulty', at, level: 'medium', standard: range(3, 5, 'workday'), target: 4 },
    'Kesulitan sedang: target 4 hari kerja dari standar 3–5 hari kerja.',
    'Difficulty medium: target 4 working days of the standard 3–5 working days.',
  ],
  [
    { kind: 'noDifficulty', at, standard: range(1, 3, 'month') },
    'Standar 1–3 bulan; kesulitan belum ditetapkan, jadi batas terlama yang berlaku.',
    'Standard 1–3 months; no difficulty set yet, so the longest holds.',
  ],
  [{ kind: 'standard', at, standard: exactly(30, 'minute') }, 'Standar 30 menit.', 'Standard 30 minutes.'],
  [{ kind: 'products', at, products: ['a', 'b'], together: 'chain' }, 'Dikerjakan berurutan: a, b.', 'Done one after the other: a, b.'],
  [{ kind: 'breaks', at, stop: false }, 'Istirahat tidak menghentikan jam.', 'Breaks do not stop the clock.'],
  [{ kind: 'breaks', at, stop: true }, 'Jam berhenti selama istirahat.', 'Breaks stop the clock.'],
  [
    { kind: 'period', at, lands: '2026-12-25', last: '2026-12-28' },
    'Jangka waktu habis Jumat, 25 Desember 2026, batasnya akhir hari kerja Senin, 28 Desember 2026.',
    'The period ends on Friday, 25 December 2026, so it is due at the end of the working day Monday, 28 December 2026.',
  ],
  [
    {
      kind: 'daysOff',
      at,
      days: [
        { date: '2026-12-24', name: 'Cuti bersama Natal' },
        { date: '2026-12-25', name: 'Natal' },
      ],
    }, // prettier-ignore
    'Libur dilewati: 24 Des Cuti bersama Natal; 25 Des Natal.',
    'Holidays skipped: 24 Dec Cuti bersama Natal; 25 Dec Natal.',
  ],
  [
    { kind: 'range', at, name: 'Ramadan 1448 H', from: '2027-02-08', to: '2027-03-09', estimate: true },
    'Jam kerja Ramadan 1448 H (8 Feb–9 Mar, perkiraan).',
    'Hours of Ramadan 1448 H (8 Feb–9 Mar, an estimate).',
  ],
  [
    { kind: 'exception', at, date: '2026-11-25', exception: 'closed', reason: 'Pilkada' },
    'Rabu, 25 November 2026 tutup: Pilkada.',
    'Wednesday, 25 November 2026 is closed: Pilkada.',
  ],
  [
    { kind: 'estimate', at, years: [2027] },
    'Perkiraan: daftar resmi hari libur 2027 belum ada, libur tahun itu belum diperhitungkan.',
    'An estimate: there is no official list of holidays for 2027 yet, so none of them is reckoned with.',
  ],
  [
    { kind: 'calendarChanged', at, version: 2, before: due, after: wib('2026-11-30 16.00') },
    'Kalender diubah (versi 2): batas bergeser dari 27 Nov 16.00 ke 30 Nov 16.00.',
    'The calendar was changed (version 2): the deadline moved from 27 Nov 16.00 to 30 Nov 16.00.',
  ],
  [{ kind: 'due', at, due, moving: false }, 'Batas Jumat, 27 November 2026 16.00 WIB.', 'Due Friday, 27 November 2026 16.00 WIB.'],
  [
    { kind: 'due', at, due, moving: true },
    'Batas Jumat, 27 November 2026 16.00 WIB bila jam berjalan lagi sekarang.',
    'Due Friday, 27 November 2026 16.00 WIB if the clock went on now.',
  ],
  [
    { kind: 'promised', at, due, version: 1, now: wib('2026-11-30 16.00'), nowVersion: 2 },
    'Dijanjikan kepada pemohon Jumat, 27 November 2026 16.00 WIB (kalender versi 1); perhitungan sekarang Senin, 30 November 2026 16.00 WIB (versi 2).',
    'Promised to the requester Friday, 27 November 2026 16.00 WIB (calendar version 1); reckoned now Monday, 30 November 2026 16.00 WIB (version 2).',
  ],
  [
    { kind: 'agreed', at, due, reason: 'perangkat belum tiba', signer: 'Drs. Fajar Nugroho' },
    'Disepakati Jumat, 27 November 2026 16.00 WIB dengan Drs. Fajar Nugroho: perangkat belum tiba.',
    'Agreed on Friday, 27 November 2026 16.00 WIB with Drs. Fajar Nugroho: perangkat belum tiba.',
  ],
  [
    { kind: 'setBack', at, said: wib('2026-11-20 08.10') },
    'Jam komputer sempat mundur ke 08.10. Dicatat pada waktu kejadian sebelumnya.',
    "The computer's clock had gone back to 08.10. Taken as the time of the event before.",
  ],
  [{ kind: 'ended', at, how: 'merged' }, 'Digabung ke tiket lain, jam berhenti.', 'Merged into another ticket, the clock has stopped.'],
]

describe('the clock in words', () => {
  const nameOf = (key: string) => (key === 'collect' ? 'Pengumpulan' : key)
  for (const [line, id, en] of LINES)
    it(id, () => {
      const where = { zone: 'Asia/Jakarta', now, nameOf }
      assert.equal(lineText(line, { ...where, lang: 'id' }), id)
      assert.equal(lineText(line, { ...where, lang: 'en' }), en)
    })

  it('tells the time of a line as short as the day allows', () => {
    const where = { zone: 'Asia/Jakarta', now, lang: 'id' as const }
    assert.equal(lineTime(pause, where), '09.00')
    assert.equal(lineTime({ ...pause, until: now }, where), '09.00–14.05')
    assert.equal(lineTime({ ...pause, at: wib('2026-11-19 16.42'), until: now }, where), '19 Nov 16.42–14.05')
    assert.equal(lineTime({ ...pause, at: wib('2026-11-19 09.00'), until: wib('2026-11-19 10.00') }, where), '19 Nov 09.00–10.00')
  })
})
