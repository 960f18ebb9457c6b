// What stands around the text: the letterhead on the first page, the line at the foot of every one.
import type { Letterhead, Paper, Verification } from '../domain/paper.ts'
import { rule } from './flow.ts'
import type { Pen } from './line.ts'
import { balanced, lines } from './lines.ts'
import { gap, heightOf, type Piece } from './piece.ts'
import { drawQr } from './qr.ts'

/** Points. */
const LOGO = { width: 62, height: 74 }

/** `logo`: the file's content, null for none. */
export function letterhead(pen: Pen, { above, name, address }: Letterhead, logo: Buffer | null, width: number): Piece[] {
  // Names are centred on the page, so the room of the emblem is kept free on both sides.
  const side = logo === null ? 0 : LOGO.width + 8
  const room = width - 2 * side
  const centred = (text: string, size: number, bold: boolean) => lines(pen, text, { size, width: room, align: 'center', bold, leading: 1.16 })
  const text = [
    ...centred(above, 14, false),
    ...centred(name, 17, true),
    gap(2),
    ...address.flatMap(line => balanced(pen, line, { size: 9.5, width: room, leading: 1.16 })),
  ]
  const height = Math.max(heightOf(text), logo === null ? 0 : LOGO.height)
  return [
    {
      height: height + 12,
      draw: (x, y) => {
        if (logo !== null)
          pen.doc.image(logo, x, y + (height - LOGO.height) / 2, { fit: [LOGO.width, LOGO.height], align: 'center', valign: 'center' })
        let at = y + (height - heightOf(text)) / 2
        for (const piece of text) {
          piece.draw(x + side, at)
          at += piece.height
        }
        rule(pen, x, y + height + 5, width, 2.2)
        rule(pen, x, y + height + 8, width, 0.7)
      },
    },
    gap(12),
  ]
}

const SIZE = 7.5
const LEADING = 1.24
/** Points for the page's number. */
const NUMBER = 64
/** Lines that go beside the code. */
const MOST_LINES = 5

const WORDS = {
  id: {
    check: 'Keaslian dokumen ini dapat diperiksa di',
    code: 'Kode',
    page: (page: number, of: number) => `Halaman ${page} dari ${of}`,
  },
  en: {
    check: 'Whether this document is genuine can be checked at',
    code: 'Code',
    page: (page: number, of: number) => `Page ${page} of ${of}`,
  },
} as const

/** Four signs and four: a code that is typed from paper. */
const spaced = (code: string): string => code.replaceAll(/(.{4})(?=.)/g, '$1 ')

/** Points the foot takes. */
export const footHeight = ({ verification }: Pick<Paper, 'verification'>): number => (verification === null ? 18 : 52)

export interface FootPlace {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly page: number
  readonly of: number
}

export function drawFoot(pen: Pen, paper: Paper, { x, y, width, page, of }: FootPlace): void {
  const words = WORDS[paper.language]
  const { verification } = paper
  rule(pen, x, y, width, 0.4)
  const left = verification === null ? 0 : 50
  if (verification !== null) drawQr(pen, verification.url, x - 4, y + 3, 52)
  const text = [paper.footer ?? paper.number ?? '', ...(verification === null ? [] : checkLines(words, verification))]
  const room = width - left - NUMBER
  let at = y + (verification === null ? 4 : 8)
  const set = (line: string) => lines(pen, line, { size: SIZE, width: room, grey: true, leading: LEADING })
  const [what = '', ...checks] = text
  const below = checks.flatMap(set)
  // A long title is shortened rather than the address.
  const above = what === '' ? [] : set(what).slice(0, Math.max(1, MOST_LINES - below.length))
  for (const piece of [...above, ...below]) {
    piece.draw(x + left, at)
    at += piece.height
  }
  const [number] = lines(pen, words.page(page, of), { size: SIZE, width: NUMBER, align: 'right', grey: true, leading: LEADING })
  number?.draw(x + width - NUMBER, y + (verification === null ? 4 : 8))
}

const checkLines = (words: { readonly check: string; readonly code: string }, { url, code }: Verification): readonly string[] => [
  `${words.check} ${url}`,
  `${words.code}: ${spaced(code)}`,
]
