// What a schema has against a document, in words for the one who wrote it.
import type { z } from 'zod'
import { nearest } from './nearest.ts'

/** A mistake whose line is not known yet. The reason is no whole sentence, the remedy is. */
export interface Found {
  readonly path: readonly (string | number)[]
  readonly reason: string
  readonly remedy: string
}

type Issue = z.core.$ZodIssue
type Path = Found['path']

/** One issue as what is wrong and what to do; several where one issue is about several keys. */
export function explain(issue: Issue, data: unknown, schema: z.ZodType, above: Path = []): readonly Found[] {
  const path = [...above, ...issue.path.map(part => (typeof part === 'symbol' ? String(part) : part))]
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => {
      // A word that is known elsewhere in the document is not what was meant here.
      const known = new Set(keysOf(schema))
      const meant = known.delete(key) ? null : nearest(key, known)
      return {
        path: [...path, key],
        reason: `unknown key "${key}"`,
        remedy: meant === null ? 'Remove it or correct its spelling.' : `Remove it or write "${meant}".`,
      }
    })
  if (issue.code === 'invalid_union') {
    // The alternative that came furthest is the one that was meant.
    const branches = issue.errors.map(errors => errors.flatMap(one => explain(one, data, schema, path)))
    const depth = (branch: readonly Found[]): number => Math.max(0, ...branch.map(one => one.path.length))
    const furthest = branches.toSorted((a, b) => depth(b) - depth(a))[0]
    if (furthest !== undefined && furthest.length > 0 && (depth(furthest) > path.length || branches.length === 1)) return furthest
    const remedies = new Set(branches.flat().map(one => one.remedy))
    if (isMissing(data, path)) return [{ path, reason: 'missing', remedy: 'Add it.' }]
    const reasons = [...new Set(branches.flat().map(one => one.reason))]
    return [
      { path, reason: reasons.join(', or ') || 'of no shape that is allowed here', remedy: [...remedies].join(' Or: ') || 'Correct this value.' },
    ]
  }
  return [{ path, reason: reasonOf(issue, isMissing(data, path)), remedy: remedyOf(issue) }]
}

function isMissing(data: unknown, path: Path): boolean {
  let value = data
  for (const step of path) value = value !== null && typeof value === 'object' ? Reflect.get(value, step) : undefined
  return value === undefined
}

function reasonOf(issue: Issue, missing: boolean): string {
  if (missing && (issue.code === 'invalid_type' || issue.code === 'invalid_value')) return 'missing'
  return (issue.message.split('\n')[0] ?? '').replace(/^(Invalid (input|option|string)|Too (big|small)): /, '').replace(/[.:]\s*$/, '')
}

function remedyOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `Give ${/^[aeio]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}.`
    case 'invalid_value':
      return `Use one of: ${issue.values.map(String).join(', ')}.`
    case 'too_small':
      return `Give at least ${issue.minimum}${COUNTED[issue.origin] ?? ''}.`
    case 'too_big':
      return `Give at most ${issue.maximum}${COUNTED[issue.origin] ?? ''}.`
    default:
      return 'Correct this value.'
  }
}

const COUNTED: Readonly<Record<string, string>> = { array: ' of them', string: ' characters' }

const known = new WeakMap<z.ZodType, ReadonlySet<string>>()

/** All keys that the schema has anywhere: a mistyped one is often right one level higher. */
function keysOf(schema: z.ZodType): ReadonlySet<string> {
  const keys = known.get(schema) ?? collectKeys(schema, new Set(), new Set())
  known.set(schema, keys)
  return keys
}

function collectKeys(schema: unknown, into: Set<string>, seen: Set<unknown>): ReadonlySet<string> {
  if (schema === null || typeof schema !== 'object' || seen.has(schema)) return into
  seen.add(schema)
  const definition: unknown = 'def' in schema ? schema.def : null
  if (definition === null || typeof definition !== 'object') return into
  if ('shape' in definition && definition.shape !== null && typeof definition.shape === 'object')
    for (const [key, child] of Object.entries(definition.shape)) {
      into.add(key)
      collectKeys(child, into, seen)
    }
  for (const field of ['innerType', 'element', 'valueType', 'in', 'out'] as const)
    if (field in definition) collectKeys(Reflect.get(definition, field), into, seen)
  if ('options' in definition && Array.isArray(definition.options)) for (const option of definition.options) collectKeys(option, into, seen)
  return into
}
