// Texts of the catalogue as they stand on paper: lines with "1.", "a.", "1)", "a)" or "•" before them are lists, indented ones lists within.
import { type Block, type Inline, type List, type Marker, marked } from '../../domain/paper.ts'

interface Line {
  readonly depth: number
  readonly marker: Marker | null
  /** What the list begins to count with. */
  readonly start: number
  readonly text: string
}

const MARKERS: readonly (readonly [RegExp, Marker])[] = [
  [/^(\d{1,2})\.\s+/, 'decimal'],
  [/^([a-z])\.\s+/, 'letter'],
  [/^(\d{1,2})\)\s+/, 'decimal-paren'],
  [/^([a-z])\)\s+/, 'letter-paren'],
  [/^(•)\s+/, 'dash'],
]

export function outline(text: string): readonly Block[] {
  const lines = text
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(read)
  return blocksFrom(lines)
}

/** Several texts: one as it stands; a first one that ends in a colon above the list of the others. */
export function outlines(texts: readonly string[]): readonly Block[] {
  const [first, ...others] = texts
  if (first === undefined) return []
  if (others.length === 0) return outline(first)
  if (first.trimEnd().endsWith(':')) return [...outline(first), listed(others)]
  return [listed(texts)]
}

const listed = (texts: readonly string[]): List => ({
  kind: 'list',
  marker: 'decimal',
  items: texts.map(text => (text.includes('\n') ? outline(text) : marked(text))),
})

function read(line: string): Line {
  const depth = line.length - line.trimStart().length
  const rest = line.trim()
  for (const [pattern, marker] of MARKERS) {
    const found = pattern.exec(rest)
    if (found === null) continue
    const sign = found[1] ?? ''
    const start = /\d/.test(sign) ? Number(sign) : marker === 'dash' ? 1 : sign.charCodeAt(0) - 96
    return { depth, marker, start, text: rest.slice(found[0].length) }
  }
  return { depth, marker: null, start: 1, text: rest }
}

function blocksFrom(lines: readonly Line[]): Block[] {
  const blocks: Block[] = []
  for (let at = 0; at < lines.length; ) {
    const line = lines[at]
    if (line === undefined) break
    if (line.marker === null) {
      blocks.push({ kind: 'paragraph', content: marked(line.text), align: 'left', gap: 2 })
      at += 1
      continue
    }
    // The items of this list, and under each what is indented further.
    const items: (Inline | Block[])[] = []
    let next = at
    while (lines[next]?.marker === line.marker && lines[next]?.depth === line.depth) {
      const item = lines[next]
      const inner: Line[] = []
      for (next += 1; (lines[next]?.depth ?? -1) > line.depth; next += 1) inner.push(lines[next]!)
      const content = marked(item?.text ?? '')
      items.push(inner.length === 0 ? content : [{ kind: 'paragraph', content, align: 'left', gap: 1 }, ...blocksFrom(inner)])
    }
    blocks.push({ kind: 'list', marker: line.marker, start: line.start, items })
    at = next
  }
  return blocks
}
