// The demonstration's tickets as stories: who asked for what, how many working days ago, and what became of it. All of them are made up.
import type { Difficulty } from '../../domain/standard.ts'
import type { PauseReason, TicketChannel } from '../../domain/ticket.ts'

export interface TicketStory {
  readonly service: string
  readonly products?: readonly string[]
  /** Short name of the organisation that asks. */
  readonly who: string
  readonly title: string
  readonly subject: string
  readonly domain?: string
  /** Working days ago, and local minutes of that day. */
  readonly ago: number
  readonly at: number
  readonly channel?: TicketChannel
  /** How far it went, if there was time; `archived` when absent. */
  readonly to?: Stage
  /** Working minutes that one stage took longer than usual. */
  readonly slow?: Partial<Record<Stage, number>>
  readonly returned?: string
  readonly paused?: { readonly reason: PauseReason; readonly note: string; readonly minutes: number }
  readonly ends?: { readonly how: 'reject' | 'cancel'; readonly at: Stage; readonly reason: string }
  readonly difficulty?: Difficulty
  readonly rated?: readonly ['low' | 'medium' | 'high', 'low' | 'medium' | 'high']
  readonly urgent?: string
  readonly note?: string
  readonly inside?: string
  readonly answers?: Readonly<Record<string, unknown>>
}

export const STAGES = [
  'draft',
  'submitted',
  'verified',
  'kadis',
  'kabid',
  'ordered',
  'worked',
  'reported',
  'minuted',
  'signed',
  'returned',
  'archived',
] as const
export type Stage = (typeof STAGES)[number]

const h = (hour: number, minute = 0): number => hour * 60 + minute

