// Catatan: what the one who works on a request writes down while he does, with the time of each.
import type { Paper } from '../../domain/paper.ts'
import type { NotesInput } from '../../domain/paper-input.ts'
import { cells, type Frame, fieldsOf, headed, momentOf, paperOf, signedBy } from '../frame.ts'

const WORDS = {
  id: {
    title: 'CATATAN PENANGANAN LAYANAN',
    labels: ['Nomor tiket', 'Layanan', 'Pemohon', 'Instansi'],
    heads: ['NO.', 'WAKTU', 'OLEH', 'URAIAN'],
  },
  en: { title: 'NOTES ON THE WORK', labels: ['Ticket', 'Service', 'Requester', 'Organisation'], heads: ['NO.', 'TIME', 'BY', 'NOTE'] },
} as const

export function notesPaper(frame: Frame, { ticket, service, requester, organisation, notes, signer }: NotesInput): Paper {
  const { title, labels, heads } = WORDS[frame.language]
  const [a, b, c, d] = labels
  return paperOf(frame, 'notes', title, [
    headed(title, frame.number),
    fieldsOf([
      [a, ticket],
      [b, service],
      [c, requester],
      [d, organisation],
    ]),
    {
      kind: 'table',
      size: 10,
      columns: [{ width: 4, align: 'center' }, { width: 17 }, { width: 17 }, { width: 46 }],
      head: [cells(...heads)],
      rows: notes.map(({ at, by, text }, i) => cells(`${i + 1}.`, momentOf(at, frame), by, text)),
    },
    signedBy(frame, signer),
  ])
}
