// Surat: number, enclosures and subject at the left, place and day at the right, addressee, text, signature, copies.
import type { Block, Paper } from '../../domain/paper.ts'
import type { LetterInput } from '../../domain/paper-input.ts'
import { type Frame, fieldsOf, paperOf, paragraphs, partyOf, placeAndDay } from '../frame.ts'

const WORDS = {
  id: { number: 'Nomor', enclosures: 'Lampiran', subject: 'Perihal', to: 'Yth.', copies: 'Tembusan :' },
  en: { number: 'Number', enclosures: 'Enclosures', subject: 'Subject', to: 'To', copies: 'Copies:' },
} as const

export function letterPaper(frame: Frame, { subject, enclosures, to, text, signer, copies }: LetterInput): Paper {
  const words = WORDS[frame.language]
  const head: Block = {
    kind: 'table',
    borders: 'none',
    size: 11.5,
    columns: [{ width: 6 }, { width: 4, align: 'right' }],
    head: [],
    rows: [
      [
        {
          content: [
            fieldsOf([
              [words.number, frame.number],
              [words.enclosures, enclosures ?? '–'],
              [words.subject, subject],
            ]),
          ],
        },
        { content: placeAndDay(frame) },
      ],
    ],
  }
  const [first = '', ...rest] = to
  const blocks: Block[] = [
    head,
    { kind: 'space', height: 10 },
    { kind: 'paragraph', content: `${words.to} ${first}${rest.map(line => `\n${line}`).join('')}`, align: 'left', gap: 14 },
    ...paragraphs(text).map(block => (block.kind === 'paragraph' ? { ...block, indent: 36, gap: 8 } : block)),
    { kind: 'space', height: 8 },
    // Place and day stand at the head already.
    { kind: 'signatures', parties: [partyOf(signer, [`${signer.position},`], null)] },
    ...(copies.length === 0
      ? []
      : ([
          { kind: 'space', height: 10 },
          { kind: 'paragraph', content: words.copies, align: 'left', size: 10, gap: 2, keep: true },
          { kind: 'list', marker: 'decimal', items: copies },
        ] satisfies Block[])),
  ]
  return paperOf(frame, 'letter', subject, blocks)
}
