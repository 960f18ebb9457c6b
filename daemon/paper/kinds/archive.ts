// Lembar arsip: the covering sheet of all that a request left behind, with the hash of every file.
import type { Paper } from '../../domain/paper.ts'
import type { ArchiveInput } from '../../domain/paper-input.ts'
import { applicationRows, cells, dayOf, type Frame, fieldsOf, headed, momentOf, paperOf, signedBy } from '../frame.ts'

const WORDS = {
  id: {
    title: 'LEMBAR ARSIP',
    labels: ['Nomor tiket', 'Layanan', 'Pemohon', 'Instansi', 'Aplikasi', 'Diajukan', 'Selesai', 'Nomor agenda', 'Disimpan sampai'],
    heads: ['NO.', 'DOKUMEN', 'NOMOR', 'TANGGAL', 'HAL.', 'SHA-256'],
    ever: 'tanpa batas waktu',
  },
  en: {
    title: 'ARCHIVE SHEET',
    labels: ['Ticket', 'Service', 'Requester', 'Organisation', 'Application', 'Filed', 'Closed', 'Agenda number', 'Kept until'],
    heads: ['NO.', 'DOCUMENT', 'NUMBER', 'DATE', 'PAGES', 'SHA-256'],
    ever: 'for ever',
  },
} as const

export function archivePaper(frame: Frame, input: ArchiveInput): Paper {
  const words = WORDS[frame.language]
  const [ticket, service, requester, organisation, application, filed, closed, agenda, kept] = words.labels
  return paperOf(frame, 'archive', words.title, [
    headed(words.title, frame.number),
    fieldsOf([
      [ticket, input.ticket],
      [service, input.service],
      [requester, input.requester],
      [organisation, input.organisation],
      ...applicationRows(application, input.application, frame.language),
      [filed, momentOf(input.filed, frame)],
      [closed, momentOf(input.closed, frame)],
      [agenda, input.agenda],
      [kept, input.keptUntil === null ? words.ever : dayOf(input.keptUntil, frame.language)],
    ]),
    {
      kind: 'table',
      size: 9,
      columns: [{ width: 4, align: 'center' }, { width: 19 }, { width: 20 }, { width: 13 }, { width: 5, align: 'center' }, { width: 26 }],
      head: [cells(...words.heads)],
      rows: input.documents.map(({ title, number, date, pages, sha256 }, i) =>
        cells(`${i + 1}.`, title, number ?? '–', date, pages === null ? '–' : String(pages), sha256),
      ),
    },
    signedBy(frame, input.signer),
  ])
}
