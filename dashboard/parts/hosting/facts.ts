// What was measured, in the viewer's words: of a host, and of a proof. A key that this page does not know keeps its own name.
import type { State } from '../../../daemon/domain/change.ts'
import type { Json } from '../../../daemon/domain/json.ts'
import { t } from '../../words/index.ts'
import { dateTime, number } from '../../words/say.ts'
import { kindName } from './names.ts'

/** One line of a list of facts; `quiet`: it is not there. */
export interface Fact {
  readonly key: string
  readonly name: string
  readonly text: string
  readonly quiet?: boolean
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** As it came, in one line. */
function plain(value: Json): string {
  const words = t.value.hosting.change
  if (value === null) return t.value.hosting.none
  if (typeof value === 'boolean') return words.factYesNo[value ? 'yes' : 'no']
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return words.factWords[value] ?? value
  if (Array.isArray(value)) return value.length === 0 ? words.factNone : value.map(one => plain(one as Json)).join(', ')
  return Object.entries(value)
    .map(([key, one]) => `${words.proofFacts[key] ?? key} ${plain(one as Json)}`)
    .join(', ')
}

/** Milliseconds since 1970, as figures of proofs give them. */
const MOMENTS = new Set(['until', 'kept'])
/** Amounts that people read; ports and codes are names and stay as they are. */
const AMOUNTS = new Set(['tried', 'neighbours', 'bytes', 'files', 'rows'])

/** `127.0.0.1: 10.0.0.1 (TTL 300)`, one line each; null: it is of another shape. */
function answersOf(value: Json): string | null {
  if (!Array.isArray(value)) return null
  const words = t.value.hosting.change
  const lines = value.map((one: Json) => {
    if (!isObject(one) || typeof one['server'] !== 'string') return null
    return `${one['server']}: ${plain(one['answer'] ?? null)}${one['right'] === false ? ` (${words.proofBad})` : ''}`
  })
  return lines.includes(null) ? null : lines.join('\n')
}

function proofText(key: string, value: Json): string {
  if (typeof value === 'number' && MOMENTS.has(key)) return dateTime(value)
  if (typeof value === 'number' && AMOUNTS.has(key)) return number(value)
  if (typeof value === 'string' && key === 'engine') return kindName(value)
  return (key === 'answers' ? answersOf(value) : null) ?? plain(value)
}

/** What was not measured is left out. */
export const factsOfProof = (facts: State): readonly Fact[] =>
  Object.entries(facts).flatMap(([key, value]) =>
    value === null ? [] : [{ key, name: t.value.hosting.change.proofFacts[key] ?? key, text: proofText(key, value as Json) }],
  )

function listens(value: Json): string | null {
  if (!isObject(value)) return null
  const { address, http, https } = value
  if (typeof address !== 'string' || typeof http !== 'number' || typeof https !== 'number') return null
  return t.value.hosting.host.listen(address, String(http), String(https))
}

/** Of a host: which programs it has and has not, each in one line, then the rest. */
export function factsOfHost(facts: State): readonly Fact[] {
  const words = t.value.hosting.host
  const programs = (there: boolean): string =>
    Object.entries(words.programs)
      .flatMap(([key, name]) => (facts[key] === there ? [name] : []))
      .join(', ')
  const rest = Object.entries(facts)
    .filter(([key]) => !(key in words.programs))
    .map(([key, value]): Fact => {
      const own = key === 'listen' ? listens(value as Json) : key === 'quota' ? words.quotas[String(value)] : null
      const empty = (Array.isArray(value) && value.length === 0) || (key === 'quota' && value === 'none')
      return { key, name: words.factNames[key] ?? key, text: own ?? plain(value as Json), quiet: empty }
    })
  const [has, hasNot] = [programs(true), programs(false)]
  return [
    ...rest.filter(({ key }) => key === 'system' || key === 'hostname'),
    ...(has === '' ? [] : [{ key: 'installed', name: words.installedNames, text: has }]),
    ...rest.filter(({ key }) => key !== 'system' && key !== 'hostname'),
    ...(hasNot === '' ? [] : [{ key: 'missing', name: words.missingNames, text: hasNot, quiet: true }]),
  ]
}
