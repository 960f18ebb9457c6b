// The shelf of profiles: ours with the site's own laid over it. Heads are read at once, a whole profile when somebody takes it.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { locateIn, type Mistake, type Read } from '../../daemon/domain/document.ts'
import type { Profile } from '../../daemon/domain/profile.ts'
import { checkProfile } from './check.ts'
import { compose } from './compose.ts'
import { type Head, nameOf, readHead, readProfile } from './read.ts'

/** Where Suar's own profiles lie. */
export const OWN_PROFILES = fileURLToPath(new URL('../profiles/', import.meta.url))

/** What discovery needs of a shelf. */
export interface Profiles {
  /** Of every file that has one. */
  readonly heads: readonly Head[]
  /** The whole profile with its parts, or why it cannot be used. */
  take(name: string): Read<Profile>
}

export interface Shelf extends Profiles {
  /** Names of all files, broken ones included. */
  readonly names: readonly string[]
  /** Folders and files that cannot be read. */
  readonly unread: readonly Mistake[]
  /** Those that were not there before, or differ, or stand on one that does: a change must be seen to be good before it is used. */
  readonly changed: readonly string[]
}

interface Entry {
  readonly name: string
  readonly file: string
  readonly text: string
  readonly head: Head | null
  /** The profile without its parts; read once. */
  own(): Read<Profile>
}

const shelved = new WeakMap<Shelf, ReadonlyMap<string, Entry>>()

/**
 * Looks into the folders; a file in a later one replaces the file of the same name in an earlier one.
 * What is the same as in `before` is not read again.
 */
export async function openShelf(folders: readonly string[], before: Shelf | null = null): Promise<Shelf> {
  const known: ReadonlyMap<string, Entry> = (before === null ? undefined : shelved.get(before)) ?? new Map()
  const { texts, unread } = await readTexts(folders)
  const entries = new Map<string, Entry>()
  for (const { file, text } of texts.values()) {
    const same = known.get(nameOf(file))
    entries.set(nameOf(file), same?.file === file && same.text === text ? same : newEntry(file, text))
  }

  const fresh = new Set([...entries.keys(), ...known.keys()].filter(name => entries.get(name) !== known.get(name)))
  const touched = (name: string, above: readonly string[] = []): boolean =>
    fresh.has(name) || (!above.includes(name) && (entries.get(name)?.head?.extends ?? []).some(part => touched(part, [...above, name])))
  const whole = new Map<string, Read<Profile>>()
  const shelf: Shelf = {
    heads: [...entries.values()].flatMap(({ head }) => head ?? []),
    names: [...entries.keys()],
    unread,
    changed: before === null ? [] : [...entries.keys()].filter(name => touched(name)),
    take(name) {
      const entry = entries.get(name)
      if (entry === undefined) return { ok: false, mistakes: [] }
      const taken = whole.get(name) ?? takeWhole(entry, entries)
      whole.set(name, taken)
      return taken
    },
  }
  shelved.set(shelf, entries)
  return shelf
}

/** Reads all there is of all profiles. */
export async function readProfiles(folders: readonly string[]) {
  const shelf = await openShelf(folders)
  const taken = shelf.names.map(shelf.take)
  return {
    profiles: taken.flatMap(one => (one.ok && one.value.match.length > 0 ? one.value : [])),
    mistakes: [...shelf.unread, ...taken.flatMap(one => (one.ok ? [] : one.mistakes))],
    files: shelf.names.length,
  }
}

async function readTexts(folders: readonly string[]) {
  const unread: Mistake[] = []
  const texts = new Map<string, { readonly file: string; readonly text: string }>()
  const refuse = (file: string, what: string, error: unknown) =>
    void unread.push({ file, line: 0, key: '', reason: `${what} cannot be read (${codeOf(error)})`, remedy: 'Check the path and its permissions.' })
  for (const folder of folders) {
    const files = await readdir(folder).catch((error: unknown) => {
      refuse(folder, 'the folder', error)
      return []
    })
    const read = async (file: string) => {
      try {
        return { file, text: await readFile(file, 'utf8') }
      } catch (error) {
        refuse(file, 'the file', error)
        return null
      }
    }
    const found = await Promise.all(
      files
        .filter(file => /\.ya?ml$/.test(file))
        .sort()
        .map(file => read(join(folder, file))),
    )
    for (const one of found) if (one !== null) texts.set(nameOf(one.file), one)
  }
  return { texts, unread }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : String(error))

function newEntry(file: string, text: string): Entry {
  let read: Read<Profile> | null = null
  const own = () => {
    read ??= readProfile(file, text)
    return read
  }
  let head = readHead(file, text)
  if (head === null) {
    const all = own()
    if (all.ok) head = all.value
  }
  return { name: nameOf(file), file, text, head, own }
}

function takeWhole({ file, text, own }: Entry, entries: ReadonlyMap<string, Entry>): Read<Profile> {
  const read = own()
  if (!read.ok || read.value.extends.length === 0) return read
  const composed = compose(read.value, name => {
    const part = entries.get(name)?.own()
    return part?.ok ? part.value : null
  })
  // States may come from a part: only now can their names be checked.
  const found = composed.ok ? checkProfile({ ...composed.value, extends: [] }) : [composed.found]
  return composed.ok && found.length === 0 ? composed : { ok: false, mistakes: locateIn(file, text, found) }
}
