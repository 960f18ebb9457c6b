// Reads the catalogue's files: ours with the site's own laid over them, shared parts put in, the agency's words filled in, everything checked.
import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { Agency } from '../domain/agency.ts'
import { locateIn, type Mistake, readDocument, sayMistake } from '../domain/document.ts'
import { explain, type Found } from '../domain/explain.ts'
import { nearest } from '../domain/nearest.ts'
import { Service } from '../domain/service.ts'
import { checkService } from './catalogue-check.ts'
import { fillAgency } from './catalogue-fill.ts'
import { type Misuse, originOf, type Part, resolveParts } from './catalogue-use.ts'

/** Where Suar's own catalogue lies. */
export const OWN_CATALOGUE = fileURLToPath(new URL('./catalogue/', import.meta.url))
const OWN_AGENCY = fileURLToPath(new URL('./agency.yaml', import.meta.url))

/** The site's own folder: the one that is set, or `catalogue` in the data folder if there is one. */
export function siteCatalogue(data: string, set: string | undefined): readonly string[] {
  if (set !== undefined) return [set]
  const usual = join(data, 'catalogue')
  return existsSync(usual) ? [usual] : []
}

export interface ReadCatalogue {
  /** Null: its file is broken. */
  readonly agency: Agency | null
  /** Those in order, in that of their page. */
  readonly services: readonly Service[]
  /** Keys of files that are there and broken. */
  readonly broken: readonly string[]
  readonly mistakes: readonly Mistake[]
  readonly files: number
}

interface Text {
  readonly file: string
  readonly text: string
}

/** Octets. The longest of ours has 25,000. */
const LARGEST = 1_048_576

const Mapping = z.record(z.string(), z.unknown())

/** `folders` are laid over Suar's own, the last one on top: a file replaces that of the same name. `agency.yaml` in one gives the agency's own words. */
export async function readCatalogue(folders: readonly string[] = []): Promise<ReadCatalogue> {
  const mistakes: Mistake[] = []
  const texts = new Map<string, Text>()
  const agencies: Text[] = []
  for (const folder of [OWN_CATALOGUE, ...folders])
    for (const one of await readFolder(folder, mistakes)) {
      if (nameOf(one.file) === 'agency') agencies.push(one)
      else texts.set(nameOf(one.file), one)
    }
  const agency = await readAgency(agencies, mistakes)

  const parts = new Map<string, Part>()
  const bodies: { readonly name: string; readonly file: string; readonly value: unknown }[] = []
  const broken: string[] = []
  for (const [name, { file, text }] of texts) {
    const shared = name.startsWith('_')
    const read = readDocument(file, text, Mapping)
    if (!read.ok) {
      // One bracket astray makes nonsense of all that follows it.
      mistakes.push(...read.mistakes.slice(0, 1))
      if (!shared) broken.push(name)
    } else if (shared) for (const [key, value] of Object.entries(read.value)) parts.set(key, { file, value })
    else bodies.push({ name, file, value: read.value })
  }

  const found: Misuse[] = []
  const services: { readonly service: Service; readonly origin: ReturnType<typeof resolveParts>['origin'] }[] = []
  for (const { name, file, value } of bodies) {
    if (agency === null) break
    const resolved = resolveParts(file, value, parts)
    const { service, wrong } = resolved.mistakes.length > 0 ? { service: null, wrong: [] } : readService(name, resolved.value, agency)
    found.push(...resolved.mistakes, ...wrong.map(one => ({ ...one, ...originOf(resolved.origin, one.path) })))
    if (service === null) broken.push(name)
    else services.push({ service, origin: resolved.origin })
  }

  // A service that names one that is not there is told of, and offered without it.
  const keys = new Set([...services.map(({ service }) => service.key), ...broken])
  const sound = services.map(({ service, origin }) => {
    const lost = strangers(service, keys)
    found.push(...lost.map(one => ({ ...one, ...originOf(origin, one.path) })))
    return lost.length === 0 ? service : { ...service, related: service.related.filter(key => keys.has(key)) }
  })
  mistakes.push(...located(found, [...texts.values()]))
  return {
    agency,
    services: sound.toSorted((a, b) => a.order - b.order || (a.key < b.key ? -1 : 1)),
    broken,
    mistakes: onlyOnce(mistakes),
    files: texts.size,
  }
}

