// One profile file: text in, profile out, or everything that is wrong with it. And its head alone, which is enough to see whom it matches.
import { parse } from 'yaml'
import { type Read, readDocument } from '../../daemon/domain/document.ts'
import { type Profile, ProfileFile } from '../../daemon/domain/profile.ts'
import { checkProfile } from './check.ts'

/** Reads a profile; `file` is its path, whose name without the ending becomes the profile's. */
export function readProfile(file: string, text: string): Read<Profile> {
  const read = readDocument(file, text, ProfileFile, checkProfile)
  return read.ok ? { ok: true, value: absolute({ ...read.value, name: nameOf(file) }) } : read
}

export const nameOf = (file: string): string => (file.split('/').at(-1) ?? file).replace(/\.ya?ml$/, '')

/** What of a profile says which devices it is for. */
export type Head = Pick<Profile, 'name' | 'priority' | 'match' | 'extends'>

const HeadKeys = ProfileFile.pick({ priority: true, match: true, extends: true, root: true })
const KEPT: ReadonlySet<string> = new Set(Object.keys(HeadKeys.shape))

/**
 * The head without the rest, a hundredth of the work: YAML of only those lines that belong to its keys.
 * Null when they do not stand on their own, be it a mistake or an anchor elsewhere: then the whole must be read.
 */
export function readHead(file: string, text: string): Head | null {
  let kept = ''
  let keep = false
  for (const line of text.split('\n')) {
    if (/^[^\s#-]/.test(line)) {
      const key = /^(["']?)([A-Za-z]+)\1\s*:(\s|$)/.exec(line)?.[2]
      if (key === undefined) return null
      keep = KEPT.has(key)
    }
    if (keep) kept += `${line}\n`
  }
  const head = HeadKeys.safeParse(parsed(kept))
  if (!head.success) return null
  const { priority, match, extends: parts } = absolute(head.data)
  return { name: nameOf(file), priority, match, extends: parts }
}

/** Undefined for what is no YAML. */
function parsed(text: string): unknown {
  try {
    return parse(text)
  } catch {
    return undefined
  }
}

/** Makes every OID absolute: all later code sees plain numbers. */
function absolute<T extends { readonly root?: string | undefined }>(profile: T): T {
  const root = profile.root ?? ''
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string' && OID_KEYS.has(key) && value.startsWith('.')) return root + value
    if (Array.isArray(value)) return value.map(item => walk(item, key))
    if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, name)]))
    return value
  }
  return walk(profile, '') as T
}

const OID_KEYS: ReadonlySet<string> = new Set(['oid', 'join', 'entry', 'exists', 'sysObjectID', 'column'])
