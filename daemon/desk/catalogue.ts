// The catalogue as it is offered: the newest version of every service, older ones for the tickets that were filed on them.
import type { Agency } from '../domain/agency.ts'
import type { Log } from '../domain/call.ts'
import { type Mistake, sayMistake } from '../domain/document.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import type { Service, ServiceVersion } from '../domain/service.ts'
import { readCatalogue } from './catalogue-read.ts'

export interface CatalogueVersions {
  keep(services: readonly Service[]): Promise<readonly ServiceVersion[]>
  newest(): Promise<readonly ServiceVersion[]>
  version(key: string, version: number): Promise<Outcome<ServiceVersion>>
}

export interface Catalogue {
  readonly agency: Agency
  /** In the order of their page. */
  readonly services: readonly ServiceVersion[]
  /** `notFound`: not offered now; older tickets may still have it. */
  service(key: string): Outcome<ServiceVersion>
  version(key: string, version: number): Promise<Outcome<ServiceVersion>>
  /** What is wrong in the files, for people. */
  readonly troubles: readonly string[]
  readonly mistakes: readonly Mistake[]
}

/**
 * Reads the files, lays the site's `folders` over them and gives changed services their next version. A file that is broken leaves its last
 * good version in place, and a trouble. `invalid`: the agency's own words cannot be read.
 */
export async function openCatalogue(
  { folders, versions }: { readonly folders: readonly string[]; readonly versions: CatalogueVersions },
  log: Log,
): Promise<Outcome<Catalogue>> {
  const { agency, services, broken, mistakes } = await readCatalogue(folders)
  for (const mistake of mistakes) log.error({ ...mistake }, 'the catalogue has a mistake')
  if (agency === null) return failed('invalid', `agency.yaml cannot be used: ${mistakes.map(sayMistake)[0] ?? 'it lacks something'}`)

  const fresh = await versions.keep(services)
  const before = broken.length === 0 ? [] : (await versions.newest()).filter(({ key }) => broken.includes(key))
  const offered = [...fresh, ...before].toSorted((a, b) => a.service.order - b.service.order || (a.key < b.key ? -1 : 1))
  const byKey = new Map(offered.map(one => [one.key, one]))
  const troubles = [
    ...broken.map(key =>
      byKey.has(key)
        ? `The service "${key}" is offered as it was before: its file has mistakes. Run "suar catalogue check".`
        : `The service "${key}" is not offered: its file has mistakes. Run "suar catalogue check".`,
    ),
    ...(broken.length === 0 && mistakes.length > 0 ? [`The catalogue has mistakes: ${sayMistake(mistakes[0]!)}`] : []),
  ]
  const older = new Map<string, ServiceVersion>()

  return done({
    agency,
    services: offered,
    service: key => {
      const found = byKey.get(key)
      return found === undefined ? failed('notFound', `There is no service "${key}" in the catalogue.`) : done(found)
    },
    async version(key, version) {
      const now = byKey.get(key)
      if (now?.version === version) return done(now)
      const name = `${key} ${version}`
      const kept = older.get(name)
      if (kept !== undefined) return done(kept)
      const read = await versions.version(key, version)
      // A version never changes; a few dozen of them are all there are.
      if (read.ok) older.set(name, read.value)
      return read
    },
    troubles,
    mistakes,
  })
}
