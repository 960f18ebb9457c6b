// Why something of a stay is not, or not so: as people read it, with what would help.
import type { Instant } from '../domain/call.ts'
import type { ReservationView, StayState } from '../domain/stay.ts'
import { dateTime } from '../domain/words/time.ts'

export type Words = { readonly id: string; readonly en: string }

const STATE_WORDS: Readonly<Record<StayState, Words>> = {
  asked: { id: 'belum dipesan tempat', en: 'without a place' },
  reserved: { id: 'dipesan', en: 'reserved' },
  arrived: { id: 'diterima', en: 'arrived' },
  installed: { id: 'terpasang', en: 'installed' },
  verified: { id: 'terbukti', en: 'verified' },
  inCustody: { id: 'dalam penitipan', en: 'in custody' },
  leaving: { id: 'akan keluar', en: 'leaving' },
  gone: { id: 'keluar', en: 'gone' },
}

export const WHY = {
  notFound: (what: string): Words => ({ id: `Tidak ada penitipan ${what}.`, en: `There is no stay ${what}.` }),
  noTicket: (number: string): Words => ({
    id: `Tidak ada tiket kolokasi ${number}. Periksa nomornya.`,
    en: `There is no colocation ticket ${number}. Look at the number.`,
  }),
  ended: (number: string): Words => ({
    id: `Tiket ${number} sudah berakhir; tidak ada lagi yang dapat dipesan untuknya.`,
    en: `Ticket ${number} is over; nothing can be reserved for it any more.`,
  }),
  noReservation: (id: number): Words => ({ id: `Tidak ada pemesanan nomor ${id}.`, en: `There is no reservation ${id}.` }),
  noRack: (rack: string): Words => ({ id: `Tidak ada rak ${rack}.`, en: `There is no rack ${rack}.` }),
  noItem: (item: number): Words => ({
    id: `Formulir tidak memuat perangkat nomor ${item}. Muat ulang daftar perangkat.`,
    en: `The form has no piece of equipment ${item}. Look at the list again.`,
  }),
  kept: (name: string): Words => ({
    id: `${name} sudah punya tempat. Batalkan pemesanannya dahulu bila hendak dipindahkan.`,
    en: `${name} has a place already. Give that reservation back first to put it elsewhere.`,
  }),
  itemTwice: (name: string): Words => ({ id: `${name} disebut dua kali.`, en: `${name} is named twice.` }),
  outside: (name: string, units: number): Words => ({
    id: `${name} tidak muat: rak ini hanya sampai U${units}.`,
    en: `${name} does not fit: the rack ends at U${units}.`,
  }),
  face: (name: string): Words => ({
    id: `${name} sedalam rak dan menempati sisi depan dan belakang.`,
    en: `${name} is as deep as the rack and takes both faces.`,
  }),
  onTop: (one: string, other: string): Words => ({ id: `${one} dan ${other} bertindihan.`, en: `${one} and ${other} overlap.` }),
  taken: ({ madeBy, ticket, madeAt }: ReservationView, zone: string): Words => ({
    id: `U ini sudah dipesan oleh ${madeBy} untuk tiket ${ticket} pada ${dateTime(madeAt, zone, 'id')}. Daftar tempat sudah diperbarui; pilih tempat lain.`,
    en: `These U were reserved by ${madeBy} for ticket ${ticket} at ${dateTime(madeAt, zone, 'en')}. The list is renewed; choose another place.`,
  }),
  stands: (name: string): Words => ({
    id: `U ini sudah ditempati ${name}. Daftar tempat sudah diperbarui; pilih tempat lain.`,
    en: `${name} stands in these U already. The list is renewed; choose another place.`,
  }),
  unfit: (rack: string, why: readonly Words[]): Words => ({
    id: `Rak ${rack} tidak lagi memenuhi. ${why.map(({ id }) => id).join(' ')}`.trim(),
    en: `Rack ${rack} does not do any more. ${why.map(({ en }) => en).join(' ')}`.trim(),
  }),
  changed: {
    id: 'Data ini baru saja diubah orang lain. Lihat isinya sekarang, lalu ulangi.',
    en: 'Somebody has just changed this. Look at it as it is now and try again.',
  },
  notHeld: (reservation: Pick<ReservationView, 'id' | 'state'>): Words => ({
    id: `Pemesanan ${reservation.id} sudah ${{ held: 'berlaku', used: 'dipakai', released: 'dibatalkan', expired: 'kedaluwarsa' }[reservation.state]}. Pesan tempat baru.`,
    en: `Reservation ${reservation.id} is ${reservation.state} already. Reserve a new place.`,
  }),
  expired: (until: Instant, zone: string): Words => ({
    id: `Pemesanan tempat berakhir pada ${dateTime(until, zone, 'id')} dan tidak dapat dipakai. Pesan tempat baru.`,
    en: `The reservation ended at ${dateTime(until, zone, 'en')} and cannot be used. Reserve a new place.`,
  }),
  sooner: { id: 'Waktu yang baru harus sesudah batas yang sekarang.', en: 'The new end must be later than the one that stands.' },
  noteNeeded: (name: string): Words => ({
    id: `${name} tidak sesuai daftar. Tulis pada catatan apa yang ditemukan.`,
    en: `${name} is not as listed. Say in the note what was found.`,
  }),
  noPhoto: (photo: number): Words => ({
    id: `Lampiran ${photo} bukan lampiran tiket ini. Unggah fotonya pada tiket ini.`,
    en: `Attachment ${photo} is none of this ticket. Upload the photograph to this ticket.`,
  }),
  serialTwice: (serial: string, ticket: string): Words => ({
    id: `Nomor seri ${serial} sudah tercatat masuk pada tiket ${ticket}. Periksa nomornya.`,
    en: `Serial ${serial} is noted in with ticket ${ticket} already. Look at the number.`,
  }),
  otherSerial: (name: string, serial: string): Words => ({
    id: `Nomor seri ${name} yang dititipkan adalah ${serial}. Barang lain tidak boleh keluar.`,
    en: `The serial of ${name} in custody is ${serial}. Nothing else may leave.`,
  }),
  noFeed: (feed: string): Words => ({ id: `Rak ini tidak punya jalur ${feed}.`, en: `This rack has no feed ${feed}.` }),
  otherOutlet: (outlet: string, feed: string): Words => ({
    id: `Stopkontak ${outlet} bukan bagian jalur ${feed} rak ini.`,
    en: `Outlet ${outlet} is no part of feed ${feed} of this rack.`,
  }),
  outletTaken: (outlet: string, name: string): Words => ({
    id: `Stopkontak ${outlet} sudah dipakai ${name}. Pilih yang lain.`,
    en: `Outlet ${outlet} is used by ${name} already. Choose another one.`,
  }),
  portTaken: (port: string, name: string): Words => ({
    id: `Port ${port} sudah dipakai ${name}. Pilih yang lain.`,
    en: `Port ${port} is used by ${name} already. Choose another one.`,
  }),
  noPoint: (point: string): Words => ({ id: `Tidak ada titik ukur ${point}.`, en: `There is no point ${point}.` }),
  mediaUnsaid: (name: string): Words => ({
    id: `Catat dahulu apa yang terjadi pada media penyimpanan ${name}: disanitasi, tidak ada, atau keluar apa adanya dengan alasan.`,
    en: `Say first what becomes of the storage media of ${name}: wiped, none in it, or left as they are with the reason.`,
  }),
  wipeFailed: (serial: string): Words => ({
    id: `Sanitasi media ${serial} tidak lolos verifikasi. Ulangi, atau musnahkan medianya.`,
    en: `The wipe of medium ${serial} did not pass its verification. Do it again, or destroy the medium.`,
  }),
  wipeUnsigned: (name: string): Words => ({
    id: `Sertifikat sanitasi media ${name} belum ditandatangani. Lengkapi tanda tangannya, atau tulis alasan mengapa perangkat keluar tanpa sertifikat.`,
    en: `The certificate of the wiped media of ${name} is not signed yet. Have it signed, or say why the piece leaves without it.`,
  }),
  removalUnsigned: (name: string): Words => ({
    id: `Berita acara pengeluaran ${name} belum ditandatangani kedua pihak. Lengkapi tanda tangannya, atau tulis alasan mengapa perangkat keluar tanpa berita acara.`,
    en: `The minutes of removal of ${name} are not signed by both parties yet. Have them signed, or say why the piece leaves without them.`,
  }),
  wipeTwice: (serial: string): Words => ({
    id: `Media ${serial} sudah tercatat lolos sanitasi. Periksa nomor serinya.`,
    en: `Medium ${serial} is noted as wiped already. Look at the serial.`,
  }),
  unsigned: (ticket: string): Words => ({
    id: `Berita acara tiket ${ticket} belum ditandatangani. Penitipan dimulai setelah tanda tangan lengkap.`,
    en: `The minutes of ticket ${ticket} are not signed yet. Custody begins when they are.`,
  }),
  proven: (name: string): Words => ({
    id: `${name} sudah terbukti atau sudah diterima; buktinya tidak diubah lagi.`,
    en: `${name} is proven or accepted already; its evidence is changed no more.`,
  }),
  state: (name: string, is: StayState): Words => ({
    id: `${name} berstatus ${STATE_WORDS[is].id}; langkah ini belum atau tidak lagi dapat dilakukan.`,
    en: `${name} is ${STATE_WORDS[is].en}; this step cannot be done now.`,
  }),
}
