// Why a visit is not, or not so: as people read it, with what would help.
import type { Instant } from '../domain/call.ts'
import type { VisitState } from '../domain/visit.ts'
import { dateTime } from '../domain/words/time.ts'

type Words = { readonly id: string; readonly en: string }

const STATE_WORDS: Readonly<Record<VisitState, Words>> = {
  requested: { id: 'menunggu persetujuan', en: 'waiting for approval' },
  approved: { id: 'disetujui', en: 'approved' },
  inside: { id: 'sedang di dalam', en: 'inside' },
  ended: { id: 'selesai', en: 'ended' },
  refused: { id: 'ditolak', en: 'refused' },
  cancelled: { id: 'dibatalkan', en: 'cancelled' },
  expired: { id: 'kedaluwarsa', en: 'expired' },
}

const at = (when: Instant, zone: string): Words => ({ id: dateTime(when, zone, 'id'), en: dateTime(when, zone, 'en') })

export const WHY = {
  noEnd: {
    id: 'Kunjungan belum punya waktu keluar. Isi tanggal dan jam keluar.',
    en: 'The visit has no end. Give the date and time of leaving.',
  },
  backwards: {
    id: 'Kunjungan berakhir sebelum dimulai. Jam keluar harus sesudah jam masuk.',
    en: 'The visit ends before it begins. The time of leaving must be after the time of entry.',
  },
  past: {
    id: 'Waktu kunjungan sudah lewat. Pilih waktu yang akan datang.',
    en: 'The time of the visit is over. Choose one that is still to come.',
  },
  tooLong: (days: number): Words => ({
    id: `Kunjungan paling lama ${days} hari. Persingkat waktunya, atau ajukan beberapa kunjungan.`,
    en: `A visit lasts at most ${days} days. Shorten it, or ask for several.`,
  }),
  tooFar: {
    id: 'Kunjungan paling jauh satu tahun ke depan. Periksa tahunnya.',
    en: 'A visit is at most a year ahead. Look at the year.',
  },
  noVisitors: { id: 'Daftar pengunjung masih kosong. Isi paling sedikit satu orang.', en: 'Nobody is on the list of visitors. Name at least one.' },
  tooMany: (most: number): Words => ({
    id: `Paling banyak ${most} orang dalam satu kunjungan. Bagi rombongan menjadi beberapa permohonan.`,
    en: `At most ${most} people in one visit. Part the group into several requests.`,
  }),
  badName: (name: string): Words => ({
    id: `Nama "${name}" memuat tanda yang bukan bagian nama orang. Tulis nama seperti pada kartu identitas.`,
    en: `The name "${name}" has signs that no person's name has. Write it as it stands on the identity card.`,
  }),
  twice: (name: string): Words => ({
    id: `${name} tercantum dua kali. Hapus salah satunya.`,
    en: `${name} is listed twice. Take one of them away.`,
  }),
  identity: (name: string): Words => ({
    id: `Nomor identitas ${name} terlalu pendek. Isi nomor lengkap seperti pada kartu.`,
    en: `The identity number of ${name} is too short. Give it in full, as it stands on the card.`,
  }),
  blocked: (name: string, reason: string): Words => ({
    id: `${name} ada dalam daftar larangan masuk: ${reason}. Hubungi pengelola pusat data.`,
    en: `${name} is on the block list: ${reason}. Ask those who run the data centre.`,
  }),
  /** To who asks: why somebody is on the list is not theirs to know. */
  barred: (name: string): Words => ({
    id: `${name} tidak dapat didaftarkan sebagai pengunjung. Hubungi pengelola pusat data.`,
    en: `${name} cannot be put down as a visitor. Ask those who run the data centre.`,
  }),
  siteBegun: {
    id: 'Situs kunjungan yang sudah berjalan tidak dapat diganti: buku tamunya sudah terisi. Ajukan kunjungan lain untuk situs itu.',
    en: 'A visit that people have been on keeps its site: its guest book is written. Ask for another visit to the other site.',
  },
  frozen: (reason: string, from: Instant, until: Instant, zone: string): Words => ({
    id: `Masa pembekuan ${at(from, zone).id} – ${at(until, zone).id}: ${reason}. Pindahkan waktunya, atau pejabat penyetuju menyetujuinya dengan alasan.`,
    en: `Nobody works from ${at(from, zone).en} to ${at(until, zone).en}: ${reason}. Move the visit, or an approver allows it and says why.`,
  }),
  own: {
    id: 'Permohonan sendiri tidak dapat disetujui sendiri. Mintalah pejabat lain.',
    en: 'Nobody approves their own request. Ask somebody else.',
  },
  noEscort: { id: 'Tunjuk pendamping dari pegawai pusat data.', en: 'Name an escort from the staff of the data centre.' },
  escortUnknown: { id: 'Pendamping itu bukan petugas pusat data.', en: 'That escort is not of the staff of the data centre.' },
  escortVisits: { id: 'Pendamping tidak boleh pemohon kunjungan ini sendiri.', en: 'The escort is not the one who asks for the visit.' },
  escortFull: (name: string, most: number): Words => ({
    id: `${name} sudah mendampingi ${most} tamu di dalam. Tunggu ada yang keluar, atau ganti pendamping.`,
    en: `${name} already escorts ${most} guests inside. Wait until one leaves, or change the escort.`,
  }),
  noPlace: { id: 'Pilih paling sedikit satu pintu.', en: 'Choose at least one door.' },
  unknownDoor: (door: string): Words => ({
    id: `Pintu ${door} tidak ada di inventaris situs ini.`,
    en: `The door ${door} is not in the inventory of this site.`,
  }),
  unknownRack: (rack: string): Words => ({
    id: `Rak ${rack} tidak ada di inventaris situs ini.`,
    en: `The rack ${rack} is not in the inventory of this site.`,
  }),
  unknownSite: (site: string): Words => ({ id: `Situs ${site} tidak ada.`, en: `There is no site ${site}.` }),
  not: (state: VisitState): Words => ({
    id: `Kunjungan ini ${STATE_WORDS[state].id}; tindakan itu tidak dapat dilakukan lagi.`,
    en: `This visit is ${STATE_WORDS[state].en}; that can no longer be done.`,
  }),
  stillInside: {
    id: 'Masih ada orang di dalam. Catat mereka keluar lebih dahulu.',
    en: 'Somebody is still inside. Check them out first.',
  },
  changed: {
    id: 'Kunjungan ini baru saja diubah orang lain. Lihat perubahannya, lalu ulangi.',
    en: 'Somebody else has just changed this visit. Look at what changed, then try again.',
  },
  notFound: (what: string): Words => ({ id: `Kunjungan ${what} tidak ada.`, en: `There is no visit ${what}.` }),
  unknownCode: { id: 'Kode ini tidak dikenal.', en: 'This code is not known.' },
  tries: (seconds: number): Words => ({
    id: `Terlalu banyak kode yang salah. Coba lagi dalam ${seconds} detik.`,
    en: `Too many wrong codes. Try again in ${seconds} seconds.`,
  }),
  spent: (name: string, when: Instant, by: string, zone: string): Words => ({
    id: `Kode ${name} sudah dipakai masuk ${at(when, zone).id}, dicatat oleh ${by}. Periksa identitas orang ini.`,
    en: `The code of ${name} has let somebody in already, ${at(when, zone).en}, noted by ${by}. Look at this person's identity.`,
  }),
  early: (from: Instant, zone: string): Words => ({
    id: `Kunjungan ini baru berlaku mulai ${at(from, zone).id}.`,
    en: `This visit begins only at ${at(from, zone).en}.`,
  }),
  late: (until: Instant, zone: string): Words => ({
    id: `Masa berlaku kunjungan ini berakhir ${at(until, zone).id}. Ajukan perubahan waktu.`,
    en: `This visit ended at ${at(until, zone).en}. Ask for another time.`,
  }),
  notApproved: (state: VisitState): Words => ({
    id: `Kunjungan ini ${STATE_WORDS[state].id}: tidak boleh masuk.`,
    en: `This visit is ${STATE_WORDS[state].en}: nobody enters on it.`,
  }),
  inAlready: (name: string, when: Instant, zone: string): Words => ({
    id: `${name} sudah tercatat di dalam sejak ${at(when, zone).id}.`,
    en: `${name} has been inside since ${at(when, zone).en}.`,
  }),
  inElsewhere: (name: string, number: string): Words => ({
    id: `${name} tercatat di dalam dengan kunjungan ${number}. Catat keluar dari kunjungan itu lebih dahulu.`,
    en: `${name} is inside on visit ${number}. Check them out of that one first.`,
  }),
  notInside: (name: string): Words => ({ id: `${name} tidak tercatat di dalam.`, en: `${name} is not inside.` }),
  turnedAway: (name: string): Words => ({ id: `${name} sudah ditolak masuk pada kunjungan ini.`, en: `${name} was turned away on this visit.` }),
  accept: {
    id: 'Pengunjung belum menyetujui tata tertib dan kerahasiaan.',
    en: 'The visitor has not accepted the house rules and secrecy.',
  },
  match: {
    id: 'Cocokkan dahulu empat angka terakhir kartu identitas.',
    en: 'Compare the last four characters of the identity card first.',
  },
  otherCard: (name: string): Words => ({
    id: `Kartu identitas ini bukan kartu ${name} pada permohonan. Tolak, atau perbaiki permohonannya.`,
    en: `This identity card is not the one that ${name} named in the request. Turn them away, or have the request corrected.`,
  }),
  badgeOut: (card: string, name: string): Words => ({
    id: `Lencana ${card} sedang dipakai ${name}.`,
    en: `Badge ${card} is with ${name}.`,
  }),
  badgeUnknown: (card: string): Words => ({ id: `Lencana tamu ${card} tidak terdaftar.`, en: `There is no visitor badge ${card}.` }),
  badgeDead: (card: string): Words => ({ id: `Lencana ${card} hilang atau dicabut.`, en: `Badge ${card} is lost or revoked.` }),
  cardTaken: (card: string): Words => ({
    id: `Kartu ${card} sudah terdaftar, atau baru saja diubah.`,
    en: `Card ${card} is registered already, or was just changed.`,
  }),
  noPhone: { id: 'Jam gawai belum disetel benar: waktu ini belum terjadi.', en: 'The device has a wrong clock: this time has not been yet.' },
} as const
