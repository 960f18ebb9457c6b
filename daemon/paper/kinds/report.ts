// Laporan: what was asked, what was done and when, what the clock says of it, what is recommended.
import type { Block, Paper } from '../../domain/paper.ts'
import type { ReportInput } from '../../domain/paper-input.ts'
import { applicationRows, cells, type Frame, fieldsOf, headed, momentOf, paperOf, paragraphs, signedBy } from '../frame.ts'

const WORDS = {
  id: {
    title: 'LAPORAN PENANGANAN LAYANAN',
    request: 'Permohonan',
    labels: ['Nomor tiket', 'Layanan', 'Produk', 'Pemohon', 'Jabatan', 'Instansi', 'Aplikasi', 'Diajukan melalui', 'Diajukan', 'Waktu diterima'],
    asked: 'Uraian permintaan',
    timeline: 'Riwayat penanganan',
    result: 'Hasil penanganan',
    recommendation: 'Saran dan rekomendasi',
    none: 'Tidak ada.',
    clock: 'Waktu penanganan',
    attachments: 'Lampiran',
    timeHeads: ['NO.', 'WAKTU', 'OLEH', 'KEGIATAN'],
    clockHeads: ['TAHAP', 'PELAKSANA', 'STANDAR WAKTU', 'WAKTU TERPAKAI', 'KETERANGAN'],
    fileHeads: ['NO.', 'BERKAS', 'SHA-256'],
  },
  en: {
    title: 'REPORT ON A REQUEST',
    request: 'Request',
    labels: ['Ticket', 'Service', 'Products', 'Requester', 'Position', 'Organisation', 'Application', 'Filed by', 'Filed', 'Received'],
    asked: 'What was asked',
    timeline: 'Timeline',
    result: 'What was done',
    recommendation: 'Recommendation',
    none: 'None.',
    clock: 'Time taken',
    attachments: 'Attachments',
    timeHeads: ['NO.', 'TIME', 'BY', 'WHAT'],
    clockHeads: ['STEP', 'WHO', 'STANDARD', 'USED', 'REMARK'],
    fileHeads: ['NO.', 'FILE', 'SHA-256'],
  },
} as const

export function reportPaper(frame: Frame, input: ReportInput): Paper {
  const words = WORDS[frame.language]
  const [ticket, service, products, requester, position, organisation, application, channel, filed, received] = words.labels
  const chapter = (no: string, title: string, ...blocks: readonly Block[]): Block[] => [
    { kind: 'heading', level: 2, content: `${no}. ${title}` },
    ...blocks,
    { kind: 'space', height: 4 },
  ]
  const free = (text: string): Block[] => (text.trim() === '' ? [{ kind: 'paragraph', content: words.none }] : paragraphs(text))
  const parts: readonly (readonly [title: string, blocks: readonly Block[]])[] = [
    [
      words.request,
      [
        fieldsOf([
          [ticket, input.ticket],
          [service, input.service],
          [products, input.products.join('; ')],
          [requester, input.requester.name],
          [position, input.requester.position === '' ? '–' : input.requester.position],
          [organisation, input.requester.organisation],
          ...applicationRows(application, input.application, frame.language),
          [channel, input.channel],
          [filed, momentOf(input.filed, frame)],
          [received, momentOf(input.received, frame)],
        ]),
      ],
    ],
    [words.asked, [fieldsOf(input.asked.map(({ label, value }) => [label, value === '' ? '–' : value]))]],
    [
      words.timeline,
      [
        {
          kind: 'table',
          size: 9.5,
          columns: [{ width: 4, align: 'center' }, { width: 19 }, { width: 18 }, { width: 43 }],
          head: [cells(...words.timeHeads)],
          rows: input.timeline.map(({ at, by, text }, i) => cells(`${i + 1}.`, momentOf(at, frame), by, text)),
        },
      ],
    ],
    [words.result, free(input.result)],
    [
      words.clock,
      [
        {
          kind: 'table',
          size: 9.5,
          columns: [{ width: 24 }, { width: 17 }, { width: 15 }, { width: 15 }, { width: 20 }],
          head: [cells(...words.clockHeads)],
          rows: input.clock.map(({ step, owner, standard, used, verdict }) => cells(step, owner, standard, used, verdict)),
        },
        { kind: 'paragraph', content: input.verdict },
      ],
    ],
    [words.recommendation, free(input.recommendation)],
    ...(input.attachments.length === 0
      ? []
      : ([
          [
            words.attachments,
            [
              {
                kind: 'table',
                size: 9,
                columns: [{ width: 4, align: 'center' }, { width: 28 }, { width: 52 }],
                head: [cells(...words.fileHeads)],
                rows: input.attachments.map(({ name, sha256 }, i) => cells(`${i + 1}.`, name, sha256)),
              },
            ],
          ],
        ] as const)),
  ]
  return paperOf(frame, 'report', words.title, [
    headed(words.title, frame.number),
    ...parts.flatMap(([title, blocks], i) => chapter(String.fromCharCode(65 + i), title, ...blocks)),
    signedBy(frame, input.signer),
  ])
}
