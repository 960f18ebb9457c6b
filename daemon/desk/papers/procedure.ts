// The SOP table of a service: a row for each of its document's, who does it marked in the column of his chair, and the three of MUTU BAKU.
import type { Cell, Table } from '../../domain/paper.ts'
import type { Service, Step } from '../../domain/service.ts'
import type { Standard } from '../../domain/standard.ts'
import { standardText } from '../../domain/words/clock-words.ts'
import type { Lang } from '../../domain/words/lang.ts'
import type { Making } from './frame.ts'

const WORDS = {
  id: {
    no: 'NO',
    activity: 'AKTIFITAS',
    actors: 'PELAKSANA',
    quality: 'MUTU BAKU',
    needs: 'KELENGKAPAN',
    time: 'WAKTU',
    output: 'OUTPUT',
    requester: 'USER PD/ENTITAS LAINNYA',
  },
  en: {
    no: 'NO',
    activity: 'ACTIVITY',
    actors: 'DONE BY',
    quality: 'QUALITY',
    needs: 'NEEDS',
    time: 'TIME',
    output: 'OUTPUT',
    requester: 'APPLICANT',
  },
} as const

export function procedureTable(service: Pick<Service, 'steps' | 'products'>, { agency, language }: Making): Table {
  const words = WORDS[language]
  const owners = [...new Set(service.steps.map(({ owner }) => owner))]
  const column = (chair: string): string => (chair === 'requester' ? words.requester : (agency.chairs[chair]?.column[language] ?? chair))
  const head = (content: string, span: Pick<Cell, 'columns' | 'rows'> = {}): Cell => ({ content, align: 'center', bold: true, shade: true, ...span })
  return {
    kind: 'table',
    size: 7.5,
    columns: [
      { width: 4, align: 'center' },
      { width: 22, align: 'left' },
      ...owners.map(() => ({ width: 50 / Math.max(owners.length, 4), align: 'center' as const })),
      { width: 16, align: 'left' },
      { width: 9, align: 'center' },
      { width: 13, align: 'left' },
    ],
    head: [
      [
        head(words.no, { rows: 2 }),
        head(words.activity, { rows: 2 }),
        head(words.actors, { columns: owners.length }),
        head(words.quality, { columns: 3 }),
      ],
      [...owners.map(owner => head(column(owner))), head(words.needs), head(words.time), head(words.output)],
    ],
    rows: rowsOf(service, language).map(({ no, step, needs, time, owners: doing }) => [
      { content: `${no}.` },
      { content: step.label[language] },
      ...owners.map((owner): Cell => ({ content: doing.has(owner) ? [{ check: true }] : '' })),
      { content: needs },
      { content: time },
      { content: step.output?.[language] ?? '' },
    ]),
  }
}

interface Row {
  readonly no: number
  readonly step: Step
  readonly needs: string
  readonly time: string
  readonly owners: ReadonlySet<string>
}

/** Steps that share a row of the document are one row, with the words of the first and the time of them together; work has a row for each product. */
export function rowsOf({ steps, products }: Pick<Service, 'steps' | 'products'>, language: Lang): readonly Row[] {
  const groups: Step[][] = []
  for (const step of steps) {
    const last = groups.at(-1)
    // What a document has no row for (verification, minutes) stands with its neighbour, but never speaks for it.
    if (last !== undefined && step.row !== undefined && last[0]?.row === step.row) last.push(step)
    else groups.push([step])
  }
  return groups.flatMap((group, i): Row[] => {
    const step = group.find(({ kind }) => kind === 'submit' || kind === 'archive') ?? group[0]
    if (step === undefined) return []
    const row = { no: i + 1, step, owners: new Set([step.owner]) }
    if (step.kind === 'work') return products.map(product => ({ ...row, needs: product.name[language], time: timeText(product.standard, language) }))
    const timed = group.flatMap(({ standard }) => standard ?? [])
    return [{ ...row, needs: step.needs?.[language] ?? '', time: timed.map(standard => timeText(standard, language)).join(', ') }]
  })
}

/** As SOP tables write it: a lone working day is "1 hari". */
const timeText = (standard: Standard, language: Lang): string =>
  language === 'id' && standard.unit === 'workday' && standard.max === 1 ? '1 hari' : standardText(standard, language)
