// A form as paper: as it was filled in, or empty to be filled in by hand; with statement, signatures and the officer's box.
import type { Answer, Answers, Field, GroupField, LeafField, Section } from '../../domain/form.ts'
import { conditionHolds } from '../../domain/form-check.ts'
import type { Block, Fields, Inline, Paper, Party, Run } from '../../domain/paper.ts'
import type { Service } from '../../domain/service.ts'
import type { Lang } from '../../domain/words/lang.ts'
import { answerText, choiceRuns, flagRuns } from './form-values.ts'
import { type Making, paperOf } from './frame.ts'

/** What the desk knows of the ticket; all null on an empty form. */
export interface FormHeader {
  readonly ticket: string | null
  /** As it is to be printed: 20 November 2026. */
  readonly date: string | null
  readonly officer: { readonly name: string; readonly nip: string | null } | null
  /** What the ticket asks for; empty on an empty form. */
  readonly products: readonly string[]
  /** Names of attachments by their number. */
  readonly files: ReadonlyMap<number, string>
}

export const EMPTY_HEADER: FormHeader = { ticket: null, date: null, officer: null, products: [], files: new Map() }

/** `answers` null: an empty form. */
export function formOf(service: Pick<Service, 'form' | 'products'>, answers: Answers | null, header: FormHeader, making: Making): Paper {
  const { form, products } = service
  const { language } = making
  const given = new Map(Object.entries(answers ?? {}))
  const shown = (one: Section | Field | LeafField, scopes: readonly ReadonlyMap<string, Answer>[]): boolean =>
    answers === null || conditionHolds(one.when, scopes, header.products)
  const print: Print = { language, files: header.files, shown: (field, own) => shown(field, [own, given]) }

  const asked: Block[] =
    products.length < 2
      ? []
      : [
          fieldsOf([
            [
              WORDS[language].asked,
              choiceRuns(
                products.map(({ key, name }) => ({ value: key, label: name })),
                header.products,
                language,
              ),
            ],
          ]),
        ]
  const sections = form.sections.filter(section => shown(section, [given])).flatMap(section => sectionBlocks(section, given, print))
  const blocks: Block[] = [
    { kind: 'heading', level: 1, content: form.title[language] },
    ...asked,
    ...sections,
    ...(form.notes ?? []).map((note): Block => ({ kind: 'paragraph', content: note[language], align: 'left', size: 9.5, gap: 4 })),
    { kind: 'paragraph', content: form.statement[language], gap: 10 },
    { kind: 'signatures', columns: 2, parties: partiesOf(service.form, given, header, making) },
    officerBox(header, language),
  ]
  return paperOf('form', form.title[language], header.ticket, blocks, making)
}

const WORDS = {
  id: {
    asked: 'Layanan yang diminta',
    hander: 'Yang menyerahkan,',
    officer: 'Petugas,',
    box: '*Diisi oleh petugas',
    ticket: 'Tiket ID',
    date: 'Tanggal',
    by: 'Petugas',
  },
  en: {
    asked: 'Asked for',
    hander: 'Handed over by,',
    officer: 'Officer,',
    box: '*Filled in by the officer',
    ticket: 'Ticket ID',
    date: 'Date',
    by: 'Officer',
  },
} as const

interface Print {
  readonly language: Lang
  readonly files: ReadonlyMap<number, string>
  shown(field: Field | LeafField, own: ReadonlyMap<string, Answer>): boolean
}

type Row = readonly [label: string, value: Inline | null]

const fieldsOf = (rows: readonly Row[], inset = 0): Fields => ({
  kind: 'fields',
  rows: rows.map(([label, value]) => ({ label, value })),
  inset,
  gap: 6,
})

/** Who hands over and who answers for it stand in the signature block, not above it. */
const SIGNING: ReadonlySet<string> = new Set(['handedBy', 'signer'])

function sectionBlocks(section: Section, given: ReadonlyMap<string, Answer>, print: Print): Block[] {
  const fields = section.fields.filter(field => !SIGNING.has(field.key) && print.shown(field, new Map()))
  if (fields.length === 0) return []
  const blocks: Block[] = [{ kind: 'heading', level: 3, content: section.title[print.language] }]
  let leaves: LeafField[] = []
  const flush = () => {
    if (leaves.length > 0) blocks.push(fieldsOf(leafRows(leaves, given, print)))
    leaves = []
  }
  for (const field of fields) {
    if (field.type !== 'group') {
      leaves.push(field)
      continue
    }
    flush()
    blocks.push(...groupBlocks(field, given.get(field.key), print))
  }
  flush()
  return blocks
}

/** Neighbours with the same row stand on one line: "Nomor telepon : HP : … Internal : …". */
function leafRows(leaves: readonly LeafField[], own: ReadonlyMap<string, Answer>, print: Print): Row[] {
  const rows: Row[] = []
  for (let at = 0; at < leaves.length; at++) {
    const leaf = leaves[at]
    if (leaf === undefined) break
    if (leaf.row === undefined) {
      rows.push([leaf.label[print.language], printed(leaf, own.get(leaf.key), print)])
      continue
    }
    const { row } = leaf
    const beside = [leaf]
    while (leaves[at + 1]?.row?.id === row.id) beside.push(leaves[++at]!)
    const runs = beside.flatMap((one): Run[] => {
      const value = printed(one, own.get(one.key), print)
      return [
        { text: `${one.label[print.language]} : ` },
        ...(value === null ? [{ text: BLANK }] : typeof value === 'string' ? [{ text: value }] : value),
        { text: GAP },
      ]
    })
    rows.push([row[print.language], runs.slice(0, -1)])
  }
  return rows
}

