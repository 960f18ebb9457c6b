// The catalogue sheet of a service (Katalog Layanan): all its rows in the order of the documents.
import type { Words } from '../../domain/form.ts'
import type { Block, Cell, Paper } from '../../domain/paper.ts'
import type { Service, Sheet } from '../../domain/service.ts'
import type { Lang } from '../../domain/words/lang.ts'
import { type Making, paperOf } from './frame.ts'
import { outline, outlines } from './outline.ts'

/** Left column of the sheet; the documents' own spelling ("Perioritas", "National Charging") is kept. */
const LABELS = {
  id: {
    catalogue: 'KATALOG LAYANAN (SERVICE CATALOG)',
    document: 'DOKUMEN',
    decided: 'Ditetapkan Tanggal',
    number: 'Nomor',
    open: 'belum ditetapkan',
    name: 'Nama Layanan',
    description: 'Deskripsi Layanan',
    specification: 'Spesifikasi Layanan',
    requirements: 'Persyaratan Layanan',
    users: 'Cakupan Pengguna Layanan',
    managers: 'Pengelola Layanan',
    desk: 'Service Desk :',
    first: '1st Level Support :',
    second: '2nd Level Support :',
    links: 'Keterkaitan Layanan',
    supportedBy: 'Layanan Penunjang :',
    supports: 'Layanan yang didukung :',
    none: 'Tidak ada',
    components: 'Komponen Layanan',
    times: 'Waktu Berjalannya Layanan',
    requestTimes: 'Waktu Mekanisme Permintaan :',
    response: 'Waktu tanggap :',
    priority: 'Perioritas :',
    sla: 'Service Level Agreement (SLA)',
    charging: 'National Charging / Komponen Biaya Layanan',
    process: 'Proses Permintaan Layanan',
    impact: 'Dampak Operasional',
    supporting: 'Daftar Layanan Pendukung',
    availability: 'Ketersediaan yang Dijamin',
    outcome: 'Outcome',
  },
  en: {
    catalogue: 'SERVICE CATALOGUE',
    document: 'DOCUMENT',
    decided: 'Decided on',
    number: 'Number',
    open: 'not given yet',
    name: 'Name',
    description: 'Description',
    specification: 'Specification',
    requirements: 'Requirements',
    users: 'Users',
    managers: 'Managed by',
    desk: 'Service desk:',
    first: '1st level support:',
    second: '2nd level support:',
    links: 'Relations',
    supportedBy: 'Supported by:',
    supports: 'Supports:',
    none: 'None',
    components: 'Components',
    times: 'Times',
    requestTimes: 'Ways and times to ask:',
    response: 'Response:',
    priority: 'Priority:',
    sla: 'Service level agreement (SLA)',
    charging: 'Notional charging / cost',
    process: 'How to ask',
    impact: 'What may stand in the way',
    supporting: 'Supporting services',
    availability: 'Guaranteed availability',
    outcome: 'Outcome',
  },
} as const

/** Null when the service has no sheet. */
export function sheetOf(service: Service, making: Making): Paper | null {
  const { sheet } = service
  if (sheet === null) return null
  const { agency, language } = making
  const words = LABELS[language]
  const title = (sheet.title ?? service.name)[language]
  const shaded = (content: string): Cell => ({ content, align: 'center', bold: true, shade: true })
  const blocks: Block[] = [
    { kind: 'heading', level: 1, content: `${words.catalogue}\n${title.toUpperCase()}` },
    {
      kind: 'table',
      columns: [{ width: 28 }, { width: 72 }],
      head: [],
      size: 10,
      rows: [
        [shaded(`${words.catalogue}\n${agency.name.toUpperCase()}`), shaded(`${words.document} : ${title.toUpperCase()}`)],
        [
          { content: `${words.decided} : ${sheet.decided ?? words.open}`, align: 'center' },
          { content: `${words.number} : ${sheet.number ?? words.open}`, align: 'center' },
        ],
        ...sheetRows(service, sheet, language).map(([label, content]): Cell[] => [{ content: label, bold: true, align: 'left' }, { content }]),
      ],
    },
  ]
  return paperOf('sheet', `${words.catalogue} ${title}`, sheet.number, blocks, making)
}

/** The rows below the head, label and content, in the order of SC-05 and SC-06. */
export function sheetRows(
  service: Pick<Service, 'name'>,
  sheet: Sheet,
  language: Lang,
): readonly (readonly [label: string, content: readonly Block[]])[] {
  const words = LABELS[language]
  const one = (text: Words): readonly Block[] => outline(text[language])
  const many = (texts: readonly Words[]): readonly Block[] => (texts.length === 0 ? outline(words.none) : outlines(texts.map(text => text[language])))
  const under = (title: string, content: readonly Block[]): Block[] => [
    { kind: 'paragraph', content: [{ text: title, bold: true }], align: 'left', keep: true, gap: 1 },
    ...content,
  ]
  const linked = (title: string, texts: readonly Words[]): Block[] => {
    const [only] = texts
    if (texts.length > 1)
      return [
        { kind: 'paragraph', content: title, align: 'left', gap: 1 },
        { kind: 'list', marker: 'letter', items: texts.map(text => text[language]) },
      ]
    return [{ kind: 'paragraph', content: `${title} ${only === undefined ? words.none : only[language]}`, align: 'left', gap: 1 }]
  }
  return [
    [words.name, one(service.name)],
    [words.description, one(sheet.description)],
    [words.specification, one(sheet.specification)],
    [words.requirements, one(sheet.requirements)],
    [words.users, one(sheet.users)],
    [
      words.managers,
      [...under(words.desk, one(sheet.desk)), ...under(words.first, many(sheet.firstLevel)), ...under(words.second, many(sheet.secondLevel))],
    ],
    [
      words.links,
      [{ kind: 'list', marker: 'decimal', items: [linked(words.supportedBy, sheet.supportedBy), linked(words.supports, sheet.supports)] }],
    ],
    [words.components, many(sheet.components)],
    [
      words.times,
      [
        ...under(words.requestTimes, one(sheet.requestTimes)),
        ...under(words.response, one(sheet.responseTime)),
        ...under(words.priority, one(sheet.priority)),
      ],
    ],
    // Each entry brings its own head or number.
    [words.sla, outline(sheet.sla.map(text => text[language]).join('\n'))],
    [words.charging, one(sheet.charging)],
    [words.process, one(sheet.process)],
    [words.impact, one(sheet.impact)],
    [words.supporting, many(sheet.supporting)],
    [words.availability, outline(`${sheet.availability} %`)],
    [words.outcome, one(sheet.outcome)],
  ]
}
