// The availability of all services in a month, as the evaluation of a service asks for it: promise, working time, what was lost, what was planned.
import type { Downtime, MonthAvailability, ServiceAvailability } from '../../domain/outage.ts'
import type { Block, Cell, Paper } from '../../domain/paper.ts'
import { workText } from '../../domain/words/clock-words.ts'
import type { Lang } from '../../domain/words/lang.ts'
import { dateTime, MONTH_NAMES } from '../../domain/words/time.ts'
import { type Making, paperOf } from './frame.ts'

const WORDS = {
  id: {
    title: 'LAPORAN KETERSEDIAAN LAYANAN',
    so: (moment: string) => `Bulan ini belum berakhir; angka sampai ${moment}.`,
    formula:
      'Ketersediaan = (waktu kerja − waktu tidak tersedia di dalam waktu kerja) / waktu kerja. Pemeliharaan terencana ditampilkan tersendiri dan tetap dihitung.',
    head: ['NO.', 'LAYANAN', 'DIJAMIN', 'WAKTU KERJA', 'TIDAK TERSEDIA', 'DI ANTARANYA TERENCANA', 'KETERSEDIAAN', 'KETERANGAN'],
    kept: 'terpenuhi',
    missed: 'tidak terpenuhi',
    unwatched: 'tidak dipantau perangkat',
    none: 'Belum ada waktu kerja yang tercatat pada bulan ini.',
    downs: 'Waktu tidak tersedia',
    noDowns: 'Tidak ada.',
    downHead: ['LAYANAN', 'MULAI', 'SELESAI', 'SEBAB'],
    still: 'masih berlangsung',
    planned: 'Pemeliharaan terencana',
    devices: (names: string) => `Tidak menjawab: ${names}`,
  },
  en: {
    title: 'AVAILABILITY OF SERVICES',
    so: (moment: string) => `The month is not over; figures up to ${moment}.`,
    formula:
      'Availability = (working time − time not available within it) / working time. Planned maintenance is shown apart and counted all the same.',
    head: ['NO.', 'SERVICE', 'GUARANTEED', 'WORKING TIME', 'NOT AVAILABLE', 'OF WHICH PLANNED', 'AVAILABILITY', 'REMARK'],
    kept: 'kept',
    missed: 'missed',
    unwatched: 'no device is watched',
    none: 'No working time of this month has been recorded yet.',
    downs: 'Times not available',
    noDowns: 'None.',
    downHead: ['SERVICE', 'FROM', 'UNTIL', 'CAUSE'],
    still: 'goes on',
    planned: 'Planned maintenance',
    devices: (names: string) => `Without an answer: ${names}`,
  },
} as const

const percent = (share: number, language: Lang): string =>
  `${(share * 100).toLocaleString(language === 'id' ? 'id-ID' : 'en-GB', { maximumFractionDigits: 2 })} %`

const monthName = (month: string, language: Lang): string => {
  const [year = '', number = ''] = month.split('-')
  return `${MONTH_NAMES[language][Number(number) - 1] ?? ''} ${year}`
}

/** `month`: 2026-11. */
export function availabilityPaper(month: string, services: readonly ServiceAvailability[], zone: string, making: Making): Paper {
  const { language, at } = making
  const words = WORDS[language]
  const head = (content: string): Cell => ({ content, align: 'center', bold: true, shade: true })
  const known = services.flatMap(service => service.months.slice(0, 1).map(figures => ({ service, figures })))
  const blocks: Block[] = [
    { kind: 'heading', level: 1, content: `${words.title}\n${monthName(month, language).toUpperCase()}` },
    { kind: 'paragraph', content: words.formula },
    ...(known.some(({ figures }) => figures.running) ? [{ kind: 'paragraph' as const, content: words.so(dateTime(at, zone, language)) }] : []),
    {
      kind: 'table',
      size: 9,
      columns: [
        { width: 4, align: 'center' },
        { width: 26, align: 'left' },
        { width: 9, align: 'center' },
        { width: 11, align: 'center' },
        { width: 12, align: 'center' },
        { width: 12, align: 'center' },
        { width: 12, align: 'center' },
        { width: 16, align: 'left' },
      ],
      head: [words.head.map(head)],
      rows:
        known.length === 0
          ? [[{ content: words.none, columns: words.head.length, align: 'center' }]]
          : known.map(({ service, figures }, i) => row(i + 1, service, figures, language)),
    },
    { kind: 'space', height: 8 },
    { kind: 'heading', level: 2, content: words.downs },
    ...downtimes(services, zone, language),
  ]
  return { ...paperOf('report', `${words.title} ${monthName(month, language)}`, null, blocks, making), landscape: true }
}

function row(no: number, { name, guaranteed, monitored }: ServiceAvailability, figures: MonthAvailability, language: Lang): Cell[] {
  const words = WORDS[language]
  const remarks = [figures.kept === null ? '' : figures.kept ? words.kept : words.missed, monitored ? '' : words.unwatched]
  return [
    `${no}.`,
    name[language],
    guaranteed === null ? '–' : percent(guaranteed / 100, language),
    workText(figures.working, language),
    workText(figures.down, language),
    workText(figures.planned, language),
    percent(figures.share, language),
    remarks.filter(Boolean).join('; '),
  ].map(content => ({ content }))
}

function downtimes(services: readonly ServiceAvailability[], zone: string, language: Lang): Block[] {
  const words = WORDS[language]
  const cause = ({ planned, devices, outage }: Downtime): string =>
    [planned ? words.planned : '', outage?.reason ?? '', devices.length === 0 ? '' : words.devices(devices.join(', '))].filter(Boolean).join('. ')
  const rows = services.flatMap(({ name, downtimes: all }) =>
    all.map(one =>
      [name[language], dateTime(one.from, zone, language), one.until === null ? words.still : dateTime(one.until, zone, language), cause(one)].map(
        (content): Cell => ({ content }),
      ),
    ),
  )
  if (rows.length === 0) return [{ kind: 'paragraph', content: words.noDowns }]
  return [
    {
      kind: 'table',
      size: 9,
      columns: [
        { width: 24, align: 'left' },
        { width: 18, align: 'left' },
        { width: 18, align: 'left' },
        { width: 40, align: 'left' },
      ],
      head: [words.downHead.map((content): Cell => ({ content, align: 'center', bold: true, shade: true }))],
      rows,
    },
  ]
}
