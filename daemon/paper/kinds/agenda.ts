// Buku agenda: what came in and what went out in a year, numbered, as a wide table.
import type { Block, Paper } from '../../domain/paper.ts'
import type { AgendaInput } from '../../domain/paper-input.ts'
import { dateShort } from '../../domain/words/time.ts'
import { cells, type Frame, headed, paperOf, signedBy } from '../frame.ts'

const WORDS = {
  id: {
    title: (year: number) => `BUKU AGENDA TAHUN ${year}`,
    incoming: 'Agenda masuk',
    outgoing: 'Agenda keluar',
    heads: ['NO. AGENDA', 'TANGGAL', 'NOMOR SURAT/DOKUMEN', 'TANGGAL SURAT'],
    from: 'DARI',
    to: 'KEPADA',
    rest: ['PERIHAL', 'KETERANGAN'],
    none: 'Tidak ada.',
  },
  en: {
    title: (year: number) => `AGENDA BOOK ${year}`,
    incoming: 'Incoming',
    outgoing: 'Outgoing',
    heads: ['NO.', 'DATE', 'LETTER OR DOCUMENT', 'DATED'],
    from: 'FROM',
    to: 'TO',
    rest: ['SUBJECT', 'REMARK'],
    none: 'None.',
  },
} as const

export function agendaPaper(frame: Frame, { year, incoming, outgoing, keeper }: AgendaInput): Paper {
  const words = WORDS[frame.language]
  const title = words.title(year)
  const part = (name: string, other: string, entries: readonly AgendaInput['incoming'][number][]): Block[] => {
    const heads = [...words.heads, other, ...words.rest]
    return [
      { kind: 'heading', level: 2, content: name },
      {
        kind: 'table',
        size: 9.5,
        columns: [{ width: 8, align: 'center' }, { width: 8 }, { width: 20 }, { width: 11 }, { width: 22 }, { width: 34 }, { width: 16 }],
        head: [cells(...heads)],
        rows:
          entries.length === 0
            ? [[{ content: words.none, columns: heads.length, align: 'center' }]]
            : entries.map(({ no, at, number, date, other: whom, subject, remark }) =>
                cells(String(no), dateShort(at, frame.zone, frame.language), number, date, whom, subject, remark),
              ),
      },
    ]
  }
  return paperOf(
    frame,
    'agenda',
    title,
    [
      headed(title, null),
      ...part(words.incoming, words.from, incoming),
      { kind: 'space', height: 8 },
      ...part(words.outgoing, words.to, outgoing),
      ...(keeper === null ? [] : [signedBy(frame, keeper)]),
    ],
    true,
  )
}
