// A document written by people (YAML) read against a schema: every mistake with its line, key, reason and remedy.
import { type Alias, type Document, isMap, isNode, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml'
import type { z } from 'zod'
import { explain, type Found } from './explain.ts'

export interface Mistake {
  readonly file: string
  /** Counted from 1; 0 when the file could not be read at all. */
  readonly line: number
  /** Dotted path of the key, '' for the whole document. */
  readonly key: string
  readonly reason: string
  readonly remedy: string
}

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly mistakes: readonly Mistake[] }

/** `file:line: key: reason. Remedy.` */
export const sayMistake = (mistake: Mistake): string =>
  `${mistake.file}${mistake.line > 0 ? `:${mistake.line}` : ''}: ${mistake.key === '' ? '' : `${mistake.key}: `}${mistake.reason}. ${mistake.remedy}`

/**
 * Parses `text` as YAML 1.2 and checks it: first by the schema, then by `check` for what a schema cannot see.
 * Duplicate and unknown keys are mistakes, never dropped.
 */
export function readDocument<T>(file: string, text: string, schema: z.ZodType<T>, check: (value: T) => readonly Found[] = () => []): Read<T> {
  const { document, locate, broken } = open(file, text)
  if (broken.length > 0) return { ok: false, mistakes: broken }
  let data: unknown
  try {
    data = document.toJS({ maxAliasCount: MOST_ALIASES }) ?? {}
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    return { ok: false, mistakes: [locate({ path: [], reason: 'its aliases (*) grow beyond measure', remedy: 'Write out what they stand for.' })] }
  }
  const checked = schema.safeParse(data)
  const found = checked.success ? check(checked.data) : checked.error.issues.flatMap(issue => explain(issue, data, schema))
  if (checked.success && found.length === 0) return { ok: true, value: checked.data }
  return { ok: false, mistakes: found.map(locate) }
}

/** The lines of mistakes that were found in what a document says only later, when it met others. */
export const locateIn = (file: string, text: string, found: readonly Found[]): Mistake[] => found.map(open(file, text).locate)

function open(file: string, text: string) {
  const lines = new LineCounter()
  const document: Document.Parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const lineOf = (offset: number): number => lines.linePos(offset).line
  const unreadable = document.errors.map(error => ({
    file,
    line: lineOf(error.pos[0]),
    key: '',
    reason: `not YAML: ${(error.message.split('\n')[0] ?? error.code).replace(/[.:]\s*$/, '')}`,
    remedy: 'Check quotes, indentation and brackets around this line.',
  }))
  const lost = unreadable.length > 0 ? [] : aliasesOfNothing(document)
  const broken = lost.map(({ source, range }) => ({
    file,
    line: lineOf(range?.[0] ?? 0),
    key: '',
    reason: `*${source} stands for nothing: no &${source} comes before it`,
    remedy: 'Put a text that begins with * in quotes.',
  }))
  const locate = ({ path, reason, remedy }: Found): Mistake => {
    const node = standingAt(document.contents, path)
    return { file, line: node?.range ? lines.linePos(node.range[0]).line : 1, key: path.join('.'), reason, remedy }
  }
  return { document, broken: [...unreadable, ...broken], locate }
}

/** A few lines of aliases of aliases would fill any memory. */
const MOST_ALIASES = 100

/** Aliases whose anchor does not stand before them: what a bare `*` at the beginning of a text is to YAML. */
function aliasesOfNothing(document: Document.Parsed): readonly Alias[] {
  const found: Alias[] = []
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) === undefined) found.push(alias)
    },
  })
  return found
}

/** What stands at the path, or closest above it: a missing key is reported where it is missing. A key is found at its own line. */
function standingAt(root: Node | null, path: Found['path']): Node | null {
  let found = root
  let inside: unknown = root
  for (const step of path) {
    if (isSeq(inside)) {
      inside = inside.items[Number(step)]
      if (!isNode(inside)) break
      found = inside
    } else if (isMap(inside)) {
      const pair = inside.items.find(({ key }) => isNode(key) && String(key) === String(step))
      if (pair === undefined || !isNode(pair.key)) break
      found = pair.key
      inside = pair.value
    } else break
  }
  return found
}
