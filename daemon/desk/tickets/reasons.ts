// Why something cannot be done yet, in words for the people of both languages.
import type { Words } from '../../domain/form.ts'

const words = (id: string, en: string): Words => ({ id, en })

export const WHY = {
  ended: words('Tiket ini sudah selesai.', 'This ticket has ended.'),
  draft: words('Permohonan ini belum diajukan.', 'This request has not been handed in yet.'),
  notDraft: words('Permohonan ini sudah diajukan.', 'This request has been handed in already.'),
  struck: words('Berkas ini sudah ditarik.', 'This file has been withdrawn already.'),
  stays: words('Berkas ini tidak dapat ditarik lagi oleh Anda: mintalah petugas.', 'You cannot withdraw this file any more: ask an officer.'),
  stale: words(
    'Draf ini sudah disimpan dari perangkat atau tab lain: muat yang terbaru, lalu pilih isian yang dipakai.',
    'This draft was saved from another device or tab meanwhile: load the newest, then choose which answers to keep.',
  ),
  returned: words('Menunggu pemohon melengkapi berkas.', 'Waiting for the requester to complete the papers.'),
  paused: words('Jam sedang dijeda: lanjutkan dulu.', 'The clock is paused: resume first.'),
  notPaused: words('Jam tidak sedang dijeda.', 'The clock is not paused.'),
  notReturned: words('Berkas tidak sedang dikembalikan.', 'The papers have not been returned.'),
  atStep: (label: Words) => words(`Sekarang giliran langkah: ${label.id}.`, `It is at another step now: ${label.en}.`),
  needsStep: (label: Words) => words(`Menunggu langkah: ${label.id}.`, `It needs this step first: ${label.en}.`),
  notYourTurn: (chair: string) => words(`Giliran ${chair}.`, `It is the turn of ${chair}.`),
  takenBy: (name: string) => words(`Sedang dipegang ${name}: ambil alih dulu.`, `${name} has it: take it over first.`),
  vacant: (chair: string) =>
    words(
      `Tidak ada yang memegang jabatan ${chair} saat ini: petugas dapat menunjuk seseorang.`,
      `Nobody holds the chair ${chair} now: an officer may name somebody.`,
    ),
  occupied: words('Jabatan ini sedang dipegang seseorang.', 'Somebody holds this chair.'),
  notReceiver: (chair: string) =>
    words(`Penerima tidak memegang jabatan ${chair} saat ini.`, `The receiver does not hold the chair ${chair} at this moment.`),
  notOfficer: words('Orang ini bukan petugas layanan.', 'This person is not an officer of the desk.'),
  work: words('Pekerjaan sudah dimulai: mintalah petugas menghentikannya.', 'The work has begun: ask an officer to end it.'),
  minutesFirst: words('Berita acara dibuat setelah laporan.', 'The minutes need the report first.'),
  minutesThere: words('Berita acara sudah dibuat: menunggu tanda tangan.', 'The minutes have been drawn up: they wait for signatures.'),
  owed: words('Disposisi jalur darurat belum disahkan.', 'Dispositions that the urgent path went past have not been ratified yet.'),
  nothingOwed: words('Tidak ada disposisi yang perlu disahkan.', 'There is nothing to ratify.'),
  open: words('Tiket masih berjalan.', 'The ticket is still under way.'),
  notClosed: words('Penilaian diberikan setelah layanan selesai.', 'It can be judged when the service is over.'),
  evaluated: words('Penilaian sudah diberikan.', 'It has been judged already.'),
  scores: (count: number) => words(`Isi ${count} penilaian.`, `Give ${count} scores.`),
  officerFields: words('Isian petugas belum lengkap.', 'The fields for the officer are not complete.'),
  signer: (echelon: string) =>
    words(
      `Formulir harus ditandatangani pejabat minimal eselon ${echelon}: unggah formulir yang sudah ditandatangani.`,
      `The form must be signed by an official of at least echelon ${echelon}: upload the signed form.`,
    ),
  stamp: words(
    'Formulir harus ditandatangani dan dicap basah: unggah hasil pindainya.',
    'The form must be signed and stamped by hand: upload the scan.',
  ),
  mistakes: (count: number) =>
    words(`Ada ${count} isian yang perlu diperbaiki.`, `${count} ${count === 1 ? 'field needs' : 'fields need'} correction.`),
  noPhases: words('Layanan ini tidak memiliki tahapan.', 'This service has no phases.'),
  noPhase: words('Tahapan itu tidak ada.', 'There is no such phase.'),
  noTask: words('Tugas itu tidak ada atau sudah selesai.', 'There is no such task, or it is done.'),
  inTime: words('Belum melewati batas waktu: tidak perlu kesepakatan baru.', 'It is not past its promise: no new agreement is needed.'),
  past: words('Tanggalnya sudah lewat.', 'That date has passed.'),
  begun: words('Pekerjaan sudah dimulai.', 'The work has begun already.'),
  itself: words('Tiket tidak dapat digabung ke dirinya sendiri.', 'A ticket cannot be merged into itself.'),
  noTarget: words('Tiket tujuan tidak ada atau sudah selesai.', 'The ticket to merge into does not exist or has ended.'),
  otherOwner: words('Tiket tujuan milik instansi lain.', 'The other ticket belongs to another organisation.'),
  duplicate: (number: string) =>
    words(`Sudah ada tiket terbuka untuk isian ini: ${number}.`, `There is an open ticket with the same answer already: ${number}.`),
  changed: (what: string) => words(`Tiket berubah sejak halaman ini dibuka: ${what}.`, `The ticket has changed since this page was opened: ${what}.`),
  drafts: (count: number) =>
    words(`Anda punya ${count} draf: ajukan atau hapus dulu.`, `You have ${count} drafts: hand in or throw away some first.`),
  takenUp: words('Permohonan ini sudah diambil petugas lain.', 'Another officer has taken this up already.'),
  first: words('Ini langkah pertama.', 'This is the first step.'),
} as const
