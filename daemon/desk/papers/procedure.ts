// The SOP table of a service: a row for each of its document's, who does it marked in the column of his chair, and the three of MUTU BAKU.
import type { Block, Cell, Paper, Table } from '../../domain/paper.ts'
import type { Service, Step } from '../../domain/service.ts'
import type { Standard } from '../../domain/standard.ts'
import { standardText } from '../../domain/words/clock-words.ts'
import type { Lang } from '../../domain/words/lang.ts'
import { type Making, paperOf } from './frame.ts'

const WORDS = {
  id: {
    title: 'Standar Operasional Prosedur (SOP)',
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
    title: 'Standard operating procedure (SOP)',
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

/** On its side: a column for each chair wants width. */
export function procedureOf(service: Service, making: Making): Paper {
  const title = `${WORDS[making.language].title} ${service.name[making.language]}`
  const blocks: Block[] = [{ kind: 'heading', level: 1, content: title }, procedureTable(service, making)]
  return { ...paperOf('sheet', title, service.sheet?.number ?? null, blocks, making), landscape: true }
}

function procedureTable(service: Pick<Service, 'steps' | 'products'>, { agency, language }: Making): Table {
  const words = WORDS[language]
  // In the order of the chairs, as the documents have them: from who asks to who serves.
  const doing = new Set(service.steps.map(({ owner }) => owner))
  const owners = ['requester', ...Object.keys(agency.chairs)].filter(chair => doing.has(chair))
  const column = (chair: string): string => (chair === 'requester' ? words.requester : (agency.chairs[chair]?.column[language] ?? chair))
  const head = (content: string, span: Pick<Cell, 'columns' | 'rows'> = {}): Cell => ({ content, align: 'center', bold: true, shade: true, ...span })
  return {
    kind: 'table',
    size: 9,
    columns: [
      { width: 4, align: 'center' },
      { width: 22, align: 'left' },
      ...owners.map(() => ({ width: 58 / Math.max(owners.length, 4), align: 'center' as const })),
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
    rows: rowsOf(service, language).flatMap(({ no, step, owner, quality }) =>
      quality.map(({ needs, time }, i): Cell[] => {
        const whole = { rows: quality.length }
        const left: Cell[] = [
          { content: `${no}.`, ...whole },
          { content: step.label[language], ...whole },
          ...owners.map((chair): Cell => ({ content: chair === owner ? [{ check: true }] : '', ...whole })),
        ]
        return [...(i === 0 ? left : []), { content: needs }, { content: time }, { content: step.output?.[language] ?? '' }]
      }),
    ),
  }
}

export interface ProcedureRow {
  readonly no: number
  readonly step: Step
  readonly owner: string
  /** One, or for the work one for each product. */
  readonly quality: readonly { readonly needs: string; readonly time: string }[]
}

/** Steps that share a row of the document are one row: with the words of the document's own step, and the time of all of them. */
export function rowsOf({ steps, products }: Pick<Service, 'steps' | 'products'>, language: Lang): readonly ProcedureRow[] {
  const groups: Step[][] = []
  for (const step of steps) {
    const last = groups.at(-1)
    if (last !== undefined && step.row !== undefined && last[0]?.row === step.row) last.push(step)
    else groups.push([step])
  }
  return groups.flatMap((group, i): ProcedureRow[] => {
    // What a document has no row for (verification, minutes) stands with its neighbour, but never speaks for it.
    const step = group.find(({ kind }) => kind === 'submit' || kind === 'archive') ?? group[0]
    if (step === undefined) return []
    const row = { no: i + 1, step, owner: step.owner }
    if (step.kind === 'work')
      return [{ ...row, quality: products.map(product => ({ needs: product.name[language], time: timeText(product.standard, language) })) }]
    const time = group.flatMap(({ standard }) => (standard === null ? [] : timeText(standard, language))).join(', ')
    return [{ ...row, quality: [{ needs: step.needs?.[language] ?? '', time }] }]
  })
}

/** As SOP tables write it: a lone working day is "1 hari". */
const timeText = (standard: Standard, language: Lang): string =>
  language === 'id' && standard.unit === 'workday' && standard.max === 1 ? '1 hari' : standardText(standard, language)
