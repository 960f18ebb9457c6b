// Names of instances: from label columns, made fit for keys, unique within their table and the same at every discovery.
import type { NameSource, Table } from '../../daemon/domain/profile.ts'
import { patternOf } from '../../daemon/domain/profile.ts'
import { compareOids } from '../wire/oid.ts'
import { textOf } from './decode.ts'
import { type Answers, lookUp, partOf, type Row } from './rows.ts'

/** What the placeholders of a key and of a label stand for in one row. */
export type Names = ReadonlyMap<string, string>

const LONGEST = 64

/** A text as one part of a key: no dots (they part keys), no blanks, nothing odd. */
function fitForKey(text: string, keepCase = false): string {
  const plain = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^A-Za-z0-9/:_-]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^[-/:_]+|[-/:_]+$/g, '')
    .slice(0, LONGEST)
  return keepCase ? plain : plain.toLowerCase()
}

/** The text of the first source that has one. */
function textFrom(answers: Answers, sources: readonly NameSource[], row: Row): { text: string; source: NameSource } | null {
  for (const source of sources) {
    let text = rawText(answers, source, row)
    if (text === null) continue
    if (source.match !== undefined) {
      const matched = patternOf(source.match).exec(text)
      if (matched === null) continue
      text = matched[1] ?? matched[0]
    }
    text = (source.map?.[text] ?? text).trim()
    if (source.omit?.includes(text)) return { text: '', source }
    if (text === '' && source.map === undefined) continue
    return { text: text !== '' && source.format !== undefined ? source.format.replaceAll('{}', text) : text, source }
  }
  return null
}

function rawText(answers: Answers, source: NameSource, row: Row): string | null {
  if (source.index !== undefined) return partOf(row.index, source.index)
  if (source.whole) return row.index.replaceAll('.', '-')
  if (source.indexText !== undefined) return indexText(row.index, source.indexText)
  if (source.oid !== undefined || source.column !== undefined) {
    const varbind = lookUp(answers, source, row)
    return varbind === undefined ? null : textOf(varbind)
  }
  return source.text ?? null
}

/** A length and that many characters, standing in an index from part `n` on. */
function indexText(index: string, n: number): string | null {
  const parts = index.split('.').map(Number)
  const length = parts[n - 1] ?? 0
  const characters = parts.slice(n, n + length)
  return characters.length === length ? Buffer.from(characters).toString('utf8') : null
}

/** Names for all rows of a table; `vars` become `{var}` in keys and `{var-label}` in labels. */
export function nameRows(answers: Answers, table: Table, indexes: Iterable<string>): Map<string, Names> {
  const named = new Map<string, Names>()
  const taken = new Map<string, string>()
  const own = table.names ?? [{ whole: true as const, keepCase: false }]
  for (const index of [...indexes].sort(compareIndexes)) {
    const row = { entry: table.entry, index }
    const names = new Map<string, string>([['index', index.replaceAll('.', '-')]])
    index.split('.').forEach((part, k, all) => {
      names.set(`index.${k + 1}`, part)
      names.set(`index.${k - all.length}`, part)
    })
    for (const [name, sources] of Object.entries(table.vars)) {
      const found = textFrom(answers, sources, row)
      const text = found?.text ?? ''
      // A format ending in a dot makes a whole part of a key.
      names.set(
        name,
        text
          .split('.')
          .map(part => fitForKey(part, found?.source.keepCase))
          .join('.'),
      )
      names.set(`${name}-label`, text)
    }
    const found = textFrom(answers, own, row)
    const label = found?.text || index
    let name = fitForKey(label, found?.source.keepCase) || fitForKey(index.replaceAll('.', '-'))
    const scope = [...names]
      .filter(([key]) => key in table.vars)
      .map(([, value]) => value)
      .join(' ')
    // Two things of one name: all but the first are told apart by their index, which stays with them.
    const thing = (table.thing?.map(n => partOf(index, n)) ?? index.split('.')).join('-')
    const owner = taken.get(`${scope} ${name}`)
    if (owner !== undefined && owner !== thing) name = `${name}-${thing}`
    taken.set(`${scope} ${name}`, thing)
    names.set('name', name)
    names.set('label', label)
    named.set(index, names)
  }
  return named
}

export const compareIndexes = (a: string, b: string): number => compareOids(a, b)

/** Fills the placeholders. An empty name leaves no double dot behind. */
export const fill = (template: string, names: Names): string => template.replace(/\{([^}]+)\}/g, (_, name: string) => names.get(name) ?? '')

export const fillKey = (template: string, names: Names): string =>
  fill(template, names)
    .replace(/\.{2,}/g, '.')
    .replace(/^\.|\.$/g, '')
