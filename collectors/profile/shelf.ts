// The shelf of profiles: ours with the site's own laid over it, composed, watched for changes.
import { type FSWatcher, watch } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Profile } from '../../daemon/domain/profile.ts'
import { checkProfile } from './check.ts'
import type { Problem } from './problem.ts'
import { nameOf, readProfile } from './read.ts'

/** Where Suar's own profiles lie. */
export const OWN_PROFILES = fileURLToPath(new URL('../profiles/', import.meta.url))

export interface Shelf {
  /** Those that match devices, composed. */
  readonly profiles: readonly Profile[]
  readonly problems: readonly Problem[]
  /** Files read, broken ones included. */
  readonly files: readonly string[]
}

/** Reads the folders; a file in a later one replaces the file of the same name in an earlier one. Broken files are told, the rest is used. */
export async function readProfiles(folders: readonly string[]): Promise<Shelf> {
  const files = new Map<string, string>()
  const problems: Problem[] = []
  for (const folder of folders) {
    try {
      for (const file of (await readdir(folder)).sort()) if (/\.ya?ml$/.test(file)) files.set(nameOf(file), join(folder, file))
    } catch (error) {
      problems.push({
        file: folder,
        line: 1,
        key: '',
        reason: `the folder cannot be read (${codeOf(error)})`,
        remedy: 'check the path and its permissions',
      })
    }
  }
  const read = new Map<string, { profile: Profile; file: string }>()
  for (const [name, file] of files) {
    try {
      const result = readProfile(file, await readFile(file, 'utf8'))
      if (result.ok) read.set(name, { profile: result.profile, file })
      else problems.push(...result.problems)
    } catch (error) {
      problems.push({ file, line: 1, key: '', reason: `the file cannot be read (${codeOf(error)})`, remedy: 'check its permissions' })
    }
  }
  const profiles: Profile[] = []
  for (const { profile, file } of read.values()) {
    const composed = compose(profile, name => read.get(name)?.profile ?? null, [])
    if (typeof composed === 'string')
      problems.push({ file, line: 1, key: 'extends', reason: composed, remedy: 'name a profile file of this shelf, without its ending' })
    else {
      // States may come from a part: only now can their names be checked.
      const found = profile.extends.length > 0 ? checkProfile({ ...composed, extends: [] }) : []
      if (found.length > 0) problems.push(...found.map(({ path, reason, remedy }) => ({ file, line: 1, key: path.join('.'), reason, remedy })))
      else if (composed.match.length > 0) profiles.push(composed)
    }
  }
  return { profiles, problems, files: [...files.values()] }
}

/** A profile with its parts: what it says itself comes first and counts. Returns the reason when a part is missing or goes in circles. */
function compose(profile: Profile, find: (name: string) => Profile | null, above: readonly string[]): Profile | string {
  let whole = profile
  for (const name of profile.extends) {
    if (above.includes(name) || name === profile.name) return `extends goes in circles through "${name}"`
    const part = find(name)
    if (part === null) return `extends "${name}", which is not there or is broken`
    const composed = compose(part, find, [...above, profile.name])
    if (typeof composed === 'string') return composed
    whole = {
      ...whole,
      states: { ...composed.states, ...whole.states },
      points: [...whole.points, ...composed.points],
      tables: [...whole.tables, ...composed.tables],
      provides: [...new Set([...whole.provides, ...composed.provides])],
      identity: {
        vendor: [...(whole.identity.vendor ?? []), ...(composed.identity.vendor ?? [])],
        model: [...(whole.identity.model ?? []), ...(composed.identity.model ?? [])],
        serial: [...(whole.identity.serial ?? []), ...(composed.identity.serial ?? [])],
        firmware: [...(whole.identity.firmware ?? []), ...(composed.identity.firmware ?? [])],
      },
    }
  }
  return whole
}

export interface Watched {
  readonly current: () => Shelf
  close(): void
}

/** Editors write a file in several steps: read once they are done. */
const SETTLE = 200

/**
 * Reads the folders and again whenever one changes. A change with problems is told and the last good shelf stays in use.
 * `changed` hears of every change that was taken or refused.
 */
export async function watchProfiles(folders: readonly string[], changed: (shelf: Shelf, taken: boolean) => void): Promise<Watched> {
  let shelf = await readProfiles(folders)
  let timer: NodeJS.Timeout | null = null
  let closed = false
  let reading = Promise.resolve()
  const again = () => {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => {
      reading = reading.then(async () => {
        const next = await readProfiles(folders)
        if (closed) return
        // What was broken before and still is, is no reason to refuse a good change.
        const known = new Set(shelf.problems.map(problem => problem.file))
        const taken = next.problems.every(problem => known.has(problem.file))
        if (taken) shelf = next
        changed(next, taken)
      })
    }, SETTLE)
  }
  const watchers: FSWatcher[] = []
  for (const folder of folders) {
    try {
      const watcher = watch(folder, again)
      watcher.on('error', () => watcher.close())
      watchers.push(watcher.unref())
    } catch {
      // The folder is not there: told among the problems of the first reading.
    }
  }
  return {
    current: () => shelf,
    close() {
      closed = true
      if (timer !== null) clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
    },
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : String(error))
