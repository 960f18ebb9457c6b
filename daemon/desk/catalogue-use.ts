// Parts that files of the catalogue share: `use: name` is replaced by the part of that name, and where each value was written is remembered.
import { nearest } from '../domain/nearest.ts'

type Path = readonly (string | number)[]

/** Where a value was written, and its members. */
export interface Origin {
  readonly file: string
  readonly path: Path
  readonly members: ReadonlyMap<string, Origin>
}

/** A shared part and the file it stands in. */
export interface Part {
  readonly file: string
  readonly value: unknown
}

/** A mistake at its place in a file. */
export interface Misuse {
  readonly file: string
  readonly path: Path
  readonly reason: string
  readonly remedy: string
}

interface Resolved {
  readonly value: unknown
  readonly origin: Origin
}

const isMapping = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object' && !Array.isArray(value)

/** Replaces every `use` in what `file` says. Own keys beside it win over those of the part; a list in a list is put in its place. */
export function resolveParts(file: string, value: unknown, parts: ReadonlyMap<string, Part>): Resolved & { readonly mistakes: readonly Misuse[] } {
  const mistakes: Misuse[] = []

  const walk = (given: unknown, at: { file: string; path: Path }, inside: readonly string[]): Resolved => {
    if (Array.isArray(given)) return walkList(given, at, inside)
    if (!isMapping(given)) return { value: given, origin: { ...at, members: new Map() } }
    const base = 'use' in given ? takePart(given['use'], at, inside) : null
    const own = Object.entries(given).filter(([key]) => key !== 'use')
    if (base !== null && own.length === 0) return base
    if (base !== null && !isMapping(base.value)) {
      mistakes.push({
        ...at,
        reason: `"${String(given['use'])}" has no keys that could be replaced`,
        remedy: 'Remove the keys beside `use`, or write the value out.',
      })
      return base
    }
    const members = new Map(base?.origin.members)
    const values = new Map(Object.entries(base === null ? {} : (base.value as Record<string, unknown>)))
    for (const [key, member] of own) {
      const resolved = walk(member, { file: at.file, path: [...at.path, key] }, inside)
      values.set(key, resolved.value)
      members.set(key, resolved.origin)
    }
    return { value: Object.fromEntries(values), origin: { ...at, members } }
  }

  const walkList = (given: readonly unknown[], at: { file: string; path: Path }, inside: readonly string[]): Resolved => {
    const values: unknown[] = []
    const members = new Map<string, Origin>()
    const put = ({ value, origin }: Resolved) => {
      members.set(String(values.length), origin)
      values.push(value)
    }
    for (const [index, item] of given.entries()) {
      const resolved = walk(item, { file: at.file, path: [...at.path, index] }, inside)
      const spliced = isMapping(item) && 'use' in item && Array.isArray(resolved.value)
      if (!spliced) put(resolved)
      else
        for (const [i, value] of (resolved.value as unknown[]).entries())
          put({ value, origin: resolved.origin.members.get(String(i)) ?? resolved.origin })
    }
    return { value: values, origin: { ...at, members } }
  }

  const takePart = (name: unknown, at: { file: string; path: Path }, inside: readonly string[]): Resolved => {
    const nothing: Resolved = { value: {}, origin: { ...at, members: new Map() } }
    const wrong = (reason: string, remedy: string): Resolved => {
      mistakes.push({ file: at.file, path: [...at.path, 'use'], reason, remedy })
      return nothing
    }
    const part = typeof name === 'string' ? parts.get(name) : undefined
    if (typeof name !== 'string' || part === undefined) {
      const meant = typeof name === 'string' ? nearest(name, parts.keys()) : null
      return wrong(
        `there is no shared part "${String(name)}"`,
        meant === null ? 'Name a part of a file whose name begins with "_".' : `Write "${meant}".`,
      )
    }
    if (inside.includes(name)) return wrong(`the parts use each other in a circle: ${[...inside, name].join(' → ')}`, 'Remove one of these `use`.')
    return walk(part.value, { file: part.file, path: [name] }, [...inside, name])
  }

  return { ...walk(value, { file, path: [] }, []), mistakes }
}

/** Where what stands at `path` of the resolved value was written. */
export function originOf(root: Origin, path: Path): { readonly file: string; readonly path: Path } {
  let at = root
  for (const [depth, step] of path.entries()) {
    const next = at.members.get(String(step))
    if (next === undefined) return { file: at.file, path: [...at.path, ...path.slice(depth)] }
    at = next
  }
  return { file: at.file, path: at.path }
}