/** One service whose parts are in their places. Null with everything that is wrong in it. */
function readService(name: string, value: unknown, agency: Agency): { readonly service: Service | null; readonly wrong: readonly Found[] } {
  const filled = fillAgency(value, agency)
  const checked = Service.safeParse(filled.value)
  if (!checked.success)
    return { service: null, wrong: [...filled.found, ...checked.error.issues.flatMap(issue => explain(issue, filled.value, Service))] }
  const service = withNumber(checked.data)
  const wrong = [...filled.found, ...checkService(service, name, agency)]
  return { service: wrong.length === 0 ? service : null, wrong }
}

/** `{code}` and `{sheet}` are known at once; a number runs on for what is left: `{no}` and `{year}`. */
function withNumber(service: Service): Service {
  const { minutes } = service
  if (minutes === null) return service
  const number = minutes.number.replaceAll('{code}', minutes.code).replaceAll('{sheet}', minutes.sheet ?? '{sheet}')
  return { ...service, minutes: { ...minutes, number } }
}

function strangers(service: Service, keys: ReadonlySet<string>): Found[] {
  return service.related.flatMap((key, i) => {
    if (keys.has(key)) return []
    const meant = nearest(key, keys)
    return [
      {
        path: ['related', i],
        reason: `there is no service "${key}"`,
        remedy: meant === null ? 'Name a service of the catalogue.' : `Write "${meant}".`,
      },
    ]
  })
}

async function readAgency(own: readonly Text[], mistakes: Mistake[]): Promise<Agency | null> {
  const ours = { file: OWN_AGENCY, text: await readFile(OWN_AGENCY, 'utf8') }
  let words: Record<string, unknown> = {}
  for (const { file, text } of [ours, ...own]) {
    const read = readDocument(file, text, Agency.partial())
    if (read.ok) words = { ...words, ...Object.fromEntries(Object.entries(read.value).filter(([, value]) => value !== undefined)) }
    else mistakes.push(...read.mistakes)
  }
  const whole = Agency.safeParse(words)
  return whole.success ? whole.data : null
}

async function readFolder(folder: string, mistakes: Mistake[]): Promise<Text[]> {
  const refuse = (file: string, what: string, error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    mistakes.push({ file, line: 0, key: '', reason: `the ${what} cannot be read (${code})`, remedy: 'Check the path and its permissions.' })
  }
  const names = await readdir(folder).catch((error: unknown) => {
    refuse(folder, 'folder', error)
    return []
  })
  const texts: Text[] = []
  for (const name of names.filter(one => /\.ya?ml$/.test(one)).sort()) {
    const file = join(folder, name)
    try {
      const { size } = await stat(file)
      if (size <= LARGEST) texts.push({ file, text: await readFile(file, 'utf8') })
      else mistakes.push({ file, line: 0, key: '', reason: 'the file is larger than 1 MB', remedy: 'Take it out of the folder: it is no service.' })
    } catch (error) {
      refuse(file, 'file', error)
    }
  }
  return texts
}

const nameOf = (file: string): string => basename(file).replace(/\.ya?ml$/, '')

function located(found: readonly Misuse[], texts: readonly Text[]): Mistake[] {
  const byFile = Map.groupBy(found, ({ file }) => file)
  return texts.flatMap(({ file, text }) => {
    const here = byFile.get(file)
    return here === undefined ? [] : locateIn(file, text, here)
  })
}

/** What is wrong in a shared part is wrong in every service that takes it, and said once. */
const onlyOnce = (mistakes: readonly Mistake[]): Mistake[] => [...new Map(mistakes.map(one => [sayMistake(one), one])).values()]
