// The letter a form's answers fill in (SC-06, Lampiran 1): the applicant's own, on his letterhead, so without ours.
import type { Answers, LeafField } from '../../domain/form.ts'
import { conditionHolds } from '../../domain/form-check.ts'
import type { Block, Paper } from '../../domain/paper.ts'
import type { Service } from '../../domain/service.ts'
import type { Lang } from '../../domain/words/lang.ts'
import { answerText } from './form-values.ts'
import { type Making, paperOf } from './frame.ts'

const WORDS = {
  id: { head: '<KOP SURAT KEMENTERIAN/LEMBAGA/OPD>', number: 'Nomor', attachments: 'Lampiran', subject: 'Perihal', copies: 'Tembusan :' },
  en: { head: '<LETTERHEAD OF THE OFFICE>', number: 'Number', attachments: 'Enclosures', subject: 'Subject', copies: 'Copies:' },
} as const

/** Null when the form has no letter, or none for these products. What was not answered is a dotted line. */
export function letterOf({ form }: Pick<Service, 'form'>, answers: Answers, products: readonly string[], making: Making): Paper | null {
  const { letter } = form
  if (letter === undefined || !conditionHolds(letter.when, [new Map(Object.entries(answers))], products)) return null
  const { language } = making
  const words = WORDS[language]
  const leaves = new Map(
    form.sections.flatMap(({ fields }) => fields.flatMap(field => (field.type === 'group' ? [] : [[field.key, field] as const]))),
  )
  const fill = (text: { readonly [key in Lang]: string }): string =>
    text[language].replaceAll(/\{([a-zA-Z0-9]+)\}/g, (_, key: string) => written(leaves.get(key), answers, language) ?? DOTS)
  const copies = letter.copies === undefined ? '' : fill(letter.copies)
  const left = (content: string, gap = 2): Block => ({ kind: 'paragraph', content, align: 'left', gap })
  const [position, name] = letter.signer.map(fill)
  const blocks: Block[] = [
    { kind: 'paragraph', content: [{ text: words.head, bold: true }], align: 'center', gap: 4 },
    { kind: 'rule' },
    {
      kind: 'table',
      borders: 'none',
      columns: [{ width: 58 }, { width: 42, align: 'left' }],
      head: [],
      rows: [
        [
          {
            content: [
              {
                kind: 'fields',
                rows: [
                  { label: words.number, value: fill(letter.number) },
                  { label: words.attachments, value: fill(letter.attachments) },
                  { label: words.subject, value: fill(letter.subject) },
                ],
              },
            ],
          },
          { content: [left(fill(letter.head), 10), ...letter.to.map(line => left(fill(line)))] },
        ],
      ],
    },
    { kind: 'space', height: 12 },
    ...letter.body.map((text): Block => ({ kind: 'paragraph', content: fill(text), indent: 36, gap: 8 })),
    { kind: 'space', height: 8 },
    {
      kind: 'signatures',
      columns: 2,
      parties: [
        {
          title: [`${position ?? DOTS},`],
          place: null,
          note: null,
          stamp: true,
          instead: null,
          name: name === DOTS ? null : (name ?? null),
          rank: null,
        },
      ],
    },
    ...(copies === '' || copies === DOTS ? [] : [left(words.copies), { kind: 'list', marker: 'decimal', items: copies.split('\n') } as const]),
  ]
  return paperOf('letter', fill(letter.subject), null, blocks, making, null)
}

const DOTS = '..............................'

const written = (field: LeafField | undefined, answers: Answers, language: Lang): string | null =>
  field === undefined ? null : answerText(field, answers[field.key], language, new Map())
