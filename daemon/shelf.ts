// Shelves: a folder in which every file is one entry, its default export. Adding an entry is adding a file; nothing else changes.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { done, failed, type Outcome } from './domain/outcome.ts'

export interface Shelf<Entry> {
  /** File names without ending, in alphabetical order. */
  readonly names: readonly string[]
  /** Loads one entry; the file is read when it is first taken. `notFound`: no such file. `invalid`: it is not such an entry, or does not load. */
  take(name: string): Promise<Outcome<Entry>>
}

/** TypeScript as it is, JavaScript when built; declarations and source maps lie beside both. */
const ENTRY = /^([a-z0-9][a-z0-9.-]*?)\.[jt]s$/

/** Looks into a shelf without loading anything of it. `notFound`: the folder cannot be read. */
export async function openShelf<Entry>(folder: string, accepts: (value: unknown) => value is Entry): Promise<Outcome<Shelf<Entry>>> {
  const files = new Map<string, string>()
  try {
    for (const file of (await readdir(folder)).sort()) {
      const name = ENTRY.exec(file)?.[1]
      if (name !== undefined && !name.endsWith('.d')) files.set(name, join(folder, file))
    }
  } catch (error) {
    return failed('notFound', `the folder ${folder} cannot be read: ${reasonOf(error)}`)
  }
  const take = async (name: string): Promise<Outcome<Entry>> => {
    const file = files.get(name)
    if (file === undefined) return failed('notFound', `there is no "${name}" among ${[...files.keys()].join(', ') || 'nothing'} in ${folder}`)
    try {
      const module: { default?: unknown } = await import(pathToFileURL(file).href)
      return accepts(module.default) ? done(module.default) : failed('invalid', `${file}: its default export is not an entry of this shelf`)
    } catch (error) {
      return failed('invalid', `${file} does not load: ${reasonOf(error)}`)
    }
  }
  return done({ names: [...files.keys()], take })
}

/** Loads a whole shelf, by file name without ending. The first entry that does not load is the failure. */
export async function readShelf<Entry>(folder: string, accepts: (value: unknown) => value is Entry): Promise<Outcome<ReadonlyMap<string, Entry>>> {
  const shelf = await openShelf(folder, accepts)
  if (!shelf.ok) return shelf
  const entries = new Map<string, Entry>()
  for (const name of shelf.value.names) {
    const entry = await shelf.value.take(name)
    if (!entry.ok) return entry
    entries.set(name, entry.value)
  }
  return done(entries)
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
