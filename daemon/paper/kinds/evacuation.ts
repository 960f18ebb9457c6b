// Who is inside at this moment, to be read out at the assembly point and ticked by hand.
import type { Instant } from '../../domain/call.ts'
import type { Paper } from '../../domain/paper.ts'
import { clockShort, dateTime } from '../../domain/words/time.ts'
import { cells, type Frame, headed, paperOf } from '../frame.ts'

interface Line {
  readonly name: string
  readonly company: string
  readonly badge: string
  readonly rooms: string
  readonly escort: string
  readonly mobile: string
  readonly inAt: Instant
}

export interface EvacuationInput {
  readonly site: string
  readonly at: Instant
  readonly lines: readonly Line[]
}

const WORDS = {
  id: {
    title: 'DAFTAR EVAKUASI',
    heads: ['NO.', 'HADIR', 'NAMA', 'INSTANSI', 'RUANG', 'LENCANA', 'MASUK', 'PENDAMPING', 'HP'],
    at: (site: string, when: string) => `${site}, keadaan ${when}`,
    none: 'Tidak ada tamu di dalam.',
    total: (n: number) => `Jumlah tamu di dalam: ${n} orang`,
  },
  en: {
    title: 'EVACUATION LIST',
    heads: ['NO.', 'HERE', 'NAME', 'OFFICE', 'ROOM', 'BADGE', 'IN', 'ESCORT', 'MOBILE'],
    at: (site: string, when: string) => `${site}, as of ${when}`,
    none: 'No guests are inside.',
    total: (n: number) => `Guests inside: ${n}`,
  },
} as const

export function evacuationPaper(frame: Frame, { site, at, lines }: EvacuationInput): Paper {
  const words = WORDS[frame.language]
  return paperOf(
    frame,
    'evacuation',
    words.title,
    [
      headed(words.title, null),
      { kind: 'paragraph', content: words.at(site, dateTime(at, frame.zone, frame.language)), align: 'center' },
      { kind: 'paragraph', content: words.total(lines.length), align: 'center' },
      {
        kind: 'table',
        size: 10,
        columns: [
          { width: 5, align: 'center' },
          { width: 7, align: 'center' },
          { width: 22 },
          { width: 18 },
          { width: 16 },
          { width: 9 },
          { width: 7, align: 'center' },
          { width: 18 },
          { width: 13 },
        ],
        head: [cells(...words.heads)],
        rows:
          lines.length === 0
            ? [[{ content: words.none, columns: words.heads.length, align: 'center' }]]
            : lines.map((line, i) => [
                { content: String(i + 1) },
                { content: [{ check: false }] },
                ...cells(line.name, line.company, line.rooms, line.badge, clockShort(line.inAt, frame.zone), line.escort, line.mobile),
              ]),
      },
    ],
    true,
  )
}
