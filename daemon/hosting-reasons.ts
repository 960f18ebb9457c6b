// Why something of hosting is not, or not so: as people read it, with what would help.
import type { Words } from './domain/form.ts'

export const WHY = {
  noChange: (number: string): Words => ({ id: `Tidak ada perubahan ${number}.`, en: `There is no change ${number}.` }),
  noWebsite: (name: string): Words => ({ id: `Tidak ada situs ${name}.`, en: `There is no website ${name}.` }),
  noHost: (id: string): Words => ({ id: `Tidak ada host ${id}.`, en: `There is no host ${id}.` }),
  noZone: (name: string): Words => ({ id: `Tidak ada zona ${name}.`, en: `There is no zone ${name}.` }),
  noEntry: (id: number): Words => ({ id: `Riwayat nomor ${id} tidak ada di zona ini.`, en: `This zone has no entry ${id} in its history.` }),
  noOrganisation: (id: number): Words => ({ id: `Tidak ada organisasi nomor ${id}.`, en: `There is no organisation ${id}.` }),
  noDrift: (id: string): Words => ({
    id: `${id} belum pernah dibandingkan. Jalankan pemeriksaan.`,
    en: `${id} was never compared. Run the check.`,
  }),
  noDraft: (ticket: string): Words => ({
    id: `Tiket ${ticket} tidak meminta situs atau domain.`,
    en: `Ticket ${ticket} asks for no website or domain.`,
  }),
  noFacts: (host: string): Words => ({
    id: `Host ${host} belum siap: jalankan perintah pemasangannya, cocokkan kunci hostnya, lalu periksa.`,
    en: `The host ${host} is not ready: run its install command, compare its host key, then check it.`,
  }),
  nameTaken: (name: string): Words => ({
    id: `Nama situs ${name} sudah dipakai. Pilih nama lain.`,
    en: `There is a website ${name} already. Choose another name.`,
  }),
  domainTaken: (domain: string, website: string): Words => ({
    id: `${domain} sudah dipakai oleh situs ${website}.`,
    en: `${domain} belongs to the website ${website} already.`,
  }),
  addressTaken: (address: string, website: string): Words => ({
    id: `Alamat ${address} sudah dipakai oleh situs ${website}.`,
    en: `The address ${address} belongs to the website ${website} already.`,
  }),
  othersName: (name: string): Words => ({
    id: `${name} diberikan kepada organisasi lain di zona itu. Pilih nama lain, atau petugas memintanya tanpa tiket: orang kedua harus membenarkan.`,
    en: `${name} was given to another organisation in that zone. Choose another name, or an officer asks without the ticket: a second person must agree.`,
  }),
  hostTaken: (id: string): Words => ({ id: `Host ${id} sudah terdaftar.`, en: `There is a host ${id} already.` }),
  zoneTaken: (name: string): Words => ({ id: `Zona ${name} sudah terdaftar.`, en: `There is a zone ${name} already.` }),
  hostInUse: (id: string, n: number): Words => ({
    id: `${n} hal buatan Suar masih ada di ${id}. Hapus atau pindahkan dahulu situsnya.`,
    en: `${n} things of ours still stand on ${id}. Decommission or move its websites first.`,
  }),
  zoneInUse: (name: string, n: number): Words => ({
    id: `${n} catatan buatan Suar masih ada di zona ${name}. Hapus dahulu.`,
    en: `${n} records of ours still stand in the zone ${name}. Remove them first.`,
  }),
  otherName: (is: string, was: string): Words => ({
    id: `Nama situs tidak dapat diganti dari ${was} menjadi ${is}. Salin lalu hapus yang lama.`,
    en: `A website cannot be renamed from ${was} to ${is}. Clone it, then decommission the old one.`,
  }),
  otherHost: {
    id: 'Host tidak diganti dengan mengubah; pakai pindah ke host lain.',
    en: 'The host is not changed by an edit; move the website.',
  },
  removed: (name: string): Words => ({
    id: `Situs ${name} sudah dihentikan; tidak ada yang dapat diubah.`,
    en: `The website ${name} was decommissioned; nothing of it can be changed.`,
  }),
  making: (name: string): Words => ({
    id: `Situs ${name} belum jadi: selesaikan perubahan pertamanya dahulu.`,
    en: `The website ${name} is not made yet: bring its first change to its end.`,
  }),
  alreadySo: (name: string): Words => ({ id: `Situs ${name} sudah begitu.`, en: `The website ${name} is so already.` }),
  stillServed: (name: string): Words => ({
    id: `Situs ${name} masih melayani: hentikan sementara dahulu. Yang ditulis selama pemindahan akan hilang.`,
    en: `The website ${name} still serves: suspend it first. What is written while it moves would be lost.`,
  }),
  passwordUnknown: (name: string): Words => ({
    id: `Basis data situs ${name} diambil alih dan kata sandinya hanya diketahui situs itu: di host lain ia tidak dapat masuk. Buat situs baru di sana, lalu pindahkan isinya.`,
    en: `The database of the website ${name} was taken over, and only the website knows its password: on another host it could not log in. Make a new website there and bring its content.`,
  }),
  nothingFound: (name: string): Words => ({
    id: `Pemeriksaan terakhir tidak menemukan hal seperti itu pada ${name}. Periksa lagi hostnya.`,
    en: `The last comparison found no such thing of ${name}. Compare the host again.`,
  }),
  changedSince: (name: string): Words => ({
    id: `${name} sudah diubah sejak dilihat. Lihat isinya sekarang, lalu ulangi.`,
    en: `${name} was changed since it was seen. Look at it as it is now, and do it again.`,
  }),
  backAlready: (name: string): Words => ({
    id: `${name} sudah seperti sebelum perubahan itu. Tidak ada yang perlu dikembalikan.`,
    en: `${name} is as it was before that change already. There is nothing to put back.`,
  }),
  notListed: (name: string): Words => ({
    id: `Server zona ${name} tidak memberikan daftarnya. Izinkan transfer (AXFR) bagi kunci Suar.`,
    en: `The server of the zone ${name} does not hand it out. Allow transfers (AXFR) for the key of Suar.`,
  }),
  wrongKey: (shown: string): Words => ({
    id: `Host terakhir menunjukkan kunci ${shown}, bukan yang diberikan. Cocokkan sekali lagi di host itu sendiri.`,
    en: `The host last showed the key ${shown}, which is not the one given. Compare it once more on the host itself.`,
  }),
  notShown: {
    id: 'Host belum pernah menunjukkan kuncinya. Periksa host dahulu.',
    en: 'The host has not shown a key yet. Check it first.',
  },
  changed: {
    id: 'Data ini baru saja diubah orang lain. Lihat isinya sekarang, lalu ulangi.',
    en: 'Somebody has just changed this. Look at it as it is now and try again.',
  },
  aPerson: {
    id: 'Orang kedua membenarkan sebagai dirinya sendiri: masuklah di halaman Suar.',
    en: 'The second person agrees in person: sign in on the pages of Suar.',
  },
  noDatabase: (name: string): Words => ({ id: `Situs ${name} tidak punya basis data.`, en: `The website ${name} has no database.` }),
  noCredential: (name: string): Words => ({
    id: `Kata sandi basis data ${name} belum dibuat.`,
    en: `The database of ${name} has no password yet.`,
  }),
  notResponsible: {
    id: 'Kredensial hanya diserahkan kepada penanggung jawab yang terdaftar pada organisasi situs ini.',
    en: 'Credentials go to the registered responsible persons of the website’s organisation only.',
  },
  noHandover: { id: 'Tautan ini tidak ada, atau bukan untuk Anda.', en: 'There is no such link, or it is not for you.' },
  handoverOver: {
    id: 'Tautan ini sudah kedaluwarsa. Minta tautan baru kepada petugas.',
    en: 'This link has expired. Ask an officer for a new one.',
  },
  handoverOpened: {
    id: 'Tautan ini sudah pernah dibuka. Bila bukan oleh Anda, segera beri tahu petugas.',
    en: 'This link was opened before. If it was not by you, tell an officer at once.',
  },
  unproven: {
    id: 'Masukkan sekali lagi kata sandi atau kode Anda.',
    en: 'Give the password or a code once more first.',
  },
  noCertificate: (name: string): Words => ({
    id: `Situs ${name} tidak memakai sertifikat yang dapat diperbarui di sini.`,
    en: `The website ${name} uses no certificate that can be renewed here.`,
  }),
} as const
