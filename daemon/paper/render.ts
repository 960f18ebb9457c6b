// Sets a paper on pages and writes the PDF: version 1.3 with a plain table of references, so that signatures can be appended to it.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import PDFDocument from 'pdfkit'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { Heading, Paper, PrintedPaper } from '../domain/paper.ts'
import { openFaces } from './faces.ts'
import { layer } from './flow.ts'
import { drawFoot, footHeight, letterhead } from './head.ts'
import type { Pen } from './line.ts'
import { paginate } from './piece.ts'

/** Points: 1/72 inch. F4 is the folio of Indonesian offices, 215 × 330 mm. */
const SIZES = { A4: [595.28, 841.89], F4: [609.45, 935.43] } as const
/** 2.5 cm at the left, where it is filed; 2 cm at the right. */
const MARGIN = { left: 71, right: 57, top: 42, bottom: 30 } as const
/** Body text, points. */
const SIZE = 11.5

/** `invalid`: the logo is no PNG or JPEG. `notFound`: it cannot be read. Throws for a day that does not exist: a mistake of whoever made the paper. */
export async function render(paper: Paper): Promise<Outcome<PrintedPaper>> {
  const logo = logoOf(paper)
  if (!logo.ok) return logo
  const [short, long] = SIZES[paper.size ?? 'A4']
  const [wide, high] = paper.landscape === true ? [long, short] : [short, long]
  const made = new Date(paper.date)
  const doc = new PDFDocument({
    pdfVersion: '1.3',
    size: [wide, high],
    // Where text ends is ours to decide.
    margin: 0,
    autoFirstPage: false,
    lang: paper.language,
    info: {
      Title: paper.title,
      Author: paper.author,
      Creator: 'Suar',
      CreationDate: made,
      ModDate: made,
      ...(paper.number !== null && { Subject: paper.number }),
    },
  })
  const written = collect(doc)
  const pen: Pen = { doc, faces: openFaces(doc) }
  const width = wide - MARGIN.left - MARGIN.right
  const lay = layer(pen, bookmarks(doc))
  const head = paper.letterhead === null ? [] : letterhead(pen, paper.letterhead, logo.value, width)
  const foot = footHeight(paper)
  const room = high - MARGIN.top - MARGIN.bottom - foot - 8
  const pages = paginate([...head, ...lay(paper.blocks, width, SIZE)], room)
  for (const [i, page] of pages.entries()) {
    doc.addPage()
    for (const { piece, y } of page) piece.draw(MARGIN.left, MARGIN.top + y)
    drawFoot(pen, paper, { x: MARGIN.left, y: high - MARGIN.bottom - foot, width, page: i + 1, of: pages.length })
  }
  doc.end()
  const pdf = await written
  return done({ pdf, pages: pages.length, sha256: createHash('sha256').update(pdf).digest('hex') })
}

function collect(doc: typeof PDFDocument.prototype): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  return new Promise((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk))
    doc.on('error', reject)
    doc.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))))
  })
}

/** Headings as they come, each below the last of a higher level. */
function bookmarks(doc: typeof PDFDocument.prototype): (level: Heading['level'], text: string) => void {
  const open: { level: number; item: typeof doc.outline }[] = [{ level: 0, item: doc.outline }]
  return (level, text) => {
    while ((open.at(-1)?.level ?? 0) >= level) open.pop()
    const above = open.at(-1)?.item ?? doc.outline
    open.push({ level, item: above.addItem(text, { expanded: level < 2 }) })
  }
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47])
const JPEG = Buffer.from([0xff, 0xd8, 0xff])

function logoOf(paper: Paper): Outcome<Buffer | null> {
  const path = paper.letterhead?.logo ?? null
  if (path === null) return done(null)
  let file: Buffer
  try {
    file = readFileSync(path)
  } catch {
    return failed('notFound', `the emblem ${path} cannot be read; check the path in the letterhead's settings`)
  }
  const known = file.subarray(0, 4).equals(PNG) || file.subarray(0, 3).equals(JPEG)
  return known ? done(file) : failed('invalid', `the emblem ${path} is neither PNG nor JPEG`)
}