export const STORIES: readonly TicketStory[] = [
  { service: 'splp', products: ['feasibility', 'integration'], who: 'BKPSDMD', title: 'Integrasi data kepegawaian dengan e-Kinerja', subject: 'SIMPEG', ago: 28, at: h(8, 20), rated: ['high', 'medium'], difficulty: 'medium', note: 'Spesifikasi antarmuka kami unggah menyusul.' },
  { service: 'colocation', who: 'Dinas Kesehatan', title: 'Kolokasi 2 server rekam medis', subject: 'SIMRS', ago: 24, at: h(9, 5), returned: 'Foto pelat nama kedua perangkat belum ada.', difficulty: 'medium', inside: 'Rak B6 masih lega, hindari A4.' },
  { service: 'hosting', who: 'Dinas Pendidikan', title: 'Hosting portal PPDB 2027', subject: 'Portal PPDB', domain: 'ppdb.babelprov.go.id', ago: 22, at: h(10, 15), difficulty: 'easy' },
  { service: 'domain', who: 'Bappeda', title: 'Subdomain satu data', subject: 'Portal Satu Data', domain: 'data.babelprov.go.id', ago: 21, at: h(13, 40), difficulty: 'easy' },
  { service: 'licence', who: 'Bakuda', title: 'Lisensi cadangan basis data', subject: 'SIPKD', ago: 20, at: h(8, 45), difficulty: 'medium', slow: { kabid: 95 } },
  { service: 'feasibility-test', products: ['vulnerability'], who: 'Disdukcapil', title: 'Uji kerentanan aplikasi antrean', subject: 'Antrean Online', domain: 'antrean.babelprov.go.id', ago: 19, at: h(9, 30), difficulty: 'medium', rated: ['medium', 'high'] },
  { service: 'dc-access', who: 'Dinas Kesehatan', title: 'Kunjungan ganti catu daya', subject: 'SIMRS', ago: 18, at: h(14, 50), difficulty: 'easy' },
  { service: 'dc-operations', who: 'BKPSDMD', title: 'Pemulihan basis data SIMPEG ke server uji', subject: 'SIMPEG', ago: 17, at: h(11, 10), difficulty: 'hard', rated: ['high', 'high'], slow: { worked: 1100 } },
  { service: 'system-needs', who: 'Dinas Pendidikan', title: 'Mesin virtual untuk ujian daring', subject: 'Ujian Daring', ago: 16, at: h(8, 10), difficulty: 'medium' },
  { service: 'network', products: ['repair'], who: 'Bakuda', title: 'Jaringan lantai 3 sering putus', subject: 'Jaringan lantai 3', ago: 15, at: h(9, 0), channel: 'telephone', difficulty: 'easy', rated: ['high', 'medium'] },
  { service: 'communication', products: ['video-conference'], who: 'Bappeda', title: 'Rapat koordinasi RKPD', subject: 'Rakor RKPD', ago: 14, at: h(13, 5), difficulty: 'easy' },
  { service: 'data-management', products: ['planning'], who: 'Bappeda', title: 'Rancangan survei kepuasan layanan publik', subject: 'Survei Kepuasan Layanan', ago: 40, at: h(9, 20), to: 'ordered', difficulty: 'medium', paused: { reason: 'third-party', note: 'Menunggu rekomendasi BPS.', minutes: 2400 } },
  { service: 'hosting', who: 'Kab. Pesisir Utara', title: 'Situs kabupaten pindah ke pusat data', subject: 'Situs Kabupaten', domain: 'pesisirutara.babelprov.go.id', ago: 13, at: h(10, 40), channel: 'letter', difficulty: 'medium', slow: { worked: 700 } },
  { service: 'application-development', who: 'Dinas Kesehatan', title: 'Rekomendasi pembangunan aplikasi gizi', subject: 'e-Gizi', ago: 12, at: h(8, 35), difficulty: 'medium' },
  { service: 'colocation', who: 'Kota Teluk Sari', title: 'Penitipan perangkat CCTV kota', subject: 'CCTV Kota', ago: 12, at: h(15, 20), ends: { how: 'reject', at: 'kadis', reason: 'Kapasitas pendingin belum mencukupi sampai pekerjaan rak A4 selesai; ajukan kembali bulan depan.' } },
  { service: 'disaster-recovery', products: ['backup-restore'], who: 'Bakuda', title: 'Cadangan harian SIPKD ke DRC', subject: 'SIPKD', ago: 4, at: h(9, 45), difficulty: 'medium', to: 'returned' },
  { service: 'splp', products: ['feasibility'], who: 'Disdukcapil', title: 'Akses data kependudukan oleh Dinas Kesehatan', subject: 'SIAK', ago: 10, at: h(8, 5), difficulty: 'hard', rated: ['high', 'medium'], paused: { reason: 'requester', note: 'Menunggu perjanjian kerja sama yang ditandatangani.', minutes: 900 } },
  { service: 'csirt', products: ['incident'], who: 'Dinas Pendidikan', title: 'Situs sekolah menampilkan iklan judi', subject: 'Situs SMA', domain: 'sma.babelprov.go.id', ago: 9, at: h(8, 2), urgent: 'Situs diretas dan masih tayang.', rated: ['high', 'high'] },
  { service: 'domain', who: 'Dinas Kesehatan', title: 'Subdomain telemedis', subject: 'Telemedis', domain: 'telemedis.babelprov.go.id', ago: 9, at: h(16, 30), difficulty: 'easy' },
  { service: 'licence', who: 'BKPSDMD', title: 'Lisensi sistem operasi server baru', subject: 'SIMPEG', ago: 8, at: h(10, 5), ends: { how: 'cancel', at: 'verified', reason: 'Sudah tercakup kontrak yang ada.' } },
  { service: 'hosting', who: 'Bappeda', title: 'Hosting aplikasi e-Musrenbang', subject: 'e-Musrenbang', domain: 'musrenbang.babelprov.go.id', ago: 3, at: h(9, 15), difficulty: 'medium', to: 'signed' },
  { service: 'dc-operations', who: 'Disdukcapil', title: 'Pembukaan akses firewall ke pusat', subject: 'SIAK', ago: 3, at: h(13, 20), difficulty: 'medium', to: 'reported' },
  { service: 'feasibility-test', products: ['vulnerability', 'stress'], who: 'Dinas Kesehatan', title: 'Uji kelayakan e-Gizi', subject: 'e-Gizi', domain: 'egizi.babelprov.go.id', ago: 3, at: h(8, 50), difficulty: 'hard', to: 'ordered', inside: 'Lingkungan staging belum bisa dijangkau dari jaringan uji.' },
  { service: 'system-needs', who: 'Kota Teluk Sari', title: 'Server aplikasi perizinan', subject: 'Perizinan', ago: 6, at: h(11, 35), to: 'kabid', slow: { kabid: 4000 } },
  { service: 'network', products: ['design'], who: 'Dinas Pendidikan', title: 'Rancangan jaringan kantor cabang', subject: 'Kantor Cabang Belitung', ago: 2, at: h(9, 25), to: 'ordered', difficulty: 'medium' },
  { service: 'dc-access', who: 'Bakuda', title: 'Pemasangan modul memori', subject: 'SIPKD', ago: 2, at: h(10, 10), to: 'ordered', difficulty: 'easy' },
  { service: 'communication', products: ['email'], who: 'Dinas Pendidikan', title: 'Surel kedinasan untuk 3 bidang', answers: { mailboxes: [{ address: 'pembinaan.sma', holder: 'Bidang Pembinaan SMA' }] }, subject: 'Surel dinas', ago: 1, at: h(14, 5), to: 'worked' },
  { service: 'splp', products: ['integration'], who: 'Dinas Kesehatan', title: 'Integrasi SIMRS dengan Satu Sehat', subject: 'SIMRS', ago: 3, at: h(8, 30), to: 'ordered', rated: ['high', 'high'], difficulty: 'hard' },
  { service: 'colocation', who: 'BKPSDMD', title: 'Kolokasi 2 server aplikasi kepegawaian', subject: 'SIMPEG', ago: 0, at: h(13, 54), to: 'kabid', returned: 'Foto pelat nama kedua perangkat belum ada.' },
  { service: 'domain', who: 'Disdukcapil', title: 'Perubahan alamat layanan antrean', subject: 'Antrean Online', domain: 'antrean.babelprov.go.id', ago: 1, at: h(9, 40), to: 'kadis' },
  { service: 'licence', who: 'Dinas Pendidikan', title: 'Perpanjangan lisensi firewall sekolah', subject: 'Firewall', ago: 2, at: h(15, 10), to: 'verified', slow: { verified: 260 } },
  { service: 'hosting', who: 'Bakuda', title: 'Situs transparansi anggaran', subject: 'Transparansi', domain: 'transparansi.babelprov.go.id', ago: 1, at: h(8, 25), to: 'verified' },
  { service: 'dc-operations', who: 'Bappeda', title: 'Pemulihan berkas yang terhapus', subject: 'Dokumen RKPD', ago: 1, at: h(14, 45), to: 'submitted', paused: { reason: 'requester', note: 'Titik waktu pemulihan belum disebut.', minutes: 5000 } },
  { service: 'system-needs', who: 'Dinas Kesehatan', title: 'Tambahan kapasitas penyimpanan citra', subject: 'SIMRS', ago: 1, at: h(15, 55), to: 'submitted' },
  { service: 'complaint', who: 'Dinas Kesehatan', title: 'Pemulihan data lebih lama dari janji', subject: 'SIMRS', ago: 1, at: h(10, 20), to: 'verified', rated: ['medium', 'high'] },
  { service: 'dc-access', who: 'Kota Teluk Sari', title: 'Survei lokasi rak', subject: 'CCTV Kota', ago: 0, at: h(8, 15), channel: 'walk-in', to: 'submitted' },
  { service: 'network', products: ['advice'], who: 'BKPSDMD', title: 'Saran perangkat jaringan ruang diklat', subject: 'Ruang diklat', ago: 0, at: h(8, 40), to: 'submitted' },
  { service: 'hosting', who: 'BKPSDMD', title: 'Hosting portal diklat', subject: 'Portal Diklat', domain: 'diklat.babelprov.go.id', ago: 0, at: h(8, 50), to: 'draft' },
] // biome-ignore format: a story is a line
