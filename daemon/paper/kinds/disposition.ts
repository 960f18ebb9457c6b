// Lembar disposisi: what came in, and every order on it: from whom to whom, with which note, when.
import type { Paper } from '../../domain/paper.ts'
import type { DispositionInput } from '../../domain/paper-input.ts'
import { cells, type Frame, fieldsOf, headed, momentOf, paperOf } from '../frame.ts'

const WORDS = {
  id: {
    title: 'LEMBAR DISPOSISI',
    ticket: 'Nomor tiket',
    service: 'Layanan',
    from: 'Dari',
    office: 'Instansi',
    letter: 'Nomor surat',
    letterDate: 'Tanggal surat',
    channel: 'Diterima melalui',
    received: 'Diterima tanggal',
    agenda: 'Nomor agenda',
    priority: 'Sifat/prioritas',
    subject: 'Perihal',
    heads: ['NO.', 'DARI', 'DITERUSKAN KEPADA', 'ISI DISPOSISI', 'TANGGAL'],
    none: 'Belum ada disposisi.',
  },
  en: {
    title: 'DISPOSITION SHEET',
    ticket: 'Ticket',
    service: 'Service',
    from: 'From',
    office: 'Organisation',
    letter: 'Letter number',
    letterDate: 'Letter dated',
    channel: 'Came in by',
    received: 'Received',
    agenda: 'Agenda number',
    priority: 'Priority',
    subject: 'Subject',
    heads: ['NO.', 'FROM', 'TO', 'ORDER', 'DATE'],
    none: 'No disposition yet.',
  },
} as const

export function dispositionPaper(frame: Frame, input: DispositionInput): Paper {
  const words = WORDS[frame.language]
  const person = ({ name, position }: { readonly name: string; readonly position: string }) => (position === '' ? name : `${position}\n${name}`)
  const rows = input.orders.map(({ from, to, note, at }, i) => [...cells(`${i + 1}.`, person(from), person(to), note, momentOf(at, frame))])
  return paperOf(frame, 'disposition', words.title, [
    headed(words.title, frame.number),
    {
      kind: 'box',
      blocks: [
        fieldsOf([
          [words.ticket, input.ticket],
          [words.service, input.service],
          [words.from, `${input.from.name}${input.from.position === '' ? '' : `, ${input.from.position}`}`],
          [words.office, input.from.organisation],
          ...(input.letter === null
            ? []
            : ([
                [words.letter, input.letter.number],
                [words.letterDate, input.letter.date],
              ] as const)),
          [words.channel, input.channel],
          [words.received, momentOf(input.received, frame)],
          [words.agenda, input.agenda ?? '–'],
          [words.priority, input.priority],
          [words.subject, input.subject],
        ]),
      ],
    },
    {
      kind: 'table',
      size: 10,
      columns: [{ width: 4, align: 'center' }, { width: 19 }, { width: 19 }, { width: 30 }, { width: 16 }],
      head: [cells(...words.heads)],
      rows: rows.length > 0 ? rows : [[{ content: words.none, columns: words.heads.length, align: 'center' }]],
    },
  ])
}
