// Buku tamu: who was in the DC or DRC in a month, as the guest book of an office has it.
import type { Instant } from '../../domain/call.ts'
import type { Paper } from '../../domain/paper.ts'
import { clockShort, dateShort, MONTH_NAMES } from '../../domain/words/time.ts'
import { cells, type Frame, headed, paperOf } from '../frame.ts'

interface Line {
  readonly no: number
  readonly visit: string
  readonly name: string
  readonly identity: string
  readonly company: string
  readonly organisation: string
  readonly purpose: string
  readonly place: string
  readonly escort: string
  readonly goods: string
  readonly inAt: Instant
  readonly outAt: Instant | null
}

export interface VisitLogInput {
  readonly site: string
  readonly kind: 'dc' | 'drc'
  readonly year: number
  /** 1–12. */
  readonly month: number
  readonly lines: readonly Line[]
}

const WORDS = {
  id: {
    title: (kind: 'dc' | 'drc', month: string, year: number) =>
      `BUKU TAMU ${kind === 'dc' ? 'PUSAT DATA (DC)' : 'PUSAT PEMULIHAN BENCANA (DRC)'}\nBULAN ${month.toUpperCase()} ${year}`,
    heads: [
      'NO.',
      'TANGGAL',
      'MASUK',
      'KELUAR',
      'NAMA DAN IDENTITAS',
      'INSTANSI/PERUSAHAAN',
      'KEPERLUAN',
      'RUANG/RAK',
      'PENDAMPING',
      'BARANG',
      'KUNJUNGAN',
    ],
    none: 'Tidak ada kunjungan pada bulan ini.',
    total: (n: number) => `Jumlah kunjungan orang: ${n}`,
  },
  en: {
    title: (kind: 'dc' | 'drc', month: string, year: number) =>
      `GUEST BOOK OF THE ${kind === 'dc' ? 'DATA CENTRE (DC)' : 'DISASTER RECOVERY CENTRE (DRC)'}\n${month.toUpperCase()} ${year}`,
    heads: ['NO.', 'DATE', 'IN', 'OUT', 'NAME AND IDENTITY', 'OFFICE/COMPANY', 'PURPOSE', 'ROOM/RACK', 'ESCORT', 'GOODS', 'VISIT'],
    none: 'No visits in this month.',
    total: (n: number) => `People who came in: ${n}`,
  },
} as const

export function visitLogPaper(frame: Frame, { site, kind, year, month, lines }: VisitLogInput): Paper {
  const words = WORDS[frame.language]
  const title = words.title(kind, MONTH_NAMES[frame.language][month - 1] ?? '', year)
  const office = ({ company, organisation }: Line) => [...new Set([company, organisation])].filter(one => one !== '').join('\n')
  const time = (at: Instant | null) => (at === null ? '–' : clockShort(at, frame.zone))
  return paperOf(
    frame,
    'guestBook',
    title.replace('\n', ' '),
    [
      headed(title, null),
      { kind: 'paragraph', content: site, align: 'center' },
      {
        kind: 'table',
        size: 8.5,
        columns: [
          { width: 4, align: 'center' },
          { width: 8 },
          { width: 6, align: 'center' },
          { width: 6, align: 'center' },
          { width: 15 },
          { width: 15 },
          { width: 18 },
          { width: 12 },
          { width: 13 },
          { width: 13 },
          { width: 10 },
        ],
        head: [cells(...words.heads)],
        rows:
          lines.length === 0
            ? [[{ content: words.none, columns: words.heads.length, align: 'center' }]]
            : lines.map(line =>
                cells(
                  String(line.no),
                  dateShort(line.inAt, frame.zone, frame.language),
                  time(line.inAt),
                  time(line.outAt),
                  [line.name === '' ? '–' : line.name, line.identity].filter(one => one !== '').join('\n'),
                  office(line),
                  line.purpose,
                  line.place,
                  line.escort,
                  line.goods,
                  line.visit,
                ),
              ),
      },
      { kind: 'space', height: 6 },
      { kind: 'paragraph', content: words.total(lines.length) },
    ],
    true,
  )
}
