// Makes of equipment in the form of NetBox's device-type library: one YAML document each, read for what a rack and its feeds need to know.
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { done, type Outcome } from '../domain/outcome.ts'
import { Make, type PlaceMistake } from '../domain/place.ts'
import { issueWords } from '../domain/words/issue-words.ts'

/** kg of one. */
const WEIGHTS = { kg: 1, g: 0.001, lb: 0.45359237, oz: 0.028349523125 } as const

/** github.com/netbox-community/devicetype-library, schema/devicetype.json: the fields that are read; all others pass by. */
const DeviceType = z.looseObject({
  manufacturer: z.string().trim().min(1).max(100),
  model: z.string().trim().min(1).max(200),
  u_height: z.number().min(0).max(60).multipleOf(0.5).default(1),
  is_full_depth: z.boolean().default(true),
  weight: z.number().nonnegative().optional(),
  weight_unit: z.enum(['kg', 'g', 'lb', 'oz']).default('kg'),
  airflow: z.string().max(60).optional(),
  'power-ports': z
    .array(z.looseObject({ maximum_draw: z.number().nonnegative().nullish(), allocated_draw: z.number().nonnegative().nullish() }))
    .max(64)
    .default([]),
  'module-bays': z
    .array(z.looseObject({ name: z.string() }))
    .max(10_000)
    .default([]),
  interfaces: z
    .array(z.looseObject({ type: z.string().nullish() }))
    .max(10_000)
    .default([]),
})

/** Modular chassis list bays for their power supplies (`PSU-1`, `PS-A`, `Power Supply 2`, `PEM 0`) and no power ports. */
const PSU_BAY = /^(psu?|pem|power[ -]?(supply|unit|module)?)[ _-]*[a-z0-9]{0,3}(\/[a-z0-9]{1,3})?$/i

/** Interfaces that no patch cord of the network goes into. */
const NO_PORT = /stack|vcp$|^(virtual|bridge|lag)$/

/** As an id: letters, digits, and dashes for whatever lies between. */
export const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')

export const makeId = (manufacturer: string, model: string): string => slug(`${manufacturer} ${model}`).slice(0, 127)

const sum = (draws: readonly (number | null | undefined)[]): number => draws.reduce<number>((all, one) => all + (one ?? 0), 0)

/** Aliases have no place in the library, and would let a few lines fill any memory. */
export function readMakes(
  text: string,
): Outcome<{ readonly makes: readonly { readonly line: number; readonly make: Make }[]; readonly mistakes: readonly PlaceMistake[] }> {
  const mistakes: PlaceMistake[] = []
  const makes: { line: number; make: Make }[] = []
  const seen = new Map<string, number>()
  const documents = parseAllDocuments(text, { prettyErrors: false })
  for (const document of 'empty' in documents ? [] : documents) {
    const line = text.slice(0, document.range[0]).split('\n').length
    const [error] = document.errors
    if (error !== undefined) {
      mistakes.push({
        line: text.slice(0, error.pos[0]).split('\n').length,
        column: '',
        reason: `not YAML: ${error.code}`,
        words: { id: `bukan YAML: ${error.code}`, en: `not YAML: ${error.code}` },
      })
      continue
    }
    let data: unknown
    try {
      data = document.toJS({ maxAliasCount: 0 })
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error
      const words = { id: 'alias (*) tidak diterima di sini', en: 'aliases (*) are not taken here' }
      mistakes.push({ line, column: '', reason: words.en, words })
      continue
    }
    const read = DeviceType.safeParse(data)
    if (!read.success) {
      for (const issue of read.error.issues) {
        const words = issueWords(issue)
        mistakes.push({ line, column: issue.path.join('.'), reason: words.en, words })
      }
      continue
    }
    const {
      manufacturer,
      model,
      u_height,
      is_full_depth,
      weight,
      weight_unit,
      airflow,
      interfaces,
      'power-ports': power,
      'module-bays': bays,
    } = read.data
    const nameplate = sum(power.map(({ maximum_draw }) => maximum_draw))
    const allocated = sum(power.map(({ allocated_draw }) => allocated_draw))
    const make = Make.safeParse({
      id: makeId(manufacturer, model),
      manufacturer,
      model,
      height: u_height,
      fullDepth: is_full_depth,
      ...(weight === undefined ? {} : { weight: Math.round(weight * WEIGHTS[weight_unit] * 1000) / 1000 }),
      ...(nameplate > 0 ? { nameplate } : {}),
      ...(allocated > 0 ? { allocated } : {}),
      psus: power.length > 0 ? power.length : bays.filter(({ name }) => PSU_BAY.test(name.trim())).length,
      ports: interfaces.filter(({ type }) => !NO_PORT.test(type ?? '')).length,
      ...(airflow === undefined ? {} : { airflow }),
    })
    if (!make.success) {
      for (const issue of make.error.issues) {
        const words = issueWords(issue)
        mistakes.push({ line, column: issue.path.join('.'), reason: words.en, words })
      }
      continue
    }
    const before = seen.get(make.data.id)
    if (before !== undefined) {
      const words = { id: `sama dengan baris ${before}`, en: `the same as in line ${before}` }
      mistakes.push({ line, column: 'model', reason: words.en, words })
    } else {
      seen.set(make.data.id, line)
      makes.push({ line, make: make.data })
    }
  }
  return done({ makes, mistakes })
}
