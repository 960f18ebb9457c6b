// A document written by people (YAML) read against a schema: every mistake with its line, key, reason and remedy.
import { LineCounter, type Node, parseDocument } from 'yaml'
import type { z } from 'zod'

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

/** Parses `text` as YAML 1.2 and checks it. Duplicate and unknown keys are mistakes, never dropped. */
export function readDocument<T>(file: string, text: string, schema: z.ZodType<T>): Read<T> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false })
  const lineOf = (offset: number) => lines.linePos(offset).line
  if (document.errors.length > 0) {
    return {
      ok: false,
      mistakes: document.errors.map(error => ({
        file,
        line: lineOf(error.pos[0]),
        key: '',
        reason: firstLine(error.message),
        remedy: 'Mend the YAML at this line.',
      })),
    }
  }
  const checked = schema.safeParse(document.toJS({ maxAliasCount: 100 }) ?? {})
  if (checked.success) return { ok: true, value: checked.data }
  return {
    ok: false,
    mistakes: checked.error.issues.flatMap(issue => {
      const { path, at, reason, remedy } = place(issue)
      const node = nearest(document.contents, at)
      return [{ file, line: node?.range ? lineOf(node.range[0]) : 1, key: path.join('.'), reason, remedy }]
    }),
  }
}

const firstLine = (text: string): string => (text.split('\n')[0] ?? text).replace(/[.:]\s*$/, '')

type Path = readonly PropertyKey[]

function place(issue: z.core.$ZodIssue): { path: Path; at: Path; reason: string; remedy: string } {
  if (issue.code === 'unrecognized_keys') {
    const path = [...issue.path, issue.keys[0] ?? '']
    return {
      path,
      at: path,
      reason: `unknown key${issue.keys.length > 1 ? `s ${issue.keys.join(', ')}` : ''}`,
      remedy: 'Remove it or correct its spelling.',
    }
  }
  if (issue.code === 'invalid_union') {
    // The alternative that came furthest is the one that was meant.
    const deepest = issue.errors.flat().toSorted((a, b) => b.path.length - a.path.length)[0]
    if (deepest !== undefined) return place({ ...deepest, path: [...issue.path, ...deepest.path] } as z.core.$ZodIssue)
  }
  return { path: issue.path, at: issue.path, reason: reasonFor(issue), remedy: remedyFor(issue) }
}

function reasonFor(issue: z.core.$ZodIssue): string {
  if (/received undefined$/.test(issue.message)) return 'missing'
  return firstLine(issue.message).replace(/^Invalid (input|option): |^Too (big|small): /, '')
}

function remedyFor(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `Give ${/^[aeio]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}.`
    case 'invalid_value':
      return `Use one of: ${issue.values.map(String).join(', ')}.`
    case 'too_small':
      return `Use at least ${issue.minimum}.`
    case 'too_big':
      return `Use at most ${issue.maximum}.`
    default:
      return 'Correct this value.'
  }
}

/** What stands at the path, or closest above it: a missing key is reported where it is missing. A key is found at its own line. */
function nearest(root: Node | null, path: Path): Node | null {
  let found = root
  let inside = root
  for (const step of path) {
    const next = childOf(inside, step)
    if (next === null) break
    found = next.named
    inside = next.value
  }
  return found
}

function childOf(node: Node | null, step: PropertyKey): { named: Node; value: Node | null } | null {
  if (node === null || !('items' in node)) return null
  if (typeof step === 'number') {
    const item = node.items[step] as Node | undefined
    return item === undefined ? null : { named: item, value: item }
  }
  for (const { key, value } of node.items as readonly { key: Node & { value?: unknown }; value?: Node | null }[]) {
    if (String(key.value) === String(step)) return { named: key, value: value ?? null }
  }
  return null
}
