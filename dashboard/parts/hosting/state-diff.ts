// How a thing was and how it will be, as texts to be compared: what has lines of its own is a file, everything else a line each. Pure.
import type { State } from '../../../daemon/domain/change.ts'
import type { Json } from '../../../daemon/domain/json.ts'
import { type DiffLine, diffLines } from './diff.ts'

export interface DiffPart {
  /** Key of a file's text; null: the properties. */
  readonly name: string | null
  readonly lines: readonly DiffLine[]
}

const isText = (value: Json | undefined): value is string => typeof value === 'string' && value.includes('\n')

const plain = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** One line for each property, lists and objects opened: `folders.public.mode: 2750`. */
function propertyLines(value: Json, path: string): readonly string[] {
  if (isText(value)) return []
  if (Array.isArray(value)) return value.length === 0 ? [`${path}: –`] : value.flatMap(one => propertyLines(one as Json, `${path}[]`))
  if (value !== null && typeof value === 'object') {
    const inside = Object.entries(value as State).toSorted(([a], [b]) => (a < b ? -1 : 1))
    return inside.length === 0 && path !== ''
      ? [`${path}: –`]
      : inside.flatMap(([key, one]) => propertyLines(one, path === '' ? key : `${path}.${key}`))
  }
  return [`${path}: ${plain(value)}`]
}

/** Every text with lines, by its path. */
function textsOf(value: Json, path = ''): readonly (readonly [string, string])[] {
  if (isText(value)) return [[path, value]]
  if (value === null || typeof value !== 'object') return []
  const entries: readonly (readonly [string, Json])[] = Array.isArray(value)
    ? value.map((one, i) => [`${path}[${i}]`, one as Json] as const)
    : Object.entries(value as State).map(([key, one]) => [path === '' ? key : `${path}.${key}`, one] as const)
  return entries.flatMap(([key, one]) => textsOf(one, key))
}

const joined = (lines: readonly string[]): string => lines.join('\n')

/** Properties first, then each file. A part in which nothing stands is left out. */
export function diffState(before: State | null, after: State | null): readonly DiffPart[] {
  const [was, is] = [new Map(textsOf(before)), new Map(textsOf(after))]
  const properties: DiffPart = { name: null, lines: diffLines(joined(propertyLines(before ?? {}, '')), joined(propertyLines(after ?? {}, ''))) }
  const files = [...new Set([...was.keys(), ...is.keys()])].map(name => ({ name, lines: diffLines(was.get(name) ?? '', is.get(name) ?? '') }))
  return [properties, ...files].filter(({ lines }) => lines.length > 0)
}

/** How many lines are put in and taken out, over all parts. */
export function countOf(parts: readonly DiffPart[]): { readonly put: number; readonly gone: number } {
  const all = parts.flatMap(({ lines }) => lines)
  return { put: all.filter(({ kind }) => kind === 'put').length, gone: all.filter(({ kind }) => kind === 'gone').length }
}
