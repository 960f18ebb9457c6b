// Why something of care is not, or not so: as people read it, with what would help.
import { refused } from '../domain/outcome.ts'

const words = (id: string, en: string) => ({ id, en })
export const WHY = {
  noAsset: () =>
    refused('notFound', words('Tidak ada aset itu di daftar. Muat ulang daftarnya.', 'There is no such asset in the register. Load the list anew.')),
  noPlan: () => refused('notFound', words('Tidak ada rencana perawatan itu.', 'There is no such maintenance plan.')),
  noOrder: () => refused('notFound', words('Tidak ada perintah kerja itu.', 'There is no such work order.')),
  noRoom: (room: string) =>
    refused('invalid', words(`Ruang: tidak ada ruang "${room}" di inventaris.`, `room: there is no room "${room}" in the inventory.`)),
  noDevice: (device: string) =>
    refused(
      'invalid',
      words(`Perangkat: tidak ada perangkat "${device}" di inventaris.`, `device: there is no device "${device}" in the inventory.`),
    ),
  noCounter: (key: string) =>
    refused(
      'invalid',
      words(
        `Jam jalan: perangkat aset ini tidak punya pencacah "${key}". Pilih salah satu yang terbaca, atau isi perangkatnya.`,
        `hours.key: the device of this asset has no counter "${key}". Choose one that is read, or name its device.`,
      ),
    ),
  over: () =>
    refused(
      'conflict',
      words('Pekerjaan ini sudah dibatalkan: berkas tidak ditambahkan lagi.', 'This work was called off: no files are added to it.'),
    ),
  noFile: () => refused('notFound', words('Tidak ada berkas itu.', 'There is no such file.')),
  noFiles: () => refused('invalid', words('Kirim paling sedikit satu berkas.', 'Send at least one file.')),
  tooMany: (most: number) =>
    refused('tooBig', words(`Paling banyak ${most} berkas pada satu pekerjaan.`, `No more than ${most} files on one work order.`)),
  withdrawn: () => refused('conflict', words('Berkas ini sudah dicabut.', 'This file has been withdrawn already.')),
  noReadings: () =>
    refused(
      'invalid',
      words(
        'Uji yang diambil dari pembacaan memerlukan perangkat yang terbaca: isi perangkat pada aset ini dahulu.',
        'A test that is taken from readings needs a device that is read: name the device of this asset first.',
      ),
    ),
  changed: () =>
    refused(
      'conflict',
      words('Pekerjaan ini sudah diubah orang lain. Lihat keadaannya sekarang.', 'Somebody has changed this work. Look at it as it is now.'),
    ),
  notOpen: () => refused('conflict', words('Pekerjaan ini sudah dimulai atau sudah berakhir.', 'This work has begun or is over already.')),
  notRunning: () => refused('conflict', words('Pekerjaan ini belum dimulai atau sudah berakhir.', 'This work has not begun, or is over already.')),
  hasWork: () =>
    refused('conflict', words('Masih ada pekerjaan berjalan pada aset ini. Selesaikan dahulu.', 'Work on this asset is under way. Finish it first.')),
  noDoor: () =>
    refused(
      'invalid',
      words(
        'Aset ini tanpa ruang berpintu: isi ruangnya, atau mulai tanpa orang masuk.',
        'This asset has no room with a door: name its room, or start without people coming in.',
      ),
    ),
}
