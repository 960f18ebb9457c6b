// Lembar persetujuan: who approved a document in the application, each record bound to the document and to the one before.
import type { Paper } from '../../domain/paper.ts'
import type { ApprovalInput } from '../../domain/paper-input.ts'
import { cells, type Frame, fieldsOf, headed, momentOf, paperOf } from '../frame.ts'

const WORDS = {
  id: {
    title: 'LEMBAR PERSETUJUAN ELEKTRONIK',
    labels: ['Dokumen', 'Nomor', 'Jumlah halaman', 'SHA-256'],
    intro:
      'Dokumen di atas telah disetujui secara elektronik oleh pejabat berikut setelah membuktikan kembali identitasnya. Setiap catatan terikat pada isi dokumen dan pada catatan sebelumnya, sehingga perubahan apa pun akan terlihat.',
    heads: ['NO.', 'PEJABAT', 'WAKTU', 'CARA', 'CATATAN TERIKAT (SHA-256)'],
    methods: {
      scan: 'Tanda tangan basah, pindaian',
      approval: 'Persetujuan dalam aplikasi',
      seal: 'Segel elektronik',
      certified: 'Tanda tangan elektronik tersertifikasi',
    },
    note: 'Persetujuan dalam aplikasi adalah tanda tangan elektronik tidak tersertifikasi.',
  },
  en: {
    title: 'ELECTRONIC APPROVAL SHEET',
    labels: ['Document', 'Number', 'Pages', 'SHA-256'],
    intro:
      'The document above was approved electronically by the officials below, each having proven who he is once more. Every record is bound to the content of the document and to the record before it, so that any change shows.',
    heads: ['NO.', 'OFFICIAL', 'TIME', 'BY', 'BOUND RECORD (SHA-256)'],
    methods: {
      scan: 'By hand, scanned',
      approval: 'Approval in the application',
      seal: 'Electronic seal',
      certified: 'Certified electronic signature',
    },
    note: 'An approval in the application is an electronic signature that is not certified.',
  },
} as const

export function approvalPaper(frame: Frame, { document, records }: ApprovalInput): Paper {
  const words = WORDS[frame.language]
  const [title, number, pages, hash] = words.labels
  return paperOf(frame, 'approval', words.title, [
    headed(words.title, frame.number),
    fieldsOf([
      [title, document.title],
      [number, document.number ?? '–'],
      [pages, String(document.pages)],
      [hash, document.sha256],
    ]),
    { kind: 'paragraph', content: words.intro },
    {
      kind: 'table',
      size: 9.5,
      columns: [{ width: 4, align: 'center' }, { width: 22 }, { width: 15 }, { width: 16 }, { width: 28 }],
      head: [cells(...words.heads)],
      rows: records.map(({ name, position, at, method, hash: bound }, i) =>
        cells(`${i + 1}.`, `${position}\n${name}`, momentOf(at, frame), words.methods[method], bound),
      ),
    },
    { kind: 'paragraph', content: words.note, size: 9.5 },
  ])
}
