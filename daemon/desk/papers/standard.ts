// The Standar Pelayanan of a service: its fourteen components in a table, and the head of the agency below it.
import type { Words } from '../../domain/form.ts'
import type { Block, Cell, Paper } from '../../domain/paper.ts'
import type { Service, ServiceStandard } from '../../domain/service.ts'
import type { Lang } from '../../domain/words/lang.ts'
import { type Making, paperOf } from './frame.ts'
import { outlines } from './outline.ts'

/** Who signs it, as he is on its day; null: a line is left. */
export interface HeadOfAgency {
  readonly name: string
  readonly rank: string
  readonly nip: string | null
}

const WORDS = {
  id: { title: 'STANDAR PELAYANAN', head: ['NO.', 'KOMPONEN', 'URAIAN'], place: ', ', chief: 'Kepala Dinas' },
  en: { title: 'SERVICE STANDARD', head: ['NO.', 'COMPONENT', 'DESCRIPTION'], place: ', ', chief: 'Head of the office' },
} as const

const COMPONENTS: readonly (readonly [keyof ServiceStandard, Words])[] = [
  ['legalBasis', { id: 'Dasar Hukum', en: 'Legal basis' }],
  ['requirements', { id: 'Persyaratan', en: 'Requirements' }],
  ['procedure', { id: 'Sistem, mekanisme dan prosedur', en: 'System, mechanism and procedure' }],
  ['time', { id: 'Jangka waktu penyelesaian', en: 'Time of completion' }],
  ['cost', { id: 'Biaya/Tarif', en: 'Cost' }],
  ['products', { id: 'Produk', en: 'Products' }],
  ['facilities', { id: 'Sarana, prasarana, dan / atau fasilitas', en: 'Facilities' }],
  ['competences', { id: 'Kompetensi Pelaksana', en: 'Competences of the executors' }],
  ['supervision', { id: 'Pengawasan Internal', en: 'Internal supervision' }],
  ['complaints', { id: 'Penanganan pengaduan', en: 'Complaints' }],
  ['executors', { id: 'Jumlah pelaksana', en: 'Number of executors' }],
  ['guarantee', { id: 'Jaminan pelayanan', en: 'Guarantee of service' }],
  ['safety', { id: 'Jaminan keamanan dan keselamatan pelayanan', en: 'Guarantee of security and safety' }],
  ['evaluation', { id: 'Evaluasi kinerja pelaksana', en: 'Evaluation of performance' }],
]

/** Null when the service has none. */
export function standardOf(service: Pick<Service, 'standard'>, signer: HeadOfAgency | null, making: Making): Paper | null {
  const { standard } = service
  if (standard === null) return null
  const { agency, language } = making
  const words = WORDS[language]
  const title = standard.title[language]
  const head = (content: string): Cell => ({ content, align: 'center', bold: true, shade: true })
  const year = new Date(making.at).getUTCFullYear()
  const blocks: Block[] = [
    { kind: 'heading', level: 1, content: [words.title, title, agency.short.toUpperCase(), agency.government.toUpperCase()].join('\n') },
    {
      kind: 'table',
      size: 10.5,
      columns: [{ width: 7, align: 'center' }, { width: 25, align: 'left' }, { width: 68 }],
      head: [words.head.map(head), ['1', '2', '3'].map(head)],
      rows: standardRows(standard, language).map(([label, content], i) => [{ content: `${i + 1}.` }, { content: label }, { content }]),
    },
    { kind: 'space', height: 14 },
    {
      kind: 'signatures',
      columns: 2,
      parties: [
        {
          title: [Object.values(agency.chairs)[0]?.title[language] ?? words.chief, agency.region],
          place: `${agency.place}${words.place}${' '.repeat(24)}${year}`,
          note: null,
          stamp: true,
          instead: null,
          name: signer?.name ?? null,
          rank: signer?.rank ?? null,
          nip: signer?.nip ?? null,
        },
      ],
    },
  ]
  return paperOf('standard', `${words.title} ${title}`, null, blocks, making)
}

/** The fourteen components, label and content. */
export const standardRows = (standard: ServiceStandard, language: Lang): readonly (readonly [label: string, content: readonly Block[]])[] =>
  COMPONENTS.map(([key, label]) => {
    const texts = [standard[key]].flat().map(text => text[language])
    return [label[language], outlines(texts)] as const
  })