const BLANK = '.'.repeat(28)
const GAP = '      '

function printed(field: LeafField, answer: Answer | undefined, print: Print): Inline | null {
  const { language } = print
  if (field.type === 'present' || field.type === 'yesno') return flagRuns(field.type, answer, language)
  if (field.type === 'choice' || field.type === 'choices')
    return choiceRuns(field.options ?? [], answer === undefined ? [] : [answer].flat(), language, field.other)
  const text = answerText(field, answer, language, print.files)
  // What is agreed to stands on the paper that is signed.
  return field.type === 'terms' ? `${field.text?.[language] ?? ''}\n\n${text ?? BLANK}` : text
}

/** Rows an empty form leaves for what is repeated. */
const EMPTY_ROWS = 3
/** Columns a table of repeats can bear; with more, each has lines of its own. */
const WIDEST = 5

function groupBlocks(group: GroupField, answer: Answer | undefined, print: Print): Block[] {
  const { language } = print
  const title = (text: string): Block => ({ kind: 'paragraph', content: [{ text, bold: true }], align: 'left', keep: true, gap: 3 })
  const lines = (item: ReadonlyMap<string, Answer>) =>
    fieldsOf(
      leafRows(
        group.fields.filter(field => print.shown(field, item)),
        item,
        print,
      ),
      10,
    )
  if (group.repeat === undefined) return [title(group.label[language]), lines(mapOf(answer))]
  const items = Array.isArray(answer) ? answer.map(mapOf) : Array.from({ length: EMPTY_ROWS }, () => mapOf(undefined))
  if (group.fields.length > WIDEST) return items.flatMap((item, i) => [title(`${group.label[language]} ${i + 1}`), lines(item)])
  return [
    title(group.label[language]),
    {
      kind: 'table',
      size: 9.5,
      columns: [{ width: 6, align: 'center' }, ...group.fields.map(() => ({ width: 94 / group.fields.length, align: 'left' as const }))],
      head: [
        [
          { content: 'No.', align: 'center', bold: true, shade: true },
          ...group.fields.map(field => ({ content: field.label[language], align: 'center' as const, bold: true, shade: true })),
        ],
      ],
      rows: items.map((item, i) => [{ content: `${i + 1}` }, ...group.fields.map(field => ({ content: cellOf(field, item.get(field.key), print) }))]),
    },
  ]
}

/** In a table a choice is only named: there is no room for what was not chosen. */
const cellOf = (field: LeafField, answer: Answer | undefined, print: Print): Inline =>
  field.type === 'present' || field.type === 'yesno'
    ? flagRuns(field.type, answer, print.language)
    : (answerText(field, answer, print.language, print.files) ?? ' ')

function partiesOf(
  { signer }: Service['form'],
  given: ReadonlyMap<string, Answer>,
  { officer, date }: FormHeader,
  { agency, language, at }: Making,
): Party[] {
  const words = WORDS[language]
  const [hander, applicant] = [mapOf(given.get('handedBy')), mapOf(given.get('signer'))]
  const text = (from: ReadonlyMap<string, Answer>, key: string): string | null => {
    const value = from.get(key)
    return typeof value === 'string' ? value : null
  }
  const blank = { rank: null, instead: null, note: null, stamp: false, place: null } as const
  // "Pemohon (minimal eselon III)": what is in brackets stands below the title.
  const [, title = '', note = null] = /^([^(]*)(\(.*\))?$/.exec(signer.label[language]) ?? []
  const name = text(applicant, 'name') ?? text(given, 'name')
  return [
    { ...blank, title: [words.hander], name: text(hander, 'name'), nip: text(hander, 'nip') },
    {
      ...blank,
      place: `${agency.place}, ${date ?? `${new Date(at).getUTCFullYear().toString().slice(0, 2)}......`}`,
      title: [words.officer],
      name: officer?.name ?? null,
      nip: officer?.nip ?? null,
    },
    {
      ...blank,
      title: [`${title.trim()},`, ...(text(applicant, 'position') === null ? [] : [text(applicant, 'position') ?? ''])],
      note,
      stamp: signer.wetStamp,
      name,
      nip: text(applicant, 'nip') ?? text(given, 'nip'),
    },
  ]
}

function officerBox({ ticket, date, officer }: FormHeader, language: Lang): Block {
  const words = WORDS[language]
  return {
    kind: 'box',
    width: 0.5,
    align: 'left',
    blocks: [
      { kind: 'paragraph', content: words.box, align: 'left', gap: 3, keep: true },
      fieldsOf([
        [words.ticket, ticket],
        [words.date, date],
        [words.by, officer?.name ?? null],
      ]),
    ],
  }
}

const mapOf = (answer: Answer | undefined): ReadonlyMap<string, Answer> =>
  new Map(answer !== null && typeof answer === 'object' && !Array.isArray(answer) ? Object.entries(answer) : [])
