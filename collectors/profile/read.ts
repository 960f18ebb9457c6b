// One profile file: text in, profile out, or everything that is wrong with it by line, key, reason and remedy.
import { type Document, isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { type Profile, ProfileFile } from '../../daemon/domain/profile.ts'
import { checkProfile } from './check.ts'
import { nearest } from './nearest.ts'
import type { Found, Path, Problem } from './problem.ts'

export type ReadProfile = { readonly ok: true; readonly profile: Profile } | { readonly ok: false; readonly problems: readonly Problem[] }

/** Reads a profile; `file` is its path, whose name without the ending becomes the profile's. */
export function readProfile(file: string, text: string): ReadProfile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, version: '1.2' })
  const at = (path: Path): number => lineOf(document, lines, path)
  if (document.errors.length > 0) {
    const problems = document.errors.map(error => ({
      file,
      line: error.linePos?.[0].line ?? 1,
      key: '',
      reason: `not YAML: ${error.message.split('\n')[0]?.replace(/ at line .*/, '') ?? error.code}`,
      remedy: 'check quotes, indentation and brackets around this line',
    }))
    return { ok: false, problems }
  }
  const parsed = ProfileFile.safeParse(document.toJS())
  const found = parsed.success ? [] : parsed.error.issues.flatMap(issue => explain(issue, []))
  const profile: Profile | null = parsed.success ? { ...parsed.data, name: nameOf(file) } : null
  if (profile) found.push(...checkProfile(profile))
  if (profile && found.length === 0) return { ok: true, profile: absolute(profile) }
  return { ok: false, problems: found.map(({ path, reason, remedy }) => ({ file, line: at(path), key: path.join('.'), reason, remedy })) }
}

export const nameOf = (file: string): string => (file.split('/').at(-1) ?? file).replace(/\.ya?ml$/, '')

/** The line of the innermost node on the path that exists. */
function lineOf(document: Document, lines: LineCounter, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true) ?? document.contents
    const key = path[length - 1]
    if (parent && typeof parent === 'object' && 'items' in parent && Array.isArray(parent.items))
      for (const item of parent.items)
        if (item && typeof item === 'object' && 'key' in item && isNode(item.key) && String(item.key) === String(key))
          return lines.linePos(item.key.range?.[0] ?? 0).line
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return 1
}

type Issue = z.core.$ZodIssue

function explain(issue: Issue, above: Path): Found[] {
  const path = [...above, ...issue.path.map(part => (typeof part === 'symbol' ? String(part) : part))]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => ({ path: [...path, key], reason: `unknown key "${key}"`, remedy: `remove it${suggest(key)}` }))
    case 'invalid_value':
      return [{ path, reason: 'not one of the values allowed', remedy: `use one of ${issue.values.map(String).join(', ')}` }]
    case 'invalid_type': {
      const missing = issue.message.includes('received undefined')
      return [
        {
          path,
          reason: missing ? 'missing' : issue.message.replace(/^Invalid input: /, ''),
          remedy: missing ? `add it (${issue.expected})` : `write a ${issue.expected}`,
        },
      ]
    }
    case 'invalid_union': {
      // The branch that came furthest is the one that was meant.
      const branches = issue.errors.map(errors => errors.flatMap(one => explain(one, path)))
      const depth = (branch: Found[]) => Math.max(0, ...branch.map(one => one.path.length))
      branches.sort((a, b) => depth(b) - depth(a))
      return branches[0] && branches[0].length > 0
        ? branches[0]
        : [{ path, reason: 'of no shape that is allowed here', remedy: 'see the profile format' }]
    }
    default:
      return [{ path, reason: issue.message, remedy: '' }]
  }
}

const KNOWN = collectKeys(ProfileFile)

function suggest(key: string): string {
  const meant = nearest(key, KNOWN)
  return meant === null ? '' : ` or write "${meant}"`
}

/** All keys that the schema knows anywhere: for "did you mean". */
function collectKeys(schema: unknown, into = new Set<string>(), seen = new Set<unknown>()): ReadonlySet<string> {
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

/** Makes every OID absolute: all later code sees plain numbers. */
function absolute(profile: Profile): Profile {
  const root = profile.root ?? ''
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string' && OID_KEYS.has(key) && value.startsWith('.')) return root + value
    if (Array.isArray(value)) return value.map(item => walk(item, key))
    if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, name)]))
    return value
  }
  return walk(profile, '') as Profile
}

const OID_KEYS: ReadonlySet<string> = new Set(['oid', 'join', 'entry', 'exists', 'sysObjectID', 'column'])
